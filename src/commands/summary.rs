//! First line and summary of a build.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::diagnostic::{Format, escape};
use crate::machine::Limits;
use crate::site::Unshown;
use crate::tasks::{Built, Options};

/// The command that shows a site.
const SHOW: &str = "serve";

/// Prints the summary of a build.
pub(super) fn print(
    built: &Built,
    options: &Options,
    took: Duration,
    format: Format,
    out: &mut dyn Write,
) -> io::Result<()> {
    let published = &built.published;
    let text = format!(
        "{}, {}: {} made, {} reused\n\
         {} of photos read, {} in {} ({} files: {} written, {} removed) in {:.1} s\n",
        count(built.galleries, "gallery", "galleries"),
        shown(built.photos, built.videos),
        count(built.made, "rendition", "renditions"),
        built.reused,
        bytes(built.bytes_read),
        bytes(published.bytes),
        escape(&options.output.to_string_lossy()),
        published.files,
        published.written,
        published.removed,
        took.as_secs_f64(),
    );
    let next = match format {
        Format::Human { .. } => next(options, built.is_deployable),
        Format::Short | Format::Json => String::new(),
    };
    let unshown = unshown(&built.unshown).map(|unshown| format!("{unshown}: `cimaise check` lists them\n"));
    out.write_all((text + &unshown.unwrap_or_default() + &next).as_bytes())
}

/// Formats what to do after a build: commands to copy, and the path to open.
fn next(options: &Options, is_deployable: bool) -> String {
    let defaults = Options::new(&options.site);
    let mut arguments = String::new();
    if options.site != Path::new(".") {
        arguments = format!(" {}", quoted(&options.site));
    }
    if options.output != defaults.output {
        arguments += &format!(" --output {}", quoted(&options.output));
    }
    let page = options.output.join("index.html");
    let page = escape(&page.to_string_lossy());
    let deploy = if is_deployable { format!("; `cimaise deploy{arguments}` uploads it") } else { String::new() };
    format!("next: `cimaise {SHOW}{arguments}` shows the site, which begins at {page}{deploy}\n")
}

/// Formats a path as an argument for a shell.
fn quoted(path: &Path) -> String {
    let text = escape(&path.to_string_lossy());
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | '@' | ':');
    let is_whole = !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain);
    if is_whole { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// Formats "3 photos and 1 folder of photos are on no page"; `None` if every photo is on one.
pub(super) fn unshown(unshown: &Unshown) -> Option<String> {
    let part = |number, one, many| (number > 0).then(|| count(number, one, many));
    let files = part(unshown.files.len(), "photo", "photos");
    let folders = part(unshown.folders.len(), "folder of photos", "folders of photos");
    let is = if unshown.files.len() + unshown.folders.len() == 1 { "is" } else { "are" };
    let both: Vec<String> = files.into_iter().chain(folders).collect();
    (!both.is_empty()).then(|| format!("{} {is} on no page", both.join(" and ")))
}

/// Formats the limits of a build, given by the user or by default.
pub(super) fn limits(limits: Limits) -> String {
    format!("using {} and up to {} MiB of memory", count(limits.jobs, "job", "jobs"), limits.memory >> 20)
}

/// Formats "2 photos", or "2 photos, 1 video".
pub(super) fn shown(photos: usize, videos: usize) -> String {
    let photos = count(photos, "photo", "photos");
    if videos == 0 { photos } else { format!("{photos}, {}", count(videos, "video", "videos")) }
}

/// Formats "1 photo", "2 photos".
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Formats "3.1 MB", in powers of ten as file managers and hosting plans do.
fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_commands_can_be_copied() {
        let options = Options::new(".");
        let said = "next: `cimaise serve` shows the site, which begins at build/index.html\n";
        assert_eq!(next(&options, false), said);
        let mut options = Options::new("my photos");
        options.output = "/srv/www".into();
        let said = "next: `cimaise serve 'my photos' --output /srv/www` shows the site, which begins at \
                    /srv/www/index.html; `cimaise deploy 'my photos' --output /srv/www` uploads it\n";
        assert_eq!(next(&options, true), said);
    }

    #[test]
    fn paths_are_quoted_for_a_shell() {
        let quote = |path: &str| quoted(Path::new(path));
        assert_eq!(["a/b-c.d", "it's", "$(x)", "-o"].map(quote), ["a/b-c.d", r"'it'\''s'", "'$(x)'", "'-o'"]);
    }

    #[test]
    fn byte_counts_read_as_people_say_them() {
        let said = [0, 999, 1000, 999_949, 999_950, 4_200_000, 7_140_000_000].map(bytes);
        assert_eq!(said, ["0 B", "999 B", "1.0 kB", "999.9 kB", "1.0 MB", "4.2 MB", "7.1 GB"]);
    }

    #[test]
    fn limits_are_told_in_the_units_of_the_option() {
        assert_eq!(limits(Limits { jobs: 1, memory: 256 << 20 }), "using 1 job and up to 256 MiB of memory");
        assert_eq!(limits(Limits { jobs: 4, memory: (2 << 30) + 5 }), "using 4 jobs and up to 2048 MiB of memory");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!([count(0, "photo", "photos"), count(1, "photo", "photos")], ["0 photos", "1 photo"]);
    }
}
