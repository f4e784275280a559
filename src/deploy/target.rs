//! Where the site goes, as its settings say.

use super::options::{OptionError, Others};
use super::place;
use crate::diagnostic::{Diagnostic, Report, Stop};
use crate::source::{RootSettings, Spanned};

/// A place that rsync can write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// `user@host:path`, or a path.
    pub dest: String,
    /// What the author adds to rsync's arguments.
    pub others: Others,
    /// Whether what an earlier deployment put there and is no longer in the site is deleted.
    pub delete: bool,
}

impl Target {
    /// Reads `settings.deploy`. `ssh` is what récitale needs; a `hostname` without it means the same here.
    ///
    /// # Errors
    /// [`Stop::Site`] if there is none, if it is not complete, or if rsync would not read it as it is meant; the report says why.
    pub fn new(root: &RootSettings, report: &mut Report) -> Result<Self, Stop> {
        let Some(deploy) = &root.settings.deploy else {
            let error = Diagnostic::error("`settings.deploy` is missing, so cimaise does not know where to deploy")
                .at(root.title.span);
            report
                .push(error.help("add `deploy: {dest: /srv/www/photos}` to `settings`; docs/commands.md has all keys"));
            return Err(Stop::Site);
        };
        let dest = text(&deploy.dest);
        if dest.is_none() {
            let error = Diagnostic::error("`deploy` has no `dest`").at(deploy.span);
            report.push(error.help("write the folder into which the site goes: `dest: /srv/www/photos`"));
        }
        let host = text(&deploy.hostname);
        let ssh = deploy.ssh.map_or(host.is_some(), |ssh| ssh.value);
        if let (true, None) = (ssh, &host) {
            let place = deploy.ssh.map_or(deploy.span, |ssh| ssh.span);
            report.push(
                Diagnostic::error("`deploy` over ssh has no `hostname`")
                    .at(place)
                    .help("add `hostname: `, or write `ssh: false`"),
            );
        }
        for (key, value, wrong) in
            [("dest", &deploy.dest, "\0"), ("hostname", &deploy.hostname, "/ "), ("username", &deploy.username, "/: @")]
        {
            unfit(key, value, wrong, report);
        }
        let mut delete = deploy.delete.is_some_and(|delete| delete.value);
        let others =
            deploy.others.as_ref().map_or(Others::default(), |others| read_others(others, &mut delete, report));
        let dest = report.checked(dest)?.unwrap_or_default();
        let user = text(&deploy.username).map_or(String::new(), |user| format!("{user}@"));
        let dest = match host.filter(|_| ssh) {
            // An address of IPv6 holds colons of its own.
            Some(host) if host.contains(':') && !host.starts_with('[') => format!("{user}[{host}]:{dest}"),
            Some(host) => format!("{user}{host}:{dest}"),
            None => dest,
        };
        if let Some((host, _)) = place::host_and_path(&dest)
            && host.split('@').any(|part| part.starts_with('-'))
            && let Some(at) = &deploy.dest
        {
            let error = Diagnostic::error("the host in `dest` begins with `-`: ssh would take it for an option");
            report.push(error.at(at.span).help("write the name of the host"));
        }
        report.checked(Self { dest, others, delete })
    }
}

fn text(text: &Option<Spanned<String>>) -> Option<String> {
    text.as_ref().map(|text| text.value.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Refuses what another program would read as something else than a name.
fn unfit(key: &str, value: &Option<Spanned<String>>, wrong: &str, report: &mut Report) {
    let Some(Spanned { value: written, span }) = value else { return };
    let written = written.trim();
    let error = |message: String, help: &str| Diagnostic::error(message).at(*span).help(help.to_owned());
    if written.starts_with('-') {
        let message = format!("`{key}` begins with `-`: rsync or ssh would take it for an option");
        report.push(error(
            message,
            "write `./` before the name of a folder; names of hosts and users never begin like this",
        ));
    } else if let Some(c) = written.chars().find(|&c| c.is_control()) {
        let message = format!("`{key}` holds the control character U+{:04X}", u32::from(c));
        report.push(error(message, "remove it"));
    } else if let Some(c) = written.chars().find(|&c| wrong.contains(c)) {
        let help = "`hostname` is a host, `username` a user, and the folder on the host is `dest`";
        report.push(error(format!("`{key}` must not contain `{c}`"), help));
    } else if key == "dest" && written.starts_with("file:") {
        report.push(error("rsync takes `file:` for the name of a host".to_owned(), "write the path alone"));
    }
}

fn read_others(others: &Spanned<String>, delete: &mut bool, report: &mut Report) -> Others {
    let Ok(words) = shell_words::split(&others.value) else {
        report.push(Diagnostic::error("a quotation mark in `others` has no counterpart").at(others.span));
        return Others::default();
    };
    let (sorted, troubles) = Others::sort(&words);
    for trouble in troubles {
        let (diagnostic, help) = match trouble {
            OptionError::Deletes(option) => {
                *delete = true;
                let message = format!("`{option}` in `others` is read as `delete: true`");
                let help = "write `delete: true` instead; only what an earlier deployment put there is deleted";
                (Diagnostic::warning(message), help)
            }
            OptionError::LeftOut(option) => (
                Diagnostic::warning(format!("`{option}` in `others` is left out: cimaise does not run rsync with it")),
                "remove it",
            ),
            OptionError::Hidden(option) => (
                Diagnostic::error(format!("the command in `{option}` gives rsync an option that deletes")),
                "remove that option, and write `delete: true` instead",
            ),
            OptionError::NoOption(word) => (
                Diagnostic::error(format!("`{word}` in `others` is no option: rsync would send a file of this name")),
                "put what belongs to an option into quotation marks: `others: -e \"ssh -p 2222\"`",
            ),
        };
        report.push(diagnostic.at(others.span).help(help));
    }
    sorted
}
