//! The template engine, configured like récitale's, with guards where MiniJinja has no limit.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{Kwargs, Rest, StringInput, ValueOrKwargs};
use minijinja::{AutoEscape, Environment, Error, State, Value, filters};
use minijinja_contrib::pycompat;

use super::guard::{self, FACTOR, Guarded, MEMBER, OPERAND};
use super::refuse::refuse;
use super::weigh::{self, Weight};
use super::{builtin, day};
use crate::dates::DateLocale;
use crate::site::Fragment;

/// Limit of one template, in steps; 64 bytes of text count as a step. A page of a thousand photos takes a tenth of it.
pub(super) const FUEL: u64 = 2_000_000;

/// Limit for the nesting of templates, macros and loops.
const DEEPEST: usize = 60;

/// Limit for the sum of the widths in a format string, in characters.
const WIDEST: usize = 10_000;

/// The template engine; it records which templates were called.
pub(super) struct Engine {
    pub(super) environment: Environment<'static>,
    called: Arc<Mutex<BTreeSet<String>>>,
}

impl Engine {
    /// Creates an engine with these templates and the built-in ones; `dates` is the language of dates.
    pub(super) fn new(templates: BTreeMap<String, Arc<str>>, dates: DateLocale) -> Self {
        let mut environment = Environment::new();
        let called = Arc::new(Mutex::new(BTreeSet::new()));
        let calls = called.clone();
        environment.set_syntax(guard::syntax());
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(DEEPEST);
        environment.set_debug(true);
        environment.set_unknown_method_callback(method);
        // None of the functions that this adds uses the clock or random numbers.
        minijinja_contrib::add_to_environment(&mut environment);
        environment.set_loader(move |name: &str| {
            calls.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
            // `TemplateNames::compile` has already refused templates that exceed the limits of `guard`.
            let own = templates.get(name).map(|text| guard::guard(text).map_or_else(|_| String::new(), text_of));
            Ok(own.or_else(|| builtin::template(name)))
        });
        environment.add_filter("striptags", |value: Value| Fragment::new(value.to_string()).plain());
        environment.add_filter("local_date", move |value: Value, pattern: Option<String>| {
            day::local_date(&value, pattern.as_deref(), &dates)
        });
        environment.add_filter("rfc822", |value: Value| day::rfc822(&value));
        add_guards(&mut environment);
        Self { environment, called }
    }

    /// Returns the names of all templates called so far.
    pub(super) fn called(&self) -> BTreeSet<String> {
        self.called.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn text_of(guarded: Guarded) -> String {
    guarded.text
}

/// Adds the filters that `guard` inserts into templates, and replaces MiniJinja functions that would bypass them.
fn add_guards(environment: &mut Environment<'static>) {
    environment.add_filter(OPERAND, operand);
    environment.add_filter(FACTOR, |state: &State<'_, '_>, value: Value| {
        if weigh::is_list(&value) {
            return Err(refuse("a list cannot be repeated with `*`", "write a `for` loop over `range(..)`"));
        }
        operand(state, value)
    });
    environment.add_filter(MEMBER, |state: &State<'_, '_>, value: Value| {
        let weight = weigh::weigh(&value)?;
        if weight.changeable {
            return Err(refuse(
                "a namespace or `loop` cannot be put into a namespace",
                "put the values into the namespace that the template needs of it",
            ));
        }
        weight.charge(state)?;
        Ok(weigh::plain(value))
    });
    environment.set_formatter(|out, state, value| {
        if value.as_object().is_some() {
            weigh::weigh(value)?.charge(state)?;
        }
        minijinja::escape_formatter(out, state, value)
    });
    environment.add_function("debug", |state: &State<'_, '_>, values: Rest<Value>| {
        if values.is_empty() {
            return Err(refuse("`debug()` needs a value", "write `{{ debug(gallery) }}`"));
        }
        let printed: Result<Vec<_>, Error> = values.iter().map(|value| pprint(state, value)).collect();
        printed.map(|printed| printed.join("\n"))
    });
    environment.add_filter("pprint", |state: &State<'_, '_>, value: Value| pprint(state, &value));
    environment.add_filter("tojson", |state: &State<'_, '_>, value: Value, indent: Option<Value>, named: Kwargs| {
        let given = indent.clone().or_else(|| named.peek("indent").ok());
        let spaces = given.and_then(|indent| i64::try_from(indent).ok()).unwrap_or(2);
        weigh::weigh(&value)?.indented(spaces.try_into().unwrap_or(u64::MAX)).charge(state)?;
        filters::tojson(&value, indent, named)
    });
    environment.add_filter("trim", |state: &State<'_, '_>, value: Value, letters: Option<String>| {
        stripping(value.as_str().unwrap_or_default(), letters.as_deref()).charge(state)?;
        Ok::<_, Error>(filters::trim(StringInput::new(state, &value)?, letters.map(Cow::Owned)))
    });
    environment.add_filter("format", |state: &mut State<'_, '_>, format: Value, values: Rest<ValueOrKwargs>| {
        let parts = format.as_str().map_or(0, |text| text.matches('%').count() as u64);
        let weight =
            values.iter().try_fold(Weight::default(), |sum, value| Ok::<_, Error>(sum.with(weigh::weigh(value)?)));
        // Each part of the format may print all named values.
        let times = if format.as_str().is_some_and(|text| text.contains("%(")) { parts } else { 1 };
        weight?.printed(times).charge(state)?;
        filters::format(state, &format, values)
    });
    // These functions store values in objects, where later checks do not see them.
    for name in ["namespace", "cycler", "joiner"] {
        let made = environment.globals().find(|(known, _)| *known == name).map(|(_, value)| value);
        let Some(made) = made else { continue };
        environment.add_function(name, move |state: &mut State<'_, '_>, values: Rest<ValueOrKwargs>| {
            for value in values.iter() {
                let weight = weigh::weigh(value)?;
                if weight.changeable {
                    let message = format!("a namespace, `loop`, cycler or joiner cannot be put into a {name}");
                    return Err(refuse(message, "give it the values themselves"));
                }
                weight.charge(state)?;
            }
            made.call(state, &values.into_values())
        });
    }
}

fn operand(state: &State<'_, '_>, value: Value) -> Result<Value, Error> {
    let weight = weigh::weigh(&value)?;
    // For text, MiniJinja itself charges as much.
    if value.as_object().is_some() {
        weight.charge(state)?;
    }
    Ok(weigh::plain(value))
}

/// Prints a value with each item on its own line.
fn pprint(state: &State<'_, '_>, value: &Value) -> Result<String, Error> {
    weigh::weigh(value)?.indented(4).charge(state)?;
    Ok(format!("{value:#?}"))
}

/// Calls a method of Python's strings, lists or maps. The cost is charged first, because not all methods do that themselves.
fn method(state: &mut State<'_, '_>, value: &Value, method: &str, args: &[Value]) -> Result<Value, Error> {
    let given = args.iter().try_fold(Weight::default(), |sum, value| Ok::<_, Error>(sum.with(weigh::weigh(value)?)))?;
    let mut weight = weigh::weigh(value)?.with(given);
    match (method, value.as_str()) {
        ("format", Some(text)) => {
            check_widths(text, args)?;
            // Each pair of braces may print all arguments.
            weight = weight.with(given.printed(text.matches('{').count() as u64));
        }
        // There may be as many parts as bytes.
        ("split" | "splitlines", Some(text)) => weight.items += text.len() as u64,
        ("strip" | "lstrip" | "rstrip", Some(text)) => {
            weight = weight.with(stripping(text, args.first().and_then(Value::as_str)));
        }
        _ => {}
    }
    weight.charge(state)?;
    pycompat::unknown_method_callback(state, value, method, args)
}

/// Returns the cost of stripping `letters` from a text: each character may be compared with each of `letters`.
fn stripping(text: &str, letters: Option<&str>) -> Weight {
    let bytes = (text.len() as u64).saturating_mul(letters.unwrap_or_default().len() as u64);
    Weight { bytes, ..Weight::default() }
}

/// Refuses formats like `"{:999999999}".format(..)`. Widths and precisions are numbers inside braces, or arguments that inner braces refer
/// to.
fn check_widths(text: &str, args: &[Value]) -> Result<(), Error> {
    let mut sum = 0_usize;
    let mut depth = 0_usize;
    let mut nested = 0_usize;
    for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let number = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        if depth > 0 && !number.is_empty() {
            sum = sum.saturating_add(number.parse().unwrap_or(usize::MAX));
        }
        match part.chars().next_back() {
            Some('{') => depth += 1,
            Some('}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        nested += usize::from(depth > 1 && part.ends_with('{'));
    }
    if nested > 0 {
        let widest = args.iter().flat_map(largest_number).max().unwrap_or_default();
        sum = sum.saturating_add(widest.saturating_mul(nested));
    }
    if sum > WIDEST {
        return Err(refuse(
            format!("the widths in a format are more than {WIDEST} together"),
            "write a smaller width, as in `\"{:>8}\".format(value)`",
        ));
    }
    Ok(())
}

/// Returns the largest number in an argument: the argument itself, or a value in a map of named arguments.
fn largest_number(value: &Value) -> Option<usize> {
    let number = |value: &Value| i128::try_from(value.clone()).ok().and_then(|number| usize::try_from(number).ok());
    number(value).or_else(|| value.try_iter().ok()?.filter_map(|key| number(&value.get_item(&key).ok()?)).max())
}
