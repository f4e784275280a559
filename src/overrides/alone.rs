//! Runs a single template without a site; used for fuzzing.

use std::collections::BTreeMap;

use minijinja::Value;

use super::builtin;
use super::engine::Engine;
use super::error::TemplateNames;
use super::run::on_a_large_stack;
use super::value::FieldMap;
use crate::dates::DateLocale;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::machine::caught::caught;

/// Runs `text` as the only template of a site, with the variables `text`, `list` and `map`, and reports its errors.
#[must_use]
pub fn check_text(text: &str) -> Report {
    const NAME: &str = "page.html";
    let mut report = Report::default();
    let file = report.map.add(format!("templates/{NAME}"), text);
    let names = TemplateNames { files: BTreeMap::from([(NAME, file)]), builtin: builtin::names().collect() };
    let map = &report.map;
    let work = || {
        let engine = Engine::new(BTreeMap::from([(NAME.to_owned(), map.text(file))]), DateLocale::default());
        names.compile(&engine, NAME, text, map)?;
        let render = || engine.environment.get_template(NAME)?.render(Value::from(fields()));
        match caught(render) {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(names.diagnostic(&error, Some("on the page"), map)),
            Err(panic) => Err(names.broken(NAME, panic)),
        }
    };
    let result = on_a_large_stack(work)
        .unwrap_or_else(|_| Err(Diagnostic::new(Code::MachineMemory, "cannot start a thread for the templates")));
    drop(names);
    if let Err(problem) = result {
        report.push(problem);
    }
    report
}

fn fields() -> FieldMap {
    let mut map = FieldMap::default();
    map.set("name", "1.jpg");
    map.set("size", 3);
    let mut fields = FieldMap::default();
    fields.set("text", "Words of <b>mine</b>");
    fields.set("list", Value::from(vec![Value::from(1), Value::from("two"), Value::from(())]));
    fields.set("map", map);
    fields
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Place;

    fn said(text: &str) -> Vec<String> {
        check_text(text).diagnostics().iter().map(|diagnostic| diagnostic.message.clone()).collect()
    }

    #[test]
    fn a_template_that_is_fine_has_nothing_said_of_it() {
        let fine = "{% set n = namespace(rows=[]) %}{% for item in list %}{% set n.rows = n.rows + [[item, loop.index]] %}\
                    {% endfor %}{{ n.rows }}{{ map.name|upper }}{{ \"{} of {:>8}\".format(map.size, text|striptags) }}\
                    {{ \"%s-%03d\"|format(text, 7) }}{{ {\"a\": [1, 2]}|tojson(indent=2) }}{{ \"-\" * 20 }}{{ debug(map) }}\
                    {% set outer = loop %}{% if \"two\" in list and map.size is odd %}{% endif %}{{ list|map(\"string\")|join }}\
                    {{ map.items()|list|length }}{{ \" a-\"|trim|trim(\"-\") }}{{ \"-a\".strip(\"-\") }}{{ dict(a=1)|chain({\"b\": 2})|items|list }}{{ (1, 2)[0] }}{{ cycler([1, 2]).next() }}";
        assert_eq!(said(fine), [""; 0]);
    }

    proptest! {
        #[test]
        fn any_template_is_judged_and_places_are_inside_of_it(
            text in "(\\{\\{|\\}\\}|\\{%|%\\}|[ \\n()\\[\\]{},.:|~+*=<-]|if |endif|for x in |endfor|set |is |not |in |and |list|text|map|x|1|\"a\"|é){0,40}"
        ) {
            for diagnostic in check_text(&text).diagnostics() {
                prop_assert!(diagnostic.cause.is_none(), "{diagnostic:?}");
                if let Place::Span(span) = diagnostic.place {
                    prop_assert!(span.start <= span.end && span.end as usize <= text.len(), "{diagnostic:?}");
                }
            }
        }
    }
}
