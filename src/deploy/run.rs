//! Running rsync, and reading its report.

use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use super::Pass;
use super::items::RsyncItem;
use super::place::host_and_path;
use crate::diagnostic::{Failure, install};

/// rsync's exit code when it cannot start a program that it needs, such as ssh.
const NO_PROGRAM: i32 = 14;

/// Executes one run in the site's folder, so that a `dest` without a host may be relative to it.
///
/// # Errors
/// If rsync is missing or fails; rsync has then printed its own message on stderr.
pub(super) fn run(pass: &Pass, site: &Path) -> Result<Vec<RsyncItem>, Failure> {
    let mut command = Command::new("rsync");
    command.args(&pass.arguments).current_dir(site).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|cause| {
        let missing = cause.kind() == ErrorKind::NotFound;
        let cause = if missing { io::Error::new(ErrorKind::NotFound, "rsync is not installed") } else { cause };
        let failure = Failure::on("run", Path::new("rsync"))(cause);
        let help = || format!("{}; the host needs rsync, too", install("rsync"));
        Failure { help: missing.then(help), ..failure }
    })?;
    let mut items = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            items.extend(RsyncItem::parse(&line.map_err(Failure::on("run", Path::new("rsync")))?));
        }
    }
    let status = child.wait().map_err(Failure::on("run", Path::new("rsync")))?;
    if status.success() {
        return Ok(items);
    }
    let what = match status.code() {
        Some(code) => format!("it ended with code {code}"),
        None => "it was interrupted".to_owned(),
    };
    let failure = Failure::on("run", Path::new("rsync"))(io::Error::other(what));
    let mut places = pass.arguments.iter().rev().take_while(|argument| *argument != "--");
    let is_remote = places.any(|place| host_and_path(place).is_some());
    let help = match status.code() {
        Some(NO_PROGRAM) if is_remote => {
            format!("for a destination on another host, rsync needs ssh: {}", install("openssh-client"))
        }
        _ => "read the message of rsync above, then run `cimaise deploy` again: it continues where this run stopped"
            .to_owned(),
    };
    Err(Failure { help: Some(help), ..failure })
}
