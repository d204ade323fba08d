//! Which time expression dates which event: a linear score over named features, weights in `dating.toml`.
//!
//! Every time expression of the sentence is a candidate, and the last date told before it; what the grammar says of each is among the features.
//! A pack without weights leaves the choice to the grammar in [`super::dating`].

use super::Input;
use super::draft::Draft;
use crate::Result;
use crate::lang::Pack;
use crate::lang::weights::{Take, Weights};
use crate::model::{Factuality, Granularity, Timex};
use crate::syntax::{Predicate, PredicateKind, PredicateRef};
use crate::text::Sentence;
use rustc_hash::FxHashMap;

/// The weights of one language; an event whose best candidate scores below the threshold has no date.
pub(super) struct Attachment {
    weights: Weights,
}

/// What the grammar says of the time expressions of an article.
pub(super) struct Grammar {
    /// The predicate that each one dates; `None` if it dates none.
    pub owners: Vec<Option<PredicateRef>>,
    /// The one that dates each predicate, its own or one it shares.
    pub dates: FxHashMap<PredicateRef, usize>,
}

/// A time expression that may date a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Index into the time expressions of the article.
    pub timex: usize,
    /// How many sentences before the draft's it stands.
    pub back: usize,
}

impl Attachment {
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            weights: pack.rows("dating.toml")?,
        })
    }

    /// Returns the candidate that dates `draft`, if one does.
    pub fn choose(&self, input: &Input, grammar: &Grammar, draft: &Draft) -> Option<Candidate> {
        if self.weights.is_empty() {
            let timex = *grammar.dates.get(&draft.at)?;
            return Some(Candidate { timex, back: 0 });
        }
        let mut best: Option<(f64, Candidate)> = None;
        for candidate in candidates(input, grammar, draft) {
            let features = |take: &mut Take| each_feature(input, grammar, draft, candidate, take);
            let score = self.weights.score(features);
            if self.weights.threshold <= score && best.is_none_or(|it| it.0 < score) {
                best = Some((score, candidate));
            }
        }
        best.map(|it| it.1)
    }
}

/// Returns what may date `draft`: what its sentence tells, then the last date told before.
pub(super) fn candidates(input: &Input, grammar: &Grammar, draft: &Draft) -> Vec<Candidate> {
    let datable = |it: &usize| grammar.owners[*it].is_some();
    let here = input.timex_range(draft.sentence(input));
    let mut all: Vec<Candidate> = here
        .clone()
        .filter(datable)
        .map(|timex| Candidate { timex, back: 0 })
        .collect();
    let field = draft.sentence(input).field();
    let before = (0..here.start).rev().find(|it| {
        let timex = &input.timexes[*it];
        timex.place.field == field && datable(it) && !timex.anaphoric
    });
    all.extend(before.map(|timex| Candidate {
        timex,
        back: sentences_back(input, draft, &input.timexes[timex]),
    }));
    all
}

fn sentences_back(input: &Input, draft: &Draft, timex: &Timex) -> usize {
    let sentences = &input.document.sentences[..draft.at.sentence];
    let found = sentences
        .iter()
        .rposition(|it| it.place.contains(timex.place));
    found.map_or(0, |it| draft.at.sentence - it)
}

/// Calls `take` with the name of everything that is true of a draft and a time expression that may date it.
pub(super) fn each_feature(
    input: &Input,
    grammar: &Grammar,
    draft: &Draft,
    candidate: Candidate,
    take: &mut Take,
) {
    let predicate = draft.predicate(input);
    let timex = &input.timexes[candidate.timex];
    let class = input.types.class(&draft.event_type);
    let here = if candidate.back == 0 {
        "here"
    } else {
        "carried"
    };
    let grain = timex
        .edtf
        .as_ref()
        .map_or("none", |it| grain(it.granularity()));
    let clause = predicate.clause.as_str();
    take(&[here]);
    take(&[here, "+grain=", grain]);
    take(&[here, "+clause=", clause]);
    take(&[here, "+kind=", predicate.kind.as_str()]);
    take(&[here, "+tense=", predicate.tense.as_str()]);
    take(&[here, "+factuality=", draft.factuality.as_str()]);
    take(&[here, "+class=", class]);
    if draft.reporting.is_some() {
        take(&[here, "+reporting"]);
    }
    if predicate.quoted {
        take(&[here, "+quoted"]);
    }
    take(&[
        "ahead=",
        ahead(input, timex),
        "+",
        draft.factuality.as_str(),
    ]);
    if candidate.back == 0 {
        grammar_features(input, grammar, draft, candidate, take);
        place_features(input, draft, timex, take);
    } else {
        carried_features(input, grammar, draft, candidate, take);
    }
}

/// How fine a date is, as far as it matters here.
fn grain(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Minute | Granularity::Day => "day",
        Granularity::MonthPart | Granularity::Month => "month",
        _ => "year",
    }
}

/// Where the date lies, seen from publication.
fn ahead(input: &Input, timex: &Timex) -> &'static str {
    let bounds = timex
        .edtf
        .as_ref()
        .map(crate::model::Edtf::bounds)
        .unwrap_or_default();
    let published = input.published();
    match (published, bounds.earliest, bounds.latest) {
        (Some(day), Some(earliest), _) if day < earliest => "later",
        (Some(day), _, Some(latest)) if latest < day => "before",
        (Some(_), ..) => "now",
        (None, ..) => "unknown",
    }
}

/// What the grammar says of the expression and the draft.
fn grammar_features(
    input: &Input,
    grammar: &Grammar,
    draft: &Draft,
    candidate: Candidate,
    take: &mut Take,
) {
    let predicates = &input.clauses[draft.at.sentence].predicates;
    let predicate = draft.predicate(input);
    let clause = predicate.clause.as_str();
    let owner = grammar.owners[candidate.timex].map(|it| it.predicate);
    let own = draft.at.predicate;
    let relation = match owner {
        Some(it) if it == own => "owner",
        Some(it) if predicates[it].governor == Some(own) => "owner's governor",
        Some(it) if predicate.governor == Some(it) => "owner's clause",
        Some(it)
            if predicate.governor.is_some() && predicate.governor == predicates[it].governor =>
        {
            "beside owner"
        }
        _ => "apart",
    };
    take(&["owner=", relation]);
    take(&["owner=", relation, "+clause=", clause]);
    if let Some(owner) = owner.map(|it| &predicates[it]) {
        take(&[
            "owner=",
            relation,
            "+owner-clause=",
            owner.clause.as_str(),
            "+",
            owner.kind.as_str(),
        ]);
        if relation != "owner" {
            take(&["owner=", relation, "+owner-joint=", &owner.joint]);
        }
    }
    let shared = grammar.dates.get(&draft.at);
    take(&[
        "grammar=",
        match shared {
            Some(it) if *it == candidate.timex => "this",
            Some(_) => "other",
            None => "none",
        },
    ]);
    let holds = predicate
        .arguments
        .iter()
        .any(|it| it.span.overlaps(input.timexes[candidate.timex].place.span));
    if holds {
        take(&["holds"]);
        take(&["holds+clause=", clause]);
    }
    if predicate
        .extent
        .contains(input.timexes[candidate.timex].place.span)
    {
        take(&["in-clause"]);
    }
    if !predicate.joint.is_empty() {
        take(&["joint=", &predicate.joint]);
    }
}

/// Where the expression stands, seen from the draft's words.
fn place_features(input: &Input, draft: &Draft, timex: &Timex, take: &mut Take) {
    let sentence = draft.sentence(input);
    let predicate = draft.predicate(input);
    let (span, trigger) = (timex.place.span, predicate.trigger);
    let side = if span.end() <= trigger.start() {
        "before"
    } else {
        "after"
    };
    let (from, to) = (
        span.end().min(trigger.end()),
        span.start().max(trigger.start()),
    );
    let between = |nouns: bool| {
        let between = |it: &&Predicate| {
            (it.kind == PredicateKind::Noun) == nouns
                && from <= it.trigger.start()
                && it.trigger.end() <= to
        };
        let count = input.clauses[draft.at.sentence]
            .predicates
            .iter()
            .filter(between)
            .count();
        ["0", "1", "2", "3", "4"][count.min(4)]
    };
    let verbs = between(false);
    let clause = predicate.clause.as_str();
    take(&[side, "+verbs=", verbs, "+clause=", clause]);
    take(&[side, "+verbs=", verbs, "+kind=", predicate.kind.as_str()]);
    take(&[side, "+nouns=", between(true)]);
    let gap = sentence
        .tokens
        .iter()
        .filter(|it| from <= it.span.start() && it.span.end() <= to)
        .count();
    take(&[
        side,
        "+gap=",
        ["0", "2", "4", "8", "16", "more"][match gap {
            0 => 0,
            1..=2 => 1,
            3..=4 => 2,
            5..=8 => 3,
            9..=16 => 4,
            _ => 5,
        }],
    ]);
    order_features(input, draft, timex, take);
}

/// Where the expression stands in its sentence, and what stands beside it.
fn order_features(input: &Input, draft: &Draft, timex: &Timex, take: &mut Take) {
    let sentence = draft.sentence(input);
    let predicate = draft.predicate(input);
    let (span, clause) = (timex.place.span, predicate.clause.as_str());
    if sentence.is_quoted(span) != predicate.quoted {
        take(&["across-quote"]);
    }
    if span.start() <= sentence.span().start() + 2 {
        take(&["opens"]);
        take(&["opens+clause=", clause]);
    }
    let rivals = input
        .timexes_in(sentence)
        .iter()
        .filter(|it| it.edtf.is_some());
    if rivals.count() == 1 {
        take(&["alone"]);
        take(&["alone+clause=", clause]);
    }
    take(&[
        "follows=",
        subject_before(input, draft, timex),
        "+clause=",
        clause,
    ]);
    take(&["particle=", particle(sentence, timex)]);
    let side = if span.end() <= predicate.trigger.start() {
        "before"
    } else {
        "after"
    };
    take(&["particle=", particle(sentence, timex), "+", side]);
}

/// Returns the particle of the phrase right before the expression, with `own` if it is the draft's.
fn subject_before<'a>(input: &'a Input, draft: &Draft, timex: &Timex) -> &'a str {
    let sentence = &input.clauses[draft.at.sentence];
    let all = sentence.predicates.iter().flat_map(|it| &it.arguments);
    let before = all.filter(|it| it.span.end() <= timex.place.span.start());
    let nearest = before.max_by_key(|it| it.span.end());
    let close = nearest.filter(|it| timex.place.span.start() <= it.span.end() + 8);
    close.map_or("", |it| it.marker.as_str())
}

/// Returns the particle written onto the expression.
fn particle<'a>(sentence: &'a Sentence, timex: &Timex) -> &'a str {
    let next = sentence
        .tokens
        .iter()
        .find(|it| timex.place.span.end() <= it.span.start());
    match next {
        Some(it) if it.span.start() == timex.place.span.end() => &it.form,
        _ => "",
    }
}

/// What speaks for a date told earlier.
fn carried_features(
    input: &Input,
    grammar: &Grammar,
    draft: &Draft,
    candidate: Candidate,
    take: &mut Take,
) {
    let back = ["0", "1", "2", "3", "more"][candidate.back.min(4)];
    take(&["back=", back]);
    let has_own = input
        .timex_range(draft.sentence(input))
        .any(|it| grammar.owners[it].is_some());
    if has_own {
        take(&["carried+own"]);
    }
    if grammar.dates.contains_key(&draft.at) {
        take(&["carried+dated"]);
    }
    let owner = grammar.owners[candidate.timex];
    if let Some(owner) = owner {
        let owner = &input.clauses[owner.sentence].predicates[owner.predicate];
        take(&["carried+owner-clause=", owner.clause.as_str()]);
        take(&[
            "carried+owner-tense=",
            owner.tense.as_str(),
            "+",
            draft.predicate(input).tense.as_str(),
        ]);
        if owner.lemma == draft.predicate(input).lemma {
            take(&["carried+same-lemma"]);
        }
    }
    let negated = draft.factuality == Factuality::Negated;
    take(&[
        "carried+back=",
        back,
        if negated { "+negated" } else { "+told" },
    ]);
    take(&[
        "carried+back=",
        back,
        "+clause=",
        draft.predicate(input).clause.as_str(),
    ]);
    take(&[
        "carried+back=",
        back,
        "+kind=",
        draft.predicate(input).kind.as_str(),
    ]);
}
