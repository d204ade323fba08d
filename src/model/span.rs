//! Where words stand: byte ranges of an article's title or text.
//!
//! Offsets are always bytes of the original field, never of a normalised copy; RDF and JSON count code points instead and convert at their border.

use std::fmt;

/// A byte range, end exclusive, of one field of an article.
///
/// Invariant: never empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// Returns the span from byte `start` to byte `end` (exclusive), or `None` if it would be empty.
    ///
    /// ```
    /// use backstory::model::Span;
    /// assert!(Span::new(3, 3).is_none());
    /// assert_eq!(Span::new(0, 6).unwrap().slice("수출 금지"), "수출");
    /// ```
    pub fn new(start: usize, end: usize) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// Returns the first byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// Returns the byte after the last.
    pub fn end(self) -> usize {
        self.end
    }

    /// Returns the words of `text` that stand here; empty if the span is not on its character boundaries.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Tells whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Tells whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Returns the span moved right by `by` bytes.
    #[must_use]
    pub fn shift(self, by: usize) -> Self {
        Self {
            start: self.start + by,
            end: self.end + by,
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Which part of an article words stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline, where it is given apart from the text.
    Title,
    /// The text as given.
    Text,
}

impl Field {
    /// Returns `title` or `text`, the word used in JSON and in IRIs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
        }
    }
}

/// A span of one field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The field.
    pub field: Field,
    /// The bytes within it.
    pub span: Span,
}

impl Place {
    /// Returns the place of `span` in `field`.
    pub fn new(field: Field, span: Span) -> Self {
        Self { field, span }
    }

    /// Tells whether both are in the same field and share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.field == other.field && self.span.overlaps(other.span)
    }

    /// Tells whether `other` lies wholly inside, in the same field.
    pub fn contains(self, other: Self) -> bool {
        self.field == other.field && self.span.contains(other.span)
    }
}
