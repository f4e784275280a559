//! Opening the user's browser.

use std::io;
use std::process::{Command, Stdio};
use std::thread;

use super::Output;
use crate::diagnostic::{self, Code, Diagnostic, Report};

/// Opens an address in the user's browser. Does not wait for the browser; prints a warning if none starts.
pub(super) fn open(address: &str, output: Output) {
    let mut command = command(address);
    let wait = move || {
        if let Err(reason) = run(&mut command) {
            warn(&command.get_program().to_string_lossy(), &reason, &output);
        }
    };
    // Where no thread is granted, the address on the terminal has to do.
    let _ = thread::Builder::new().name("browser".to_owned()).spawn(wait);
}

/// The system's program that opens an address.
fn command(address: &str) -> Command {
    let mut command = match () {
        () if cfg!(target_os = "macos") => Command::new("open"),
        () if cfg!(windows) => Command::new("explorer"),
        () => Command::new("xdg-open"),
    };
    // What browsers print is not for the user of cimaise, and a browser for terminals must not take over this one.
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Waits until the program ends, which may be when the browser does. Explorer reports a failure in any case.
fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error: io::Error| error.to_string())?;
    if status.success() || cfg!(windows) { Ok(()) } else { Err(status.to_string()) }
}

fn warn(program: &str, reason: &str, output: &Output) {
    let message = format!("cannot open a browser: `{program}`: {reason}");
    let mut report = Report::default();
    report.push(Diagnostic::new(Code::MachineNoBrowser, message).help("open the address yourself"));
    let _ = output.messages(|out| diagnostic::print(&report, output.format, out));
}
