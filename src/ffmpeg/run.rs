//! One run of a program: its output, its progress, and its last messages.
//!
//! In: a [`Job`]. Out: the program's output, or the reason why the run failed. The thread that runs a program also watches it;
//! separate threads read its output, so that neither a full pipe nor an empty one blocks anything.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::process::{ChildStdout, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::children::{self, GuardedChild, PAUSE};
use super::effort;
use super::said::Said;
use super::trouble::{FfmpegError, Stall};
use super::watch::{Sample, Watch};

/// Bounds on the output that waits to be processed: number of parts, and bytes in each.
const PARTS: usize = 4;
const PART: usize = 1 << 16;

/// Longest line of `-progress` that is kept, in bytes; real lines are much shorter.
const LONGEST_LINE: usize = 4096;

/// A program to run.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// Name or path of the program.
    pub program: &'a str,
    /// Arguments, passed without a shell.
    pub arguments: &'a [OsString],
    /// Longest time without progress.
    pub timeout: Duration,
}

/// Runs a program and returns its output, at most `limit` bytes.
///
/// # Errors
/// If the program cannot be run, fails, stalls, or prints more.
pub fn capture(job: Job<'_>, limit: u64) -> Result<Vec<u8>, FfmpegError> {
    let mut bytes = Vec::new();
    run(job, None, None, &mut |part, sample| {
        bytes.extend_from_slice(part);
        sample.printed = bytes.len() as u64;
        if sample.printed > limit {
            return Err(io::Error::other("it printed more than expected"));
        }
        Ok(())
    })?;
    Ok(bytes)
}

/// Runs ffmpeg with `-progress pipe:1` among its arguments; calls `advance` with the position in the result in milliseconds.
/// `output` is the file that ffmpeg writes; it is removed if the run is interrupted. A result longer than `longest` milliseconds ends
/// the run.
///
/// # Errors
/// If ffmpeg cannot be run, fails, or stalls.
pub fn convert(
    job: Job<'_>,
    output: &Path,
    longest: Option<u64>,
    advance: &mut dyn FnMut(u64),
) -> Result<(), FfmpegError> {
    let mut line = Vec::new();
    run(job, Some(output), longest, &mut |part, sample| {
        for &byte in part {
            if byte != b'\n' {
                if line.len() < LONGEST_LINE {
                    line.push(byte);
                }
                continue;
            }
            if let Some(milliseconds) = milliseconds(&String::from_utf8_lossy(&line)) {
                sample.film = milliseconds;
                advance(milliseconds);
            }
            line.clear();
        }
        Ok(())
    })
}

/// Parses the time in a line of `-progress`. Before the first frame it is "N/A", and in some versions a large negative number.
fn milliseconds(line: &str) -> Option<u64> {
    let microseconds: i64 = line.trim().strip_prefix("out_time_us=")?.parse().ok()?;
    u64::try_from(microseconds / 1000).ok()
}

/// Receives a program's output, and records the progress in it.
type Listen<'a> = dyn FnMut(&[u8], &mut Sample) -> io::Result<()> + 'a;

fn run(job: Job<'_>, output: Option<&Path>, longest: Option<u64>, listen: &mut Listen<'_>) -> Result<(), FfmpegError> {
    let mut command = Command::new(job.program);
    command.args(job.arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    unsettle(&mut command);
    let child = children::spawn(&mut command, output).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => FfmpegError::NotFound,
        _ => FfmpegError::Io(cause),
    })?;
    let (stdout, stderr) = child.with(|child| (child.stdout.take(), child.stderr.take()));
    let (Some(stdout), Some(stderr)) = (stdout, stderr) else {
        return Err(FfmpegError::Io(io::ErrorKind::BrokenPipe.into()));
    };
    // If the receiver stops early, it drops the child, which ends the program.
    let said = Said::of(stderr).map_err(FfmpegError::Io)?;
    let printed = Arc::new(AtomicU64::new(0));
    let parts = parts(stdout, Arc::clone(&printed)).map_err(FfmpegError::Io)?;
    let told = || printed.load(Ordering::Relaxed).saturating_add(said.count());
    let status = follow(&child, job, longest, &parts, output, &told, listen)?;
    let said = said.finish();
    if status.success() { Ok(()) } else { Err(FfmpegError::Failed { status: status.to_string(), said }) }
}

/// Reads a child's output and watches the child until it has ended. `told` returns the number of bytes received from it.
fn follow(
    child: &GuardedChild,
    job: Job<'_>,
    longest: Option<u64>,
    parts: &Receiver<io::Result<Vec<u8>>>,
    output: Option<&Path>,
    told: &dyn Fn() -> u64,
    listen: &mut Listen<'_>,
) -> Result<ExitStatus, FfmpegError> {
    let (id, begin) = (child.id(), Instant::now());
    let mut watch = Watch::new(job.timeout, longest);
    let mut next = watch.pause();
    let (mut sample, mut open) = (Sample::default(), true);
    loop {
        if open {
            match parts.recv_timeout(next.saturating_sub(begin.elapsed())) {
                Ok(part) => part.and_then(|part| listen(&part, &mut sample)).map_err(FfmpegError::Io)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
        } else if let Some(status) = child.status().map_err(FfmpegError::Io)? {
            return Ok(status);
        } else {
            thread::sleep(PAUSE);
        }
        let now = begin.elapsed();
        if now < next {
            continue;
        }
        next = now + watch.pause();
        sample.written = output.map_or(0, length);
        sample.effort = effort::of(id);
        if let Some(effort) = &mut sample.effort {
            // ffmpeg keeps printing its position even when it is stuck, so its own output does not count.
            effort.bytes = effort.bytes.saturating_sub(told());
        }
        if let Err(halt) = watch.look(now, sample) {
            child.end();
            return Err(FfmpegError::Stalled(Stall { program: file_name(job.program).to_owned(), halt }));
        }
    }
}

/// File name of a program, without its folder.
pub(super) fn file_name(program: &str) -> &str {
    program.rsplit(std::path::is_separator).next().unwrap_or(program)
}

fn length(file: &Path) -> u64 {
    crate::machine::fs::metadata(file).map_or(0, |metadata| metadata.len())
}

/// Removes environment variables that change ffmpeg's messages, inputs or outputs. Keeps the others: wrappers and drivers need them.
fn unsettle(command: &mut Command) {
    const SETTINGS: [&str; 4] = ["FFREPORT", "FFMPEG_", "AVCONV_", "AV_LOG_"];
    for (name, _) in std::env::vars_os() {
        if SETTINGS.iter().any(|setting| name.to_string_lossy().starts_with(setting)) {
            command.env_remove(name);
        }
    }
}

/// Reads a child's output on a separate thread, which ends with the output. `printed` counts the bytes.
fn parts(mut stdout: ChildStdout, printed: Arc<AtomicU64>) -> io::Result<Receiver<io::Result<Vec<u8>>>> {
    let (sender, receiver) = sync_channel(PARTS);
    thread::Builder::new().name("ffmpeg".to_owned()).spawn(move || {
        let mut buffer = vec![0; PART];
        loop {
            let part = match stdout.read(&mut buffer) {
                Ok(0) => return,
                Ok(count) => {
                    printed.fetch_add(count as u64, Ordering::Relaxed);
                    Ok(buffer[..count].to_vec())
                }
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
                Err(cause) => Err(cause),
            };
            let failed = part.is_err();
            if sender.send(part).is_err() || failed {
                return;
            }
        }
    })?;
    Ok(receiver)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ffmpeg::trouble::Halt;

    const MINUTE: Duration = Duration::from_secs(60);

    #[cfg(unix)]
    fn shell(script: &str, timeout: Duration, limit: u64) -> Result<Vec<u8>, FfmpegError> {
        let arguments = ["-c".into(), script.into()];
        capture(Job { program: "/bin/sh", arguments: &arguments, timeout }, limit)
    }

    #[test]
    fn progress_is_read_in_milliseconds() {
        assert_eq!(milliseconds("out_time_us=2020136"), Some(2020));
        assert_eq!(milliseconds("out_time_us=N/A"), None);
        assert_eq!(milliseconds("out_time_us=-9223372036854775808"), None);
        assert_eq!(milliseconds("frame=12"), None);
    }

    #[test]
    fn a_program_that_is_not_there_is_told_from_one_that_fails() {
        let job = Job { program: "/nowhere/ffmpeg", arguments: &[], timeout: MINUTE };
        assert!(matches!(capture(job, 10), Err(FfmpegError::NotFound)));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_printed_is_returned_unless_it_is_too_much_or_the_program_fails() {
        let shell = |script: &str, limit| shell(script, MINUTE, limit);
        assert_eq!(shell("printf abc", 3).expect("printed"), b"abc");
        assert!(matches!(shell("printf abcd", 3), Err(FfmpegError::Io(_))));
        let failed = shell("echo no such encoder >&2; exit 3", 10).expect_err("it fails");
        assert_eq!(failed.to_string(), "no such encoder");
        assert_eq!(shell("exit 3", 10).expect_err("it fails").to_string(), "exit status: 3");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_that_waits_is_ended_with_what_it_has_started() {
        let folder = tempfile::tempdir().expect("a folder");
        let number = folder.path().join("number");
        // The shell waits for its child, which keeps the pipes open.
        let script = format!("sleep 600 & echo $! > {}; wait", number.display());
        let trouble = shell(&script, Duration::from_secs(1), 10).expect_err("it waits");
        assert_eq!(trouble.to_string(), "`sh` made no progress for 1 s");
        let child = std::fs::read_to_string(number).expect("a number");
        let is_gone = || {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
            stat.is_empty() || stat.contains(") Z ")
        };
        while !is_gone() {
            thread::sleep(PAUSE);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_that_closes_its_output_and_waits_is_ended() {
        let trouble = shell("exec >&- 2>&-; sleep 600", Duration::from_secs(1), 10).expect_err("it waits");
        assert!(matches!(trouble, FfmpegError::Stalled(_)), "{trouble}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_prints_without_end_is_ended_at_the_limit() {
        let trouble = shell("while :; do echo more; done", MINUTE, 1 << 16).expect_err("too much");
        assert_eq!(trouble.to_string(), "it printed more than expected");
    }

    #[cfg(unix)]
    #[test]
    fn progress_is_told_and_a_result_without_end_is_ended() {
        let script = "i=0; while :; do i=$((i + 1)); echo out_time_us=${i}000000; done";
        let arguments = ["-c".into(), script.into()];
        let job = Job { program: "/bin/sh", arguments: &arguments, timeout: Duration::from_secs(1) };
        let mut told = 0;
        let trouble = convert(job, Path::new("/nowhere/film"), Some(5000), &mut |now| told = now).expect_err("no end");
        assert!(matches!(trouble, FfmpegError::Stalled(Stall { halt: Halt::Endless(6..), .. })), "{trouble}");
        assert!(told > 5000 && told % 1000 == 0, "{told}");
    }
}
