//! The order in which a destination is changed.
//!
//! 1. Survey, without changes: which files are there, and which of them does an earlier deployment list?
//! 2. The list learns the files that are about to be put, so that every file put from now on is known to be ours. An existing file with
//!    one of these names that is not listed belongs to somebody else until it has been replaced, so it is added in step 5.
//! 3. Media are put, then pages.
//! 4. With `delete`, listed files that are no longer in the site are deleted by their exact names.
//! 5. The list forgets them, and whatever else is gone.
//!
//! A run that is killed anywhere leaves a list that contains no foreign file, and all of ours except those that replaced a foreign one.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::items::{RsyncAction, RsyncItem};
use super::list::{self, List, Marker, folder_and_name, folders_of};
use super::passes::{Pass, Passes};
use super::run::run;
use super::scratch::Scratch;
use super::survey::DestinationSurvey;
use super::{Target, path_of};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop};
use crate::machine::fs;
use crate::machine::progress::Progress;

/// Result of a deployment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sent {
    /// The files that were sent.
    pub files: Vec<String>,
    /// Files and folders that were deleted at the destination.
    pub deleted: Vec<String>,
    /// Number of files at the destination that cimaise did not put there.
    pub foreign: usize,
    /// Number of files of earlier deployments that are no longer in the site.
    pub stale: usize,
}

/// The site to deploy.
#[derive(Debug, Clone, Copy)]
pub struct Upload<'a> {
    /// The folder of the site.
    pub site: &'a Path,
    /// The folder of the output, absolute.
    pub output: &'a str,
    /// The paths of all files in it.
    pub files: &'a [String],
}

/// Deploys a site to its destination; with `dry`, changes nothing there.
///
/// # Errors
/// [`Stop::Site`] if the list at the destination is unreadable; [`Stop::Machine`] if rsync is missing or fails.
pub fn deploy(
    target: &Target,
    finished: &Upload<'_>,
    dry: bool,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Sent, Stop> {
    let dry = dry || target.others.dry;
    let passes = Passes { target, from: finished.output, dry };
    let mut scratch = Scratch::new()?;
    let run = |pass: &Pass| -> Result<Vec<RsyncItem>, Failure> {
        progress.note(&format!("{}: rsync {}", pass.what, shell_words::join(&pass.arguments)));
        run(pass, finished.site)
    };

    let survey = DestinationSurvey::of(run(&passes.survey())?);
    let known = survey.has_list.then(|| fetch(&passes, &mut scratch, &run, report)).transpose()?;
    let old = known.clone().map_or_else(List::new, Ok)?;
    let mut marker = Marker::new(&old);
    let ours = survey.ours(&old, &mut marker);
    marker.learn(finished.files.iter().map(|path| folder_and_name(path.as_bytes()).0.to_vec()));
    marker.learn(finished.files.iter().flat_map(|path| folders_of(path.as_bytes()).map(without_slash)));

    let marks = |paths: &mut dyn Iterator<Item = &[u8]>| -> BTreeSet<String> {
        paths.flat_map(|path| folders_of(path).chain([path])).map(|path| marker.mark(path)).collect()
    };
    let put = |list: &List, before: Option<&List>, scratch: &mut Scratch| -> Result<(), Failure> {
        let changed = before.map_or(!list.marks.is_empty(), |before| before != list);
        if changed && !dry {
            let path = scratch.write(list::NAME, list.to_text().as_bytes())?;
            run(&passes.put(&path))?;
        }
        Ok(())
    };
    let mut before = old.marks.clone();
    before.extend(marks(&mut survey.new.iter().map(Vec::as_slice)));
    let before = old.with(before);
    put(&before, known.as_ref(), &mut scratch)?;

    let mut sent = Sent { foreign: survey.foreign(&ours), ..Sent::default() };
    for pass in passes.send() {
        let items = run(&pass)?.into_iter().filter(|item| matches!(item.what, RsyncAction::Sent { .. }));
        sent.files.extend(items.map(|item| String::from_utf8_lossy(&item.path).into_owned()));
    }

    let stale: Vec<&Vec<u8>> = ours.iter().filter(|path| !path.ends_with(b"/")).collect();
    let gone: BTreeSet<&Vec<u8>> =
        if target.delete { survey.may_go(&ours).into_iter().collect() } else { BTreeSet::new() };
    if target.delete {
        sent.deleted = delete(&passes, &gone, &mut scratch, &run)?;
    } else {
        sent.stale = stale.len();
    }

    let mut after = marks(&mut survey.new.iter().chain(&survey.there).map(Vec::as_slice));
    after.extend(marks(&mut ours.iter().filter(|path| !gone.contains(path)).map(Vec::as_slice)));
    // Files of the site that this run left out may be there from an earlier run.
    let site = marks(&mut finished.files.iter().map(String::as_bytes));
    after.extend(old.marks.intersection(&site).cloned());
    let is_there = known.is_some() || !before.marks.is_empty();
    put(&old.with(after), is_there.then_some(&before), &mut scratch)?;
    Ok(sent)
}

fn without_slash(folder: &[u8]) -> Vec<u8> {
    folder.strip_suffix(b"/").unwrap_or(folder).to_vec()
}

fn fetch(
    passes: &Passes<'_>,
    scratch: &mut Scratch,
    run: &dyn Fn(&Pass) -> Result<Vec<RsyncItem>, Failure>,
    report: &mut Report,
) -> Result<List, Stop> {
    let path = scratch.expect(list::NAME);
    run(&passes.fetch(scratch.path()))?;
    let list = match fs::read_to_string(&path) {
        Ok(text) => List::parse(&text),
        Err(cause) if cause.kind() == io::ErrorKind::InvalidData => None,
        Err(cause) => return Err(Failure::on("read", &path)(cause).into()),
    };
    list.ok_or_else(|| {
        let message = format!("this version of cimaise cannot read the list of deployed files, `{}`", list::NAME);
        let help =
            "delete that file at the destination; cimaise then keeps all files deployed so far, even with `delete: true`";
        report.push(Diagnostic::new(Code::DeployUnreadableList, message).help(help));
        Stop::Site
    })
}

/// Deletes files, then the folders that have become empty, inner ones first.
fn delete(
    passes: &Passes<'_>,
    gone: &BTreeSet<&Vec<u8>>,
    scratch: &mut Scratch,
    run: &dyn Fn(&Pass) -> Result<Vec<RsyncItem>, Failure>,
) -> Result<Vec<String>, Failure> {
    let (folders, files): (Vec<&Vec<u8>>, Vec<&Vec<u8>>) = gone.iter().partition(|path| path.ends_with(b"/"));
    let depth = |path: &[u8]| path.iter().filter(|&&byte| byte == b'/').count();
    let deepest = folders.iter().map(|path| depth(path)).max().unwrap_or(0);
    let levels = (1..=deepest).rev().map(|level| folders.iter().copied().filter(|path| depth(path) == level).collect());
    let mut deleted = Vec::new();
    for (number, level) in [files].into_iter().chain(levels).enumerate() {
        let level: Vec<&Vec<u8>> = level;
        if level.is_empty() {
            continue;
        }
        deleted.extend(level.iter().map(|path| String::from_utf8_lossy(path).into_owned()));
        if passes.dry {
            continue;
        }
        // rsync expects the folders around the missing files to exist.
        let from = scratch.make_folder(Path::new(&format!("missing-{number}")))?;
        let mut names = Vec::new();
        for path in &level {
            if let Some(around) = folders_of(path).next() {
                scratch.make_folder(&Path::new(&format!("missing-{number}")).join(path_of(around)))?;
            }
            names.extend(path.strip_suffix(b"/").unwrap_or(path));
            names.push(0);
        }
        let names = scratch.write(&format!("names-{number}"), &names)?;
        run(&passes.delete(&names, &from))?;
    }
    Ok(deleted)
}
