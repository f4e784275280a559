//! Options in front of the command (`cimaise --strict check`), and a folder in its place (`cimaise photos`).
//!
//! In: the arguments that clap refused, and its error. Out: the command line that the user meant. Without a command, the
//! options are those of `build`, so clap reports a conflict of options and command, which explains nothing.

use std::ffi::OsString;

use clap::error::ErrorKind;

use crate::machine::fs;

/// Returns the command line with the options behind the command; `None` if the order is not the problem.
pub(super) fn corrected(program: &clap::Command, error: &clap::Error, given: &[OsString]) -> Option<String> {
    if error.kind() != ErrorKind::ArgumentConflict {
        return None;
    }
    let is_command = |text: &OsString| program.find_subcommand(text).is_some();
    let at = given.iter().skip(1).position(is_command)? + 1;
    if at == 1 {
        return None;
    }
    let (before, after) = (&given[1..at], &given[at + 1..]);
    let words = [&given[at..=at], before, after].concat();
    let words: Vec<String> = words.iter().map(|word| quoted(&word.to_string_lossy())).collect();
    Some(format!("cimaise {}", words.join(" ")))
}

/// Returns the command line that builds a folder named in the place of the command.
pub(super) fn folder(error: &clap::Error, given: &[OsString]) -> Option<String> {
    let is_folder = |path: &OsString| fs::metadata(path).is_ok_and(|metadata| metadata.is_dir());
    let first = given.get(1).filter(|first| is_folder(first))?;
    (error.kind() == ErrorKind::InvalidSubcommand)
        .then(|| format!("cimaise build {}", quoted(&first.to_string_lossy())))
}

/// Formats an argument for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+@:=,".contains(c);
    let is_whole = !word.is_empty() && word.chars().all(is_plain);
    if is_whole { word.to_owned() } else { format!("'{}'", crate::diagnostic::escape(word).replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::cli::Cli;

    fn right(line: &str) -> Option<String> {
        let given: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let error = Cli::try_parse_from(&given).expect_err("an error");
        corrected(&Cli::command(), &error, &given)
    }

    #[test]
    fn options_move_behind_the_command() {
        assert_eq!(right("cimaise --strict check").as_deref(), Some("cimaise check --strict"));
        assert_eq!(
            right("cimaise -o out --quiet build photos").as_deref(),
            Some("cimaise build -o out --quiet photos")
        );
    }

    #[test]
    fn other_mistakes_are_left_to_clap() {
        assert_eq!(right("cimaise build --quiet --verbose"), None);
        assert_eq!(right("cimaise chek"), None);
    }
}
