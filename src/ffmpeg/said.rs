//! The last lines that a program prints on stderr.
//!
//! In: the pipe. Out: its last lines, however much is printed. Must not know what they mean.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use super::children::PAUSE;

/// Number of lines kept, and longest line in bytes.
const LINES: usize = 6;
const LONGEST_LINE: u64 = 400;

/// The stderr of a program, read on a separate thread.
pub(super) struct Said {
    kept: Arc<Mutex<Kept>>,
    reader: JoinHandle<()>,
}

#[derive(Default)]
struct Kept {
    lines: VecDeque<String>,
    count: u64,
}

impl Said {
    /// Starts reading.
    pub(super) fn of(stderr: impl Read + Send + 'static) -> io::Result<Self> {
        let kept = Arc::new(Mutex::new(Kept::default()));
        let shared = Arc::clone(&kept);
        let reader = thread::Builder::new().name("ffmpeg".to_owned()).spawn(move || read(stderr, &shared))?;
        Ok(Self { kept, reader })
    }

    /// Number of bytes read so far.
    pub(super) fn count(&self) -> u64 {
        locked(&self.kept).count
    }

    /// Returns the last lines of a program that has ended, oldest first. Its own children may keep the pipe open; does not wait for them.
    pub(super) fn finish(self) -> Vec<String> {
        const LOOKS: u32 = 400;
        for _ in 0..LOOKS {
            if self.reader.is_finished() {
                break;
            }
            thread::sleep(PAUSE);
        }
        locked(&self.kept).lines.drain(..).collect()
    }
}

fn read(stderr: impl Read, kept: &Mutex<Kept>) {
    let mut reader = BufReader::new(stderr);
    loop {
        let mut line = Vec::new();
        let Ok(1..) = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) else { return };
        let text = String::from_utf8_lossy(&line);
        // ffmpeg overwrites its own lines with carriage returns.
        let text = text.trim_end().rsplit('\r').next().unwrap_or_default().trim();
        let mut kept = locked(kept);
        kept.count += line.len() as u64;
        if !text.is_empty() {
            kept.lines.push_back(without_addresses(text));
        }
        if kept.lines.len() > LINES {
            kept.lines.pop_front();
        }
    }
}

/// Removes the addresses in memory by which ffmpeg tells its parts apart: `[mov @ 0x55d0c8a3b240]` becomes `[mov]`.
fn without_addresses(line: &str) -> String {
    let mut parts = line.split(" @ 0x");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    text
}

/// Locks the lines, which are valid after every single operation.
fn locked(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_memory_are_not_told() {
        let told = without_addresses("[mov,mp4 @ 0x55d0c8a3b240] moov atom not found");
        assert_eq!(told, "[mov,mp4] moov atom not found");
        assert_eq!(without_addresses("[a @ 0xF1] b [c @ 0x0] d @ 0x2g"), "[a] b [c] dg");
        assert_eq!(without_addresses("me @ home"), "me @ home");
    }

    #[test]
    fn the_last_lines_are_kept() {
        let text = (1..=9).map(|number| format!("old\rline {number}\n\n")).collect::<String>();
        let said = Said::of(io::Cursor::new(text)).expect("a thread");
        assert_eq!(said.finish(), [4, 5, 6, 7, 8, 9].map(|number| format!("line {number}")));
    }
}
