//! Available programs and their encoders.

use std::collections::BTreeSet;
use std::time::Duration;

use super::run::{Job, capture, file_name};
use super::trouble::FfmpegError;

/// Longest output of `-encoders` in bytes; usually it has about 20 kB.
const LONGEST_LIST: u64 = 1 << 20;

/// Names of the encoders of one ffmpeg.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Encoders(BTreeSet<String>);

impl Encoders {
    /// Whether this encoder exists. `copy` is not an encoder, and always works.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        name == "copy" || self.0.contains(name)
    }

    /// Returns the first of these encoders that exists.
    #[must_use]
    pub fn first<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        names.iter().copied().find(|name| self.has(name))
    }

    /// Parses the output of `-encoders`: after a line of dashes, each line has six flags, a name and a description.
    #[must_use]
    pub fn parse(list: &str) -> Self {
        let lines = list.lines().skip_while(|line| !line.trim_start().starts_with("------")).skip(1);
        Self(lines.filter_map(|line| line.split_whitespace().nth(1)).map(str::to_owned).collect())
    }
}

/// Lists the encoders of a program.
///
/// # Errors
/// If the program does not exist or does not answer.
pub fn encoders(program: &str, timeout: Duration) -> Result<Encoders, FfmpegError> {
    let list = capture(Job { program, arguments: &["-encoders".into()], timeout }, LONGEST_LIST)?;
    Ok(Encoders::parse(&String::from_utf8_lossy(&list)))
}

/// Whether a program belongs to libav, which lacks some of ffmpeg's options.
#[must_use]
pub fn is_avconv(program: &str) -> bool {
    ["avconv", "avprobe"].iter().any(|name| file_name(program).starts_with(name))
}

/// Returns the program that probes files, beside the one that converts them: `ffprobe` for `ffmpeg`, `/opt/bin/ffprobe-7` for
/// `/opt/bin/ffmpeg-7`.
#[must_use]
pub fn probe_beside(program: &str) -> String {
    let name = file_name(program);
    let folder = &program[..program.len() - name.len()];
    let probe = match (name.contains("ffmpeg"), is_avconv(program)) {
        (true, _) => name.replace("ffmpeg", "ffprobe"),
        (_, true) => name.replace("avconv", "avprobe"),
        _ => "ffprobe".to_owned(),
    };
    let beside = format!("{folder}{probe}");
    if folder.is_empty() || crate::machine::fs::exists(&beside).unwrap_or(false) {
        beside
    } else {
        "ffprobe".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoders_are_read_from_the_list() {
        let list = "Encoders:\n V..... = Video\n A..... = Audio\n ------\n V....D libx264              H.264 (codec h264)\n\
                    \u{20}A..... aac                  AAC\n";
        let encoders = Encoders::parse(list);
        assert!(encoders.has("libx264") && encoders.has("aac") && encoders.has("copy") && !encoders.has("="));
        assert_eq!(encoders.first(&["libopenh264", "libx264"]), Some("libx264"));
        assert_eq!(Encoders::parse("nonsense"), Encoders::default());
    }

    #[test]
    fn the_probe_is_called_as_its_neighbour_is() {
        assert_eq!(probe_beside("ffmpeg"), "ffprobe");
        assert_eq!(probe_beside("ffmpeg7"), "ffprobe7");
        assert_eq!(probe_beside("avconv"), "avprobe");
        assert_eq!(probe_beside("my-encoder"), "ffprobe");
        assert_eq!(probe_beside("/nowhere/ffmpeg"), "ffprobe");
        let folder = tempfile::tempdir().expect("a folder");
        let beside = folder.path().join("ffprobe-7").to_string_lossy().into_owned();
        std::fs::write(&beside, "").expect("written");
        assert_eq!(probe_beside(&beside.replace("ffprobe", "ffmpeg")), beside);
        assert!(is_avconv("/usr/bin/avconv") && !is_avconv("/opt/avconv/ffmpeg"));
    }
}
