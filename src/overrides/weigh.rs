//! How large a value is when it is read as a tree, and the limits on that.
//!
//! In: values of templates. Out: their weight, or an error with advice. MiniJinja charges for what an operation makes, and only for its
//! first level. Printing, comparing, sorting, hashing and dropping a value go through all levels, by recursion, and meet a list that is
//! in two places twice. A value that passes here can go through each of them. Must not know where the value came from.

use std::collections::BTreeMap;

use minijinja::value::{ObjectRepr, Tuple};
use minijinja::{Error, State, Value};

use super::refuse::refuse;

/// Lists and maps inside each other.
pub(super) const DEEPEST: usize = 64;

/// What the items of a value take together, in bytes: 16 for each, and the length of each text.
pub(super) const LARGEST: u64 = 16 << 20;

/// What one item counts for, in bytes.
const ITEM: u64 = 16;

/// Items that are visited for one step.
const ITEMS_A_STEP: u64 = 32;

/// Bytes that are read for one step, as MiniJinja counts them.
const BYTES_A_STEP: u64 = 64;

/// What a value is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Weight {
    /// The value itself and all items, keys and values in it.
    pub(super) items: u64,
    /// Bytes of texts.
    pub(super) bytes: u64,
    /// How many levels of lists and maps there are.
    pub(super) depth: u64,
    /// Whether something that can be changed later, such as a namespace, is in it.
    pub(super) changeable: bool,
}

type Items = Box<dyn Iterator<Item = Value> + Send + Sync>;

/// Weighs a value, without recursion.
///
/// # Errors
/// If it is too deep or too large.
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

    /// Adds another value's, as if both were in one list.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            items: self.items.saturating_add(other.items),
            bytes: self.bytes.saturating_add(other.bytes),
            depth: self.depth.max(other.depth),
            changeable: self.changeable || other.changeable,
        }
    }

    /// When each item is printed in a line of its own, with `indent` spaces for each level.
    pub(super) fn indented(self, indent: u64) -> Self {
        let spaces = self.items.saturating_mul(self.depth + 1).saturating_mul(indent);
        Self { bytes: self.bytes.saturating_add(spaces), ..self }
    }

    /// When all of it is printed so many times.
    pub(super) fn printed(self, times: u64) -> Self {
        let once = self.bytes.saturating_add(self.items * ITEM);
        Self { bytes: once.saturating_mul(times), ..self }
    }

    /// Takes from the steps that are left what it costs to go through the value.
    ///
    /// # Errors
    /// If there are not so many.
    pub(super) fn charge(&self, state: &State<'_, '_>) -> Result<(), Error> {
        state.consume_fuel(self.items / ITEMS_A_STEP + self.bytes / BYTES_A_STEP)
    }
}

/// What is inside a value; keys and values of a map.
fn items(value: &Value) -> Option<Items> {
    let object = value.as_object()?;
    match object.repr() {
        ObjectRepr::Map => Some(Box::new(object.try_iter_pairs()?.flat_map(|(key, value)| [key, value]))),
        ObjectRepr::Seq | ObjectRepr::Iterable => object.try_iter(),
        _ => None,
    }
}

/// Whether a value can hold others that it did not hold when it was made.
fn is_changeable(value: &Value) -> bool {
    const NAMES: [&str; 4] = ["Namespace", "Loop", "Cycler", "Joiner"];
    value.as_object().is_some_and(|object| {
        let name = object.type_name().rsplit("::").next().unwrap_or_default();
        NAMES.contains(&name)
    })
}

/// The value itself; as a plain list or map, if it only says how to make its items. Such values hold each other without end in sight.
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

/// Whether a value is a list or the like, which `*` would repeat.
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
