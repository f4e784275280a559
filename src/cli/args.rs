//! What each command takes, and what it means to the command.

use std::path::PathBuf;

use clap::Args;

use super::common::{CacheArgs, OutputArgs, SiteArgs, TalkArgs, VideoArgs, options};
use crate::commands::compose::{Action, Which};
use crate::commands::{self, Exit};
use crate::machine::memory;
use crate::verify::Checks;

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    options: BuildOptions,
}

impl BuildArgs {
    pub(super) fn run(self) -> Exit {
        self.options.run(self.site.site)
    }
}

/// What `build` takes apart from the site's folder. Without a command there is no such folder: a mistyped command would be
/// taken for one.
#[derive(Debug, Args)]
pub(super) struct BuildOptions {
    /// Folder for the finished site
    #[arg(short, long, value_name = "FOLDER", help = "Folder for the finished site [default: SITE/build]")]
    output: Option<PathBuf>,
    /// How many photos to work on at once
    #[arg(short, long, value_name = "N", help = "Photos to work on at once [default: one a processor]")]
    pub(super) jobs: Option<std::num::NonZeroUsize>,
    /// Memory to stay within
    #[arg(
        long,
        value_name = "SIZE",
        value_parser = memory::parse,
        help = "Memory to stay within, such as 512m or 2g [default: half of what is there]"
    )]
    pub(super) memory: Option<u64>,
    /// Tell for each rendition whether it was there already or, if not, what has changed
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    videos: VideoArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl BuildOptions {
    pub(super) fn run(self, site: PathBuf) -> Exit {
        let mut options = options(site, self.cache);
        options.jobs = self.jobs.map_or(options.jobs, std::num::NonZeroUsize::get);
        options.memory = self.memory.unwrap_or(options.memory);
        options.explain = self.explain;
        options.skip_video = self.videos.skip_video;
        if let Some(output) = self.output {
            options.output = output;
        }
        commands::build::run(&options, &self.talk.output())
    }
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// List what photos, videos and the finished site tell: places, serial numbers, names
    #[arg(long)]
    privacy: bool,
    #[command(flatten)]
    videos: VideoArgs,
    /// Folder of the finished site
    #[arg(
        short,
        long,
        value_name = "FOLDER",
        requires = "privacy",
        help = "Folder of the finished site [default: SITE/build]"
    )]
    output: Option<PathBuf>,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl CheckArgs {
    pub(super) fn run(self) -> Exit {
        let mut options = options(self.site.site, self.cache);
        options.skip_video = self.videos.skip_video;
        if let Some(output) = self.output {
            options.output = output;
        }
        match self.privacy {
            true => commands::privacy::run(&options, &self.talk.output()),
            false => commands::check::run(&options, &self.talk.output()),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct PreviewArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Port to listen on; 0 is any that is free
    #[arg(short, long, default_value_t = 9000)]
    port: u16,
    /// Address to listen on; 0.0.0.0 shows the site to the whole network
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl PreviewArgs {
    pub(super) fn run(self) -> Exit {
        let options = self.output.options(self.site.site, CacheArgs::default());
        commands::preview::run(&options, &self.host, self.port, &self.talk.output())
    }
}

#[derive(Debug, Args)]
pub(super) struct DeployArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Tell what would be sent and deleted, and change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl DeployArgs {
    pub(super) fn run(self) -> Exit {
        let options = self.output.options(self.site.site, CacheArgs::default());
        commands::deploy::run(&options, self.dry_run, &self.talk.output())
    }
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Folder of the new site
    #[arg(default_value = ".", value_name = "FOLDER")]
    site: PathBuf,
    #[command(flatten)]
    talk: TalkArgs,
}

impl InitArgs {
    pub(super) fn run(self) -> Exit {
        commands::init::run(&options(self.site, CacheArgs::default()), &self.talk.output())
    }
}

#[derive(Debug, Args)]
pub(super) struct AutogenArgs {
    #[command(flatten)]
    which: WhichArgs,
    /// Replace sections that are there
    #[arg(long)]
    force: bool,
}

impl AutogenArgs {
    pub(super) fn run(self) -> Exit {
        self.which.run(Action::Autogen { force: self.force })
    }
}

#[derive(Debug, Args)]
pub(super) struct SyncArgs {
    #[command(flatten)]
    which: WhichArgs,
}

impl SyncArgs {
    pub(super) fn run(self) -> Exit {
        self.which.run(Action::Sync)
    }
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["directory", "all"]))]
struct WhichArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Folder of one gallery
    #[arg(short = 'd', long = "directory", value_name = "FOLDER")]
    directory: Option<PathBuf>,
    /// Every gallery that has no galleries inside
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    talk: TalkArgs,
}

impl WhichArgs {
    fn run(self, action: Action) -> Exit {
        let which = self.directory.map_or(Which::All, Which::One);
        commands::compose::run(&options(self.site.site, CacheArgs::default()), &which, action, &self.talk.output())
    }
}

#[derive(Debug, Args)]
pub(super) struct CleanArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Remove what is remembered between builds, too
    #[arg(long)]
    cache: bool,
    /// Tell what would be removed, and remove nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    cache_folder: CacheArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl CleanArgs {
    pub(super) fn run(self) -> Exit {
        let options = self.output.options(self.site.site, self.cache_folder);
        commands::clean::run(&options, self.cache, self.dry_run, &self.talk.output())
    }
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Check photos, videos and sounds, too
    #[arg(long)]
    sources: bool,
    /// Tell what is damaged, and repair nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// How many files to work on at once
    #[arg(short, long, value_name = "N", help = "Files to work on at once [default: one a processor]")]
    jobs: Option<std::num::NonZeroUsize>,
    /// Memory to stay within
    #[arg(
        long,
        value_name = "SIZE",
        value_parser = memory::parse,
        help = "Memory to stay within, such as 512m or 2g [default: half of what is there]"
    )]
    memory: Option<u64>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    videos: VideoArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl VerifyArgs {
    pub(super) fn run(self) -> Exit {
        let mut options = self.output.options(self.site.site, self.cache);
        options.skip_video = self.videos.skip_video;
        options.jobs = self.jobs.map_or(options.jobs, std::num::NonZeroUsize::get);
        options.memory = self.memory.unwrap_or(options.memory);
        let checks = Checks { sources: self.sources, dry: self.dry_run };
        commands::verify::run(&options, checks, &self.talk.output())
    }
}
