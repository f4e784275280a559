//! The runs of rsync, and their arguments.

use std::borrow::Cow;
use std::path::Path;

use super::items::FORMAT;
use super::place::host_and_path;
use super::{Target, list};

/// Pages in the root whose names are not `index.html`.
const LISTS: [&str; 4] = ["feed.xml", "atom.xml", "feed.json", "sitemap.xml"];

/// cimaise's own files, at the source and at the destination.
const OWN: [&str; 3] = ["/.cimaise-manifest", "/.cimaise-deployed", ".cimaise-tmp-*"];

/// One run of rsync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// Purpose, as shown to users.
    pub what: &'static str,
    /// All arguments, without the name of the program.
    pub arguments: Vec<String>,
}

/// The runs for one site and one destination.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passes<'a> {
    pub(super) target: &'a Target,
    /// The output folder.
    pub(super) from: &'a str,
    /// Whether nothing may be changed.
    pub(super) dry: bool,
}

impl Passes<'_> {
    /// Changes nothing; lists new files, existing files, and files at the destination that are not in the site.
    pub(super) fn survey(&self) -> Pass {
        let own = [
            "--recursive",
            "--links",
            "--times",
            "--perms",
            "--itemize-changes",
            "--itemize-changes",
            "--dry-run",
            "--delete",
            "--include=/.cimaise-deployed",
            "--exclude=/.cimaise-manifest",
            "--exclude=.cimaise-tmp-*",
        ];
        let others = &self.target.others;
        let options = [words(&own), others.reaching.clone(), others.selecting.clone(), words(&own[own.len() - 3..])];
        self.pass("compare with the destination", &options.concat(), &folder(self.from), &self.target.dest)
    }

    /// Downloads the list of an earlier deployment, which must exist.
    pub(super) fn fetch(&self, to: &Path) -> Pass {
        let from = format!("{}/{}", literal(&self.target.dest).trim_end_matches('/'), list::NAME);
        self.pass(
            "fetch the list of deployed files",
            &self.target.others.reaching,
            &from,
            &folder(&to.to_string_lossy()),
        )
    }

    /// Uploads the list, with the permissions that the file has here.
    pub(super) fn put(&self, from: &Path) -> Pass {
        let options = [words(&["--perms", "--ignore-times"]), self.target.others.reaching.clone()].concat();
        self.pass("update the list of deployed files", &options, &from.to_string_lossy(), &folder(&self.target.dest))
    }

    /// Uploads media, then the pages that link to them.
    pub(super) fn send(&self) -> [Pass; 2] {
        // Files get the permissions that they have in the output; owners are not transferred.
        let common = words(&["--recursive", "--links", "--times", "--perms", "--compress", "--itemize-changes"]);
        let dry = if self.dry { words(&["--dry-run"]) } else { Vec::new() };
        // Exclude them both before and after the author's rules: the first matching rule wins, and a rule can cancel the preceding ones.
        let own = OWN.map(|name| format!("--exclude={name}")).to_vec();
        let others = self.target.others.sending.clone();
        let lists = || LISTS.iter().map(|name| format!("/{name}"));

        let late: Vec<String> = ["index.html".to_owned()].into_iter().chain(lists()).collect();
        let late: Vec<String> = late.iter().map(|name| format!("--exclude={name}")).collect();
        let media = [common.clone(), dry.clone(), own.clone(), late, others.clone(), own.clone()].concat();
        // Pages change while their names, and sometimes their lengths, stay the same, so only checksums work. All of them are moved into
        // place together at the end.
        let mut pages = words(&["--checksum", "--delay-updates", "--prune-empty-dirs"]);
        pages.extend(
            ["*/".to_owned(), "index.html".to_owned()]
                .into_iter()
                .chain(lists())
                .map(|name| format!("--include={name}")),
        );
        pages.push("--exclude=*".to_owned());
        let pages = [common, dry, own.clone(), others, own, pages].concat();
        let pass = |what, options: &[String]| self.pass(what, options, &folder(self.from), &self.target.dest);
        [pass("upload media", &media), pass("upload pages", &pages)]
    }

    /// Deletes exactly the files listed in the file `names`; none of them may exist in the folder `from`.
    pub(super) fn delete(&self, names: &Path, from: &Path) -> Pass {
        let own = ["--dirs", "--itemize-changes", "--from0", "--delete-missing-args"];
        let mut options = words(&own);
        options.push(format!("--files-from={}", names.display()));
        options.extend_from_slice(&self.target.others.reaching);
        options.extend_from_slice(&self.target.others.limiting);
        self.pass("delete old files", &options, &folder(&from.to_string_lossy()), &self.target.dest)
    }

    /// Builds a run. `-s` protects names from the remote shell, and `-8` keeps them unescaped in the output.
    fn pass(&self, what: &'static str, options: &[String], from: &str, to: &str) -> Pass {
        let mut arguments = words(&["-s", "-8", FORMAT]);
        arguments.extend_from_slice(options);
        arguments.extend(["--", from, to].map(str::to_owned));
        Pass { what, arguments }
    }
}

/// Escapes a source path: a remote rsync expands `*`, `?` and `[` unless they are escaped. On this machine, and in a name without such
/// characters, a backslash is just a backslash.
fn literal(dest: &str) -> Cow<'_, str> {
    let Some((_, path)) = host_and_path(dest).filter(|(_, path)| path.contains(['*', '?', '['])) else {
        return Cow::Borrowed(dest);
    };
    let escaped = path.chars().flat_map(|character| {
        let escape = matches!(character, '*' | '?' | '[' | '\\').then_some('\\');
        escape.into_iter().chain([character])
    });
    let before = &dest[..dest.len() - path.len()];
    Cow::Owned(before.chars().chain(escaped).collect())
}

/// Appends the slash that makes rsync take the contents of a folder, not the folder itself.
fn folder(path: &str) -> String {
    format!("{}/", path.trim_end_matches('/'))
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::options::Others;
    use super::*;
    use crate::publish::MANIFEST;

    fn target(others: &str) -> Target {
        let (others, troubles) = Others::sort(&shell_words::split(others).expect("words"));
        assert_eq!(troubles, []);
        Target { dest: "alice@host:/srv/my photos".to_owned(), others, delete: true }
    }

    fn position(pass: &Pass, word: &str) -> usize {
        pass.arguments.iter().position(|argument| argument == word).unwrap_or_else(|| panic!("{word} in {pass:?}"))
    }

    #[test]
    fn pages_come_after_what_they_link_to() {
        let target = target("-e 'ssh -p 22'");
        let passes = Passes { target: &target, from: "/site/build", dry: true }.send();
        assert_eq!(passes.each_ref().map(|pass| pass.what), ["upload media", "upload pages"]);
        for pass in &passes {
            assert_eq!(pass.arguments[pass.arguments.len() - 3..], ["--", "/site/build/", "alice@host:/srv/my photos"]);
            assert_eq!(position(pass, "-e") + 1, position(pass, "ssh -p 22"));
            position(pass, "--dry-run");
        }
        position(&passes[1], "--checksum");
    }

    #[test]
    fn no_run_that_sends_deletes_and_none_sends_what_is_cimaise_s_own() {
        let target = target("--exclude=theirs --include=*");
        let passes = Passes { target: &target, from: "/site/build/", dry: false };
        assert_eq!(OWN[0], format!("/{MANIFEST}"));
        assert_eq!(OWN[1], format!("/{}", list::NAME));
        for pass in passes.send() {
            assert!(
                !pass.arguments.iter().any(|argument| argument.starts_with("--del") && argument != "--delay-updates")
            );
            for own in OWN {
                assert!(position(&pass, &format!("--exclude={own}")) < position(&pass, "--include=*"));
            }
        }
        let survey = passes.survey();
        assert!(position(&survey, "--dry-run") < position(&survey, "--exclude=theirs"));
    }

    #[test]
    fn a_list_is_fetched_from_the_folder_of_that_very_name() {
        let fetched = |dest: &str| {
            let target = Target { dest: dest.to_owned(), ..target("") };
            let pass = Passes { target: &target, from: "/b", dry: false }.fetch(Path::new("/tmp"));
            pass.arguments[pass.arguments.len() - 2].clone()
        };
        for (dest, from) in [
            ("/srv/a*", "/srv/a*/.cimaise-deployed"),
            ("host:/srv/a*[b]?", r"host:/srv/a\*\[b]\?/.cimaise-deployed"),
            (r"host:a\b*/", r"host:a\\b\*/.cimaise-deployed"),
            (r"host:a\b", r"host:a\b/.cimaise-deployed"),
            ("[::1]:/srv/a", "[::1]:/srv/a/.cimaise-deployed"),
            ("rsync://host/module/a*", r"rsync://host/module/a\*/.cimaise-deployed"),
            ("host::module/a*", r"host::module/a\*/.cimaise-deployed"),
        ] {
            assert_eq!(fetched(dest), from);
        }
    }

    #[test]
    fn what_the_author_excludes_is_left_out_of_pages_too() {
        let target = target("--exclude=/private/");
        let [media, pages] = Passes { target: &target, from: "/b", dry: false }.send();
        position(&media, "--exclude=/private/");
        assert!(position(&pages, "--exclude=/private/") < position(&pages, "--include=*/"));
    }
}
