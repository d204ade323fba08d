//! What must or must not stand beside a match of a rule.

use super::pattern::Tables;
use regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};

/// The conditions of one pack, by pattern: many rules share one.
#[derive(Debug, Default)]
pub(super) struct Contexts(FxHashMap<String, Arc<Context>>);

/// What must or must not stand beside a match; compiled when first needed, as most texts need few.
#[derive(Debug)]
pub(super) struct Context {
    pattern: String,
    regex: OnceLock<Option<Regex>>,
}

impl Context {
    /// Tells whether `text`, before or after a match, is as the condition has it.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| Regex::new(&self.pattern).ok());
        regex.as_ref().is_some_and(|it| it.is_match(text))
    }
}

impl Contexts {
    /// Returns the condition `pattern` in `frame`, `None` if there is none, or what is wrong with it.
    pub(super) fn get(
        &mut self,
        tables: &Tables,
        pattern: &str,
        frame: &str,
    ) -> Result<Option<Arc<Context>>, String> {
        if pattern.is_empty() {
            return Ok(None);
        }
        let pattern = frame.replace("{}", &tables.expand(pattern)?.regex);
        if let Some(known) = self.0.get(&pattern) {
            return Ok(Some(known.clone()));
        }
        regex_syntax::parse(&pattern).map_err(|it| it.to_string())?;
        let context = Arc::new(Context {
            pattern: pattern.clone(),
            regex: OnceLock::new(),
        });
        self.0.insert(pattern, Arc::clone(&context));
        Ok(Some(context))
    }
}
