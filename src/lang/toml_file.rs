//! Reads TOML rows; an error names the file, the line and the column.

use crate::{Error, Result};
use serde::de::DeserializeOwned;

/// Returns the rows of `text`, the content of the file shown as `path`.
///
/// # Errors
///
/// If the text is not TOML or a key is missing or unknown; the message holds `path:line:column`.
pub fn parse_toml<T: DeserializeOwned>(path: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |it| it.start);
        let before = text.get(..at).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|it| *it != '\n').count() + 1;
        Error::usage(format!("{path}:{line}:{column}: {}", error.message()))
            .hint("docs/packs.md lists the keys of every rule file")
    })
}
