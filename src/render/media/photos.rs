//! Renders photos into the store.
//!
//! In: photos, their planned renditions, the store. Out: [`Rendered`]. A photo whose renditions are all in the store is not opened. Any
//! other photo is read once, and its renditions are stored immediately, so that an interrupted run can continue.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use super::rendered::{Placeholders, Rendered};
use super::work::{Results, Trouble, do_all};
use crate::cache::{Digest, Key, Store, StoredFile};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop, cure_reading, too_much_memory};
use crate::machine::Share;
use crate::machine::caught::caught;
use crate::machine::fs::{self, File};
use crate::machine::gate::Gate;
use crate::machine::memory::BESIDE_PICTURES;
use crate::machine::progress::Progress;
use crate::plan::{Plan, Rendition};
use crate::site::{Photo, PhotoId};
use pixels::{Header, Parallelism, Recipe, Sequential, Survey};

/// The function that renders pixels: [`pixels::render_with`], or a substitute in tests.
pub(super) type Pixels<'a> =
    dyn Fn(&[u8], &Header, &[Recipe], &dyn Parallelism) -> Result<Vec<Vec<u8>>, pixels::Error> + Sync + 'a;

/// The missing renditions of one photo.
struct PhotoJob<'a> {
    photo: &'a Photo,
    missing: Vec<&'a Rendition>,
    /// Memory needed, in bytes.
    weight: u64,
    /// Whether other threads may help, which takes more memory.
    helped: bool,
}

impl PhotoJob<'_> {
    /// Estimates the memory needed. A photo that exceeds the limit with helpers is rendered by one thread.
    ///
    /// # Errors
    /// The memory that the whole process needs, in bytes, if that exceeds the limit.
    fn weigh(&mut self, share: &Share) -> Result<(), u64> {
        let all = share.limit.map_or(u64::MAX, |limit| limit.bytes);
        for (threads, helped) in [(share.jobs, true), (1, false)] {
            (self.weight, self.helped) = (self.weight_with(threads), helped);
            if self.weight.saturating_add(BESIDE_PICTURES) <= all {
                return Ok(());
            }
        }
        Err(self.weight.saturating_add(BESIDE_PICTURES))
    }

    fn weight_with(&self, threads: usize) -> u64 {
        let recipes: Vec<&Recipe> = self.missing.iter().map(|rendition| &rendition.recipe).collect();
        let len = self.photo.len;
        pixels::memory_for(&self.photo.header, &recipes, len, threads).saturating_add(len)
    }
}

type Files = BTreeMap<Key, StoredFile>;

pub(super) fn render(
    photos: &[Photo],
    plan: &Plan,
    store: &Store,
    share: &Share,
    pixels: &Pixels<'_>,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Rendered, Stop> {
    let mut files: Files =
        plan.renditions.iter().filter_map(|rendition| Some((rendition.key, store.get(rendition.key)?))).collect();
    let mut jobs = jobs(photos, plan, &files);
    let mut errors = false;
    jobs.retain_mut(|job| {
        let (Err(need), Some(limit)) = (job.weigh(share), &share.limit) else { return true };
        let error = too_much_memory("rendering this photo", need, limit).in_file(job.photo.path.to_string());
        report.push_dispensable(&job.photo.absolute, error);
        errors = true;
        false
    });
    for job in jobs.iter().filter(|job| job.weight > share.memory) {
        progress.note(&format!("`{}` needs more memory than the budget allows: it is rendered alone", job.photo.path));
    }

    let outcomes = run(&jobs, store, share, pixels, progress);

    let mut bytes_read = 0;
    let mut made = 0;
    let mut failure = None;
    // Errors are reported in the order of the site, independent of threads.
    for (job, outcome) in jobs.iter().zip(outcomes) {
        match outcome {
            Some(Ok(new)) => {
                made += new.len();
                bytes_read += job.photo.len;
                files.extend(job.missing.iter().map(|rendition| rendition.key).zip(new));
            }
            Some(Err(Trouble::Source(diagnostic))) => {
                report.push_dispensable(&job.photo.absolute, diagnostic);
                errors = true;
            }
            Some(Err(Trouble::Doubted(doubted))) => {
                let (path, diagnostic) = *doubted;
                report.doubt(&path);
                // A photo that is being replaced is complete in the next run.
                match diagnostic.code {
                    Code::FileChanged => report.push(diagnostic.as_error()),
                    _ => report.push_dispensable(&path, diagnostic),
                }
                errors = true;
            }
            Some(Err(Trouble::Machine(new))) => failure = failure.or(Some(new)),
            // Not started because the machine failed.
            None => {}
        }
    }
    if let Some(failure) = failure {
        return Err(failure.into());
    }
    if errors {
        return Err(Stop::Site);
    }
    let surveys = plan.surveys.iter().map(|&id| survey(&files[&plan.rendition(id).key]));
    let surveys: Vec<Survey> = surveys.collect::<Result<_, _>>()?;
    let placeholders = (0..).map(PhotoId).zip(surveys.iter().map(|survey| survey.placeholder)).collect();
    let damage = surveys.iter().map(|survey| survey.damage).collect();
    let files: Vec<StoredFile> = plan.renditions.iter().map(|rendition| files[&rendition.key].clone()).collect();
    let reused = files.len() - made;
    let placeholders = Placeholders { photos: placeholders, ..Placeholders::default() };
    Ok(Rendered { files, placeholders, damage, made, reused, bytes_read, ..Rendered::default() })
}

/// Returns a job for each photo with missing renditions, in the order of the site. Renditions that several photos with equal content share
/// are made from the first of them.
fn jobs<'a>(photos: &'a [Photo], plan: &'a Plan, held: &Files) -> Vec<PhotoJob<'a>> {
    let mut claimed = BTreeSet::new();
    let of_photos = plan.renditions.chunk_by(|a, b| a.photo == b.photo);
    of_photos
        .map(|renditions| PhotoJob {
            photo: &photos[renditions[0].photo.index()],
            missing: renditions
                .iter()
                .filter(|rendition| !held.contains_key(&rendition.key) && claimed.insert(rendition.key))
                .collect(),
            weight: 0,
            helped: true,
        })
        .filter(|job| !job.missing.is_empty())
        .collect()
}

/// Runs all jobs.
fn run(
    jobs: &[PhotoJob<'_>],
    store: &Store,
    share: &Share,
    pixels: &Pixels<'_>,
    progress: &dyn Progress,
) -> Results<Vec<StoredFile>> {
    if jobs.is_empty() {
        return Vec::new();
    }
    let weights: Vec<u64> = jobs.iter().map(|job| job.weight).collect();
    progress.begin("photos", jobs.len() as u64);
    let results = do_all(&weights, share.jobs, share.memory, &|number, threads| {
        let job = &jobs[number];
        let result = make(job, store, pixels, if job.helped { threads } else { &Sequential });
        progress.advance(1);
        result
    });
    progress.end();
    results
}

/// Renders these renditions of one photo on the calling thread, once `gate` admits the memory for them.
pub(super) fn make_some(
    photos: &[Photo],
    missing: Vec<&Rendition>,
    store: &Store,
    share: &Share,
    gate: &Gate,
) -> Result<(), Trouble> {
    let Some(first) = missing.first() else { return Ok(()) };
    let photo = &photos[first.photo.index()];
    let mut job = PhotoJob { photo, missing, weight: 0, helped: false };
    if let (Err(need), Some(limit)) = (job.weigh(&Share { jobs: 1, ..*share }), &share.limit) {
        let error = too_much_memory("rendering this photo", need, limit);
        return Err(Trouble::Source(error.in_file(photo.path.to_string())));
    }
    let _passed = gate.pass(job.weight);
    make(&job, store, &pixels::render_with, &Sequential).map(drop)
}

/// Renders the missing renditions of one photo.
fn make(
    job: &PhotoJob<'_>,
    store: &Store,
    pixels: &Pixels<'_>,
    hands: &dyn Parallelism,
) -> Result<Vec<StoredFile>, Trouble> {
    let photo = job.photo;
    let error = |code: Code, message: String, help: &str| {
        Trouble::Source(Diagnostic::new(code, message).in_file(photo.path.to_string()).help(help))
    };
    // The header in the ledger may be wrong.
    let doubted = |trouble| match trouble {
        Trouble::Source(diagnostic) => Trouble::Doubted(Box::new((photo.absolute.clone(), diagnostic))),
        other => other,
    };
    let bytes = read(photo).map_err(|cause| {
        let help = cure_reading(&cause, &photo.absolute, "check that the file exists and is readable");
        error(Code::FileUnreadable, format!("cannot read the photo: {cause}"), &help)
    })?;
    if Digest::of(&bytes) != photo.digest {
        let message = "the photo changed during the build".to_owned();
        return Err(doubted(error(Code::FileChanged, message, "run the build again")));
    }
    let recipes: Vec<Recipe> = job.missing.iter().map(|rendition| rendition.recipe.clone()).collect();
    let outputs = caught(|| pixels(&bytes, &photo.header, &recipes, hands));
    drop(bytes);
    let outputs = match outputs {
        Ok(Ok(outputs)) if outputs.len() == recipes.len() => outputs,
        Ok(Ok(_)) => return Err(broken(photo, "not every rendition was made")),
        Ok(Err(cause)) => {
            let help = "replace the file with an intact copy, or remove its name from the settings";
            let message = format!("cannot render the photo: {cause}");
            return Err(doubted(error(Code::PhotoDamaged, message, help)));
        }
        Err(panic) => return Err(broken(photo, panic)),
    };
    job.missing
        .iter()
        .zip(outputs)
        .map(|(rendition, bytes)| store.put(rendition.key, &bytes).map_err(Trouble::Machine))
        .collect()
}

fn broken(photo: &Photo, cause: impl ToString) -> Trouble {
    let error = Diagnostic::new(Code::CimaiseBug, "cannot render the photo because of a bug in cimaise");
    let help = "please report the bug with the output of `--verbose` and, if possible, the photo; until then, remove the photo \
                from the settings";
    Trouble::Source(error.in_file(photo.path.to_string()).help(help).cause(cause))
}

/// Reads a photo, but not much more than the length that the memory estimate assumes.
fn read(photo: &Photo) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One extra byte reveals that the file has grown.
    File::open(&photo.absolute)?.take(photo.len.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a survey: the results of decoding a picture.
pub(super) fn survey(file: &StoredFile) -> Result<Survey, Failure> {
    fs::read(&file.path)
        .and_then(|bytes| Survey::from_bytes(&bytes).ok_or_else(|| io::ErrorKind::InvalidData.into()))
        .map_err(Failure::on("read", &file.path))
}

#[cfg(test)]
#[path = "photos_tests.rs"]
mod tests;
