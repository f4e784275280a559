//! The best Huffman code for what is to be coded.

/// A code: for each symbol its bits, and how many.
#[derive(Debug, Clone)]
pub(super) struct Code {
    /// How many codes there are of each length from 1 to 16.
    pub(super) counts: [u8; 16],
    /// The symbols, by rising length of their codes.
    pub(super) symbols: Vec<u8>,
    codes: [(u16, u8); 256],
}

/// How often each symbol is used.
pub(super) type Histogram = [u32; 256];

/// No code is longer (T.81, C).
const LONGEST: usize = 16;

impl Code {
    /// The code that needs the fewest bits for these frequencies (T.81, K.2). One that is not used gets no code.
    pub(super) fn best(histogram: &Histogram) -> Self {
        let mut lengths = lengths(histogram);
        limit(&mut lengths);
        // The code of only ones is never used: it belongs to the symbol that was added for that, one of the longest.
        let longest = lengths.iter().rposition(|count| *count > 0).unwrap_or(0);
        lengths[longest] -= 1;

        // Frequent symbols get short codes; equal ones stand in order, so that there is one result.
        let mut symbols: Vec<u8> = (0..=255).filter(|symbol| histogram[usize::from(*symbol)] > 0).collect();
        symbols.sort_by_key(|symbol| std::cmp::Reverse(histogram[usize::from(*symbol)]));

        let mut codes = [(0, 0); 256];
        let mut counts = [0; 16];
        let (mut code, mut at) = (0_u16, 0);
        for length in 1..=LONGEST {
            counts[length - 1] = lengths[length] as u8;
            for symbol in &symbols[at..at + lengths[length]] {
                codes[usize::from(*symbol)] = (code, length as u8);
                code += 1;
            }
            at += lengths[length];
            code <<= 1;
        }
        Self { counts, symbols, codes }
    }

    /// The bits of a symbol, and how many they are.
    #[inline]
    pub(super) fn of(&self, symbol: u8) -> (u16, u8) {
        self.codes[usize::from(symbol)]
    }
}

/// How many codes there are of each length in an unlimited Huffman code, with one more symbol than is used.
fn lengths(histogram: &Histogram) -> Vec<usize> {
    // Nodes by rising weight; a merged one is put where it belongs. The added symbol weighs least.
    let mut queue: Vec<(u64, Vec<u8>)> =
        histogram.iter().filter(|n| **n > 0).map(|n| (u64::from(*n), vec![0])).collect();
    queue.push((0, vec![0]));
    queue.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    // Each node is the list of the depths of its leaves.
    while queue.len() > 1 {
        let (Some((a, mut leaves)), Some((b, more))) = (queue.pop(), queue.pop()) else { break };
        leaves.extend(more);
        leaves.iter_mut().for_each(|depth| *depth = depth.saturating_add(1));
        let at = queue.partition_point(|(weight, _)| *weight > a + b);
        queue.insert(at, (a + b, leaves));
    }
    let mut lengths = vec![0; 257];
    for depth in queue.pop().map(|(_, leaves)| leaves).unwrap_or_default() {
        // A lone symbol still needs a bit.
        lengths[usize::from(depth.max(1))] += 1;
    }
    lengths
}

/// Makes no code longer than 16 bits (T.81, figure K.3): two of the longest leave, one takes the place of their common
/// prefix, the other becomes the neighbour of a shorter one.
fn limit(lengths: &mut [usize]) {
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
        let codes: Vec<(u16, u8)> = code.symbols.iter().map(|symbol| code.of(*symbol)).collect();
        for (i, (bits, length)) in codes.iter().enumerate() {
            assert!((1..=16).contains(length));
            assert_ne!(u32::from(*bits), (1 << length) - 1, "only ones");
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
        assert_eq!(Code::best(&one).of(7), (0, 1));
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
