//! Measures the size of a value, read as a tree, and enforces limits.
//!
//! In: values of templates. Out: their weight, or an error with advice. MiniJinja charges for the result of an operation, and only for its
//! first level. Printing, comparing, sorting, hashing and dropping a value visit all levels by recursion, and visit a list twice if it
//! occurs twice. All of these are safe for a value that passes here. Must not know where the value came from.

use std::collections::BTreeMap;

use minijinja::value::{ObjectRepr, Tuple};
use minijinja::{Error, State, Value};

use super::refuse::refuse;

/// Limit for the nesting of lists and maps.
pub(super) const DEEPEST: usize = 64;

/// Limit for the total size of a value in bytes: 16 for each item, and the length of each text.
pub(super) const LARGEST: u64 = 16 << 20;

/// Size that one item counts for, in bytes.
const ITEM: u64 = 16;

/// Number of items visited per step.
const ITEMS_A_STEP: u64 = 32;

/// Number of bytes read per step; MiniJinja uses the same rate.
const BYTES_A_STEP: u64 = 64;

/// The size of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Weight {
    /// Number of values: the value itself, and all items, keys and values in it.
    pub(super) items: u64,
    /// Total length of all texts in bytes.
    pub(super) bytes: u64,
    /// Number of levels of lists and maps.
    pub(super) depth: u64,
    /// Whether the value contains an object that can change later, such as a namespace.
    pub(super) changeable: bool,
}

type Items = Box<dyn Iterator<Item = Value> + Send + Sync>;

/// Weighs a value, without recursion.
///
/// # Errors
/// If the value is too deep or too large.
pub(super) fn weigh(value: &Value) -> Result<Weight, Error> {
    let mut weight = Weight::default();
    let mut open: Vec<Items> = Vec::new();
    weight.add(value)?;
    open.extend(items(value));
    weight.depth = open.len() as u64;
    while let Some(innermost) = open.last_mut() {
        let Some(item) = innermost.next() else {
            open.pop();
            continue;
        };
        weight.add(&item)?;
        if let Some(items) = items(&item) {
            if open.len() == DEEPEST {
                return Err(refuse(
                    format!("lists and maps are more than {DEEPEST} levels deep"),
                    "look for a list or map that is put into itself in a loop",
                ));
            }
            open.push(items);
            weight.depth = weight.depth.max(open.len() as u64);
        }
    }
    Ok(weight)
}

impl Weight {
    fn add(&mut self, value: &Value) -> Result<(), Error> {
        self.items += 1;
        self.bytes += value.as_bytes().map_or(0, |bytes| bytes.len() as u64);
        self.changeable |= is_changeable(value);
        if self.items * ITEM + self.bytes > LARGEST {
            return Err(refuse(
                format!("a text, list or map is larger than {} MiB", LARGEST >> 20),
                "look for one that grows in a loop, or that holds another many times",
            ));
        }
        Ok(())
    }

    /// Adds the weight of another value, as if both were in one list.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            items: self.items.saturating_add(other.items),
            bytes: self.bytes.saturating_add(other.bytes),
            depth: self.depth.max(other.depth),
            changeable: self.changeable || other.changeable,
        }
    }

    /// Weight of the output, if each item is printed on its own line with `indent` spaces per level.
    pub(super) fn indented(self, indent: u64) -> Self {
        let spaces = self.items.saturating_mul(self.depth + 1).saturating_mul(indent);
        Self { bytes: self.bytes.saturating_add(spaces), ..self }
    }

    /// Weight of the output, if the whole value is printed `times` times.
    pub(super) fn printed(self, times: u64) -> Self {
        let once = self.bytes.saturating_add(self.items * ITEM);
        Self { bytes: once.saturating_mul(times), ..self }
    }

    /// Subtracts the cost of visiting the whole value from the remaining steps.
    ///
    /// # Errors
    /// If not enough steps remain.
    pub(super) fn charge(&self, state: &State<'_, '_>) -> Result<(), Error> {
        state.consume_fuel(self.items / ITEMS_A_STEP + self.bytes / BYTES_A_STEP)
    }
}

/// Returns the items of a list, or the keys and values of a map.
fn items(value: &Value) -> Option<Items> {
    let object = value.as_object()?;
    match object.repr() {
        ObjectRepr::Map => Some(Box::new(object.try_iter_pairs()?.flat_map(|(key, value)| [key, value]))),
        ObjectRepr::Seq | ObjectRepr::Iterable => object.try_iter(),
        _ => None,
    }
}

/// Whether a value can later hold other values than those it was created with.
fn is_changeable(value: &Value) -> bool {
    const NAMES: [&str; 4] = ["Namespace", "Loop", "Cycler", "Joiner"];
    value.as_object().is_some_and(|object| {
        let name = object.type_name().rsplit("::").next().unwrap_or_default();
        NAMES.contains(&name)
    })
}

/// Returns the value, with lazy lists and maps evaluated. Lazy values can refer to each other in chains of any length.
pub(super) fn plain(value: Value) -> Value {
    let Some(object) = value.as_object() else { return value };
    match object.repr() {
        ObjectRepr::Seq | ObjectRepr::Iterable => {
            let is_plain = object.downcast_ref::<Vec<Value>>().is_some()
                || object.downcast_ref::<Tuple>().is_some()
                || object.type_name().ends_with("GroupTuple");
            match object.try_iter() {
                Some(items) if !is_plain => Value::from(items.collect::<Vec<Value>>()),
                _ => value,
            }
        }
        ObjectRepr::Map if object.type_name().ends_with("MergeDict") => match object.try_iter_pairs() {
            Some(pairs) => Value::from(pairs.collect::<BTreeMap<Value, Value>>()),
            None => value,
        },
        _ => value,
    }
}

/// Whether a value is a sequence, which `*` would repeat.
pub(super) fn is_list(value: &Value) -> bool {
    value.as_object().is_some_and(|object| matches!(object.repr(), ObjectRepr::Seq | ObjectRepr::Iterable))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: usize) -> Value {
        (0..levels).fold(Value::from("a"), |inner, _| Value::from(vec![inner]))
    }

    #[test]
    fn items_and_bytes_of_all_levels_are_counted() {
        let map = Value::from(BTreeMap::from([("key", nested(2))]));
        assert_eq!(weigh(&map).expect("small"), Weight { items: 5, bytes: 4, depth: 3, changeable: false });
        assert_eq!(weigh(&Value::from(3)).expect("small"), Weight { items: 1, bytes: 0, depth: 0, changeable: false });
    }

    #[test]
    fn what_is_too_deep_is_refused() {
        assert!(weigh(&nested(DEEPEST)).is_ok());
        assert!(weigh(&nested(DEEPEST + 1)).is_err_and(|error| error.to_string().contains("64 levels")));
    }

    #[test]
    fn a_list_that_holds_another_twice_on_many_levels_is_refused() {
        let doubled = (0..40).fold(Value::from(1), |inner, _| Value::from(vec![inner.clone(), inner]));
        assert!(weigh(&doubled).is_err_and(|error| error.to_string().contains("16 MiB")));
        let text = Value::from("x".repeat(1 << 20));
        assert!(weigh(&Value::from(vec![text.clone(); 15])).is_ok());
        assert!(weigh(&Value::from(vec![text; 16])).is_err());
    }

    #[test]
    fn lists_that_are_made_while_they_are_read_become_plain() {
        let lazy = Value::make_iterable(|| 0..3);
        let made = plain(lazy);
        assert_eq!(made.as_object().and_then(|object| object.downcast_ref::<Vec<Value>>()).map(Vec::len), Some(3));
        assert!(is_list(&made) && !is_list(&Value::from("abc")));
    }
}
