//! Detects programs that make no progress.
//!
//! In: measurements of a program, and their time. Out: whether the program has to be ended, and why. Pure: must not know clocks, or
//! where the measurements come from.
//!
//! Two kinds of signs count. The *result* is the purpose of the run: the position in the film, the length of the file it writes, the
//! output it prints. *Effort* is processor time, and bytes read or written: an encoder on a slow machine may show nothing else for
//! minutes. Neither for `timeout` means that the program hangs; effort without a result for [`FRUITLESS`] times as long, that it loops;
//! a result far longer than the source, that it will not end.

use std::time::Duration;

use super::trouble::Halt;

/// Factor on `timeout` for effort without a result: an hour for a timeout of a minute.
const FRUITLESS: u32 = 60;

/// Factor on `timeout` where effort cannot be measured.
const BLIND: u32 = 10;

/// One part in so many of `timeout` is processor time of an idle program: newer versions of ffmpeg check a clock twice a second.
const ASLEEP: u32 = 500;

/// Number of measurements per `timeout`.
const LOOKS: u32 = 20;

/// Measurements of a program. Unknown numbers are 0 or `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sample {
    /// Position in the film, in milliseconds.
    pub(super) film: u64,
    /// Length of the output file, in bytes.
    pub(super) written: u64,
    /// Bytes of the result printed so far.
    pub(super) printed: u64,
    /// Effort as the system reports it.
    pub(super) effort: Option<Effort>,
}

/// Resources that a process and its children have used since they started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Effort {
    /// Processor time in milliseconds.
    pub(super) cpu: u64,
    /// Bytes read and written.
    pub(super) bytes: u64,
}

/// The progress of one program over time.
#[derive(Debug)]
pub(super) struct Watch {
    timeout: Duration,
    /// Longest allowed film, in milliseconds.
    longest: Option<u64>,
    /// Time of the last measurement.
    looked: Duration,
    /// The largest value of each number; for processor time, its value when it last counted.
    most: Sample,
    /// Time for which nothing grew (`still`), and for which the result did not grow (`fruitless`).
    still: Duration,
    fruitless: Duration,
}

impl Watch {
    /// Creates the watch of a program that starts now.
    pub(super) fn new(timeout: Duration, longest: Option<u64>) -> Self {
        let (looked, still, fruitless) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
        Self { timeout, longest, looked, most: Sample::default(), still, fruitless }
    }

    /// Time until the next measurement.
    pub(super) fn pause(&self) -> Duration {
        (self.timeout / LOOKS).clamp(Duration::from_millis(20), Duration::from_secs(1))
    }

    /// Judges the measurements `seen` at the time `now`, counted from the start of the program.
    ///
    /// # Errors
    /// The reason for ending the program.
    pub(super) fn look(&mut self, now: Duration, seen: Sample) -> Result<(), Halt> {
        // If this process was stopped, or the machine slept, the time in between does not count as standstill.
        let passed = now.saturating_sub(self.looked).min(self.pause() * 2);
        self.looked = now;
        self.still += passed;
        self.fruitless += passed;
        if self.has_result(seen) {
            (self.still, self.fruitless) = (Duration::ZERO, Duration::ZERO);
        }
        if self.has_effort(seen.effort) {
            self.still = Duration::ZERO;
        }
        if self.longest.is_some_and(|longest| seen.film > longest) {
            return Err(Halt::Endless(seen.film / 1000));
        }
        let patience = if seen.effort.is_some() { self.timeout } else { self.timeout * BLIND };
        if self.still >= patience {
            return Err(Halt::Still(patience.as_secs()));
        }
        let patience = self.timeout * FRUITLESS;
        if self.fruitless >= patience {
            return Err(Halt::Fruitless(patience.as_secs()));
        }
        Ok(())
    }

    fn has_result(&mut self, seen: Sample) -> bool {
        // Compare all three every time, so that no growth counts twice.
        let film = grown(&mut self.most.film, seen.film);
        let written = grown(&mut self.most.written, seen.written);
        let printed = grown(&mut self.most.printed, seen.printed);
        film || written || printed
    }

    fn has_effort(&mut self, seen: Option<Effort>) -> bool {
        let Some(seen) = seen else { return false };
        let most = self.most.effort.get_or_insert_default();
        let bytes = grown(&mut most.bytes, seen.bytes);
        let asleep = u64::try_from((self.timeout / ASLEEP).as_millis()).unwrap_or(u64::MAX);
        let cpu = seen.cpu > most.cpu.saturating_add(asleep);
        if cpu {
            most.cpu = seen.cpu;
        }
        bytes || cpu
    }
}

fn grown(most: &mut u64, seen: u64) -> bool {
    let grown = seen > *most;
    *most = seen.max(*most);
    grown
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    /// Measures every second until the program has to be ended, for at most this many seconds.
    fn run(longest: Option<u64>, seconds: u64, sample: impl Fn(u64) -> Sample) -> Option<(u64, Halt)> {
        let mut watch = Watch::new(MINUTE, longest);
        (1..=seconds).find_map(|now| {
            let halt = watch.look(Duration::from_secs(now), sample(now)).err()?;
            Some((now, halt))
        })
    }

    fn effort(cpu: u64, bytes: u64) -> Sample {
        Sample { effort: Some(Effort { cpu, bytes }), ..Sample::default() }
    }

    #[test]
    fn a_program_of_which_nothing_grows_is_ended_after_the_timeout() {
        assert_eq!(run(None, 1000, |_| effort(0, 0)), Some((60, Halt::Still(60))));
        let until = |now: u64| effort(now.min(100) * 900, 4096);
        assert_eq!(run(None, 1000, until), Some((160, Halt::Still(60))));
    }

    #[test]
    fn each_sign_alone_is_progress() {
        let seen = |now: u64| now / 50;
        assert_eq!(run(None, 3000, |now| Sample { film: seen(now), ..effort(0, 0) }), None);
        assert_eq!(run(None, 3000, |now| Sample { written: seen(now), ..effort(0, 0) }), None);
        assert_eq!(run(None, 3000, |now| Sample { printed: seen(now), ..effort(0, 0) }), None);
        assert_eq!(run(None, 3000, |now| effort(0, seen(now))), None);
        assert_eq!(run(None, 3000, |now| effort(now * 3, 0)), None, "a three-hundredth of a slow processor");
    }

    #[test]
    fn looking_at_a_clock_is_no_effort() {
        assert_eq!(run(None, 3000, |now| effort(now / 20 * 10, 0)), Some((60, Halt::Still(60))));
    }

    #[test]
    fn effort_without_a_result_comes_to_an_end() {
        assert_eq!(run(None, 9999, |now| effort(now * 1000, now)), Some((3600, Halt::Fruitless(3600))));
        let slow = |now: u64| Sample { film: now / 3000, ..effort(now * 1000, now) };
        assert_eq!(run(None, 9999, slow), None, "a millisecond in 50 minutes");
    }

    #[test]
    fn a_result_that_is_too_long_is_ended() {
        let film = |now: u64| Sample { film: now * 1000, ..effort(now, now) };
        assert_eq!(run(Some(30_000), 1000, film), Some((31, Halt::Endless(31))));
        assert_eq!(run(None, 1000, film), None);
    }

    #[test]
    fn where_effort_cannot_be_seen_the_result_has_ten_times_as_long() {
        assert_eq!(run(None, 9999, |_| Sample::default()), Some((600, Halt::Still(600))));
    }

    #[test]
    fn time_that_this_process_was_stopped_for_does_not_count() {
        let mut watch = Watch::new(MINUTE, None);
        for look in 1..=25 {
            assert_eq!(watch.look(MINUTE * 60 * look, effort(0, 0)), Ok(()), "{look}");
        }
    }

    #[test]
    fn short_timeouts_are_looked_at_often() {
        assert_eq!(Watch::new(Duration::from_secs(1), None).pause(), Duration::from_millis(50));
        assert_eq!(Watch::new(MINUTE, None).pause(), Duration::from_secs(1));
        assert_eq!(Watch::new(Duration::from_secs(86_400), None).pause(), Duration::from_secs(1));
    }
}
