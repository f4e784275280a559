//! Style sheets of single pages, which browsers request after the page.
//!
//! The name of a sheet depends on its content, so that a page and its sheet always match. Sheets of earlier versions of a page are kept for
//! a while: a browser may still be loading one.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// Number of sheets to keep.
const KEPT: usize = 256;

/// The latest sheets, by their paths.
#[derive(Debug, Default)]
pub(super) struct Sheets(Mutex<Latest>);

#[derive(Debug, Default)]
struct Latest {
    by_path: HashMap<String, Arc<[u8]>>,
    /// Oldest first.
    order: VecDeque<String>,
}

impl Sheets {
    pub(super) fn add(&self, path: String, bytes: Vec<u8>) {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        latest.order.retain(|other| *other != path);
        latest.order.push_back(path.clone());
        latest.by_path.insert(path, bytes.into());
        if latest.order.len() > KEPT
            && let Some(oldest) = latest.order.pop_front()
        {
            latest.by_path.remove(&oldest);
        }
    }

    pub(super) fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_path.get(path).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_sheets_are_kept() {
        let sheets = Sheets::default();
        for number in 0..KEPT + 2 {
            sheets.add(number.to_string(), vec![0]);
            sheets.add("1".to_owned(), vec![1]);
        }
        assert!(sheets.get("0").is_none() && sheets.get("2").is_none());
        assert_eq!(sheets.get("1").as_deref(), Some(&[1][..]));
        assert!(sheets.get(&(KEPT + 1).to_string()).is_some());
    }
}
