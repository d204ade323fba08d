//! The interface words of one language: rows of its `ui.toml`.
//!
//! Formats ask for a section and a key; which words those are is the pack's business.

use crate::answer::Verb;
use crate::model::Lang;
use crate::{Result, lang::Pack};
use std::collections::BTreeMap;

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Words {
    lang: Lang,
    rows: BTreeMap<String, BTreeMap<String, String>>,
}

impl Words {
    /// Returns the words of `pack`.
    ///
    /// # Errors
    ///
    /// If `ui.toml` is no table of tables of texts.
    pub fn of(pack: &Pack) -> Result<Self> {
        Ok(Self {
            lang: pack.lang.clone(),
            rows: pack.rows("ui.toml")?,
        })
    }

    /// Returns the language.
    pub fn lang(&self) -> &Lang {
        &self.lang
    }

    /// Returns the words of `key` in `section`; the key itself where the pack has none, so that a gap is seen and never fatal.
    pub fn get<'a>(&'a self, section: &str, key: &'a str) -> &'a str {
        let row = self.rows.get(section).and_then(|it| it.get(key));
        row.map_or(key, String::as_str)
    }

    /// Returns the words of `key` with every `{name}` replaced by its value; values are not searched again.
    pub fn fill(&self, section: &str, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(section, key), values)
    }

    /// Returns the words for having found no chain: `nothing`, or how many what was asked for left out.
    pub fn none_found(&self, nothing: &str, left_out: usize) -> String {
        if left_out == 0 {
            self.get("say", nothing).to_owned()
        } else {
            self.count("left-out", left_out, &[])
        }
    }

    /// Returns the words of `key` for `n` things: the row `key-one` or `key-many`, with `{n}` filled in.
    pub fn count(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        let key = if n == 1 {
            format!("{key}-one")
        } else {
            format!("{key}-many")
        };
        let n = n.to_string();
        let values: Vec<(&str, &str)> = [("n", n.as_str())]
            .into_iter()
            .chain(values.iter().copied())
            .collect();
        fill(self.get("say", &key), &values)
    }

    /// Returns every section with its keys.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.rows.iter();
        rows.flat_map(|(section, rows)| rows.keys().map(|key| (section.as_str(), key.as_str())))
    }
}

fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        let value = values.iter().find(|it| it.0 == name);
        filled.push_str(value.map_or("", |it| it.1));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Returns the key of the heading over what the event asked about undid, or over what undid it.
pub(super) fn reversal_heading(verb: Verb) -> &'static str {
    match verb {
        Verb::Effects => "reversed-by",
        _ => "reverses",
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_are_not_templates() {
        let filled = fill("{a} and {b}", &[("a", "{b}"), ("b", "tea")]);
        assert_eq!(filled, "{b} and tea");
        assert_eq!(fill("open {", &[]), "open {");
    }
}
