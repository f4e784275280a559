//! One run of a program: its output, its progress, and the last that it said.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};
use std::thread;

use super::children;

/// How many of the last lines on stderr are kept, and how long each may be, in bytes.
const LINES: usize = 6;
const LONGEST_LINE: u64 = 400;

/// Why a run came to nothing.
#[derive(Debug)]
pub enum Trouble {
    /// There is no such program.
    NotFound,
    /// It cannot be started, or not be listened to.
    Io(io::Error),
    /// It gave up: how it ended, and the last lines that it printed.
    Failed {
        /// "exit status: 1".
        status: String,
        /// Oldest first.
        said: Vec<String>,
    },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such program"),
            Self::Io(cause) => cause.fmt(f),
            Self::Failed { status, said } if said.is_empty() => write!(f, "{status}"),
            Self::Failed { said, .. } => f.write_str(&said.join("; ")),
        }
    }
}

/// Runs a program and returns what it prints, of which there may be no more than `limit` bytes.
///
/// # Errors
/// If it cannot be run, or fails, or prints more.
pub fn capture(program: &str, arguments: &[OsString], limit: u64) -> Result<Vec<u8>, Trouble> {
    run(program, arguments, None, |stdout| {
        let mut bytes = Vec::new();
        stdout.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::Error::other("it printed more than expected"));
        }
        Ok(bytes)
    })
}

/// Runs ffmpeg with `-progress pipe:1` among its arguments; `advance` is told how many milliseconds of its result are there.
/// `output` is the file that it writes: it is removed if the run is interrupted.
///
/// # Errors
/// If it cannot be run, or fails.
pub fn convert(
    program: &str,
    arguments: &[OsString],
    output: &Path,
    advance: &mut dyn FnMut(u64),
) -> Result<(), Trouble> {
    run(program, arguments, Some(output), |stdout| {
        for line in BufReader::new(stdout).split(b'\n') {
            if let Some(milliseconds) = milliseconds(&String::from_utf8_lossy(&line?)) {
                advance(milliseconds);
            }
        }
        Ok(())
    })
}

/// What a line of `-progress` says of the time. Before the first frame it says "N/A", and some versions a large negative number.
fn milliseconds(line: &str) -> Option<u64> {
    let microseconds: i64 = line.trim().strip_prefix("out_time_us=")?.parse().ok()?;
    u64::try_from(microseconds / 1000).ok()
}

fn run<T>(
    program: &str,
    arguments: &[OsString],
    output: Option<&Path>,
    listen: impl FnOnce(ChildStdout) -> io::Result<T>,
) -> Result<T, Trouble> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = children::spawn(&mut command, output).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => Trouble::NotFound,
        _ => Trouble::Io(cause),
    })?;
    let (stdout, stderr) = child.with(|child| (child.stdout.take(), child.stderr.take()));
    let (Some(stdout), Some(stderr)) = (stdout, stderr) else {
        return Err(Trouble::Io(io::ErrorKind::BrokenPipe.into()));
    };
    // Both are read at once: a program that waits for one of them would never close the other.
    let (listened, said) = thread::scope(|scope| {
        let said = scope.spawn(|| last_lines(stderr));
        let listened = listen(stdout);
        if listened.is_err() {
            child.with(|child| child.kill()).unwrap_or_default();
        }
        (listened, said.join().unwrap_or_default())
    });
    let status = child.wait().map_err(Trouble::Io)?;
    let value = listened.map_err(Trouble::Io)?;
    if status.success() { Ok(value) } else { Err(Trouble::Failed { status: status.to_string(), said }) }
}

/// The last lines that somebody prints, however much it is.
fn last_lines(stderr: impl Read) -> Vec<String> {
    let mut reader = BufReader::new(stderr);
    let mut lines = std::collections::VecDeque::new();
    loop {
        let mut line = Vec::new();
        match reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return lines.into(),
            Ok(_) => {}
        }
        let text = String::from_utf8_lossy(&line);
        // ffmpeg overwrites its own lines with carriage returns.
        let text = text.trim_end().rsplit('\r').next().unwrap_or_default().trim();
        if !text.is_empty() {
            lines.push_back(text.to_owned());
        }
        if lines.len() > LINES {
            lines.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_in_milliseconds() {
        assert_eq!(milliseconds("out_time_us=2020136"), Some(2020));
        assert_eq!(milliseconds("out_time_us=N/A"), None);
        assert_eq!(milliseconds("out_time_us=-9223372036854775808"), None);
        assert_eq!(milliseconds("frame=12"), None);
    }

    #[test]
    fn of_what_is_said_the_last_lines_are_kept() {
        let text = (1..=9).map(|number| format!("old\rline {number}\n\n")).collect::<String>();
        assert_eq!(last_lines(text.as_bytes()), [4, 5, 6, 7, 8, 9].map(|number| format!("line {number}")));
    }

    #[test]
    fn a_program_that_is_not_there_is_told_from_one_that_fails() {
        assert!(matches!(capture("/nowhere/ffmpeg", &[], 10), Err(Trouble::NotFound)));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_printed_is_returned_unless_it_is_too_much_or_the_program_fails() {
        let shell = |script: &str, limit| capture("/bin/sh", &["-c".into(), script.into()], limit);
        assert_eq!(shell("printf abc", 3).expect("printed"), b"abc");
        assert!(matches!(shell("printf abcd", 3), Err(Trouble::Io(_))));
        let failed = shell("echo no such encoder >&2; exit 3", 10).expect_err("it fails");
        assert_eq!(failed.to_string(), "no such encoder");
        assert_eq!(shell("exit 3", 10).expect_err("it fails").to_string(), "exit status: 3");
    }
}
