//! The right time expression for the right predicate; what none dates keeps bounds only.

use super::attach::{Attachment, Candidate, Grammar};
use super::draft::Draft;
use super::{Input, Lexicon};
use crate::model::{Certainty, Edtf, Factuality, Interval, Part, Timex, TimexKind, When};
use crate::syntax::{Argument, ClauseKind, Clauses, Predicate, PredicateKind, PredicateRef, Tense};
use crate::text::Sentence;
use rustc_hash::FxHashMap;

/// Sets the date of every draft.
pub(super) fn date(
    input: &Input,
    lexicon: &Lexicon,
    attachment: &Attachment,
    drafts: &mut [Draft],
) {
    let grammar = grammar(input, lexicon);
    let mut chosen: FxHashMap<PredicateRef, Candidate> = FxHashMap::default();
    for draft in drafts.iter() {
        if let Some(it) = attachment.choose(input, &grammar, draft) {
            chosen.insert(draft.at, it);
        }
    }
    let published = input.published();
    for draft in drafts {
        let happened = matches!(
            draft.factuality,
            Factuality::Actual | Factuality::Reported | Factuality::Negated
        );
        let bounds = Interval {
            earliest: None,
            latest: published.filter(|_| happened),
        };
        let date = chosen.get(&draft.at);
        draft.timex = date.map(|it| it.timex);
        let dated = date.and_then(|it| dated(&input.timexes[it.timex], 0 < it.back));
        draft.when = dated.map_or_else(
            || content_bounds(input, draft, &chosen, bounds),
            |it| it.within(bounds),
        );
        let here = date.is_some_and(|it| it.back == 0);
        if here && draft.factuality == Factuality::Actual && is_to_come(input, draft) {
            draft.factuality = Factuality::Planned;
        }
    }
}

/// Tells whether what is told as a fact is still to come: its date lies ahead, or it is told in the present of the day of publication.
fn is_to_come(input: &Input, draft: &Draft) -> bool {
    let Some((published, earliest)) = input.published().zip(draft.when.bounds().earliest) else {
        return false;
    };
    let predicate = draft.predicate(input);
    let finite = matches!(predicate.clause, ClauseKind::Main | ClauseKind::Content);
    let scheduled = predicate.kind == PredicateKind::Verb
        && finite
        && predicate.moods.is_empty()
        && draft.reporting.is_none();
    match predicate.tense {
        Tense::Past => false,
        Tense::Present if scheduled => published <= earliest,
        _ => published < earliest,
    }
}

/// Returns which predicates the time expressions date as the grammar sees it.
pub(super) fn grammar(input: &Input, lexicon: &Lexicon) -> Grammar {
    let timexes = input.timexes.iter();
    let owners: Vec<_> = timexes.map(|it| owner(input, lexicon, it)).collect();
    let mut dates: FxHashMap<PredicateRef, usize> = FxHashMap::default();
    for (idx, owner) in owners.iter().enumerate() {
        if let Some(owner) = owner {
            dates.entry(*owner).or_insert(idx);
        }
    }
    for sentence in 0..input.clauses.len() {
        inherit(input, lexicon, sentence, &mut dates);
    }
    Grammar { owners, dates }
}

/// Returns the date a time expression gives; one `carried` on from an earlier sentence is inferred.
fn dated(timex: &Timex, carried: bool) -> Option<When> {
    let edtf = timex.edtf.clone()?;
    let month_part = edtf.granularity() == crate::model::Granularity::MonthPart;
    let certainty = match (
        carried || timex.anaphoric,
        edtf.is_approximate() || month_part,
    ) {
        (true, _) => Certainty::Inferred,
        (false, true) => Certainty::Approximate,
        (false, false) => Certainty::Exact,
    };
    Some(When::dated(without_clock(&edtf), certainty))
}

/// Events are dated to the day; the clock stays in the time expression.
fn without_clock(edtf: &Edtf) -> Edtf {
    let day = |it: Part| match it {
        Part::Minute(moment) => Part::Day(moment.date()),
        other => other,
    };
    let (start, end) = (edtf.start().map(day), edtf.end().map(day));
    let date = match (start, end) {
        (None, None) => return edtf.clone(),
        (start, end) if edtf.is_interval() && start != end => Edtf::between(start, end),
        (Some(it), _) | (None, Some(it)) => Edtf::at(it),
    };
    if edtf.is_approximate() {
        date.approximately()
    } else {
        date
    }
}

/// What is told as past was over when it was told.
fn content_bounds(
    input: &Input,
    draft: &Draft,
    chosen: &FxHashMap<PredicateRef, Candidate>,
    bounds: Interval,
) -> When {
    let predicate = draft.predicate(input);
    let past = draft.factuality.is_told_as_fact();
    let told = predicate
        .governor
        .filter(|_| past && predicate.clause == ClauseKind::Content);
    let told = told.and_then(|it| {
        chosen.get(&PredicateRef {
            predicate: it,
            ..draft.at
        })
    });
    let latest = told.and_then(|it| input.timexes[it.timex].edtf.as_ref()?.bounds().latest);
    let tighter = Interval {
        earliest: None,
        latest,
    };
    When::unstated(bounds.intersect(tighter).unwrap_or(bounds))
}

/// Returns the predicate that a date belongs to: the one whose phrase or gap holds it.
fn owner(input: &Input, lexicon: &Lexicon, timex: &Timex) -> Option<PredicateRef> {
    let datable = matches!(timex.kind, TimexKind::Date | TimexKind::Time) && timex.edtf.is_some();
    if !datable {
        return None;
    }
    let field = input.document.article.field(timex.place.field);
    let after = field
        .get(timex.place.span.end()..)
        .unwrap_or("")
        .trim_start();
    let compared = |it: &String| after.starts_with(it.as_str());
    if lexicon.coref.comparisons.iter().any(compared) {
        return None;
    }
    let sentences = input.document.sentences.iter();
    let (sentence, found) = sentences
        .enumerate()
        .find(|(_, it)| it.place.contains(timex.place))?;
    let clauses = &input.clauses[sentence];
    if let Some(predicate) = named_by(lexicon, clauses, timex) {
        return Some(PredicateRef {
            sentence,
            predicate,
        });
    }
    let predicate = innermost(found, clauses, timex)?;
    let predicate = up_to_speaker(clauses, predicate, timex);
    let predicate = occurrence_after(lexicon, clauses, predicate, timex);
    let predicate = past_relative(input, lexicon, sentence, predicate, timex);
    Some(PredicateRef {
        sentence,
        predicate,
    })
}

/// "lifted the ban of 9 April": the date is a part of the noun's name.
fn named_by(lexicon: &Lexicon, clauses: &Clauses, timex: &Timex) -> Option<usize> {
    let begins = |it: &Argument| {
        lexicon.coref.naming.contains(&it.marker)
            && (it.span.start()..it.span.end()).contains(&timex.place.span.start())
    };
    let noun = |it: &Predicate| it.kind == PredicateKind::Noun;
    let mut predicates = clauses.predicates.iter();
    predicates.position(|it| noun(it) && it.arguments.iter().any(begins))
}

/// Returns the predicate whose clause holds the date most closely; a noun only if its own phrase begins with it.
fn innermost(_: &Sentence, clauses: &Clauses, timex: &Timex) -> Option<usize> {
    let span = timex.place.span;
    let holds = |it: &Predicate| it.arguments.iter().any(|a| a.span.overlaps(span));
    let mut holders = clauses
        .predicates
        .iter()
        .enumerate()
        .filter(|(_, it)| it.kind != PredicateKind::Noun && holds(it));
    if let Some((idx, _)) = holders.next() {
        return Some(idx);
    }
    let noun = clauses
        .predicates
        .iter()
        .rposition(|it| it.kind == PredicateKind::Noun && holds(it));
    if noun.is_some() {
        return noun;
    }
    // Adverbial dates without a phrase of their own: the next predicate of a clause that is not embedded deeper.
    clauses
        .predicates
        .iter()
        .position(|it| it.kind != PredicateKind::Noun && span.end() <= it.trigger.start())
}

/// A date that opens a quoted clause without a subject of its own dates the telling, not what is told.
fn up_to_speaker(clauses: &Clauses, predicate: usize, timex: &Timex) -> usize {
    let it = &clauses.predicates[predicate];
    let opens = it.arguments.first().is_none_or(|first| {
        first.span.overlaps(timex.place.span) || timex.place.span.end() <= first.span.start()
    });
    match it.governor {
        Some(governor) if it.clause == ClauseKind::Content && opens => governor,
        _ => predicate,
    }
}

/// "The sides on the 10th in London held talks at which …": a date right before an occurrence clause is that clause's.
fn occurrence_after(
    lexicon: &Lexicon,
    clauses: &Clauses,
    predicate: usize,
    timex: &Timex,
) -> usize {
    let end = timex.place.span.end();
    // "The decision came after, on the 10th, they met": what only takes place has no date of its own before a joined clause.
    let joined = |it: &Predicate| {
        it.clause == ClauseKind::Joined
            && it.governor == Some(predicate)
            && end <= it.extent.start()
    };
    if lexicon
        .coref
        .occurrence
        .contains(&clauses.predicates[predicate].lemma)
        && let Some(inner) = clauses.predicates.iter().position(joined)
    {
        return inner;
    }
    let next = clauses
        .predicates
        .iter()
        .position(|it| it.kind != PredicateKind::Noun && end <= it.trigger.start());
    let Some(next) = next.filter(|it| *it < predicate) else {
        return predicate;
    };
    let it = &clauses.predicates[next];
    let held = it.clause == ClauseKind::Adnominal && lexicon.coref.occurrence.contains(&it.lemma);
    let close = it.arguments.iter().all(|a| end <= a.span.start()) && it.arguments.len() <= 2;
    if held && close { next } else { predicate }
}

/// "The sides last month signed a text that spells it out": a date between subject and relative clause dates the main verb.
fn past_relative(
    input: &Input,
    lexicon: &Lexicon,
    sentence: usize,
    predicate: usize,
    timex: &Timex,
) -> usize {
    let predicates = &input.clauses[sentence].predicates;
    let it = &predicates[predicate];
    let Some(governor) = it.governor.filter(|_| it.clause == ClauseKind::Adnominal) else {
        return predicate;
    };
    let opens = it
        .arguments
        .first()
        .is_some_and(|first| first.span.overlaps(timex.place.span));
    let said_before = predicates[governor]
        .arguments
        .iter()
        .any(|a| a.span.end() <= timex.place.span.start());
    let occurrence = lexicon.coref.occurrence.contains(&it.lemma);
    let deed = predicates[governor].kind != PredicateKind::Noun;
    let place = in_place(input, lexicon, sentence, it, governor);
    if opens && said_before && deed && !occurrence && !place {
        governor
    } else {
        predicate
    }
}

/// Joined clauses share the date of the first; so does the event that an adverbial clause's noun names.
fn inherit(
    input: &Input,
    lexicon: &Lexicon,
    sentence: usize,
    owners: &mut FxHashMap<PredicateRef, usize>,
) {
    let predicates = &input.clauses[sentence].predicates;
    let at = |predicate: usize| PredicateRef {
        sentence,
        predicate,
    };
    opening(input, sentence, owners);
    for (idx, predicate) in predicates.iter().enumerate() {
        let Some(&timex) = owners.get(&at(idx)) else {
            continue;
        };
        let Some(governor) = predicate.governor else {
            continue;
        };
        let passes = match predicate.clause {
            ClauseKind::Joined => !lexicon.coref.separates.contains(&predicate.joint),
            ClauseKind::Adnominal => {
                let occurrence = lexicon.coref.occurrence.contains(&predicate.lemma);
                let noun = predicates[governor].kind == PredicateKind::Noun;
                let place = in_place(input, lexicon, sentence, predicate, governor);
                noun && occurrence || place
            }
            ClauseKind::Noun => place_of(lexicon, predicates, idx, governor),
            ClauseKind::Main | ClauseKind::Content => false,
        };
        if passes {
            owners.entry(at(governor)).or_insert(timex);
            outer(predicates, governor, |it| {
                owners.entry(at(it)).or_insert(timex);
            });
        }
    }
}

/// A date that opens the sentence before a relative clause dates the main verb too.
fn opening(input: &Input, sentence: usize, owners: &mut FxHashMap<PredicateRef, usize>) {
    let predicates = &input.clauses[sentence].predicates;
    let at = |predicate: usize| PredicateRef {
        sentence,
        predicate,
    };
    let begin = input.document.sentences[sentence].span().start();
    let opens = |timex: usize| input.timexes[timex].place.span.start() <= begin + 12;
    let held = predicates.iter().enumerate().find_map(|(idx, it)| {
        let timex = *owners.get(&at(idx))?;
        (it.clause == ClauseKind::Adnominal && opens(timex)).then_some((idx, timex))
    });
    let Some((mut holder, timex)) = held else {
        return;
    };
    while let Some(governor) = predicates[holder].governor {
        holder = governor;
    }
    if predicates[holder].clause == ClauseKind::Main
        && predicates[holder].kind == PredicateKind::Verb
    {
        owners.entry(at(holder)).or_insert(timex);
    }
}

/// "At the talks they agreed on a text that will …": what a clause about the future holds belongs to the deed outside it.
fn outer(predicates: &[Predicate], holder: usize, mut give: impl FnMut(usize)) {
    let mut at = holder;
    let future =
        predicates[at].clause == ClauseKind::Adnominal && predicates[at].tense == Tense::Future;
    for _ in 0..4 {
        let inside = matches!(
            predicates[at].clause,
            ClauseKind::Adnominal | ClauseKind::Content
        );
        let Some(governor) = predicates[at].governor.filter(|_| future && inside) else {
            return;
        };
        give(governor);
        at = governor;
    }
}

/// Tells whether the noun that the clause modifies is where or at what the governor takes place.
fn in_place(
    input: &Input,
    lexicon: &Lexicon,
    sentence: usize,
    predicate: &Predicate,
    governor: usize,
) -> bool {
    let Some(head) = predicate.head_noun else {
        return false;
    };
    let tokens = &input.document.sentences[sentence].tokens;
    let head = tokens[head].span;
    let arguments = &input.clauses[sentence].predicates[governor].arguments;
    arguments
        .iter()
        .any(|it| it.span.contains(head) && lexicon.coref.place_markers.contains(&it.marker))
}

fn place_of(lexicon: &Lexicon, predicates: &[Predicate], noun: usize, governor: usize) -> bool {
    let trigger = predicates[noun].trigger;
    predicates[governor]
        .arguments
        .iter()
        .any(|it| it.span.contains(trigger) && lexicon.coref.place_markers.contains(&it.marker))
}
