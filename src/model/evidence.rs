//! Why a fact may be believed: the sentence that says it, and who says so.

use super::{ArticleId, EntityId, Place, RuleId, Span};

/// A sentence of an article that supports a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The article.
    pub article: ArticleId,
    /// The words that say it, inside the sentence.
    pub place: Place,
    /// The sentence, in the same field.
    pub sentence: Span,
    /// The rule that read it.
    pub rule: RuleId,
}

/// Who is quoted as saying something: a person, an outlet, unnamed sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attribution {
    /// The words that name them.
    pub place: Place,
    /// The words as written.
    pub source: String,
    /// Who that is, if known.
    pub entity: Option<EntityId>,
}
