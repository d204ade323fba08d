//! The shape both grammars make.

use crate::model::Span;
use std::ops::Range;

/// What a predicate is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PredicateKind {
    /// A verb, or a noun with a light verb.
    Verb,
    /// An adjective or a noun that is said to be something.
    State,
    /// A noun that names something that happened (the ban, 수출 허용).
    Noun,
}

/// How a predicate's clause stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClauseKind {
    /// The main clause.
    Main,
    /// Joined to a later or earlier clause by an ending or a conjunction.
    Joined,
    /// Modifies a noun (relative clause).
    Adnominal,
    /// The content of what somebody says, thinks or decides.
    Content,
    /// No clause: a noun.
    Noun,
}

/// The time a predicate's form speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// It is over.
    Past,
    /// It is going on, or general.
    Present,
    /// It is to come.
    Future,
    /// The form does not say.
    Unmarked,
}

impl PredicateKind {
    /// Returns the word used in data packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verb => "verb",
            Self::State => "state",
            Self::Noun => "noun",
        }
    }
}

impl ClauseKind {
    /// Returns the word used in data packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Joined => "joined",
            Self::Adnominal => "adnominal",
            Self::Content => "content",
            Self::Noun => "noun",
        }
    }
}

impl Tense {
    /// Returns the word used in data packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Present => "present",
            Self::Future => "future",
            Self::Unmarked => "unmarked",
        }
    }
}

/// A noun phrase that belongs to a predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The noun phrase without its particle or preposition.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Particle, preposition, or `subject`/`object` by order.
    pub marker: String,
    /// Said not to take part ("not Musk but Huang").
    pub negated: bool,
}

/// A predicate with its clause.
#[expect(
    clippy::struct_excessive_bools,
    reason = "marks of its form that hold beside each other"
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Words that name it: `금지했다`, `agreed to`.
    pub trigger: Span,
    /// The tokens of the trigger.
    pub tokens: Range<usize>,
    /// Where what it governs follows it: its whole phrase, `will be allowed`, `the trade talks`.
    pub phrase: Option<Span>,
    /// Its dictionary form, the key into `triggers.toml`: `금지`, `만나`, `ban`.
    pub lemma: String,
    /// What it is made of.
    pub kind: PredicateKind,
    /// How its clause stands.
    pub clause: ClauseKind,
    /// The ending or conjunction that joins it, as the pack names it; empty if none.
    pub joint: String,
    /// Where that stands.
    pub joint_span: Option<Span>,
    /// The noun an adnominal clause modifies or a nominal predicate heads (`혐의`, `방침`), as a token index.
    pub head_noun: Option<usize>,
    /// The time its form speaks of.
    pub tense: Tense,
    /// The subject undergoes it.
    pub passive: bool,
    /// Denied by its form.
    pub negated: bool,
    /// Names of the pack's moods that its form shows: `obligation`, `hearsay`, `conditional`, `question`, `intention` …
    pub moods: Vec<String>,
    /// Its arguments, in order.
    pub arguments: Vec<Argument>,
    /// The whole clause.
    pub extent: Span,
    /// The predicate whose clause this one belongs to, as an index into [`Clauses::predicates`].
    pub governor: Option<usize>,
    /// Stands inside quotation marks.
    pub quoted: bool,
    /// Its meaning lies in another predicate: a light verb, or one that only colours an infinitive.
    pub carrier: bool,
}

/// The predicates of one sentence, in order.
#[derive(Clone, Debug, Default)]
pub struct Clauses {
    /// In the order of their triggers.
    pub predicates: Vec<Predicate>,
}
