//! Secrets in IPTC.

use super::leak::{Leak, LeakKind};
use crate::metadata::iptc::Iptc;

/// Searches the datasets.
pub(crate) fn leaks(iptc: &Iptc<'_>, found: &mut Vec<Leak>) {
    // City, part of it, state, code and name of the country; code and name of a place; contact.
    const DATASETS: [(u8, LeakKind); 8] = [
        (26, LeakKind::Location),
        (27, LeakKind::Location),
        (90, LeakKind::Location),
        (92, LeakKind::Location),
        (95, LeakKind::Location),
        (100, LeakKind::Location),
        (101, LeakKind::Location),
        (118, LeakKind::Contact),
    ];
    for (number, kind) in DATASETS {
        found.extend(iptc.all(number).map(|value| Leak { kind, value, carrier: "IPTC" }));
    }
}
