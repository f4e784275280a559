//! `build`: a site folder in, a website out.

use std::collections::BTreeSet;
use std::time::SystemTime;

use super::Options;
use super::options::read_source;
use crate::cache::{Cache, Ledger};
use crate::diagnostic::{Failure, Report, Stop};
use crate::lock::{Keyring, Salt};
use crate::machine::Machine;
use crate::plan::Plan;
use crate::publish::Published;
use crate::render::{media, pages};
use crate::site::{Facts, Site};
use crate::source::Source;
use crate::{overrides, plan, privacy, publish, site, verify};

/// What a build did.
#[derive(Debug, Clone)]
pub struct Built {
    /// Number of galleries in the site.
    pub galleries: usize,
    /// Number of photos that it shows.
    pub photos: usize,
    /// Number of videos that it shows.
    pub videos: usize,
    /// Number of renditions that were made.
    pub made: usize,
    /// Number of renditions that the cache held.
    pub reused: usize,
    /// Bytes of the photos that were decoded.
    pub bytes_read: u64,
    /// What changed in the output folder.
    pub published: Published,
    /// A line for each rendition, if [`Options::explain`] asks for them.
    pub explanations: Vec<String>,
}

/// Builds a site: reads it, renders what the cache does not hold, and brings the output folder up to date.
///
/// The cache may turn out to be wrong about a file when the file is rendered or copied. Then that entry is dropped, and the line runs
/// once more from where files are read.
///
/// # Errors
/// [`Stop::Site`] if the site has errors, which are then in the report; [`Stop::Machine`] if the machine failed.
pub fn build(options: &Options, machine: &Machine<'_>, report: &mut Report) -> Result<Built, Stop> {
    machine.run(|| {
        let source = read_source(options, report)?;
        publish::keep_apart(&source, &options.output, &options.cache, report)?;
        let output = publish::OutputFolder::claim(&options.output, &options.site, report)?;
        let cache = open_cache(options, machine)?;
        let line = BuildLine { options, machine, source: &source, output: &output, cache: &cache };
        line.run(report)
    })
}

fn open_cache(options: &Options, machine: &Machine<'_>) -> Result<Cache, Failure> {
    let cache = Cache::open(&options.cache)?;
    if cache.is_shared() {
        let folder = options.cache.display();
        machine.progress().tell(&format!(
            "another run uses the cache `{folder}`, too: photos that are new to both may be rendered twice"
        ));
    }
    Ok(cache)
}

/// The line of stages, and what all of them work on.
struct BuildLine<'a> {
    options: &'a Options,
    machine: &'a Machine<'a>,
    source: &'a Source,
    output: &'a publish::OutputFolder,
    cache: &'a Cache,
}

impl BuildLine<'_> {
    /// Runs all stages, and once more if the ledger was wrong about a file.
    fn run(&self, report: &mut Report) -> Result<Built, Stop> {
        let mut ledger = Ledger::load(&self.cache.ledger_path(), SystemTime::now());
        let before = report.diagnostics().len();
        let mut result = self.stages(&mut ledger, report);
        if matches!(result, Err(Stop::Site)) && ledger.distrust(self.doubted(report)) {
            ledger.save(&self.cache.ledger_path())?;
            report.rewind(before);
            result = self.stages(&mut ledger, report);
        }
        if matches!(result, Err(Stop::Site)) {
            // What could be rendered is not rendered again.
            self.cache.store().settle()?;
        }
        result
    }

    fn stages(&self, ledger: &mut Ledger<Facts>, report: &mut Report) -> Result<Built, Stop> {
        let Self { options, machine, source, output, cache } = *self;
        let site = site::resolve(source, options.videos(), machine, ledger, report)?;
        ledger.save(&cache.ledger_path())?;
        verify::warn(ledger, report);
        privacy::warn(&site, report);

        let overrides = overrides::run(&site, report)?;
        let keys = keyring(&site, cache)?;
        let plan = plan::plan_with(&site, &overrides.requests, &keys);
        let explanations = self.explanations(&site, &plan);
        let rendered = media::render(&site, &plan, cache.store(), machine, report)?;
        let rendered = report.checked(rendered)?;
        let pages = pages::render(&site, &plan, &overrides, &rendered.placeholders, &keys);
        let finished = publish::Finished { plan: &plan, rendered: &rendered, pages: &pages, keys: &keys, cache };
        let published = publish::publish(output, &finished, machine.progress(), report)?;

        media::Explanations::of(&site, &plan).save(&cache.explanations_path())?;
        cache.sweep(&plan.keys().collect::<BTreeSet<_>>(), SystemTime::now())?;
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

    /// The files that turned out to be others than the ledger said, by their names in the site.
    fn doubted<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = &'a str> {
        let doubted = self.source.files.iter().filter(|(_, file)| report.doubted().contains(&file.absolute));
        doubted.map(|(path, _)| path.as_str())
    }

    fn explanations(&self, site: &Site, plan: &Plan) -> Vec<String> {
        if !self.options.explain {
            return Vec::new();
        }
        media::explain(site, plan, self.cache.store(), &media::Explanations::load(&self.cache.explanations_path()))
    }
}

/// The keys of the site's passwords. Only a protected site needs a salt.
fn keyring(site: &Site, cache: &Cache) -> Result<Keyring, Failure> {
    let passwords = site.passwords();
    if passwords.is_empty() {
        return Ok(Keyring::default());
    }
    Ok(Keyring::new(passwords, Salt::open(&cache.salt_path())?))
}
