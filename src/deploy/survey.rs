//! The files at the destination, and which of them are ours.
//!
//! In: rsync's report of a dry run. Out: names, sorted by their relation to the site.

use std::collections::BTreeSet;

use super::items::{RsyncAction, RsyncItem};
use super::list::{self, List, Marker, folder_and_name, folders_of};

/// Paths at the destination; folders end with a slash.
#[derive(Debug, Default)]
pub(super) struct DestinationSurvey {
    /// Whether the destination has the list of an earlier deployment.
    pub(super) has_list: bool,
    /// Files of the site that are not there yet.
    pub(super) new: BTreeSet<Vec<u8>>,
    /// Files of the site whose names exist there, whoever put them there.
    pub(super) there: BTreeSet<Vec<u8>>,
    /// Files and folders that are not in the site; a folder is listed with everything in it.
    pub(super) extra: BTreeSet<Vec<u8>>,
}

impl DestinationSurvey {
    pub(super) fn of(items: Vec<RsyncItem>) -> Self {
        let mut survey = Self::default();
        for RsyncItem { what, path } in items {
            let set = match what {
                // The list is not a file of the output, so it is left out.
                _ if path == list::NAME.as_bytes() => {
                    survey.has_list |= what != RsyncAction::Sent { new: true };
                    continue;
                }
                RsyncAction::Sent { new: true } => &mut survey.new,
                RsyncAction::Sent { new: false } | RsyncAction::Unchanged => &mut survey.there,
                RsyncAction::Deleted => &mut survey.extra,
            };
            set.insert(path);
        }
        survey
    }

    /// Returns files and folders of earlier deployments that are no longer in the site. A folder that is not listed has no listed contents.
    pub(super) fn ours(&self, list: &List, marker: &mut Marker) -> BTreeSet<Vec<u8>> {
        let mut ours = BTreeSet::new();
        if list.marks.is_empty() {
            return ours;
        }
        let is_new = |folder: &[u8], ours: &BTreeSet<Vec<u8>>| self.extra.contains(folder) && !ours.contains(folder);
        let mut level: Vec<&Vec<u8>> = self.extra.iter().collect();
        // From the outside inwards: the contents of somebody else's folder are not checked.
        while !level.is_empty() {
            let (now, later): (Vec<_>, Vec<_>) =
                level.into_iter().partition(|path| !folders_of(path).any(|folder| is_new(folder, &ours)));
            if now.is_empty() {
                break;
            }
            marker.learn(now.iter().map(|path| folder_and_name(path).0.to_vec()));
            ours.extend(now.into_iter().filter(|path| list.marks.contains(&marker.mark(path))).cloned());
            level = later;
        }
        ours
    }

    /// Returns those in `ours`, except for folders that contain other files, too.
    pub(super) fn may_go<'a>(&self, ours: &'a BTreeSet<Vec<u8>>) -> Vec<&'a Vec<u8>> {
        let kept: BTreeSet<&[u8]> = self.extra.difference(ours).flat_map(|path| folders_of(path)).collect();
        ours.iter().filter(|path| !kept.contains(path.as_slice())).collect()
    }

    /// Number of files at the destination that are neither in the site nor ours.
    pub(super) fn foreign(&self, ours: &BTreeSet<Vec<u8>>) -> usize {
        self.extra.difference(ours).filter(|path| !path.ends_with(b"/")).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(paths: &[&str]) -> BTreeSet<Vec<u8>> {
        paths.iter().map(|path| path.as_bytes().to_vec()).collect()
    }

    #[test]
    fn only_what_is_listed_is_ours_and_folders_with_other_things_in_them_stay() {
        let extra =
            ["a/", "a/old.jpg", "a/deep/", "a/deep/x", "b/", "b/old.jpg", "b/theirs", "c/", "c/d/", "c/d/old", "-x\n*"];
        let survey = DestinationSurvey { extra: set(&extra), ..DestinationSurvey::default() };
        let list = List::new().expect("randomness");
        let mut marker = Marker::new(&list);
        let listed =
            ["a/", "a/old.jpg", "a/deep/", "a/deep/x", "b/", "b/old.jpg", "c/d/", "c/d/old", "-x\n*", "elsewhere"];
        let list = list.with(listed.iter().map(|path| marker.mark(path.as_bytes())).collect());
        let ours = survey.ours(&list, &mut marker);
        // `c` is somebody else's, so its contents are not checked.
        assert_eq!(ours, set(&["a/", "a/old.jpg", "a/deep/", "a/deep/x", "b/", "b/old.jpg", "-x\n*"]));
        let gone: BTreeSet<_> = survey.may_go(&ours).into_iter().cloned().collect();
        assert_eq!(gone, set(&["a/", "a/old.jpg", "a/deep/", "a/deep/x", "b/old.jpg", "-x\n*"]));
        assert_eq!(survey.foreign(&ours), 2);
        assert!(survey.ours(&List::new().expect("randomness"), &mut marker).is_empty());
    }

    #[test]
    fn the_list_itself_is_not_among_the_files() {
        let item = |what, path: &str| RsyncItem { what, path: path.as_bytes().to_vec() };
        let survey = DestinationSurvey::of(vec![
            item(RsyncAction::Deleted, list::NAME),
            item(RsyncAction::Sent { new: true }, "a"),
            item(RsyncAction::Sent { new: false }, "b"),
            item(RsyncAction::Unchanged, "c"),
            item(RsyncAction::Deleted, "d"),
        ]);
        assert!(survey.has_list);
        assert_eq!((survey.new, survey.there, survey.extra), (set(&["a"]), set(&["b", "c"]), set(&["d"])));
    }
}
