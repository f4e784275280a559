//! The options of each command, and the call of the command.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::common::{
    CacheArgs, FOLDERS, MachineArgs, OutputArgs, PhotoArgs, PolicyArgs, SiteArgs, TalkArgs, VideoArgs, code, options,
};
use super::server::ServerArgs;
use crate::commands::compose::{Action, Which};
use crate::commands::schema::Subject;
use crate::commands::{self, Exit, Output};
use crate::diagnostic::{Code, Policy};
use crate::machine::Limits;
use crate::site::Choice;
use crate::source::{SettingsKind, Unknown};
use crate::tasks::Options;
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
    /// Folder of the finished site [default: SITE/build]
    #[arg(short, long, value_name = "FOLDER", help_heading = FOLDERS)]
    output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) machine: MachineArgs,
    /// Explain why each rendition was reused or rendered again
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    photos: PhotoArgs,
    #[command(flatten)]
    videos: VideoArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl BuildOptions {
    pub(super) fn run(self, site: PathBuf) -> Exit {
        self.run_as(site, commands::build::run)
    }

    /// Builds, unless the folder has no settings.
    pub(super) fn run_or_offer(self, site: PathBuf) -> Exit {
        self.run_as(site, commands::offer::run)
    }

    fn run_as(self, site: PathBuf, command: fn(&Options, Limits, Policy, &Output) -> Exit) -> Exit {
        let mut options = options(site, self.cache);
        options.explain = self.explain;
        options.skip_video = self.videos.skip_video;
        options.keep_going = self.photos.keep_going;
        if let Some(output) = self.output {
            options.output = output;
        }
        command(&options, self.machine.limits(), self.policy.policy(), &self.talk.output())
    }
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// List locations, serial numbers and names that the originals and the finished site reveal
    #[arg(long)]
    privacy: bool,
    #[command(flatten)]
    photos: PhotoArgs,
    #[command(flatten)]
    videos: VideoArgs,
    /// Folder of the finished site, for --privacy [default: SITE/build]
    #[arg(short, long, value_name = "FOLDER", requires = "privacy", help_heading = FOLDERS)]
    output: Option<PathBuf>,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl CheckArgs {
    pub(super) fn run(self) -> Exit {
        let mut options = options(self.site.site, self.cache);
        options.skip_video = self.videos.skip_video;
        options.keep_going = self.photos.keep_going;
        if let Some(output) = self.output {
            options.output = output;
        }
        match self.privacy {
            true => commands::privacy::run(&options, self.policy.policy(), &self.talk.output()),
            false => commands::check::run(&options, self.policy.policy(), &self.talk.output()),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Code of a diagnostic, such as settings/unknown-key, or a group of codes, such as settings; without a code, list all
    /// codes
    #[arg(value_name = "CODE", value_parser = codes)]
    code: Option<Codes>,
}

/// A code, or all codes of a group.
#[derive(Debug, Clone)]
struct Codes(Vec<Code>);

/// The codes of this name or group.
fn codes(text: &str) -> Result<Codes, String> {
    let group = text.trim_end_matches('/');
    let of_group = |code: &Code| code.name().split('/').next() == Some(group);
    let found: Vec<Code> = Code::ALL.iter().copied().filter(of_group).collect();
    if found.is_empty() { Ok(Codes(vec![code(text)?])) } else { Ok(Codes(found)) }
}

impl ExplainArgs {
    pub(super) fn run(self) -> Exit {
        commands::explain::run(self.code.as_ref().map_or(Code::ALL, |codes| &codes.0))
    }
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// What the schema describes
    #[arg(value_name = "SUBJECT")]
    subject: SubjectArg,
    /// Accept the keys and section types of the site's own templates
    #[arg(long)]
    templates: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SubjectArg {
    /// The settings.yaml of the site
    Site,
    /// The settings.yaml of a gallery
    Gallery,
    /// The output of --format json
    Events,
}

impl SchemaArgs {
    pub(super) fn run(self) -> Exit {
        let subject = match self.subject {
            SubjectArg::Site => Subject::Settings(SettingsKind::Root),
            SubjectArg::Gallery => Subject::Settings(SettingsKind::Gallery),
            SubjectArg::Events => Subject::Events,
        };
        commands::schema::run(subject, if self.templates { Unknown::Accepted } else { Unknown::Refused })
    }
}

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Show the finished site in the output folder, as the last build left it
    #[arg(long)]
    built: bool,
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    photos: PhotoArgs,
    #[command(flatten)]
    videos: VideoArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    machine: MachineArgs,
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl ServeArgs {
    pub(super) fn run(self) -> Exit {
        let mut options = self.output.options(self.site.site, self.cache);
        options.skip_video = self.videos.skip_video;
        options.keep_going = self.photos.keep_going;
        let (place, output) = (self.server.place(), self.talk.output());
        match self.built {
            true => commands::serve_built::run(&options, &place, &output),
            false => commands::serve::run(&options, &place, self.machine.limits(), self.policy.policy(), &output),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct DeployArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// List the files to upload and to delete, and change nothing
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
    /// Folder of the new site; its subfolders with photos become galleries
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
    /// Add photos behind those taken before them, instead of at the end
    #[arg(long)]
    by_time: bool,
}

impl SyncArgs {
    pub(super) fn run(self) -> Exit {
        self.which.run(Action::Sync { by_time: self.by_time })
    }
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["directory", "all"]))]
struct WhichArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Folder of one gallery, relative to SITE
    #[arg(short = 'd', long = "directory", value_name = "FOLDER", allow_hyphen_values = true)]
    directory: Option<PathBuf>,
    /// All galleries that contain no galleries
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    choice: ChoiceArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

impl WhichArgs {
    fn run(self, action: Action) -> Exit {
        let which = self.directory.map_or(Which::All, Which::One);
        let options = options(self.site.site, CacheArgs::default());
        commands::compose::run(&options, &which, action, self.choice.choice(), &self.talk.output())
    }
}

/// The photos that enter a story.
#[derive(Debug, Args)]
struct ChoiceArgs {
    /// Take only photos with at least this number of stars, 1 to 5
    #[arg(long, value_name = "STARS", value_parser = clap::value_parser!(i8).range(1..=5))]
    min_rating: Option<i8>,
    /// Take only photos with this keyword; may be given several times
    #[arg(long = "keyword", value_name = "KEYWORD")]
    keywords: Vec<String>,
}

impl ChoiceArgs {
    fn choice(self) -> Choice {
        Choice { min_rating: self.min_rating, keywords: self.keywords }
    }
}

#[derive(Debug, Args)]
pub(super) struct CleanArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Remove the cache as well
    #[arg(long)]
    cache: bool,
    /// List the files to remove, and remove nothing; with --verbose, list all of them
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
    /// Check the originals as well: photos, videos and sounds
    #[arg(long)]
    sources: bool,
    /// Report damage, and repair nothing
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
