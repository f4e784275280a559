//! cimaise turns folders of photographs and a little YAML into a static website that tells their story.
//!
//! The whole program is one line of stages, and [`build`] *is* that line. Each stage takes the value of the one before
//! it and hands on a new one; no value changes afterwards, and nothing later asks anything earlier:
//!
//! 1. [`source::read`]: settings files become typed values that remember where they were written.
//! 2. [`site::resolve`]: names become photos, defaults are filled in, headers are read, the order is settled.
//! 3. [`overrides::run`]: templates of the site's own are run; what they ask for has to be planned. Pure.
//!    [`plan::plan_with`]: every file of the output is named and sized. Pure.
//! 4. [`render::media`]: the bytes of every rendition are brought into the store.
//! 5. [`render::pages`]: pages are written as text. Pure.
//! 6. [`publish`]: the output folder is brought up to date, so that at every instant each page links only to files
//!    that exist.
//!
//! Within a stage all problems are collected in a [`diagnostic::Report`]; between stages the line stops if there was an
//! error. `docs/architecture.md` tells what each stage reads, remembers and refuses.

mod allocator;
pub mod cache;
pub mod cli;
pub mod commands;
pub mod compose;
pub mod dates;
pub mod deploy;
pub mod diagnostic;
pub mod ffmpeg;
pub mod image;
pub mod lock;
pub mod machine;
pub mod media_type;
pub mod overrides;
pub mod plan;
pub mod privacy;
pub mod progress;
pub mod publish;
pub mod render;
pub mod serve;
pub mod site;
pub mod source;
pub mod verify;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use cache::{Cache, Ledger};
use deploy::{Sent, Target};
use diagnostic::{Diagnostic, Failure, Report, Stop};
use lock::{Keyring, Salt};
use machine::memory::{self, Limit};
use machine::threads::Threads;
use plan::Plan;
use progress::Progress;
use publish::Published;
use render::{media, pages};
use site::{Site, VideoPolicy};

/// What to build, where to, and with how much of the machine.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the site.
    pub site: PathBuf,
    /// The folder of the output.
    pub output: PathBuf,
    /// The folder of the cache.
    pub cache: PathBuf,
    /// How many photos are worked on at once.
    pub jobs: usize,
    /// How many bytes of memory to stay within. A photo that takes more by itself is worked on alone.
    pub memory: u64,
    /// Whether to tell for each rendition why it is made, or that it need not be.
    pub explain: bool,
    /// Whether videos are left out.
    pub skip_video: bool,
}

impl Options {
    fn videos(&self) -> VideoPolicy {
        if self.skip_video { VideoPolicy::Skipped } else { VideoPolicy::Shown }
    }

    /// How the site's files are read on a machine with this limit.
    fn reading(&self, videos: VideoPolicy, limit: Option<Limit>) -> site::Reading {
        site::Reading { videos, memory: memory::for_pictures(self.memory), limit }
    }
}

/// What a build did.
#[derive(Debug, Clone)]
pub struct Built {
    /// How many galleries the site has.
    pub galleries: usize,
    /// How many photos it shows.
    pub photos: usize,
    /// How many videos it shows.
    pub videos: usize,
    /// How many renditions were made.
    pub made: usize,
    /// How many were there already.
    pub reused: usize,
    /// Bytes of the photos that were decoded.
    pub bytes_read: u64,
    /// What happened in the output folder.
    pub published: Published,
    /// A line for each rendition, if asked for.
    pub explanations: Vec<String>,
}

/// What a check found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// How many galleries the site has.
    pub galleries: usize,
    /// How many photos it shows.
    pub photos: usize,
    /// How many videos it shows.
    pub videos: usize,
    /// How many renditions a build would need.
    pub renditions: usize,
}

/// The line: a site folder in, a website out. Makes its own threads, as many as the machine grants up to [`Options::jobs`].
///
/// What is remembered of a file may turn out to be wrong when the file is rendered or copied. Then it is forgotten, and the line runs
/// once more from where files are read.
///
/// # Errors
/// [`Stop::Site`] if the site has errors, which are then in the report; [`Stop::Machine`] if the machine failed.
pub fn build(options: &Options, progress: &dyn Progress, report: &mut Report) -> Result<Built, Stop> {
    // Before there are threads, which take address space.
    let limit = memory::limit();
    let threads = Threads::within(options.jobs, limit.as_ref());
    let jobs = threads.count();
    if jobs < options.jobs {
        progress.note(&format!("only {jobs} of {} threads could be started", options.jobs));
    }
    threads.run(|| line(options, jobs, limit, progress, report))
}

fn line(
    options: &Options,
    jobs: usize,
    limit: Option<Limit>,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Built, Stop> {
    let source = read_source(options, report)?;
    publish::keep_apart(&source, &options.output, &options.cache, report)?;
    let output = publish::Output::claim(&options.output, &options.site, report)?;
    let cache = Cache::open(&options.cache)?;
    if cache.is_shared() {
        let folder = options.cache.display();
        progress.tell(&format!(
            "another run uses the cache `{folder}`, too: photos that are new to both may be rendered twice"
        ));
    }
    let mut ledger = Ledger::load(&cache.ledger_path(), SystemTime::now());
    let said = report.diagnostics().len();
    let sizes = Sizes { jobs, limit };
    let mut result = build_from(&source, &output, &cache, &mut ledger, options, sizes, progress, report);
    if matches!(result, Err(Stop::Site)) && ledger.distrust(doubted(&source, report)) {
        ledger.save(&cache.ledger_path())?;
        report.rewind(said);
        result = build_from(&source, &output, &cache, &mut ledger, options, sizes, progress, report);
    }
    if matches!(result, Err(Stop::Site)) {
        // What could be rendered is not rendered again.
        cache.store().settle()?;
    }
    result
}

/// How much of the machine there is.
#[derive(Clone, Copy)]
struct Sizes {
    jobs: usize,
    limit: Option<Limit>,
}

/// The line from where files are read.
#[expect(clippy::too_many_arguments, reason = "the values of the line, none of which belongs to another")]
fn build_from(
    source: &source::Source,
    output: &publish::Output,
    cache: &Cache,
    ledger: &mut Ledger<site::Facts>,
    options: &Options,
    Sizes { jobs, limit }: Sizes,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Built, Stop> {
    let reading = options.reading(options.videos(), limit);
    let site = site::resolve(source, &reading, ledger, progress, report)?;
    ledger.save(&cache.ledger_path())?;
    verify::warn(ledger, report);
    privacy::warn(&site, report);

    let overrides = overrides::run(&site, report)?;
    let keys = keys(&site, cache)?;
    let plan = plan::plan_with(&site, &overrides.requests, &keys);
    let explanations = explain(options, &site, &plan, cache);
    let budget = media::Options::within(jobs, options.memory, limit);
    let rendered = media::render(&site, &plan, cache.store(), &budget, progress, report)?;
    let rendered = report.checked(rendered)?;
    let pages = pages::render(&site, &plan, &overrides, &rendered.placeholders, &keys);
    let finished = publish::Finished { plan: &plan, rendered: &rendered, pages: &pages, keys: &keys, cache };
    let published = publish::publish(output, &finished, progress, report)?;

    media::Explanations::of(&site, &plan).save(&cache.explanations_path())?;
    let wanted: BTreeSet<_> = plan.keys().collect();
    cache.sweep(&wanted, SystemTime::now())?;
    Ok(Built {
        galleries: site.galleries.len(),
        photos: site.photos.len(),
        videos: site.videos.len(),
        made: rendered.made,
        reused: rendered.reused,
        bytes_read: rendered.bytes_read,
        published,
        explanations,
    })
}

/// The line up to and without pixels. Writes nothing.
///
/// # Errors
/// As [`build`].
pub fn check(options: &Options, progress: &dyn Progress, report: &mut Report) -> Result<Checked, Stop> {
    let limit = memory::limit();
    Threads::within(options.jobs, limit.as_ref()).run(|| {
        let source = read_source(options, report)?;
        publish::keep_apart(&source, &options.output, &options.cache, report)?;
        let cache = Cache::read_only(&options.cache);
        let mut ledger = Ledger::load(&cache.ledger_path(), SystemTime::now());
        let reading = options.reading(options.videos(), limit);
        let site = site::resolve(&source, &reading, &mut ledger, progress, report)?;
        let site = report.checked(site)?;
        privacy::warn(&site, report);
        let overrides = overrides::run(&site, report)?;
        let plan = plan::plan_with(&site, &overrides.requests, &Keyring::default());
        Ok(Checked {
            galleries: site.galleries.len(),
            photos: site.photos.len(),
            videos: site.videos.len(),
            renditions: plan.keys().count(),
        })
    })
}

/// The line up to the site, and a look at its files and at the output. Writes nothing.
///
/// # Errors
/// As [`build`], but for photos that cannot be read: those are errors in the report, and the others are looked at.
pub fn privacy(options: &Options, progress: &dyn Progress, report: &mut Report) -> Result<privacy::Listing, Stop> {
    let limit = memory::limit();
    Threads::within(options.jobs, limit.as_ref()).run(|| {
        let source = read_source(options, report)?;
        let cache = Cache::read_only(&options.cache);
        let mut ledger = Ledger::load(&cache.ledger_path(), SystemTime::now());
        let reading = options.reading(VideoPolicy::Listed, limit);
        let site = site::resolve(&source, &reading, &mut ledger, progress, report)?;
        let scanner = site::Scanner::new(reading.memory, reading.limit);
        Ok(privacy::inspect(&site, &options.output, &scanner, progress, report)?)
    })
}

/// A look at every byte of the cache, the output and, if asked for, the originals; then a build, if something has to be made again.
///
/// # Errors
/// [`Stop::Site`] if nothing is known of the site; [`Stop::Machine`] if the machine failed. What is wrong is in the report, as errors
/// if it could not be repaired.
pub fn verify(
    options: &Options,
    checks: verify::Checks,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<verify::Verified, Stop> {
    let places = verify::Places { site: &options.site, output: &options.output, cache: &options.cache };
    let verified =
        Threads::within(options.jobs, memory::limit().as_ref()).run(|| verify::run(places, checks, progress))?;
    if verified.is_empty() {
        let message = format!("nothing is known of the site in `{}`", options.site.display());
        let unknown = Diagnostic::error(message).help("build it first, with `cimaise build`");
        report.push(source::empty_site(&options.site).unwrap_or(unknown));
        return Err(Stop::Site);
    }
    let built = verified.needs_build().then(|| build(options, progress, report));
    let is_built = built.as_ref().map(Result::is_ok);
    let findings = verified.findings.iter().map(|finding| finding.diagnostic(is_built));
    for diagnostic in findings.chain(verified.changed.iter().cloned()) {
        report.push(diagnostic);
    }
    match built {
        Some(Err(Stop::Machine(failure))) => Err(failure.into()),
        _ => Ok(verified),
    }
}

/// Brings the finished site to where it is served.
///
/// # Errors
/// [`Stop::Site`] if the site does not say where, or if it has not been built; [`Stop::Machine`] if rsync is not there or fails.
pub fn deploy(options: &Options, dry: bool, progress: &dyn Progress, report: &mut Report) -> Result<Sent, Stop> {
    let source = read_source(options, report)?;
    let target = Target::new(&source.settings, report)?;
    if let Some(place) = deploy::local(&target.dest, &options.site)? {
        let kept = deploy::Kept { site: &options.site, output: &options.output, cache: &options.cache };
        if let Some(why) = deploy::refusal(&place, &kept)? {
            let written = source.settings.settings.deploy.as_ref();
            let span = written.map_or(source.settings.title.span, |deploy| {
                deploy.dest.as_ref().map_or(deploy.span, |dest| dest.span)
            });
            let error = Diagnostic::error(format!("the destination {why}; nothing is deployed there")).at(span);
            report.push(error.help("choose a folder outside the site, the output and the cache"));
            return Err(Stop::Site);
        }
    }
    // Pages are sent after the pictures that they show: what is sent must not change meanwhile.
    let _held = publish::hold(&options.output);
    let Some(files) = publish::all_files(&options.output)? else {
        report.push(source::unbuilt(&options.site, &options.output));
        return Err(Stop::Site);
    };
    if let Some(cache) = publish::cache_among(&files) {
        let cache = cache.display();
        let error = Diagnostic::error(format!("the output holds a cache of cimaise, `{cache}`; nothing is deployed"));
        report.push(error.help(format!("remove it: `cimaise clean --cache --cache-dir '{cache}'`")));
        return Err(Stop::Site);
    }
    let from = std::path::absolute(&options.output).map_err(Failure::on("find", &options.output))?;
    let files: Vec<String> = files.into_iter().map(|(path, _)| path).collect();
    let finished = deploy::Finished { site: &options.site, output: &from.to_string_lossy(), files: &files };
    deploy::deploy(&target, &finished, dry, progress, report)
}

/// The settings of a site, as their author wrote them.
///
/// # Errors
/// [`Stop::Site`] if there is no root settings file that could be read.
pub fn read_source(options: &Options, report: &mut Report) -> Result<source::Source, Stop> {
    let absolute = |folder: &Path| std::path::absolute(folder).map_err(Failure::on("find", folder));
    let before = publish::Before::read(&options.output)?;
    let exclude = [absolute(&options.output)?, absolute(&options.cache)?];
    source::read(&options.site, &exclude, &|path| before.holds(path), report)
}

/// The files that are not what they were thought to be, by their names in the site.
fn doubted<'a>(source: &'a source::Source, report: &'a Report) -> impl Iterator<Item = &'a str> {
    let doubted = source.files.iter().filter(|(_, file)| report.doubted().contains(&file.absolute));
    doubted.map(|(path, _)| path.as_str())
}

/// Derives the keys of the site's passwords. Only a site that keeps something needs a salt.
fn keys(site: &Site, cache: &Cache) -> Result<Keyring, Failure> {
    let passwords = site.passwords();
    if passwords.is_empty() {
        return Ok(Keyring::default());
    }
    Ok(Keyring::new(passwords, Salt::open(&cache.salt_path())?))
}

fn explain(options: &Options, site: &Site, plan: &Plan, cache: &Cache) -> Vec<String> {
    if !options.explain {
        return Vec::new();
    }
    media::explain(site, plan, cache.store(), &media::Explanations::load(&cache.explanations_path()))
}
