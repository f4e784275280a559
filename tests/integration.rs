//! Behaviour, seen through the binary. One module a subject; each test builds a small site in a folder of its own.

#[expect(unreachable_pub, reason = "shared by the modules below, used by nobody else")]
mod support;

#[path = "integration/architecture/mod.rs"]
mod architecture; // the rules of the source: who may use whom, names, crates
#[path = "integration/cache.rs"]
mod cache; // what is made again, and what is not
#[path = "integration/cli.rs"]
mod cli; // options, exit codes, words
#[path = "integration/colors.rs"]
mod colors; // colour profiles and transparency
#[path = "integration/commands.rs"]
mod commands; // autogen, sync, init, clean, preview
#[path = "integration/compat.rs"]
mod compat; // sites of prosopopée and récitale
#[path = "integration/containers.rs"]
#[cfg(target_os = "linux")]
mod containers; // what is said in a container, and how it leaves it
#[path = "integration/custom.rs"]
mod custom; // files that are published as they are, and a style and a script of the site's own
#[path = "integration/deploying/mod.rs"]
mod deploying; // what goes where a site is served, what stays there, what is deleted
#[path = "integration/determinism.rs"]
mod determinism; // cold = warm = cache-less = any number of jobs
#[path = "integration/diagnostics.rs"]
mod diagnostics; // mistakes and how they are told
#[path = "integration/durability.rs"]
mod durability; // power failures: what is on the disk before it counts
#[path = "integration/editors.rs"]
mod editors; // schemas, completions, manual pages
#[path = "integration/events.rs"]
mod events; // the output for programs
#[path = "integration/faults.rs"]
mod faults; // every call to the file system fails once
#[path = "integration/films.rs"]
#[cfg(unix)]
mod films; // high dynamic range, and fields
#[path = "integration/folders/mod.rs"]
mod folders; // folders of photos without settings, and gaps in settings
#[path = "integration/formats.rs"]
mod formats; // which files are pictures
#[path = "integration/hostile.rs"]
mod hostile; // what nobody should do, and some do
#[path = "integration/impatient.rs"]
mod impatient; // time limits of the web server
#[path = "integration/interruption.rs"]
mod interruption; // kill -9 at any moment
#[path = "integration/licence.rs"]
mod licence; // which licence pages state, and which they do not
#[path = "integration/light.rs"]
mod light; // the theme light, and light copies
#[path = "integration/limits.rs"]
#[cfg(target_os = "linux")]
mod limits; // machines that refuse threads, processes or memory
#[path = "integration/live.rs"]
mod live; // the site while it is written
#[path = "integration/live_folders.rs"]
#[cfg(target_os = "linux")]
mod live_folders; // folders that change, vanish and return while a preview follows them
#[path = "integration/memory.rs"]
#[cfg(target_os = "linux")]
mod memory; // how much a build takes
#[path = "integration/metadata.rs"]
mod metadata; // what photos say, what of it stays, and what leaks
#[path = "integration/mistakes.rs"]
mod mistakes; // what a new user gets wrong, and what is said about it
#[path = "integration/names.rs"]
mod names; // file names of all kinds
#[path = "integration/pictures.rs"]
mod pictures; // what comes out of a photo
#[path = "integration/pointers.rs"]
mod pointers; // files that version control has not fetched
#[path = "integration/protection.rs"]
mod protection; // pages and pictures behind passwords
#[path = "integration/publishing.rs"]
mod publishing; // the output folder
#[path = "integration/reading.rs"]
mod reading; // what cannot be read, and what is not meant to be
#[path = "integration/secrecy.rs"]
mod secrecy; // caches and copies of settings never leave the machine
#[path = "integration/served.rs"]
mod served; // a site in memory over HTTP, and events
#[path = "integration/serving.rs"]
mod serving; // the web server of `preview`
#[path = "integration/sharing.rs"]
mod sharing; // feeds, sitemap, and what pages tell other sites
#[path = "integration/sidecars.rs"]
mod sidecars; // XMP files beside photos
#[path = "integration/stories.rs"]
mod stories; // galleries, indexes, sections
#[path = "integration/templates.rs"]
mod templates; // templates of a site's own
#[path = "integration/texts.rs"]
mod texts; // which words of photos pages show
#[path = "integration/unreadable.rs"]
mod unreadable; // photos that are left out
#[path = "integration/verify.rs"]
mod verify; // damage that no time stamp shows
#[path = "integration/video_progress.rs"]
#[cfg(unix)]
mod video_progress; // when ffmpeg is ended
#[path = "integration/video_sources.rs"]
#[cfg(unix)]
mod video_sources; // which files ffmpeg gets
#[path = "integration/videos.rs"]
#[cfg(unix)]
mod videos; // what ffmpeg is asked for, and what becomes of it
#[path = "integration/wasteful.rs"]
mod wasteful; // templates that take more than there is
