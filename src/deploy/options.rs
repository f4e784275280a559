//! The author's additional rsync options, sorted by purpose.
//!
//! In: the words of `others`. Out: the options for the runs that send, those for every run, and those that are not allowed: rsync
//! never gets an option that deletes. Must not know the destination.

/// Long options with a value, which may be the next word.
const VALUED: &str = "info debug stderr backup-dir suffix confine-root chmod checksum-choice cc block-size rsh rsync-path \
    max-delete max-size min-size max-alloc partial-dir usermap groupmap chown timeout contimeout \
    modify-window temp-dir compare-dest copy-dest link-dest compress-choice zc compress-level zl \
    compress-threads zt skip-compress filter exclude exclude-from include include-from files-from copy-as \
    address port sockopts outbuf remote-option out-format log-format log-file log-file-format password-file \
    early-input bwlimit stop-after time-limit stop-at write-batch only-write-batch read-batch protocol iconv \
    checksum-seed config dparam";
const VALUED_SHORT: &str = "efTBM@";

/// Options that affect how rsync reaches the other side.
const REACHING: &str = "rsh rsync-path port password-file address sockopts timeout contimeout blocking-io no-blocking-io ipv4 \
    ipv6 remote-option old-args no-old-args secluded-args no-secluded-args protect-args no-protect-args iconv \
    no-iconv protocol mkpath early-input bwlimit copy-as trust-sender confine-root";
const REACHING_SHORT: &str = "eM46s";

/// Options that select files.
const SELECTING: &str = "filter exclude exclude-from include include-from cvs-exclude from0 existing ignore-non-existing \
    ignore-existing update max-size min-size";
const SELECTING_SHORT: &str = "fFCu0";

/// Options that make rsync do something other than send, or that change its report; none of them is allowed here.
const OTHERWISE: &str = "files-from read-batch write-batch only-write-batch list-only daemon server sender config dparam version help \
     log-format out-format msgs2stderr quiet";

fn has(names: &str, name: &str) -> bool {
    names.split(' ').any(|one| one == name)
}

/// The sorted options of `others`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Others {
    /// All allowed options, for the runs that send.
    pub sending: Vec<String>,
    /// Those that affect how rsync reaches the other side.
    pub reaching: Vec<String>,
    /// Those that select files.
    pub selecting: Vec<String>,
    /// Those that limit deletions (`--max-delete`).
    pub limiting: Vec<String>,
    /// Whether the run must not change anything (`--dry-run`).
    pub dry: bool,
}

/// A rejected option, by the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionError {
    /// It makes rsync delete files at the destination.
    Deletes(String),
    /// It deletes other files, or changes the kind of run.
    LeftOut(String),
    /// It is a command that passes a deleting option to another program.
    Hidden(String),
    /// It is not an option.
    NoOption(String),
}

impl Others {
    /// Sorts words; rejected options are in none of the lists.
    #[must_use]
    pub fn sort(words: &[String]) -> (Self, Vec<OptionError>) {
        let mut others = Self::default();
        let mut troubles = Vec::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let trouble = match word.strip_prefix("--") {
                Some(long) if !long.is_empty() => others.long(word, long, &mut words),
                None if word.len() > 1 && word.starts_with('-') => others.short(word, &mut words),
                _ => Some(OptionError::NoOption(word.clone())),
            };
            troubles.extend(trouble);
        }
        (others, troubles)
    }

    fn long<'a>(&mut self, word: &str, long: &str, rest: &mut impl Iterator<Item = &'a String>) -> Option<OptionError> {
        let (name, mut value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (long, None),
        };
        let mut all = vec![word.to_owned()];
        if value.is_none() && has(VALUED, name) {
            value = rest.next().cloned();
            all.extend(value.clone());
        }
        if let Some(trouble) = judged(name, &format!("--{name}")).or_else(|| hidden(name, value.as_deref())) {
            return Some(trouble);
        }
        match name {
            "dry-run" => self.dry = true,
            "max-delete" => self.limiting.extend(all),
            _ => self.keep(&all, has(REACHING, name), has(SELECTING, name)),
        }
        None
    }

    /// Sorts a word of short options: several may share the word, and the last one may have a value.
    fn short<'a>(&mut self, word: &str, rest: &mut impl Iterator<Item = &'a String>) -> Option<OptionError> {
        for (at, option) in word.char_indices().skip(1) {
            let mut all = vec![format!("-{option}")];
            let valued = VALUED_SHORT.contains(option);
            if valued {
                let behind = &word[at + option.len_utf8()..];
                let value = if behind.is_empty() { rest.next().cloned() } else { Some(behind.to_owned()) };
                let name = if option == 'M' { "remote-option" } else { "rsh" };
                if "eM".contains(option)
                    && let Some(trouble) = hidden(name, value.as_deref())
                {
                    return Some(trouble);
                }
                all.extend(value);
            }
            match option {
                'n' => self.dry = true,
                _ => self.keep(&all, REACHING_SHORT.contains(option), SELECTING_SHORT.contains(option)),
            }
            if valued {
                break;
            }
        }
        None
    }

    fn keep(&mut self, words: &[String], reaching: bool, selecting: bool) {
        self.sending.extend_from_slice(words);
        if reaching {
            self.reaching.extend_from_slice(words);
        }
        if selecting {
            self.selecting.extend_from_slice(words);
        }
    }
}

/// Judges an option by its prefix, because some versions of rsync complete abbreviated names.
fn judged(name: &str, shown: &str) -> Option<OptionError> {
    let deletes = name.starts_with("del") && !name.starts_with("dela");
    if deletes {
        return Some(OptionError::Deletes(shown.to_owned()));
    }
    let removes = name.starts_with("rem") && !name.starts_with("remote");
    let forces = name.starts_with("forc");
    (removes || forces || has(OTHERWISE, name)).then(|| OptionError::LeftOut(shown.to_owned()))
}

/// Judges options inside the value of an option: `-M--delete`, `--rsync-path="rsync --delete"`.
fn hidden(name: &str, value: Option<&str>) -> Option<OptionError> {
    let value = value.filter(|_| ["remote-option", "rsh", "rsync-path"].contains(&name))?;
    let words = value.split(|c: char| c.is_whitespace() || "'\"=;".contains(c));
    let mut options = words.filter_map(|word| word.strip_prefix("--"));
    let trouble = options.find_map(|option| judged(option, value))?;
    Some(match (name, trouble) {
        ("remote-option", trouble) => trouble,
        (_, _) => OptionError::Hidden(format!("--{name}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(text: &str) -> (Others, Vec<OptionError>) {
        Others::sort(&shell_words::split(text).expect("words"))
    }

    #[test]
    fn whatever_deletes_is_found_in_any_spelling() {
        for text in [
            "--delete",
            "--del",
            "--dele",
            "--delete-before",
            "--delete-during",
            "--delete-delay",
            "--delete-after",
            "--delete-excluded",
            "--delete-missing-args",
            "--delete=x",
            "-M--delete",
            "-M --delete",
            "-avM --del",
            "--remote-option=--delete-after",
            "--remote-option --delete",
        ] {
            let (others, troubles) = sort(text);
            assert!(matches!(&troubles[..], [OptionError::Deletes(_)]), "{text}: {troubles:?}");
            assert!(!others.sending.iter().any(|word| word.contains("--del")), "{text}: {others:?}");
        }
        for text in [
            "--remove-source-files",
            "--remove-sent-files",
            "--remove",
            "--force",
            "--force-delete",
            "--files-from=x",
            "--version",
            "--out-format=x",
        ] {
            let (others, troubles) = sort(text);
            assert!(matches!(&troubles[..], [OptionError::LeftOut(_)]) && others == Others::default(), "{text}");
        }
        for text in ["--rsync-path='rsync --delete'", "-e 'sh -c \"rsync --remove-source-files\"'"] {
            assert!(matches!(&sort(text).1[..], [OptionError::Hidden(_)]), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_deleting_stays() {
        let text = "--delay-updates --exclude --delete --exclude=--del -f '- --delete' --remote-option=--log-file=x";
        let (others, troubles) = sort(text);
        assert_eq!(troubles, []);
        assert_eq!(others.sending, shell_words::split(text).expect("words"));
    }

    #[test]
    fn options_are_sorted_by_what_they_are_for() {
        let (others, troubles) = sort(
            "-avzne 'ssh -p 22' --exclude=a --include b -f '- c' --max-delete 3 --info=none -u --port 9 --chmod=F644",
        );
        assert_eq!(troubles, []);
        assert_eq!(others.reaching, ["-e", "ssh -p 22", "--port", "9"]);
        assert_eq!(others.selecting, ["--exclude=a", "--include", "b", "-f", "- c", "-u"]);
        assert_eq!(others.limiting, ["--max-delete", "3"]);
        assert!(others.dry && others.sending[..3] == ["-a", "-v", "-z"]);
        assert_eq!(others.sending.len(), 15);
    }

    #[test]
    fn words_that_are_no_options_would_be_sent() {
        for text in ["-e ssh -p 2222", "-- /etc", "/etc", "''", "-"] {
            assert!(matches!(sort(text).1[0], OptionError::NoOption(_)), "{text}");
        }
    }
}
