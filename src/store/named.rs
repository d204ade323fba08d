//! Named queries: the files of `queries/`, with their parameters filled in.
//!
//! A query begins with comments: `# title: …`, `# about: …`, and for each parameter `# param name: default — meaning`.
//! `$name` in the text stands for the value, written as a literal, an IRI or a number, so that no value can change the query.

use crate::rdf::Vocab;
use crate::{Error, Result};
use include_dir::{Dir, include_dir};
use oxigraph::model::{Literal, NamedNode};
use std::collections::BTreeMap;

static QUERIES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/queries");

/// A value that a named query takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What stands for it if none is given.
    pub default: String,
    /// What it means.
    pub about: String,
}

/// A query of `queries/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedQuery {
    /// Its name, without `@` and `.rq`.
    pub name: &'static str,
    /// What it finds, in a few words.
    pub title: String,
    /// What it finds, in a sentence.
    pub about: String,
    /// The values it takes.
    pub params: Vec<Param>,
    /// The query.
    pub text: &'static str,
}

/// Returns what the head of a query says under `key`: `title` of `# title: …`; nothing if it does not.
pub fn head_value<'a>(text: &'a str, key: &str) -> &'a str {
    let mut head = text.lines().filter_map(|it| it.strip_prefix("# "));
    let value = head.find_map(|it| it.strip_prefix(key)?.strip_prefix(':'));
    value.unwrap_or("").trim()
}

impl NamedQuery {
    /// Returns every named query, sorted by name.
    pub fn all() -> Vec<Self> {
        let files = QUERIES.files().filter_map(|file| {
            let name = file.path().to_str()?.strip_suffix(".rq")?;
            Some(Self::read(name, file.contents_utf8()?))
        });
        let mut queries: Vec<Self> = files.collect();
        queries.sort_by_key(|it| it.name);
        queries
    }

    /// Returns the query called `name`, with or without `@`.
    ///
    /// ```
    /// use backstory::store::NamedQuery;
    /// assert_eq!(NamedQuery::find("@timeline").unwrap().name, "timeline");
    /// assert!(NamedQuery::find("@horoscope").is_err());
    /// ```
    ///
    /// # Errors
    /// Fails if there is none, naming those there are.
    pub fn find(name: &str) -> Result<Self> {
        let bare = name.trim_start_matches('@');
        let mut all = Self::all();
        if let Some(at) = all.iter().position(|it| it.name == bare) {
            return Ok(all.swap_remove(at));
        }
        let names: Vec<String> = all.iter().map(|it| format!("@{}", it.name)).collect();
        Err(Error::usage(format!("there is no named query `@{bare}`"))
            .hint(format!("the named queries are {}", names.join(", "))))
    }

    fn read(name: &'static str, text: &'static str) -> Self {
        let head = || text.lines().filter_map(|it| it.strip_prefix("# "));
        let value = |key: &str| head_value(text, key).to_owned();
        let param = |line: &str| {
            let (name, rest) = line.strip_prefix("param ")?.split_once(':')?;
            let (default, about) = rest.split_once('—').unwrap_or((rest, ""));
            Some(Param {
                name: name.trim().to_owned(),
                default: default.trim().trim_matches('"').to_owned(),
                about: about.trim().to_owned(),
            })
        };
        Self {
            name,
            title: value("title"),
            about: value("about"),
            params: head().filter_map(param).collect(),
            text,
        }
    }

    /// Returns the query with `values` in place of its parameters, lines where they were.
    ///
    /// A value is an IRI if it is `<…>` or begins with a known prefix, an event if it is the id of one (`e:…`), a number if it is digits, and words otherwise.
    ///
    /// # Errors
    /// Fails on a value for a parameter that the query does not have.
    pub fn with(&self, values: &BTreeMap<String, String>, vocab: &Vocab) -> Result<String> {
        if let Some(unknown) = values
            .keys()
            .find(|it| self.params.iter().all(|p| p.name != **it))
        {
            let names: Vec<&str> = self.params.iter().map(|it| it.name.as_str()).collect();
            let hint = match names.join(", ") {
                none if none.is_empty() => "it has none".to_owned(),
                some => format!("its parameters are {some}"),
            };
            return Err(
                Error::usage(format!("@{} has no parameter `{unknown}`", self.name)).hint(hint),
            );
        }
        let value_of = |name: &str| {
            let param = self.params.iter().find(|it| it.name == name)?;
            let value = values.get(name).unwrap_or(&param.default);
            Some(term(value, vocab))
        };
        Ok(fill(self.text, value_of))
    }
}

/// Puts values in place of `$name`, in one pass: no value is looked at again.
fn fill(text: &str, value_of: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        let is_end = |it: char| !it.is_alphanumeric() && it != '_';
        let (name, tail) = after.split_at(after.find(is_end).unwrap_or(after.len()));
        out.push_str(before);
        out.push_str(&value_of(name).unwrap_or_else(|| format!("${name}")));
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn term(value: &str, vocab: &Vocab) -> String {
    let bracketed = value.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
    let event = value
        .strip_prefix("e:")
        .map(|_| vocab.event(&crate::model::EventId::new(value)));
    let prefixed = value.split_once(':').and_then(|(prefix, local)| {
        let (_, namespace) = vocab.prefixes().into_iter().find(|it| it.0 == prefix)?;
        NamedNode::new(format!("{namespace}{local}")).ok()
    });
    let iri = bracketed.and_then(|it| NamedNode::new(it).ok());
    match iri.or(event).or(prefixed) {
        Some(iri) => iri.to_string(),
        None if !value.is_empty()
            && value.len() < 10
            && value.bytes().all(|it| it.is_ascii_digit()) =>
        {
            value.to_owned()
        }
        None => Literal::new_simple_literal(value).to_string(),
    }
}
