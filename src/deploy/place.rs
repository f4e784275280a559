//! The local folder of a destination, and whether the site may be deployed there.
//!
//! In: the destination as rsync gets it. Out: a folder on this machine, or none. Deploying a site into itself, its output or its cache
//! would publish originals and passwords, or overwrite them.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use crate::cache;
use crate::diagnostic::Failure;
use crate::machine::fs;

/// Splits a destination into user and host, and path; `None` for a path on this machine. The rule is rsync's: a colon before the first
/// slash.
#[must_use]
pub(super) fn host_and_path(dest: &str) -> Option<(&str, &str)> {
    if let Some(rest) = dest.strip_prefix("rsync://") {
        return Some(rest.split_once('/').unwrap_or((rest, "")));
    }
    let user = dest.split_once('@').map_or(0, |(user, _)| if user.contains(['/', ':']) { 0 } else { user.len() + 1 });
    let end = match dest[user..].starts_with('[') {
        true => user + dest[user..].find(']')?,
        false => 0,
    };
    let colon = end + dest[end..].find(':')?;
    (!dest[end..colon].contains('/')).then(|| (&dest[..colon], &dest[colon + 1..]))
}

/// Whether a host is this machine, by a name that needs no name server: `localhost`, the machine's own name, a loopback address.
fn is_this_machine(host: &str) -> bool {
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    let is_self = |address: IpAddr| address.is_loopback() || address.is_unspecified();
    let address = name.split('%').next().unwrap_or_default().parse().map(|address: IpAddr| address.to_canonical());
    // Programs also accept numbers without dots as addresses.
    let number = name.parse().map(|number: u32| IpAddr::V4(number.into()));
    name == "localhost" || own_name().is_some_and(|own| own == name) || address.or(number).is_ok_and(is_self)
}

/// The host name of this machine.
fn own_name() -> Option<String> {
    #[cfg(unix)]
    {
        rustix::system::uname().nodename().to_str().ok().map(str::to_ascii_lowercase)
    }
    #[cfg(not(unix))]
    {
        None
    }
}

/// Returns the folder of a destination on this machine, if it is known to be here; relative paths start in `site`.
///
/// # Errors
/// If a folder on the way cannot be read.
pub fn local(dest: &str, site: &Path) -> Result<Option<PathBuf>, Failure> {
    let path = match host_and_path(dest) {
        None => dest,
        Some((host, path)) => {
            let host = host.rsplit('@').next().unwrap_or_default().trim_matches(['[', ']']);
            let is_here = is_this_machine(host);
            // A relative path starts in a user's home, or in a module of an rsync server.
            if !is_here || !path.starts_with('/') || dest.starts_with("rsync://") {
                return Ok(None);
            }
            path
        }
    };
    let path = site.join(path);
    fs::whole(&path).map(Some).map_err(Failure::on("read", &path))
}

/// Folders that must not be overwritten.
#[derive(Debug, Clone, Copy)]
pub struct OwnFolders<'a> {
    /// The folder of the site.
    pub site: &'a Path,
    /// The folder of the output.
    pub output: &'a Path,
    /// The folder of the cache.
    pub cache: &'a Path,
}

/// Returns the reason why the site must not be deployed to a folder, as the end of a sentence that starts with the destination.
///
/// # Errors
/// If a folder on the way cannot be read.
pub fn refusal(place: &Path, kept: &OwnFolders<'_>) -> Result<Option<String>, Failure> {
    let named = [("the output", kept.output), ("the cache", kept.cache), ("the site", kept.site)];
    let mut folders = Vec::new();
    for (name, folder) in named {
        folders.push((name, fs::whole(folder).map_err(Failure::on("read", folder))?));
    }
    let is = folders.iter().find(|(_, folder)| place == folder).map(|(name, _)| ("is", name));
    // The innermost folder around the destination, and the outermost inside it.
    let inside = || folders.iter().find(|(_, folder)| place.starts_with(folder)).map(|(name, _)| ("lies inside", name));
    let around = || folders.iter().rfind(|(_, folder)| folder.starts_with(place)).map(|(name, _)| ("contains", name));
    if let Some((relation, name)) = is.or_else(inside).or_else(around) {
        return Ok(Some(format!("{relation} {name}")));
    }
    Ok(cache::is_in_cache(place).then(|| "lies inside a cache of cimaise".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_from_paths_as_rsync_does() {
        for (dest, expected) in [
            ("/srv/www", None),
            ("../web", None),
            ("./a:b", None),
            ("dir/a:b", None),
            ("alice@dir/a", None),
            ("host:/srv", Some(("host", "/srv"))),
            ("alice@host:www", Some(("alice@host", "www"))),
            ("alice@[::1]:/srv", Some(("alice@[::1]", "/srv"))),
            ("[fe80::1]:www", Some(("[fe80::1]", "www"))),
            ("host::module/path", Some(("host", ":module/path"))),
            ("rsync://host/module", Some(("host", "module"))),
        ] {
            assert_eq!(host_and_path(dest), expected, "{dest}");
        }
    }

    #[test]
    fn places_on_this_machine_are_resolved() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().canonicalize().expect("there").join("site");
        fs::create_dir(&site).expect("made");
        let web = site.with_file_name("web");
        for dest in ["../web", "../web/", "../x/../web//.", &format!("localhost:{}", web.display())] {
            assert_eq!(local(dest, &site).expect("resolved"), Some(web.clone()), "{dest}");
        }
        for dest in ["host:/srv", "localhost:www", "localhost::module", "rsync://localhost/srv"] {
            assert_eq!(local(dest, &site).expect("resolved"), None, "{dest}");
        }
    }

    #[test]
    fn this_machine_is_known_by_all_names_that_need_no_server() {
        let own = own_name().expect("a name");
        for host in [
            "localhost",
            "LocalHost",
            "localhost.",
            "::1",
            "0:0:0:0:0:0:0:1",
            "::ffff:127.0.0.1",
            "0",
            "127.1.2.3",
            "0.0.0.0",
            &own,
        ] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["example.org", "10.0.0.1", "2001:db8::1", "localhost.example.org", ""] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn a_place_is_refused_by_whatever_name_it_has() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().canonicalize().expect("there").join("site");
        fs::create_dir(&site).expect("made");
        let elsewhere = site.with_file_name("out");
        let kept = OwnFolders { site: &site, output: &elsewhere.join("build"), cache: &elsewhere.join("cache") };
        let said = |dest: &str| {
            let place = local(dest, &site).expect("resolved").expect("local");
            refusal(&place, &kept).expect("looked at")
        };
        assert_eq!(said(".").as_deref(), Some("is the site"));
        assert_eq!(said("new/..").as_deref(), Some("is the site"));
        assert_eq!(said("public").as_deref(), Some("lies inside the site"));
        assert_eq!(said("..").as_deref(), Some("contains the site"));
        assert_eq!(said("../out").as_deref(), Some("contains the cache"));
        assert_eq!(said("../out/build/").as_deref(), Some("is the output"));
        assert_eq!(said("../out/cache/store").as_deref(), Some("lies inside the cache"));
        assert_eq!(said("../web"), None);
        assert_eq!(said("../site2"), None);
    }
}
