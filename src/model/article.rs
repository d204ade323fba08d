//! An article as given: nothing trimmed, nothing normalised.

use super::{ArticleId, Field, Span, hash_hex};
use chrono::NaiveDate;
use std::fmt;

/// A language, by its BCP 47 tag; a data pack of that name reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(String);

impl Lang {
    /// Returns the language with the tag `tag`, as `ko`.
    pub fn new(tag: impl Into<String>) -> Self {
        Self(tag.into())
    }

    /// Returns the tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// When an article was published: the day relative dates are counted from, and the moment as given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    /// The calendar day at the publisher, `TimeML`'s document creation time.
    pub day: NaiveDate,
    /// As given: `2025-07-16` or `2025-07-16T09:30:00+09:00`.
    pub original: String,
}

impl Published {
    /// Returns the publication date written as an ISO 8601 day or moment, or `None` if it is no such thing.
    ///
    /// ```
    /// use backstory::model::Published;
    /// let moment = Published::parse("2025-08-11T06:13:14+09:00").unwrap();
    /// assert_eq!(moment.day.to_string(), "2025-08-11");
    /// assert!(Published::parse("16/07/2025").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, rest) = (text.get(..10)?, text.get(10..)?);
        let plausible = rest.is_empty() || rest.starts_with(['T', ' ']);
        let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
        plausible.then(|| Self {
            day,
            original: text.to_owned(),
        })
    }
}

/// One version of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Names this version.
    pub id: ArticleId,
    /// The headline, if given apart from the text.
    pub title: Option<String>,
    /// The text exactly as given.
    pub text: String,
    /// The language it is read in.
    pub lang: Lang,
    /// When it was published; without it relative dates stay unresolved.
    pub published: Option<Published>,
    /// Who published it, if given; never guessed.
    pub source: Option<String>,
    /// Where it stands on the web, if given.
    pub url: Option<String>,
}

impl Article {
    /// Returns the words of `field`.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => self.title.as_deref().unwrap_or(""),
            Field::Text => &self.text,
        }
    }

    /// Returns the words at `span` of `field`.
    pub fn slice(&self, field: Field, span: Span) -> &str {
        span.slice(self.field(field))
    }

    /// Returns the hash that tells two versions apart: of title, text and date, not of the id.
    pub fn content_hash(&self) -> String {
        let published = self
            .published
            .as_ref()
            .map_or("", |it| it.original.as_str());
        hash_hex(
            &[self.title.as_deref().unwrap_or(""), &self.text, published],
            64,
        )
    }
}
