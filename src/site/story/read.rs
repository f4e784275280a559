//! Reads the headers of photos and videos for stories, through the ledger.
//!
//! In: paths. Out: [`Candidates`], and what could not be read. The next stage finds the same facts in the ledger.

use std::collections::BTreeMap;

use crate::cache::Ledger;
use crate::diagnostic::{Code, Diagnostic, Failure, Severity};
use crate::machine::Machine;
use crate::site::read::{self, Attached, Depth, Facts, FileList, Listed, ToRead};
use crate::site::story::candidate::Candidate;
use crate::site::story::choice::sidecar;
use crate::site::videos::{Toolbox, VideoPolicy};
use crate::source::{FileEntry, SitePath, Source, is_video};

/// Photos and videos, by path.
#[derive(Debug, Default)]
pub struct Candidates {
    /// Those that a page can show.
    pub found: BTreeMap<SitePath, Candidate>,
    /// Warnings about files that no page can show.
    pub left_out: Vec<Diagnostic>,
    /// Errors about files that may be readable later.
    pub unread: Vec<Diagnostic>,
}

impl Candidates {
    /// Reads these files of the site.
    ///
    /// # Errors
    /// If the machine has no resources left to run ffprobe.
    pub fn read(
        source: &Source,
        files: &[(&SitePath, &FileEntry)],
        videos: VideoPolicy,
        machine: &Machine<'_>,
        ledger: &mut Ledger<Facts>,
    ) -> Result<Self, Failure> {
        let mut toolbox = Toolbox::new(&source.root);
        let read = Self::read_with(source, files, videos, &mut toolbox, Depth::Whole, machine, ledger)?;
        toolbox.finish()?;
        Ok(read)
    }

    pub(super) fn read_with(
        source: &Source,
        files: &[Listed<'_>],
        policy: VideoPolicy,
        toolbox: &mut Toolbox,
        depth: Depth<'_>,
        machine: &Machine<'_>,
        ledger: &mut Ledger<Facts>,
    ) -> Result<Self, Failure> {
        let nameable = |path: &SitePath| !path.name().contains(char::is_control);
        let mut all = Self { left_out: unnameable(files), ..Self::default() };
        let (videos, photos): (Vec<_>, Vec<_>) =
            files.iter().copied().filter(|(path, _)| nameable(path)).partition(|(path, _)| is_video(path.name()));
        let probing = policy.probing(!videos.is_empty(), &source.settings, toolbox)?;
        let attached = Attached::new();
        let to_read = ToRead { photos: &photos, videos: &videos, sounds: &[], attached: &attached };
        let read = read::read(&to_read, &probing, depth, machine, ledger)?;
        let lost = all.sort_problems(read.photo_problems.into_iter().chain(read.problems));
        all.add(&photos, &read.photos, &lost, |(path, file), photo| match photo {
            Some(photo) => Candidate::photo(photo, file, sidecar(source, path)),
            None => Candidate::unread(path, false, file, None, sidecar(source, path)),
        });
        all.add(&videos, &read.videos, &lost, |(path, file), video| match video {
            Some(video) => Candidate::video(video, file, sidecar(source, path)),
            None => Candidate::unread(path, true, file, None, sidecar(source, path)),
        });
        Ok(all)
    }

    /// Adds the files of one kind, apart from those that were `lost`.
    fn add<T>(
        &mut self,
        files: &[Listed<'_>],
        read: &FileList<T>,
        lost: &[String],
        candidate: impl Fn(Listed<'_>, Option<&T>) -> Candidate,
    ) {
        for (number, (path, file)) in files.iter().enumerate() {
            if !lost.iter().any(|lost| lost == path.as_str()) {
                let known = read.place(number).map(|place| &read.list[place]);
                self.found.insert((*path).clone(), candidate((path, file), known));
            }
        }
    }

    /// Sorts problems by whether the file can ever be shown. Returns the paths of files that cannot.
    fn sort_problems(&mut self, problems: impl Iterator<Item = Diagnostic>) -> Vec<String> {
        let (mut lost, mut without_ffmpeg) = (Vec::new(), Vec::new());
        for problem in problems.filter(|problem| problem.severity == Severity::Error) {
            let crate::diagnostic::Place::File(path) = problem.place.clone() else { continue };
            match problem.code {
                Code::FileUnreadable | Code::FileNotFetched | Code::FileChanged | Code::MachineMemory => {
                    self.unread.push(problem);
                    continue;
                }
                Code::VideoNoFfmpeg => without_ffmpeg.push(problem),
                _ => self.left_out.push(left_out(&problem.message).in_file(path.clone())),
            }
            lost.push(path);
        }
        self.left_out.extend(no_ffmpeg(&without_ffmpeg));
        lost
    }
}

fn left_out(why: &str) -> Diagnostic {
    let warning = Diagnostic::new(Code::PhotoLeftOut, format!("leaving out this file: {why}"));
    warning.help("replace the file with an intact copy, or delete it")
}

fn unnameable(files: &[Listed<'_>]) -> Vec<Diagnostic> {
    let unnameable = files.iter().filter(|(path, _)| path.name().contains(char::is_control));
    let why = "its name holds a control character; rename it";
    unnameable.map(|(path, _)| left_out(why).in_file(path.as_str())).collect()
}

/// Reports once that videos are left out because there is no program to show them.
fn no_ffmpeg(problems: &[Diagnostic]) -> Option<Diagnostic> {
    let first = problems.first()?;
    let what = if problems.len() == 1 { "1 video".to_owned() } else { format!("{} videos", problems.len()) };
    let warning = Diagnostic::new(Code::VideoNoFfmpeg, format!("leaving out {what}: {}", first.message)).as_warning();
    Some(Diagnostic { help: first.help.clone(), ..warning })
}
