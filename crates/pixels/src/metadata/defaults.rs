//! What the ledger need not say.

/// Most pictures say little about themselves, and the ledger need not say so for each.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
