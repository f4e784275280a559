//! The options of a task, and the settings in the site's folder.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Failure, Report, Stop};
use crate::site::VideoPolicy;
use crate::{publish, source};

/// The folders of a site, and options for building it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The folder of the site.
    pub site: PathBuf,
    /// The folder of the output.
    pub output: PathBuf,
    /// The folder of the cache.
    pub cache: PathBuf,
    /// Whether [`Built::explanations`](super::Built::explanations) explains why each rendition was made or reused.
    pub explain: bool,
    /// Whether videos are omitted, so that ffmpeg is not needed.
    pub skip_video: bool,
    /// Whether photos that cannot be read are left out, whatever the settings of the site say.
    pub keep_going: bool,
}

impl Options {
    /// Returns the default options: the output in `build` and the cache in `.cimaise-cache`, both in the folder of the site.
    #[must_use]
    pub fn new(site: impl Into<PathBuf>) -> Self {
        let site = site.into();
        // Messages contain `build`, not `./build`.
        let below_site = |name: &str| if site == Path::new(".") { PathBuf::from(name) } else { site.join(name) };
        let (output, cache) = (below_site("build"), below_site(".cimaise-cache"));
        Self { site, output, cache, explain: false, skip_video: false, keep_going: false }
    }

    pub(crate) fn videos(&self) -> VideoPolicy {
        if self.skip_video { VideoPolicy::Skipped } else { VideoPolicy::Shown }
    }
}

/// Reads the settings of a site as written by the author.
///
/// # Errors
/// [`Stop::Site`] if the root settings file is missing or unreadable.
pub fn read_source(options: &Options, report: &mut Report) -> Result<source::Source, Stop> {
    let absolute = |folder: &Path| std::path::absolute(folder).map_err(Failure::on("find", folder));
    let before = publish::Before::read(&options.output)?;
    let exclude = [absolute(&options.output)?, absolute(&options.cache)?];
    source::read(&options.site, &exclude, &|path| before.holds(path), report)
}
