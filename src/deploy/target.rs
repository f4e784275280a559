//! The destination, from the site's settings.

use super::options::{OptionError, Others};
use super::place;
use crate::diagnostic::{Code, Diagnostic, Report, Stop};
use crate::source::{RootSettings, SETTINGS, Spanned};

/// A destination for rsync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// `user@host:path`, or a path.
    pub dest: String,
    /// The author's additional rsync options.
    pub others: Others,
    /// Whether files of earlier deployments are deleted when they are no longer in the site.
    pub delete: bool,
}

impl Target {
    /// Reads `settings.deploy`. récitale requires `ssh`; here a `hostname` alone means the same.
    ///
    /// # Errors
    /// [`Stop::Site`] if the destination is missing, incomplete, or would be misread by rsync; the report contains the reason.
    pub fn new(root: &RootSettings, report: &mut Report) -> Result<Self, Stop> {
        let Some(deploy) = &root.settings.deploy else {
            // A mistake in `deploy` itself has been reported.
            report.checked(())?;
            let error = Diagnostic::new(
                Code::DeployNotConfigured,
                "the settings name no destination: `settings.deploy` is missing",
            )
            .in_file(SETTINGS);
            report.push(
                error.help("add `deploy: {dest: /srv/www/photos}` below `settings`; docs/commands.md lists all keys"),
            );
            return Err(Stop::Site);
        };
        let dest = text(&deploy.dest);
        if dest.is_none() {
            let error = Diagnostic::new(Code::DeployNotConfigured, "`deploy` has no `dest`").at(deploy.span);
            report.push(error.help("add the destination folder: `dest: /srv/www/photos`"));
        }
        let host = text(&deploy.hostname);
        let ssh = deploy.ssh.map_or(host.is_some(), |ssh| ssh.value);
        if let (true, None) = (ssh, &host) {
            let place = deploy.ssh.map_or(deploy.span, |ssh| ssh.span);
            report.push(
                Diagnostic::new(Code::DeployNotConfigured, "`deploy` over ssh has no `hostname`")
                    .at(place)
                    .help("add `hostname: example.org`, or write `ssh: false`"),
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
            // An IPv6 address contains colons.
            Some(host) if host.contains(':') && !host.starts_with('[') => format!("{user}[{host}]:{dest}"),
            Some(host) => format!("{user}{host}:{dest}"),
            None => dest,
        };
        if let Some((host, _)) = place::host_and_path(&dest)
            && host.split('@').any(|part| part.starts_with('-'))
            && let Some(at) = &deploy.dest
        {
            let error = Diagnostic::new(
                Code::DeployInvalidTarget,
                "the host in `dest` begins with `-`, which ssh reads as an option",
            );
            report.push(error.at(at.span).help("write the name of the host"));
        }
        report.checked(Self { dest, others, delete })
    }
}

fn text(text: &Option<Spanned<String>>) -> Option<String> {
    text.as_ref().map(|text| text.value.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Reports a value that another program would not read as a name.
fn unfit(key: &str, value: &Option<Spanned<String>>, wrong: &str, report: &mut Report) {
    let Some(Spanned { value: written, span }) = value else { return };
    let written = written.trim();
    let error = |message: String, help: &str| {
        Diagnostic::new(Code::DeployInvalidTarget, message).at(*span).help(help.to_owned())
    };
    if written.starts_with('-') {
        let message = format!("`{key}` begins with `-`, which rsync and ssh read as an option");
        report.push(error(
            message,
            "write `./` before the name of a folder; names of hosts and users never begin with `-`",
        ));
    } else if let Some(c) = written.chars().find(|&c| c.is_control()) {
        let message = format!("`{key}` contains the control character U+{:04X}", u32::from(c));
        report.push(error(message, "remove it"));
    } else if let Some(c) = written.chars().find(|&c| wrong.contains(c)) {
        let help = "write the host in `hostname`, the user in `username` and the folder on the host in `dest`";
        report.push(error(format!("`{key}` must not contain `{c}`"), help));
    } else if key == "dest" && written.starts_with("file:") {
        report.push(error("rsync reads `file:` as the name of a host".to_owned(), "write the path alone"));
    }
}

fn read_others(others: &Spanned<String>, delete: &mut bool, report: &mut Report) -> Others {
    let Ok(words) = shell_words::split(&others.value) else {
        report.push(Diagnostic::new(Code::DeployInvalidOption, "unmatched quote in `others`").at(others.span));
        return Others::default();
    };
    let (sorted, troubles) = Others::sort(&words);
    for trouble in troubles {
        let (diagnostic, help) = match trouble {
            OptionError::Deletes(option) => {
                *delete = true;
                let message = format!("`{option}` in `others` means `delete: true`");
                let help = "write `delete: true` instead; only what an earlier deployment put there is deleted";
                (Diagnostic::new(Code::DeployIgnoredOption, message), help)
            }
            OptionError::LeftOut(option) => (
                Diagnostic::new(
                    Code::DeployIgnoredOption,
                    format!("ignoring `{option}` in `others`: cimaise does not run rsync with this option"),
                ),
                "remove it",
            ),
            OptionError::Hidden(option) => (
                Diagnostic::new(
                    Code::DeployInvalidOption,
                    format!("the command in `{option}` gives rsync an option that deletes files"),
                ),
                "remove that option and write `delete: true` instead",
            ),
            OptionError::NoOption(word) => (
                Diagnostic::new(
                    Code::DeployInvalidOption,
                    format!("`{word}` in `others` is not an option; rsync would upload a file of this name"),
                ),
                "put the value of an option in quotes: `others: -e \"ssh -p 2222\"`",
            ),
        };
        report.push(diagnostic.at(others.span).help(help));
    }
    sorted
}
