//! Checks that the cache is separate from everything that leaves the machine.
//!
//! In: the site's settings and the two folders. Out: an error if the cache would be published with the output, with `static/` or with
//! a folder of `include`. The check comes before any work.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop};
use crate::machine::fs;
use crate::source::{SitePath, Source};

/// Refuses a cache that would be published; symlinks are resolved.
///
/// # Errors
/// [`Stop::Site`] if it would be; the report contains the reason. [`Stop::Machine`] if a folder on the way cannot be read.
pub fn keep_apart(source: &Source, output: &Path, cache: &Path, report: &mut Report) -> Result<(), Stop> {
    let whole = |path: &Path| fs::whole(path).map_err(Failure::on("read", path));
    let (shown, shown_output) = (cache.display(), output.display());
    let (output, cache) = (whole(output)?, whole(cache)?);
    let elsewhere =
        "choose another folder with `--cache-dir`: the cache contains secrets that must not leave this machine";
    let problem = if output == cache {
        Some((format!("the output and the cache are the same folder, `{shown}`"), elsewhere))
    } else if cache.starts_with(&output) {
        Some((format!("the cache `{shown}` is inside the output `{shown_output}`"), elsewhere))
    } else if output.starts_with(&cache) {
        let help = "choose another folder with `--output`: the cache contains secrets that must not leave this machine";
        Some((format!("the output `{shown_output}` is inside the cache `{shown}`"), help))
    } else {
        let mut around = None;
        for (name, folder) in published(source) {
            if cache.starts_with(whole(&folder)?) {
                around = Some(name);
                break;
            }
        }
        around.map(|name| (format!("the cache `{shown}` is inside `{name}`, which is published unchanged"), elsewhere))
    };
    let Some((message, help)) = problem else { return Ok(()) };
    report.push(Diagnostic::new(Code::CacheInOutput, message).help(help));
    Err(Stop::Site)
}

/// Returns the folders that are published unchanged. An entry that names the site itself is refused elsewhere.
fn published(source: &Source) -> Vec<(String, PathBuf)> {
    let root = SitePath::root();
    let included = source.settings.include.iter().filter_map(|entry| root.join(entry.value.trim_end_matches('/')));
    let all = [root.child("static")].into_iter().chain(included).filter(|path| !path.is_root());
    all.map(|path| (path.to_string(), path.under(&source.root))).collect()
}
