//! The runs of rsync, one after the other.

use super::Target;

/// Pages that stand in the root and have other names than `index.html`.
const LISTS: [&str; 4] = ["feed.xml", "atom.xml", "feed.json", "sitemap.xml"];

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// What it does, for people.
    pub what: &'static str,
    /// All arguments, without the program's name.
    pub arguments: Vec<String>,
}

/// All runs. `from` is the output folder, `private` the name of what in it is nobody else's business; with `dry` nothing is changed.
#[must_use]
pub fn passes(target: &Target, from: &str, private: &str, dry: bool) -> Vec<Pass> {
    let pass = |what, own: &[String]| {
        // What is sent has the permissions of the folder, and nobody's owner; `-s` keeps names with spaces whole on the way.
        let common = ["--recursive", "--links", "--times", "--perms", "--compress", "-s", "--itemize-changes"];
        let mut arguments: Vec<String> = common.map(str::to_owned).to_vec();
        if dry {
            arguments.push("--dry-run".to_owned());
        }
        arguments.extend_from_slice(own);
        arguments.extend_from_slice(&target.others);
        arguments.push("--".to_owned());
        // With the slash at its end it is what is in the folder, and not the folder.
        arguments.push(format!("{}/", from.trim_end_matches('/')));
        arguments.push(target.dest.clone());
        Pass { what, arguments }
    };
    let exclude = |name: &str| format!("--exclude={name}");
    let include = |name: &str| format!("--include={name}");
    let lists = || LISTS.iter().map(|name| format!("/{name}"));

    let mut media = vec![exclude(&format!("/{private}")), exclude("index.html")];
    media.extend(lists().map(|name| exclude(&name)));
    // Pages change and keep their names, sometimes also their length: only their content tells. All of them are put in their
    // places together, at the end.
    let mut pages = vec!["--checksum".to_owned(), "--delay-updates".to_owned(), "--prune-empty-dirs".to_owned()];
    pages.extend(["*/", "index.html"].map(include));
    pages.extend(lists().map(|name| include(&name)));
    pages.push(exclude("*"));
    let mut passes = vec![pass("media", &media), pass("pages", &pages)];
    if target.delete {
        let gone = ["--delete", "--existing", "--ignore-existing"].map(str::to_owned);
        let gone: Vec<String> = gone.into_iter().chain([exclude(&format!("/{private}"))]).collect();
        passes.push(pass("what is no longer wanted", &gone));
    }
    passes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_after_what_they_link_to_and_deletions_last() {
        let target = Target {
            dest: "alice@host:/srv/my photos".to_owned(),
            others: vec!["-e".into(), "ssh -p 22".into()],
            delete: true,
        };
        let passes = passes(&target, "/site/build", ".private", true);
        let whats: Vec<_> = passes.iter().map(|pass| pass.what).collect();
        assert_eq!(whats, ["media", "pages", "what is no longer wanted"]);
        for Pass { arguments, .. } in &passes {
            assert_eq!(
                arguments[arguments.len() - 5..],
                ["-e", "ssh -p 22", "--", "/site/build/", "alice@host:/srv/my photos"]
            );
            assert!(arguments.contains(&"--dry-run".to_owned()));
        }
        assert!(passes[0].arguments.contains(&"--exclude=/.private".to_owned()));
        assert!(passes[1].arguments.contains(&"--checksum".to_owned()));
    }

    #[test]
    fn nothing_is_deleted_unless_the_author_says_so() {
        let target = Target { dest: "/srv".to_owned(), others: Vec::new(), delete: false };
        let passes = passes(&target, "/site/build/", ".private", false);
        assert!(passes.iter().all(|pass| !pass.arguments.iter().any(|argument| argument.starts_with("--delete"))));
    }
}
