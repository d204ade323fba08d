//! A rule as it is written: a CONSTRUCT query with a head of comments.

use crate::model::Confidence;
use crate::store::head_value;
use crate::{Error, Result};
use std::path::Path;

/// How sure what a rule says is, if it does not say.
const CONFIDENCE: u8 = 60;

/// A file of `queries/rules`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What orders the rules: the file name without `.rq`.
    pub file: String,
    /// What it finds, in a few words.
    pub title: String,
    /// When it holds, in a sentence.
    pub about: String,
    /// How sure the links are that it makes.
    pub confidence: Confidence,
    /// The rule that must have made something before, if it says.
    pub after: Option<String>,
    /// The query.
    pub text: String,
}

impl Rule {
    /// Returns the rule of `text`, which stands in a file of that name.
    pub(super) fn read(file: &str, text: &str) -> Self {
        let value = |key: &str| head_value(text, key).to_owned();
        let confidence = head_value(text, "confidence").parse().unwrap_or(CONFIDENCE);
        Self {
            file: file.to_owned(),
            title: value("title"),
            about: value("about"),
            confidence: Confidence::new(confidence),
            after: Some(value("after")).filter(|it| !it.is_empty()),
            text: text.to_owned(),
        }
    }

    /// Returns the rules of the files `*.rq` in `folder`.
    pub(super) fn read_folder(folder: &Path) -> Result<Vec<Self>> {
        let failed = |it| Error::io(folder, it);
        let mut rules = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let is_rule = path.extension().is_some_and(|it| it == "rq");
            let Some(name) = path.file_stem().filter(|_| is_rule) else {
                continue;
            };
            let text = std::fs::read_to_string(&path).map_err(|it| Error::io(&path, it))?;
            rules.push(Self::read(&name.to_string_lossy(), &text));
        }
        Ok(rules)
    }

    /// Returns its name, without the number that orders it: `opposite-state`.
    #[must_use]
    pub fn id(&self) -> &str {
        let bare = self.file.trim_start_matches(|it: char| it.is_ascii_digit());
        bare.strip_prefix('-').unwrap_or(&self.file)
    }
}
