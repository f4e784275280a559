//! Secrets in IPTC.

use super::leak::{Leak, Secret};
use crate::metadata::iptc::Iptc;

/// Looks into the datasets.
pub(crate) fn leaks(iptc: &Iptc<'_>, found: &mut Vec<Leak>) {
    // City, part of it, state, code and name of the country; code and name of a place; contact.
    const DATASETS: [(u8, Secret); 8] = [
        (26, Secret::Location),
        (27, Secret::Location),
        (90, Secret::Location),
        (92, Secret::Location),
        (95, Secret::Location),
        (100, Secret::Location),
        (101, Secret::Location),
        (118, Secret::Contact),
    ];
    for (number, secret) in DATASETS {
        found.extend(iptc.all(number).map(|value| Leak { secret, value, carrier: "IPTC" }));
    }
}
