//! The engine that runs templates, set up as récitale sets up its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Value};
use minijinja_contrib::pycompat;

use super::{builtin, day};
use crate::dates::DateLocale;
use crate::site::Fragment;

/// What one template may cost: steps, and 64 bytes of text each. A page of a thousand photos takes a hundredth of it.
const FUEL: u64 = 4_000_000;

/// Templates, macros and loops inside each other.
const DEEPEST: usize = 60;

/// The engine, and what it was asked for.
pub(super) struct Engine {
    pub(super) environment: Environment<'static>,
    called: Arc<Mutex<BTreeSet<String>>>,
}

impl Engine {
    /// An engine that knows these templates, and cimaise's own of other names; dates are written as in `dates`.
    pub(super) fn new(templates: BTreeMap<String, Arc<str>>, dates: DateLocale) -> Self {
        let mut environment = Environment::new();
        let called = Arc::new(Mutex::new(BTreeSet::new()));
        let calls = called.clone();
        let syntax = SyntaxConfig::builder().trim_blocks(true).build();
        environment.set_syntax(syntax.unwrap_or_default());
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(DEEPEST);
        environment.set_debug(true);
        environment.set_unknown_method_callback(pycompat::unknown_method_callback);
        // Neither clock nor chance is among them.
        minijinja_contrib::add_to_environment(&mut environment);
        environment.set_loader(move |name: &str| {
            calls.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
            Ok(templates.get(name).map(|text| text.to_string()).or_else(|| builtin::template(name)))
        });
        environment.add_filter("striptags", |value: Value| Fragment::new(value.to_string()).plain());
        environment.add_filter("local_date", move |value: Value, pattern: Option<String>| {
            day::local_date(&value, pattern.as_deref(), &dates)
        });
        environment.add_filter("rfc822", |value: Value| day::rfc822(&value));
        Self { environment, called }
    }

    /// The names of all templates that were called so far.
    pub(super) fn called(&self) -> BTreeSet<String> {
        self.called.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
