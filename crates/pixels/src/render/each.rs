//! Parallel calls of a function, one for each item of a list.

use std::sync::{Mutex, PoisonError};

use jpeg::Parallelism;

/// Returns the results of `work` for each item, in the order of the items.
pub(super) fn each<T: Send, R: Send>(
    parallelism: &dyn Parallelism,
    items: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let slots: Vec<Mutex<(Option<T>, Option<R>)>> =
        items.into_iter().map(|item| Mutex::new((Some(item), None))).collect();
    let slot = |number: usize| slots[number].lock().unwrap_or_else(PoisonError::into_inner);
    parallelism.each(slots.len(), &|number| {
        let item = slot(number).0.take();
        let result = item.map(&work);
        slot(number).1 = result;
    });
    slots.into_iter().filter_map(|slot| slot.into_inner().unwrap_or_else(PoisonError::into_inner).1).collect()
}
