//! `deploy`: uploads the finished site.

use super::{Options, read_source};
use crate::deploy::{self, Sent, Target};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop};
use crate::machine::Machine;
use crate::publish;
use crate::source::{self, Source};

/// Uploads the finished site with rsync; with `dry`, changes nothing.
///
/// # Errors
/// [`Stop::Site`] if the site has no destination, or has not been built; [`Stop::Machine`] if rsync is missing or fails.
pub fn deploy(options: &Options, dry: bool, machine: &Machine<'_>, report: &mut Report) -> Result<Sent, Stop> {
    let source = read_source(options, report)?;
    let target = Target::new(&source.settings, report)?;
    refuse_own_folders(options, &source, &target, report)?;
    // Pictures are sent before the pages that show them, so the output must not change in between.
    let _held = publish::hold(&options.output);
    let files = published(options, report)?;
    let from = std::path::absolute(&options.output).map_err(Failure::on("find", &options.output))?;
    let finished = deploy::Upload { site: &options.site, output: &from.to_string_lossy(), files: &files };
    machine.run(|| deploy::deploy(&target, &finished, dry, machine.progress(), report))
}

/// Refuses a destination that contains the site, the output or the cache, or is inside one of them.
fn refuse_own_folders(options: &Options, source: &Source, target: &Target, report: &mut Report) -> Result<(), Stop> {
    let Some(place) = deploy::local(&target.dest, &options.site)? else { return Ok(()) };
    let kept = deploy::OwnFolders { site: &options.site, output: &options.output, cache: &options.cache };
    let Some(why) = deploy::refusal(&place, &kept)? else { return Ok(()) };
    let written = source.settings.settings.deploy.as_ref();
    let span =
        written.map_or(source.settings.title.span, |deploy| deploy.dest.as_ref().map_or(deploy.span, |dest| dest.span));
    let error = Diagnostic::new(Code::DeployDestination, format!("the destination {why}")).at(span);
    report.push(error.help("choose a folder outside the site, the output and the cache"));
    Err(Stop::Site)
}

/// Returns the paths of all files in the output.
fn published(options: &Options, report: &mut Report) -> Result<Vec<String>, Stop> {
    let Some(files) = publish::all_files(&options.output)? else {
        report.push(source::unbuilt(&options.site, &options.output));
        return Err(Stop::Site);
    };
    if let Some(cache) = publish::cache_among(&files) {
        let cache = cache.display();
        let message = format!("the output folder contains a cache of cimaise, `{cache}`, which must not be published");
        let error = Diagnostic::new(Code::CacheInOutput, message);
        report.push(error.help(format!("remove the cache: `cimaise clean --cache --cache-dir '{cache}'`")));
        return Err(Stop::Site);
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}
