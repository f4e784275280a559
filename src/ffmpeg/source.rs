//! Input files of ffmpeg and ffprobe: the only way to pass them a file.
//!
//! In: a path. Out: arguments that open this file as the container that its first bytes show, and nothing else. Every call of ffmpeg
//! with an input gets the input's arguments from here.

use std::ffi::OsString;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::container::{self, Container, HEAD};
use super::program::is_avconv;
use super::trouble::FfmpegError;
use crate::machine::fs::File;

/// A file that ffmpeg may open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    file: PathBuf,
    container: Container,
}

impl InputFile {
    /// Reads a file's first bytes and recognises the container.
    ///
    /// # Errors
    /// If the file cannot be read, or is neither a video nor a sound.
    pub fn open(file: &Path) -> Result<Self, FfmpegError> {
        let (head, behind) = beginnings(file).map_err(FfmpegError::Io)?;
        let container = Container::of(&head, &behind).map_err(FfmpegError::Refused)?;
        Ok(Self { file: file.to_owned(), container })
    }

    /// Arguments that make ffmpeg open this file; the output's arguments follow.
    #[must_use]
    pub fn input(&self, program: &str) -> Vec<OsString> {
        let mut all = self.opened_by(program);
        all.extend(["-i".into(), named(&self.file)]);
        all
    }

    /// Arguments that make ffprobe open this file.
    pub(super) fn probed(&self, program: &str) -> Vec<OsString> {
        let mut all = self.opened_by(program);
        all.push(named(&self.file));
        all
    }

    /// Names the demuxer, so that no program chooses one by the file's content: neither for the file, nor for a file that replaces it in
    /// the meantime, nor for a part of it.
    fn opened_by(&self, program: &str) -> Vec<OsString> {
        let demuxer = self.container.demuxer();
        let mut all: Vec<&str> = vec!["-f", demuxer];
        if !is_avconv(program) {
            // AVI can contain subtitle files, for which ffmpeg chooses a demuxer again.
            all.extend(["-format_whitelist", demuxer, "-protocol_whitelist", "file"]);
            if self.container == Container::Mov {
                // Tracks may refer to other files; ffmpeg ignores them by default, too.
                all.extend(["-enable_drefs", "0", "-use_absolute_path", "0"]);
            }
        }
        all.into_iter().map(OsString::from).collect()
    }

    /// An input file with a given container, for tests.
    #[cfg(test)]
    pub(crate) fn known(file: &str, container: Container) -> Self {
        Self { file: file.into(), container }
    }
}

/// Formats a path so that ffmpeg takes it as a plain path, whatever characters it contains.
#[must_use]
pub fn named(file: &Path) -> OsString {
    let mut name = OsString::from("file:");
    name.push(file);
    name
}

/// Reads the first bytes of a file, and the first bytes after its ID3 tag.
fn beginnings(file: &Path) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let (mut head, mut behind) = (Vec::new(), Vec::new());
    let mut open = File::open(file)?;
    open.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    if let Some(start) = container::id3(&head) {
        open.seek(SeekFrom::Start(start))?;
        open.take(HEAD as u64).read_to_end(&mut behind)?;
    }
    Ok((head, behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ffmpeg::refusal::NotMedia;

    fn joined(program: &str, file: &str, container: Container) -> String {
        let all = InputFile::known(file, container).input(program);
        all.iter().map(|argument| argument.to_string_lossy()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn the_demuxer_is_given_and_no_other_is_allowed() {
        assert_eq!(
            joined("ffmpeg", "/a/clip.avi", Container::Avi),
            "-f|avi|-format_whitelist|avi|-protocol_whitelist|file|-i|file:/a/clip.avi"
        );
        assert_eq!(
            joined("ffmpeg", "/a/clip.mp4", Container::Mov),
            "-f|mov|-format_whitelist|mov|-protocol_whitelist|file|-enable_drefs|0|-use_absolute_path|0|\
             -i|file:/a/clip.mp4"
        );
        assert_eq!(joined("/usr/bin/avconv", "/x", Container::Ogg), "-f|ogg|-i|file:/x");
        let probed = InputFile::known("/x", Container::Ogg).probed("avprobe");
        assert_eq!(probed, ["-f", "ogg", "file:/x"].map(OsString::from));
    }

    #[test]
    fn a_path_is_a_path_whatever_it_looks_like() {
        for path in ["-i", "concat:a|b", "subfile,,start,0,end,9,,:/etc/passwd", "http://a/b.mp4", "img%03d.png"] {
            assert!(joined("ffmpeg", path, Container::Gif).ends_with(&format!("-i|file:{path}")));
        }
    }

    #[test]
    fn a_file_is_opened_by_what_is_in_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("v.mp4");
        let mut tagged = b"ID3\x04\0\0\0\0\x10\0".to_vec();
        tagged.resize(10 + 2048, b'x');
        tagged.extend(b"fLaC");
        std::fs::write(&path, &tagged).expect("written");
        assert_eq!(InputFile::open(&path).expect("a sound").container, Container::Flac);
        std::fs::write(&path, "#EXTM3U\n").expect("written");
        let refused = InputFile::open(&path).expect_err("a playlist");
        assert!(matches!(refused, FfmpegError::Refused(NotMedia::List(_))), "{refused}");
        assert!(matches!(InputFile::open(&folder.path().join("gone")), Err(FfmpegError::Io(_))));
    }
}
