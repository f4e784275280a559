//! Advice on a missing permission: the file or folder that refuses access, its owner, the user of the process, and the cure.
//!
//! In: the path of the denied call. Out: one line. The causes differ outside containers, in rootless containers and in containers of
//! root. Must not know which content was read or written.

use std::path::{Component, Path, PathBuf};

use crate::machine::user::{Ids, User, owner};
use crate::machine::{container, fs};

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

impl Access {
    /// The permissions that a folder or a file has to grant, as in the last digit of a mode.
    fn needed(self, is_folder: bool) -> u32 {
        match (self, is_folder) {
            (Self::Read, true) => 0o5,
            (Self::Read, false) => 0o4,
            (Self::Write, true) => 0o3,
            (Self::Write, false) => 0o2,
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write to",
        }
    }
}

/// What helps against a denied call on `path`.
pub(super) fn advice(access: Access, path: &Path) -> String {
    let place = User::current().and_then(|me| Some((me, refusing(access, path, me)?)));
    let inside = container::is_inside();
    match place {
        Some((me, place)) if inside => in_container(access, me, &place),
        Some((me, place)) => on_host(access, me, &place),
        None => format!("let the user who runs cimaise {} `{}`", access.verb(), path.display()),
    }
}

/// A file or folder that refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RefusingPlace {
    path: PathBuf,
    /// The folder to mend, if it is in the current folder: the outermost one of that owner, such as `build`, so that one command mends all
    /// below.
    whole: Option<PathBuf>,
    owner: Ids,
    /// Whether the permissions would let the user do what was denied: then something else forbids it.
    is_granted: bool,
}

/// The file, or the folder around it that exists, whose permissions refuse; if none does, the nearest that exists.
fn refusing(access: Access, path: &Path, me: User) -> Option<RefusingPlace> {
    let absolute = std::path::absolute(path).ok()?;
    let around = absolute.ancestors().zip(path.ancestors().map(Some).chain(std::iter::repeat(None)));
    let mut nearest = None;
    // Of folders further up, it is enough to be let through; a file is also replaced by way of the folder that holds it.
    let mut needed_around = 0o1;
    for (whole, shown) in around {
        let Ok(metadata) = fs::metadata(whole) else { continue };
        let needed = if nearest.is_none() { access.needed(metadata.is_dir()) } else { needed_around };
        needed_around = if nearest.is_none() && access == Access::Write && !metadata.is_dir() { 0o3 } else { 0o1 };
        let (owner, mode) = owner(&metadata)?;
        // Root of a namespace has no power over files of users whom the namespace does not know.
        let is_granted = me.overrides && !me.does_not_know(owner) || grants(mode, needed, owner, me.ids);
        let shown = shown.filter(|shown| !shown.as_os_str().is_empty()).unwrap_or(whole);
        let place = RefusingPlace { path: shown.to_owned(), whole: outermost(shown, owner), owner, is_granted };
        if !is_granted {
            return Some(place);
        }
        nearest = nearest.or(Some(place));
    }
    nearest
}

/// The outermost folder around a relative path that has the same owner; `None` if the path is absolute or leads out of the current folder,
/// because files that cimaise did not create must keep their owner.
fn outermost(path: &Path, of: Ids) -> Option<PathBuf> {
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let belongs = |folder: &&Path| {
        let found = fs::metadata(folder).ok().and_then(|metadata| owner(&metadata));
        !folder.as_os_str().is_empty() && found.is_some_and(|(found, _)| found.uid == of.uid)
    };
    path.ancestors().take_while(belongs).last().map(Path::to_owned)
}

impl RefusingPlace {
    /// A command on the folder to mend, as a shell takes it; `otherwise` if there is none.
    fn command(&self, command: &str, otherwise: &str) -> String {
        match &self.whole {
            Some(whole) => format!("`{command} {}`", shell_words::quote(&whole.to_string_lossy())),
            None => otherwise.to_owned(),
        }
    }
}

/// Whether a mode grants this much; further groups of the user are not known.
fn grants(mode: u32, needed: u32, owner: Ids, me: Ids) -> bool {
    let shift = match owner {
        Ids { uid, .. } if uid == me.uid => 6,
        Ids { gid, .. } if gid == me.gid => 3,
        _ => 0,
    };
    mode >> shift & needed == needed
}

/// "user 0 (root)", "user 1000".
fn named(uid: u32) -> String {
    if uid == 0 { "user 0 (root)".to_owned() } else { format!("user {uid}") }
}

/// Who owns it, and who asks.
fn facts(me: User, place: &RefusingPlace) -> String {
    let path = place.path.display();
    format!("`{path}` belongs to {}, and cimaise runs as {}", named(place.owner.uid), named(me.ids.uid))
}

/// What helps where no command may be advised.
const ELSEWHERE: &str = "choose another folder";

fn on_host(access: Access, me: User, place: &RefusingPlace) -> String {
    let facts = facts(me, place);
    let Ids { uid, gid } = me.ids;
    if place.is_granted {
        let verb = access.verb();
        return format!(
            "{facts}: the permissions let cimaise {verb} it, so see what SELinux or the file server forbids"
        );
    }
    let chown = place.command(&format!("sudo chown -R {uid}:{gid}"), ELSEWHERE);
    match place.owner.uid {
        owner if owner == uid => {
            let path = place.path.to_string_lossy();
            let otherwise = format!("`chmod u+rwX {}`", shell_words::quote(&path));
            format!("{facts}: {}", place.command("chmod -R u+rwX", &otherwise))
        }
        0 if place.whole.is_some() => format!("{facts}: if an earlier run as root left it, {chown}"),
        _ => format!("{facts}: run cimaise as its owner, or {chown}"),
    }
}

fn in_container(access: Access, me: User, place: &RefusingPlace) -> String {
    let (facts, path) = (facts(me, place), place.path.display());
    let Ids { uid, gid } = me.ids;
    let owner = place.owner;
    let as_owner = format!("`--user {}:{}`", owner.uid, owner.gid);
    if place.is_granted {
        let verb = access.verb();
        return format!(
            "{facts}: the permissions let cimaise {verb} it, so where SELinux is on, mount the folder with `:Z`; \
             on a network file system, run as the owner with {as_owner}"
        );
    }
    if me.does_not_know(owner) {
        let mine = place.command("sudo chown -R \"$(id -u):$(id -g)\"", "`sudo chown -R \"$(id -u):$(id -g)\" FOLDER`");
        return format!(
            "`{path}` belongs to a user of the host unknown to this container, and cimaise runs as {}: \
             on the host, make the files yours with {mine}",
            named(uid)
        );
    }
    let chown = place.command(&format!("sudo chown -R {uid}:{gid}"), &format!("`sudo chown -R {uid}:{gid} FOLDER`"));
    if owner.uid == uid {
        return format!("{facts}: on the host, {}", place.command("chmod -R u+rwX", "`chmod -R u+rwX FOLDER`"));
    }
    match (uid, owner.uid) {
        (0, _) => format!(
            "{facts}, without the capability to override permissions: run as the owner with {as_owner}, \
             or add `--cap-add=DAC_OVERRIDE` after `--cap-drop=all`"
        ),
        (_, 0) if me.is_mapped => {
            format!("{facts}: you are root in a rootless container, so omit `--user`, or add `--userns=keep-id`")
        }
        (_, 0) => format!(
            "{facts}: if an earlier run without `--user` left it, make it yours on the host with {chown}; or omit `--user`"
        ),
        _ => format!("{facts}: run as the owner with {as_owner}, or make it yours on the host with {chown}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(id: u32) -> Ids {
        Ids { uid: id, gid: id }
    }

    fn user(uid: u32, is_mapped: bool) -> User {
        User { ids: ids(uid), overrides: false, is_mapped }
    }

    fn place(owner: u32) -> RefusingPlace {
        RefusingPlace { path: "build".into(), whole: Some("build".into()), owner: ids(owner), is_granted: false }
    }

    #[test]
    fn rootless_with_user_is_advised_to_omit_it() {
        let said = in_container(Access::Write, user(1000, true), &place(0));
        let expected = "`build` belongs to user 0 (root), and cimaise runs as user 1000: you are root in a rootless \
                        container, so omit `--user`, or add `--userns=keep-id`";
        assert_eq!(said, expected);
    }

    #[test]
    fn leftovers_of_root_change_their_owner() {
        let expected = "`build` belongs to user 0 (root), and cimaise runs as user 1000: if an earlier run without \
                        `--user` left it, make it yours on the host with `sudo chown -R 1000:1000 build`; or omit `--user`";
        assert_eq!(in_container(Access::Write, user(1000, false), &place(0)), expected);
        let outside = on_host(Access::Write, user(1000, false), &place(0));
        assert!(outside.ends_with("left it, `sudo chown -R 1000:1000 build`"), "{outside}");
    }

    #[test]
    fn root_without_capabilities_becomes_the_owner() {
        for is_mapped in [false, true] {
            let said = in_container(Access::Write, user(0, is_mapped), &place(1000));
            assert!(
                said.starts_with("`build` belongs to user 1000, and cimaise runs as user 0 (root), without"),
                "{said}"
            );
            assert!(said.contains("`--user 1000:1000`") && said.contains("`--cap-add=DAC_OVERRIDE`"), "{said}");
        }
    }

    #[test]
    fn a_stranger_to_the_container_and_ones_own_folder_have_their_own_advice() {
        let stranger = in_container(Access::Read, user(0, true), &place(65534));
        assert!(stranger.contains("unknown to this container, and cimaise runs as user 0 (root)"), "{stranger}");
        assert!(in_container(Access::Read, user(7, false), &place(7)).ends_with("`chmod -R u+rwX build`"));
        assert!(on_host(Access::Read, user(7, false), &place(7)).ends_with("`chmod -R u+rwX build`"));
        let other = in_container(Access::Read, user(7, false), &place(8));
        assert!(other.contains("`--user 8:8`"), "{other}");
    }

    #[test]
    fn no_command_changes_what_cimaise_did_not_make_or_runs_a_file_name() {
        for outside in ["/", "/etc/c", "../x", "./x"] {
            assert_eq!(outermost(Path::new(outside), ids(0)), None, "{outside}");
            let outside = RefusingPlace { path: outside.into(), whole: None, ..place(0) };
            assert!(!on_host(Access::Write, user(1000, false), &outside).contains("chown"));
        }
        let hostile = RefusingPlace { whole: Some("a'$(touch x)'".into()), ..place(0) };
        let said = on_host(Access::Write, user(1000, false), &hostile);
        let words =
            shell_words::split(said.rsplit_once(", `").expect("a command").1.trim_end_matches('`')).expect("words");
        assert_eq!(words[4], "a'$(touch x)'");
    }

    #[test]
    fn where_permissions_would_do_it_is_selinux() {
        let granted = RefusingPlace { is_granted: true, ..place(1000) };
        let said = in_container(Access::Write, user(1000, false), &granted);
        assert!(said.contains("`:Z`") && !said.contains("chown"), "{said}");
        assert!(on_host(Access::Read, user(1000, false), &granted).contains("SELinux"));
    }

    #[test]
    fn a_mode_is_read_for_the_owner_the_group_and_the_others() {
        let owner = Ids { uid: 1, gid: 2 };
        assert!(grants(0o700, 0o3, owner, Ids { uid: 1, gid: 9 }) && !grants(0o077, 0o3, owner, owner));
        assert!(
            grants(0o070, 0o5, owner, Ids { uid: 9, gid: 2 }) && !grants(0o707, 0o5, owner, Ids { uid: 9, gid: 2 })
        );
        assert!(grants(0o004, 0o4, owner, ids(9)) && !grants(0o740, 0o4, owner, ids(9)));
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_that_refuses_is_found() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("a");
        fs::create_dir(&inside).expect("made");
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
        set(folder.path(), 0o755);
        set(&inside, 0o755);
        fs::write(inside.join("x"), "").expect("written");
        set(&inside.join("x"), 0o600);
        let me = user(54321, false);
        let refuses = |access, path: &str| {
            let place = refusing(access, &inside.join(path), me).expect("found");
            (place.path.strip_prefix(folder.path()).expect("inside").to_string_lossy().into_owned(), place.is_granted)
        };
        assert_eq!(refuses(Access::Read, "x"), ("a/x".to_owned(), false));
        assert_eq!(refuses(Access::Write, "new/deep"), ("a".to_owned(), false));
        set(&inside.join("x"), 0o666);
        assert_eq!(refuses(Access::Read, "x"), ("a/x".to_owned(), true));
        set(folder.path(), 0o700);
        assert_eq!(refuses(Access::Read, "x"), (String::new(), false));
    }
}
