//! What each command takes, and what it means to the command.

use std::path::PathBuf;

use clap::Args;

use super::common::{CacheArgs, MachineArgs, OutputArgs, SiteArgs, TalkArgs, VideoArgs, options};
use crate::commands::compose::{Action, Which};
use crate::commands::{self, Exit};
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
    #[command(flatten)]
    pub(super) machine: MachineArgs,
    /// List each rendition with the reason why it was made, or that the cache had it
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
        options.explain = self.explain;
        options.skip_video = self.videos.skip_video;
        if let Some(output) = self.output {
            options.output = output;
        }
        commands::build::run(&options, self.machine.limits(), &self.talk.output())
    }
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// List what photos, videos and the finished site reveal: places, serial numbers, names
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
    /// Port to listen on; 0 chooses a free one
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
    /// List what would be sent and deleted; change nothing
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
    /// Replace existing sections
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
    /// Folder of one gallery, relative to SITE
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
    /// Also remove the cache
    #[arg(long)]
    cache: bool,
    /// List what would be removed; remove nothing
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
    /// Also check photos, videos and sounds
    #[arg(long)]
    sources: bool,
    /// Report damage; repair nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    #[command(flatten)]
    machine: MachineArgs,
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
        let checks = Checks { sources: self.sources, dry: self.dry_run };
        commands::verify::run(&options, checks, self.machine.limits(), &self.talk.output())
    }
}
