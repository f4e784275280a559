//! Optimal Huffman codes.

/// A Huffman code for symbols of 8 bits.
#[derive(Debug, Clone)]
pub(super) struct Code {
    /// Number of codes of each length from 1 to 16.
    pub(super) counts: [u8; 16],
    /// The symbols, by increasing length of their codes.
    pub(super) symbols: Vec<u8>,
    /// For each symbol: the length of its code in the lowest eight bits, and the code above them. Zero for symbols without a code.
    pub(super) prefixes: [u32; 256],
}

/// Frequency of each symbol.
pub(super) type Histogram = [u32; 256];

/// Length of the longest code allowed (T.81, C).
const LONGEST: usize = 16;

/// Number of codes of each length. With frequencies of 32 bits, no code can be longer.
type Lengths = [usize; 64];

impl Code {
    /// The code that needs the fewest bits for these frequencies (T.81, K.2). Symbols that are not used get no code.
    pub(super) fn best(histogram: &Histogram) -> Self {
        // Frequent symbols get short codes; symbols of equal frequency keep their order, so that the result is unique.
        let mut symbols: Vec<u8> = (0..=255).filter(|symbol| histogram[usize::from(*symbol)] > 0).collect();
        symbols.sort_by_key(|symbol| std::cmp::Reverse(histogram[usize::from(*symbol)]));
        let mut lengths = lengths(symbols.iter().rev().map(|symbol| histogram[usize::from(*symbol)]));
        limit(&mut lengths);
        // The code of all ones must not be used. It goes to the added symbol of weight zero, which has one of the longest codes.
        let longest = lengths.iter().rposition(|count| *count > 0).unwrap_or(0);
        lengths[longest] -= 1;

        let mut prefixes = [0; 256];
        let mut counts = [0; 16];
        let (mut code, mut at) = (0, 0);
        for length in 1..=LONGEST {
            counts[length - 1] = lengths[length] as u8;
            for symbol in &symbols[at..at + lengths[length]] {
                prefixes[usize::from(*symbol)] = code << 8 | length as u32;
                code += 1;
            }
            at += lengths[length];
            code <<= 1;
        }
        Self { counts, symbols, prefixes }
    }
}

/// Returns the number of codes of each length in an unlimited Huffman code for weights in increasing order, plus one symbol of weight
/// zero.
fn lengths(rising: impl Iterator<Item = u32>) -> Lengths {
    // Leaves come first, then pairs in the order in which they are made, which is that of their weights. The two lightest nodes that are
    // not part of a pair yet are at the heads of these two queues.
    let mut weights: Vec<u64> = std::iter::once(0).chain(rising.map(u64::from)).collect();
    let leaves = weights.len();
    let mut parents = vec![0; 2 * leaves - 1];
    let (mut leaf, mut pair) = (0, leaves);
    for made in leaves..2 * leaves - 1 {
        let mut weight = 0;
        for _ in 0..2 {
            let lightest =
                if leaf < leaves && (pair == made || weights[leaf] <= weights[pair]) { &mut leaf } else { &mut pair };
            weight += weights[*lightest];
            parents[*lightest] = made;
            *lightest += 1;
        }
        weights.push(weight);
    }
    // From the root, which was made last, downwards.
    let mut depths = vec![0; parents.len()];
    for node in (0..parents.len() - 1).rev() {
        depths[node] = depths[parents[node]] + 1;
    }
    let mut lengths = [0; 64];
    for depth in &depths[..leaves] {
        // A lone symbol still needs a bit.
        lengths[(*depth).clamp(1, 63)] += 1;
    }
    lengths
}

/// Limits all codes to 16 bits (T.81, figure K.3): two of the longest codes are removed, one gets the place of their common prefix, and
/// the other becomes the neighbour of a shorter one.
fn limit(lengths: &mut Lengths) {
    for length in (LONGEST + 1..lengths.len()).rev() {
        while lengths[length] > 0 {
            let shorter = (1..length - 1).rev().find(|shorter| lengths[*shorter] > 0).unwrap_or(1);
            lengths[length] -= 2;
            lengths[length - 1] += 1;
            lengths[shorter + 1] += 2;
            lengths[shorter] -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(histogram: &Histogram) {
        let code = Code::best(histogram);
        let used = histogram.iter().filter(|count| **count > 0).count();
        assert_eq!(code.symbols.len(), used);
        assert_eq!(code.counts.iter().map(|count| usize::from(*count)).sum::<usize>(), used);
        let codes = code.symbols.iter().map(|symbol| code.prefixes[usize::from(*symbol)]);
        let codes: Vec<(u32, u32)> = codes.map(|prefix| (prefix >> 8, prefix & 0xFF)).collect();
        for (i, (bits, length)) in codes.iter().enumerate() {
            assert!((1..=16).contains(length));
            assert_ne!(*bits, (1 << length) - 1, "only ones");
            for (others, longer) in &codes[i + 1..] {
                assert!(longer >= length && others >> (longer - length) != *bits, "a prefix of another");
            }
        }
    }

    #[test]
    fn skewed_frequencies_stay_within_sixteen_bits() {
        let mut histogram = [0; 256];
        let (mut a, mut b) = (1_u32, 1_u32);
        for count in histogram.iter_mut().take(40) {
            *count = a;
            (a, b) = (b, a.saturating_add(b));
        }
        check(&histogram);
        check(&[1; 256]);
        let mut one = [0; 256];
        one[7] = 5;
        check(&one);
        assert_eq!(Code::best(&one).prefixes[7], 1);
        check(&[0; 256]);
    }

    proptest! {
        #[test]
        fn codes_are_prefix_codes(counts in proptest::collection::vec(prop_oneof![Just(0), 1u32..1000, any::<u32>()], 256)) {
            let mut histogram = [0; 256];
            histogram.copy_from_slice(&counts);
            check(&histogram);
        }
    }
}
