//! Where the site goes, as its settings say.

use crate::diagnostic::{Diagnostic, Report, Stop};
use crate::source::{RootSettings, Spanned};

/// A place that rsync can write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// `user@host:path`, or a path.
    pub dest: String,
    /// What the author adds to rsync's arguments.
    pub others: Vec<String>,
    /// Whether what is there and not in the site is deleted.
    pub delete: bool,
}

impl Target {
    /// Reads `settings.deploy`. `ssh` is what récitale needs; a `hostname` without it means the same here.
    ///
    /// # Errors
    /// [`Stop::Site`] if there is none or if it is not complete; the report says why.
    pub fn new(root: &RootSettings, report: &mut Report) -> Result<Self, Stop> {
        let Some(deploy) = &root.settings.deploy else {
            let error = Diagnostic::error("the site does not say where it is to be deployed").at(root.title.span);
            report
                .push(error.help("add `deploy: {dest: /srv/www/photos}` to `settings`; docs/commands.md has all keys"));
            return Err(Stop::Site);
        };
        let text = |text: &Option<Spanned<String>>| {
            text.as_ref().map(|text| text.value.trim().to_owned()).filter(|text| !text.is_empty())
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
        let others = deploy.others.as_ref().map(|others| (others, shell_words::split(&others.value)));
        let others = match others {
            None => Vec::new(),
            Some((_, Ok(words))) => words,
            Some((others, Err(_))) => {
                report.push(Diagnostic::error("a quotation mark in `others` has no counterpart").at(others.span));
                Vec::new()
            }
        };
        let dest = report.checked(dest)?.unwrap_or_default();
        let user = text(&deploy.username).map_or(String::new(), |user| format!("{user}@"));
        let dest = match host.filter(|_| ssh) {
            // An address of IPv6 holds colons of its own.
            Some(host) if host.contains(':') && !host.starts_with('[') => format!("{user}[{host}]:{dest}"),
            Some(host) => format!("{user}{host}:{dest}"),
            None => dest,
        };
        Ok(Self { dest, others, delete: deploy.delete.is_some_and(|delete| delete.value) })
    }
}
