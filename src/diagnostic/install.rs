//! A program that is not on this machine.
//!
//! In: its name. Out: how to get it. A container is not installed into, it is replaced; unless it has a distribution's own packages.

use crate::machine::{container, fs};

/// How to get a program, a package of the same name in every distribution.
#[must_use]
pub fn install(package: &str) -> String {
    advice(
        package,
        container::is_inside(),
        fs::exists("/etc/apk").unwrap_or(false),
        fs::exists("/etc/apt").unwrap_or(false),
    )
}

fn advice(package: &str, is_container: bool, has_apk: bool, has_apt: bool) -> String {
    if !is_container {
        return format!("install {package} (`apt install {package}`, `apk add {package}`, `brew install {package}`)");
    }
    let image = format!("use the image that has ffmpeg, rsync and ssh, `{}`", container::IMAGE_WITH_PROGRAMS);
    match (has_apk, has_apt) {
        (true, _) => format!("{image}, or add it to this one with `apk add {package}`"),
        (_, true) => format!("{image}, or add it to this one with `apt install {package}`"),
        _ => image,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_is_replaced_by_one_that_has_the_program() {
        let image = "use the image that has ffmpeg, rsync and ssh, `ghcr.io/cimaise/cimaise:full`";
        assert_eq!(advice("rsync", true, false, false), image);
        assert_eq!(advice("rsync", true, true, false), format!("{image}, or add it to this one with `apk add rsync`"));
        assert_eq!(
            advice("rsync", true, false, true),
            format!("{image}, or add it to this one with `apt install rsync`")
        );
    }

    #[test]
    fn on_a_machine_it_is_installed() {
        let expected = "install ffmpeg (`apt install ffmpeg`, `apk add ffmpeg`, `brew install ffmpeg`)";
        assert_eq!(advice("ffmpeg", false, false, true), expected);
    }
}
