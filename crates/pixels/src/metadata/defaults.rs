//! Omission of default values in the ledger.

/// Whether a field can be omitted: most pictures have little metadata.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
