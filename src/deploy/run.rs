//! Running rsync, and reading what it says that it did.

use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use super::Pass;
use crate::diagnostic::Failure;

/// What one run did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sent {
    /// The files that were sent.
    pub files: Vec<String>,
    /// What was deleted there.
    pub deleted: Vec<String>,
}

/// Does one run, in the site's folder: a `dest` that is a path may be relative to that.
///
/// # Errors
/// If rsync is not there, or if it fails; its own words have been on stderr then.
pub fn run(pass: &Pass, site: &Path) -> Result<Sent, Failure> {
    let mut command = Command::new("rsync");
    command.args(&pass.arguments).current_dir(site).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|cause| {
        let missing = cause.kind() == ErrorKind::NotFound;
        let failure = Failure::on("run", Path::new("rsync"))(cause);
        let help = "install it: `apt install rsync`, `apk add rsync`, `brew install rsync`; the host needs it too";
        Failure { help: missing.then(|| help.to_owned()), ..failure }
    })?;
    let mut sent = Sent::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(Failure::on("run", Path::new("rsync")))?;
            note(&String::from_utf8_lossy(&line), &mut sent);
        }
    }
    let status = child.wait().map_err(Failure::on("run", Path::new("rsync")))?;
    if status.success() {
        return Ok(sent);
    }
    let what = match status.code() {
        Some(code) => format!("it ended with code {code}"),
        None => "it was interrupted".to_owned(),
    };
    let failure = Failure::on("run", Path::new("rsync"))(io::Error::other(what));
    Err(Failure {
        help: Some("what it says above tells why; a second `cimaise deploy` goes on where this one stopped".to_owned()),
        ..failure
    })
}

/// A line of `--itemize-changes`: eleven signs and a name; `<` or `>` is a transfer.
fn note(line: &str, sent: &mut Sent) {
    if let Some(name) = line.strip_prefix("*deleting ") {
        sent.deleted.push(name.trim().to_owned());
    } else if line.starts_with("<f") || line.starts_with(">f") {
        sent.files.extend(line.split_once(' ').map(|(_, name)| name.trim().to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfers_and_deletions_are_counted_and_nothing_else() {
        let mut sent = Sent::default();
        for line in [
            "<f+++++++++ a/1 2.jpg",
            ">f.st...... index.html",
            ".d..t...... a/",
            "cd+++++++++ b/",
            "*deleting   old.jpg",
            ".f..t...... x",
            "",
        ] {
            note(line, &mut sent);
        }
        assert_eq!(sent.files, ["a/1 2.jpg", "index.html"]);
        assert_eq!(sent.deleted, ["old.jpg"]);
    }
}
