//! The order of the tiles in an index.

use jiff::civil::Date;

use crate::source::{SitePath, natural};

/// Sorts the galleries of an index: newest first, those without a date last. With `reverse`, oldest first; galleries
/// without a date stay last.
///
/// récitale sorts by date and then reverses the whole list, so galleries with the same date, or without one, are in
/// *reverse* order of their folders. cimaise keeps that order, but numbers in names
/// count by their value; with `reverse`, they are in the order of their folders.
pub(in crate::site) fn sort<T>(galleries: &mut [T], reverse: bool, key: impl Fn(&T) -> (Option<Date>, &SitePath)) {
    galleries.sort_by(|a, b| {
        let ((a_date, a_path), (b_date, b_path)) = (key(a), key(b));
        let ascending = a_date.cmp(&b_date).then_with(|| natural(a_path, b_path));
        a_date.is_none().cmp(&b_date.is_none()).then(if reverse { ascending } else { ascending.reverse() })
    });
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::sort;
    use crate::source::SitePath;

    fn sorted(reverse: bool, galleries: &[(&str, Option<Date>)]) -> String {
        let mut galleries: Vec<_> =
            galleries.iter().map(|(name, date)| (SitePath::root().child(name), *date)).collect();
        sort(&mut galleries, reverse, |(path, date)| (*date, path));
        galleries.iter().map(|(path, _)| path.as_str()).collect()
    }

    #[test]
    fn the_newest_stands_first_and_what_has_no_date_last() {
        let galleries =
            [("a", Some(date(2016, 1, 1))), ("b", None), ("c", Some(date(2018, 1, 1))), ("d", Some(date(2017, 6, 1)))];
        assert_eq!(sorted(false, &galleries), "cdab");
        assert_eq!(sorted(true, &galleries), "adcb");
    }

    #[test]
    fn equal_dates_stand_in_reversed_order_of_folders() {
        let day = Some(date(2016, 1, 1));
        let galleries = [("b", day), ("a", day), ("c", day), ("e", None), ("d", None)];
        assert_eq!(sorted(false, &galleries), "cbaed");
        assert_eq!(sorted(true, &galleries), "abcde");
        let trips = ["Trip 10 ", "Trip 2 ", "Trip 1 "].map(|name| (name, day));
        assert_eq!(sorted(false, &trips), "Trip 10 Trip 2 Trip 1 ");
        assert_eq!(sorted(true, &trips), "Trip 1 Trip 2 Trip 10 ");
    }
}
