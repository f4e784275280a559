//! `build`: turns a site folder into a website.

use std::collections::BTreeSet;
use std::time::SystemTime;

use super::Options;
use super::made_up::announce;
use super::options::read_source;
use crate::cache::{Cache, Ledger};
use crate::diagnostic::{Failure, Report, Stop};
use crate::lock::{Keyring, Salt};
use crate::machine::Machine;
use crate::plan::{Plan, RenditionKeys};
use crate::publish::Published;
use crate::render::media::Explanation;
use crate::render::{media, pages};
use crate::site::{Depth, Facts, LeftOut, Resolving, Site, Unshown};
use crate::source::Source;
use crate::{overrides, plan, privacy, publish, site, verify};

/// The result of a build.
#[derive(Debug, Clone)]
pub struct Built {
    /// Number of galleries in the site.
    pub galleries: usize,
    /// Number of photos in the site.
    pub photos: usize,
    /// Number of videos in the site.
    pub videos: usize,
    /// Number of files that were rendered.
    pub made: usize,
    /// Number of files that were reused from the cache.
    pub reused: usize,
    /// Total size of the photos that were decoded, in bytes.
    pub bytes_read: u64,
    /// Changes in the output folder.
    pub published: Published,
    /// Whether the settings of the site name a destination for `deploy`.
    pub is_deployable: bool,
    /// Photos and videos that no page shows.
    pub unshown: Unshown,
    /// Why each published rendition was reused or made, if [`Options::explain`] is set.
    pub explanations: Vec<Explanation>,
}

/// Builds a site: reads the site, renders all files that the cache does not contain, and updates the output folder.
///
/// If rendering or copying a file shows that its entry in the ledger is wrong, the entry is dropped, and all stages after the reading of
/// settings run once more. They also run again without photos that cannot be rendered, if the site leaves out such photos.
///
/// # Errors
/// [`Stop::Site`] if the site has errors, which are then in the report; [`Stop::Machine`] if the machine failed.
pub fn build(options: &Options, machine: &Machine<'_>, report: &mut Report) -> Result<Built, Stop> {
    machine.run(|| {
        let source = read_source(options, report)?;
        announce(&source, machine.progress());
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
        machine
            .progress()
            .tell(&format!("another run is using the cache `{folder}`; both runs may render the same new photos"));
    }
    Ok(cache)
}

/// The stages of a build, with their common inputs.
struct BuildLine<'a> {
    options: &'a Options,
    machine: &'a Machine<'a>,
    source: &'a Source,
    output: &'a publish::OutputFolder,
    cache: &'a Cache,
}

impl BuildLine<'_> {
    /// Runs all stages; runs them a second time if the ledger was wrong about a file.
    fn run(&self, report: &mut Report) -> Result<Built, Stop> {
        let mut ledger = Ledger::load(&self.cache.ledger_path(), SystemTime::now());
        let before = report.diagnostics().len();
        let mut left_out = LeftOut::of(self.source, self.options.keep_going);
        let mut result = self.stages(&mut ledger, &left_out, report);
        if matches!(result, Err(Stop::Site)) && ledger.distrust(self.doubted(report)) {
            ledger.save(&self.cache.ledger_path())?;
            report.rewind(before);
            result = self.stages(&mut ledger, &left_out, report);
        }
        // A damaged photo shows when it is decoded. The plan contains it, so the site is resolved again without it.
        while matches!(result, Err(Stop::Site)) && left_out.add(report.dispensable()) {
            report.rewind(before);
            result = self.stages(&mut ledger, &left_out, report);
        }
        if matches!(result, Err(Stop::Site)) {
            debug_assert!(report.fails(), "the build failed without an error: {:?}", report.diagnostics());
            // Files that were rendered before the error need not be rendered again.
            self.cache.store().settle()?;
        }
        result
    }

    fn stages(&self, ledger: &mut Ledger<Facts>, left_out: &LeftOut, report: &mut Report) -> Result<Built, Stop> {
        let Self { options, machine, source, output, cache } = *self;
        let resolving = Resolving { videos: options.videos(), left_out, depth: Depth::Whole };
        let site = site::resolve_as(source, resolving, machine, ledger, report)?;
        ledger.save(&cache.ledger_path())?;
        verify::warn(ledger, report);
        privacy::warn(&site, report);

        let overrides = overrides::run(&site, report)?;
        let keys = keyring(&site, cache)?;
        let plan = plan::plan_with(&site, &overrides.requests, &keys, &mut RenditionKeys::default());
        let explanations = self.explanations(&site, &plan);
        let rendered = media::render(&site, &plan, cache.store(), machine, report)?;
        let rendered = report.accepted(rendered)?;
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
            is_deployable: source.settings.settings.deploy.is_some(),
            unshown: site::unshown(source, &site),
            explanations,
        })
    }

    /// Returns the files that differ from their entries in the ledger, by their paths in the site.
    fn doubted<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = &'a str> {
        let doubted = self.source.files.iter().filter(|(_, file)| report.doubted().contains(&file.absolute));
        doubted.map(|(path, _)| path.as_str())
    }

    fn explanations(&self, site: &Site, plan: &Plan) -> Vec<Explanation> {
        if !self.options.explain {
            return Vec::new();
        }
        media::explain(site, plan, self.cache.store(), &media::Explanations::load(&self.cache.explanations_path()))
    }
}

/// Returns the keys for the site's passwords. Only a protected site needs a salt.
pub fn keyring(site: &Site, cache: &Cache) -> Result<Keyring, Failure> {
    let passwords = site.passwords();
    if passwords.is_empty() {
        return Ok(Keyring::default());
    }
    Ok(Keyring::new(passwords, Salt::open(&cache.salt_path())?))
}
