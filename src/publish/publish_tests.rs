use std::cell::Cell;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use super::*;
use crate::cache::{Cache, Digest, Key};
use crate::lock::Keyring;
use crate::machine::progress::Silent;
use crate::plan::{Audience, Copy, Naming, Plan, Rendition};
use crate::render::media::Rendered;
use crate::render::pages::{self, Pages};
use crate::site::PhotoId;
use pixels::{Background, Colors, Metadata, Orientation, Recipe, Size};

fn output_path(text: &str) -> OutputPath {
    OutputPath::from_path(SitePath::root().join(text).expect("inside"))
}

/// A folder with a site, its cache and its output.
struct Place {
    folder: tempfile::TempDir,
}

/// The site to publish. The text of a page is the list of paths that it links to, one per line.
#[derive(Clone)]
struct Wish {
    renditions: Vec<(&'static str, &'static str)>,
    originals: Vec<(&'static str, &'static str)>,
    assets: Vec<(&'static str, &'static str)>,
    pages: Vec<(&'static str, &'static str)>,
}

fn first_wish() -> Wish {
    Wish {
        renditions: vec![("a/1-k1.jpg", "one"), ("a/2-k2.jpg", "two"), ("b/deep/3-k3.jpg", "three")],
        originals: vec![("a/clip-v1.mp4", "clip")],
        assets: vec![("style-s1.css", "a/1-k1.jpg")],
        pages: vec![
            ("index.html", "style-s1.css\na/1-k1.jpg\na/index.html\nb/index.html"),
            ("a/index.html", "style-s1.css\na/1-k1.jpg\na/2-k2.jpg\na/clip-v1.mp4\nindex.html"),
            ("b/index.html", "style-s1.css\nb/deep/3-k3.jpg\nb/deep/index.html\nindex.html"),
            ("b/deep/index.html", "style-s1.css\nb/deep/3-k3.jpg\nb/index.html"),
        ],
    }
}

/// One photo is replaced, a gallery is removed with its contents, another is added, the style has changed.
fn second_wish() -> Wish {
    Wish {
        renditions: vec![("a/1-k1.jpg", "one"), ("a/2-k4.jpg", "TWO"), ("c/deep/5-k5.jpg", "five")],
        originals: vec![("a/clip-v2.mp4", "CLIP")],
        assets: vec![("style-s2.css", "a/2-k4.jpg")],
        pages: vec![
            ("index.html", "style-s2.css\nc/deep/5-k5.jpg\na/index.html\nc/index.html"),
            ("a/index.html", "style-s2.css\na/1-k1.jpg\na/2-k4.jpg\na/clip-v2.mp4\nindex.html\nc/index.html"),
            ("c/index.html", "style-s2.css\nc/deep/5-k5.jpg\nc/deep/index.html\nindex.html"),
            ("c/deep/index.html", "style-s2.css\nc/deep/5-k5.jpg\nc/index.html"),
        ],
    }
}

impl Place {
    fn new() -> Self {
        // Use memory where possible: some disks are slow at removing files.
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = tempfile::tempdir_in(parent).expect("a folder");
        fs::create_dir(folder.path().join("site")).expect("made");
        Self { folder }
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("site/build")
    }

    fn original(&self, text: &str) -> PathBuf {
        self.folder.path().join("site").join(text)
    }

    /// Publishes. If `steps` is given, the machine fails before the change of that number.
    fn publish(&self, wish: &Wish, steps: Option<usize>) -> Result<Published, (Stop, Vec<Diagnostic>)> {
        self.publish_telling(wish, steps, &Silent)
    }

    fn publish_telling(
        &self,
        wish: &Wish,
        steps: Option<usize>,
        progress: &dyn Progress,
    ) -> Result<Published, (Stop, Vec<Diagnostic>)> {
        let cache = Cache::open(&self.folder.path().join("cache")).expect("opened");
        let mut plan = Plan::default();
        let mut files = Vec::new();
        for (path, text) in &wish.renditions {
            let key = Key::of(text.as_bytes());
            let path = Some(output_path(path));
            let size = Size { width: 1, height: 1 };
            plan.renditions.push(Rendition {
                photo: PhotoId(0),
                recipe: Recipe::Keep { metadata: Metadata::None },
                key,
                size,
                path,
                naming: Naming::Content,
            });
            let stored = cache.store().get(key).map_or_else(|| cache.store().put(key, text.as_bytes()), Ok);
            files.push(stored.expect("stored"));
        }
        // Placeholders are not published.
        let turn = Orientation::UPRIGHT;
        let (key, size) = (Key::of(b"placeholder"), Size { width: 1, height: 1 });
        plan.renditions.push(Rendition {
            photo: PhotoId(0),
            recipe: Recipe::Survey { turn, colors: Colors::Keep, background: Background::WHITE },
            key,
            size,
            path: None,
            naming: Naming::Content,
        });
        files.push(cache.store().put(key, b"placeholder").expect("put"));
        for (path, text) in &wish.originals {
            let from = self.original(text);
            if !from.exists() {
                fs::write(&from, text).expect("written");
            }
            let digest = Digest::of(text.as_bytes());
            plan.copies.push(Copy {
                from,
                digest,
                len: text.len() as u64,
                path: output_path(path),
                naming: Naming::Content,
            });
        }
        let paths = plan.renditions.iter().filter_map(|rendition| rendition.path.clone());
        for path in paths.chain(plan.copies.iter().map(|copy| copy.path.clone())).collect::<Vec<_>>() {
            plan.audiences.publish(&path, Audience::Everybody, &Keyring::default());
        }
        let rendered = Rendered { files, ..Rendered::default() };
        let texts = |texts: &[(&str, &str)]| {
            texts
                .iter()
                .map(|(path, text)| pages::PageFile { path: output_path(path), bytes: text.as_bytes().to_vec() })
                .collect()
        };
        let pages = Pages { assets: texts(&wish.assets), pages: texts(&wish.pages) };

        let left = Cell::new(steps);
        let before = || match left.get() {
            Some(0) => Err(io::Error::other("interrupted")),
            Some(more) => {
                left.set(Some(more - 1));
                Ok(())
            }
            None => Ok(()),
        };
        let keys = Keyring::default();
        let site = Finished { plan: &plan, rendered: &rendered, pages: &pages, keys: &keys, cache: &cache };
        let mut report = Report::default();
        OutputFolder::claim(&self.output(), &self.folder.path().join("site"), &mut report)
            .and_then(|output| publish_on(&Disk::new(&before, false), &output, &site, progress, &mut report))
            .map_err(|stop| (stop, report.diagnostics().to_vec()))
    }

    fn published(&self, wish: &Wish) -> Published {
        self.publish(wish, None).expect("published")
    }

    /// Returns every file and folder of the output, with the content of the files.
    fn tree(&self) -> BTreeMap<String, Option<String>> {
        let (mut tree, mut folders) = (BTreeMap::new(), vec![self.output()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten() {
                let path = entry.expect("readable").path();
                let name = path.strip_prefix(self.output()).expect("inside").display().to_string();
                if path.is_dir() {
                    tree.insert(name, None);
                    folders.push(path);
                } else {
                    tree.insert(name, Some(fs::read_to_string(&path).expect("readable")));
                }
            }
        }
        tree
    }

    fn refusal(&self, wish: &Wish) -> String {
        match self.publish(wish, None) {
            Err((Stop::Site, diagnostics)) => diagnostics[0].message.clone(),
            other => panic!("{other:?}"),
        }
    }
}

/// Asserts that all pages link to existing, complete media, and that pages reachable from the front page link to existing pages.
fn assert_consistent(tree: &BTreeMap<String, Option<String>>, when: &str) {
    let wishes = [first_wish(), second_wish()];
    let text = |path: &str| tree.get(path).cloned().flatten();
    let expected = |path: &str| {
        let all = wishes.iter().flat_map(|wish| wish.renditions.iter().chain(&wish.originals).chain(&wish.assets));
        all.into_iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned())
    };
    for path in tree.keys().filter(|path| path.ends_with(".html")) {
        for link in text(path).expect("a file").lines().filter(|link| !link.ends_with(".html")) {
            assert_eq!(text(link), expected(link), "{when}: {path} links to {link}");
            for shown in text(link).filter(|_| link.ends_with(".css")).iter().flat_map(|css| css.lines()) {
                assert_eq!(text(shown), expected(shown), "{when}: {link} shows {shown}");
            }
        }
    }
    let mut reached: BTreeSet<String> = tree.keys().filter(|path| *path == "index.html").cloned().collect();
    let mut open: Vec<String> = reached.iter().cloned().collect();
    while let Some(path) = open.pop() {
        let page = text(&path).unwrap_or_else(|| panic!("{when}: {path} is linked to and not there"));
        for link in page.lines().filter(|link| link.ends_with(".html")) {
            if reached.insert(link.to_owned()) {
                open.push(link.to_owned());
            }
        }
    }
}

#[test]
fn a_second_run_writes_nothing() {
    let place = Place::new();
    let first = place.published(&first_wish());
    assert_eq!((first.files, first.written, first.unchanged, first.removed), (9, 9, 0, 0));
    let tree = place.tree();
    assert_consistent(&tree, "published");
    let changed = fs::metadata(place.output().join("index.html")).expect("there").modified().expect("known");
    let second = place.publish(&first_wish(), Some(0)).expect("not one change");
    assert_eq!(second, Published { written: 0, unchanged: 9, ..first });
    assert_eq!(place.tree(), tree);
    assert_eq!(fs::metadata(place.output().join("index.html")).expect("there").modified().expect("known"), changed);
}

#[test]
fn what_is_no_longer_wanted_goes_with_its_folders() {
    let place = Place::new();
    place.published(&first_wish());
    let second = place.published(&second_wish());
    assert_eq!(second.removed, 6);
    let fresh = Place::new();
    fresh.published(&second_wish());
    assert_eq!(place.tree(), fresh.tree());
    assert!(!place.output().join("b").exists());
}

#[test]
fn killed_at_any_point_no_link_is_broken_and_the_next_run_finishes_the_job() {
    let reference = |wish: &Wish| {
        let place = Place::new();
        place.published(wish);
        place.tree()
    };
    let goals = [(first_wish(), reference(&first_wish())), (second_wish(), reference(&second_wish()))];
    for start in [None, Some(first_wish())] {
        for steps in 0.. {
            // The run after the killed one publishes the same site, or the previous one again.
            let mut finished = false;
            for (goal, tree) in &goals {
                let place = Place::new();
                if let Some(start) = &start {
                    place.published(start);
                }
                let when = format!("{} changes after {}", steps, if start.is_some() { "the first" } else { "nothing" });
                finished = place.publish(&second_wish(), Some(steps)).is_ok();
                assert_consistent(&place.tree(), &when);
                for folder in ["", "a", "c/deep"] {
                    let folder = place.output().join(folder);
                    if folder.exists() && !finished {
                        fs::write(folder.join(".cimaise-tmp-7-7-7"), "half").expect("written");
                    }
                }
                place.published(goal);
                assert_eq!(place.tree(), *tree, "{when}");
            }
            if finished {
                assert!(steps > 20, "only {steps} changes");
                break;
            }
        }
    }
}

#[test]
fn the_files_of_others_stay() {
    let place = Place::new();
    place.published(&first_wish());
    for path in ["CNAME", "b/deep/notes.txt", "mine/index.html"] {
        let path = place.output().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, "mine").expect("written");
    }
    place.published(&second_wish());
    for path in ["CNAME", "b/deep/notes.txt", "mine/index.html"] {
        assert_eq!(fs::read(place.output().join(path)).expect("still there"), b"mine");
    }
    assert!(!place.output().join("b/deep/3-k3.jpg").exists());
}

#[test]
fn a_file_of_somebody_else_is_not_replaced() {
    let place = Place::new();
    place.published(&first_wish());
    let page = place.output().join("c/index.html");
    fs::create_dir(page.parent().expect("a folder")).expect("made");
    fs::write(&page, "mine").expect("written");
    let before = place.tree();
    assert!(place.refusal(&second_wish()).ends_with("is in the way of a file of the site"));
    assert_eq!(place.tree(), before);
    // A foreign file that already has the wanted content does no harm.
    fs::write(&page, second_wish().pages[2].1).expect("written");
    place.published(&second_wish());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_symlink() {
    let place = Place::new();
    place.published(&first_wish());
    let outside = place.folder.path().join("outside");
    fs::create_dir(&outside).expect("made");
    std::os::unix::fs::symlink(&outside, place.output().join("c")).expect("linked");
    assert!(place.refusal(&second_wish()).ends_with("is in the way of a folder of the site"));
    fs::remove_file(place.output().join("c")).expect("removed");

    // A symlink that replaced a file of ours is replaced; its target is not touched.
    let victim = outside.join("victim");
    fs::write(&victim, "one").expect("written");
    for name in ["a/1-k1.jpg", "a/2-k2.jpg", "a/index.html"] {
        fs::remove_file(place.output().join(name)).expect("removed");
        std::os::unix::fs::symlink(&victim, place.output().join(name)).expect("linked");
    }
    place.published(&second_wish());
    assert_eq!(fs::read(&victim).expect("there"), b"one");
    assert!(!place.output().join("a/1-k1.jpg").is_symlink());
    assert_consistent(&place.tree(), "after");
}

#[test]
fn an_edit_of_a_published_file_is_undone() {
    let place = Place::new();
    place.published(&first_wish());
    let tree = place.tree();
    for (path, text) in
        [("a/1-k1.jpg", "eno"), ("a/2-k2.jpg", "longer"), ("a/clip-v1.mp4", "CLIP"), ("index.html", "x")]
    {
        // Written in place, as an editor does that ignores hard links.
        fs::write(place.output().join(path), text).expect("written");
    }
    assert_eq!(place.published(&first_wish()).written, 4);
    assert_eq!(place.tree(), tree);
    assert_eq!(fs::read(place.original("clip")).expect("there"), b"clip");
    assert_eq!(place.published(&first_wish()).written, 0);
}

#[cfg(unix)]
#[test]
fn originals_are_copied_with_plain_permissions() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let place = Place::new();
    fs::write(place.original("clip"), "clip").expect("written");
    fs::set_permissions(place.original("clip"), fs::Permissions::from_mode(0o700)).expect("set");
    place.published(&first_wish());
    let clip = fs::metadata(place.output().join("a/clip-v1.mp4")).expect("there");
    let page = fs::metadata(place.output().join("index.html")).expect("there");
    assert_eq!(clip.nlink(), 1);
    assert_eq!(clip.permissions().mode(), page.permissions().mode());
}

#[test]
fn an_original_that_changes_meanwhile_is_an_error_before_any_page_is_changed() {
    let place = Place::new();
    place.published(&first_wish());
    fs::write(place.original("CLIP"), "PLIC").expect("written");
    let pages =
        |place: &Place| place.tree().into_iter().filter(|(path, _)| path.ends_with(".html")).collect::<Vec<_>>();
    let before = pages(&place);
    assert_eq!(place.refusal(&second_wish()), "the file changed during the build");
    assert_eq!(pages(&place), before);
    fs::write(place.original("CLIP"), "CLIP").expect("written");
    place.published(&second_wish());
}
