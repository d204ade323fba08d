//! Names a predicate of a document: how stages speak of the same words without knowing each other.

/// A predicate: the sentence's index in the document, the predicate's index in its clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PredicateRef {
    /// Index into [`crate::text::Document::sentences`].
    pub sentence: usize,
    /// Index into [`super::Clauses::predicates`].
    pub predicate: usize,
}

/// Known names that stand in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMention {
    /// The bytes of the sentence's field.
    pub span: crate::model::Span,
    /// Who or what it names.
    pub entity: crate::model::EntityId,
    /// What sort of thing that is.
    pub kind: crate::model::EntityKind,
}
