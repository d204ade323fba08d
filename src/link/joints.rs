//! Links inside a sentence: endings, conjunctions and frames that join two clauses, reports, and objects that are events.

use super::Input;
use super::form::{Form, MODIFIES, Sort};
use super::maker::{Cue, make, make_of_words};
use super::rows::{JointRow, ObjectRow, Reach, Sense, Signals, VerbRow};
use crate::model::{Factuality, Link, Strength};
use crate::syntax::{Argument, ClauseKind, Predicate, PredicateKind, PredicateRef, Tense};
use crate::text::Token;

/// The least salience of a deed whose telling is a link.
const WORTH_TELLING: u8 = 70;

/// How many predicates, and how many tokens, a joint may stand before its event noun.
const NOUNS_AFTER: usize = 2;
const TOKENS_AFTER: usize = 7;

pub(super) fn read(signals: &Signals, input: &Input, links: &mut Vec<Link>) {
    for (sentence, clauses) in input.clauses.iter().enumerate() {
        for (predicate, it) in clauses.predicates.iter().enumerate() {
            let at = PredicateRef {
                sentence,
                predicate,
            };
            joint(signals, input, at, links);
            for (joints, sense) in &signals.topics {
                links.extend(topic(input, at, joints, sense));
            }
            for (row, sense) in signals
                .verbs
                .iter()
                .filter(|(row, _)| row.lemmas.contains(&it.lemma))
            {
                links.extend(verb(signals, input, at, (row, sense)));
            }
            for (row, sense) in &signals.objects {
                links.extend(object(input, at, row, sense));
            }
            for (_, sense) in &signals.reports {
                links.extend(report(input, at, sense));
            }
        }
    }
}

/// The clause at `at` with its joint, and what it joins: for each place where that may be, what the first row that fits says.
fn joint(signals: &Signals, input: &Input, at: PredicateRef, links: &mut Vec<Link>) {
    let carrier = carrier(input, at);
    let form = input.form(carrier);
    let joined = !form.marker.is_empty();
    let Some(governor) = input.clause_after(carrier, at).filter(|_| joined) else {
        return;
    };
    // "Not because of the ban": what is said is that it is not so.
    let said = input.predicate(governor);
    if said.negated && said.kind == PredicateKind::State && form.sort == Sort::Noun {
        return;
    }
    let side = Side {
        at,
        carrier,
        governor,
        form,
    };
    let mut done = Vec::new();
    for (row, sense) in &signals.joints {
        if done.contains(&row.reach) || !carries(input, row, side) {
            continue;
        }
        let reached = reached(signals, input, row, side);
        if !fits(input, row, [at, reached.unwrap_or(governor)]) {
            continue;
        }
        done.push(row.reach);
        links.extend(claim(input, (row, sense), side, reached));
    }
}

/// A clause or event noun with a joint.
#[derive(Clone, Copy)]
struct Side<'a> {
    at: PredicateRef,
    /// What carries the joint.
    carrier: PredicateRef,
    /// What that belongs to.
    governor: PredicateRef,
    form: Form<'a>,
}

/// Returns what a row that fits says of `side` and of the event that it reaches.
fn claim(
    input: &Input,
    (row, sense): (&JointRow, &Sense),
    side: Side,
    reached: Option<PredicateRef>,
) -> Option<Link> {
    let to = reached.unwrap_or(side.governor);
    if (input.reporting)(to) && side.form.sort == Sort::Content {
        return None;
    }
    let cue = || input.form_cue(side.carrier);
    let made = reached.and_then(|to| make(input, sense, [side.at, to], cue()));
    let clauses = sense.clear && row.reach == Reach::Governor && side.form.sort != Sort::Content;
    if made.is_some() || !clauses {
        return made;
    }
    // What is said to be a cause stays said, also where neither side is an event.
    let words = [side.at, to].map(|it| (None, input.predicate(it).extent));
    make_of_words(input, sense, side.at, words, cue())
}

/// A phrase that names what a deed is about, and need be no event of this article: "on the arrests the minister said …".
fn topic(input: &Input, at: PredicateRef, joints: &[String], sense: &Sense) -> Option<Link> {
    let predicate = input.predicate(at);
    if predicate.kind == PredicateKind::Noun || !input.anchors.contains_key(&at) {
        return None;
    }
    let mut arguments = predicate.arguments.iter();
    let about = arguments.find(|it| !it.negated && joints.contains(&it.marker))?;
    let cue = Cue {
        words: about.marker.clone(),
        place: None,
    };
    let sides = [(Some(at), predicate.trigger), (None, about.span)];
    make_of_words(input, sense, at, sides, cue)
}

/// Returns what carries the joint of the clause at `at`: the event noun that it modifies, else itself.
fn carrier(input: &Input, at: PredicateRef) -> PredicateRef {
    let noun = input
        .governor(at)
        .filter(|_| input.form(at).marker == MODIFIES);
    noun.unwrap_or(at)
}

/// Returns the event that a row joins to `side`.
fn reached(signals: &Signals, input: &Input, row: &JointRow, side: Side) -> Option<PredicateRef> {
    let Side { at, governor, .. } = side;
    match row.reach {
        Reach::Governor => input.joined_event(governor, at),
        Reach::Beside => {
            let first = input.joined_event(governor, at)?;
            let form = input.form(first);
            let beside =
                form.sort == Sort::Verb && signals.beside.iter().any(|it| it == form.marker);
            let next = input.clause_after(first, at).filter(|_| beside)?;
            input.joined_event(next, at)
        }
        Reach::Noun => noun_after(input, side),
        Reach::Nearest => {
            let told = input.anchors.range(side.carrier..).map(|it| *it.0).skip(1);
            let mut here = told.take_while(|it| it.sentence == at.sentence);
            here.find(|it| *it != side.carrier && typed(input, &row.to_types, *it))
        }
    }
}

/// Returns the event noun that stands right after the joint, with nothing but nouns between.
fn noun_after(input: &Input, side: Side) -> Option<PredicateRef> {
    let end = input.predicate(side.carrier).tokens.end;
    let predicates = &input.clauses[side.at.sentence].predicates;
    let after = (side.carrier.predicate + 1..predicates.len()).take(NOUNS_AFTER);
    let places = after.map(|predicate| PredicateRef {
        predicate,
        ..side.at
    });
    let mut nouns = places.take_while(|it| input.predicate(*it).kind == PredicateKind::Noun);
    nouns.find(|it| {
        let near = input.predicate(*it).tokens.start <= end + TOKENS_AFTER;
        near && input.anchors.contains_key(it)
    })
}

/// Tells whether the event at `at` has one of the types; none are any.
fn typed(input: &Input, types: &[String], at: PredicateRef) -> bool {
    let event = input.anchors.get(&at).map(|it| &input.events[*it]);
    types.is_empty() || event.is_some_and(|it| types.iter().any(|t| t == it.event_type.as_str()))
}

/// Tells whether the side with the joint is one that the row speaks of.
fn carries(input: &Input, row: &JointRow, side: Side) -> bool {
    let Side { at, form, .. } = side;
    let class = || {
        let event = &input.events[*input.anchors.get(&at)?];
        Some(input.types.class(&event.event_type))
    };
    row.joints.iter().any(|it| it == form.marker)
        && (row.of.is_empty() || row.of.iter().any(|it| it == form.word()))
        && !row.from_except.contains(&input.predicate(at).lemma)
        && typed(input, &row.from_types, at)
        && (row.from_not.is_empty()
            || !class().is_some_and(|it| row.from_not.iter().any(|c| c == it)))
}

/// Tells whether the joined side is one that the row speaks of.
fn fits(input: &Input, row: &JointRow, [at, to]: [PredicateRef; 2]) -> bool {
    let said = input.predicate(to);
    at != to
        && typed(input, &row.to_types, to)
        && !row.to_except.contains(&said.lemma)
        && (row.to_tenses.is_empty() || row.to_tenses.iter().any(|it| it == said.tense.as_str()))
}

/// What somebody says, and the saying.
fn report(input: &Input, at: PredicateRef, sense: &Sense) -> Option<Link> {
    if input.predicate(at).clause != ClauseKind::Content {
        return None;
    }
    let governor = PredicateRef {
        predicate: input.predicate(at).governor?,
        ..at
    };
    // A deed that is over and worth telling, told by somebody; who says what else is in its attribution.
    let deed = input.anchors.get(&at).is_some_and(|it| {
        let event = &input.events[*it];
        let plain = matches!(event.event_type.as_str(), "Other" | "State" | "Statement");
        !plain && event.factuality == Factuality::Actual && WORTH_TELLING <= event.salience
    });
    let past = input.predicate(at).tense == Tense::Past;
    let told = deed && past && (input.reporting)(governor) && input.anchors.contains_key(&governor);
    let cue = Cue {
        words: input.predicate(at).joint.clone(),
        place: None,
    };
    told.then(|| make(input, sense, [governor, at], cue))
        .flatten()
}

/// A verb that says it: "the talks led to an accord"; what is no event keeps its words, if the verb has no other sense.
fn verb(
    signals: &Signals,
    input: &Input,
    at: PredicateRef,
    (row, sense): (&VerbRow, &Sense),
) -> Option<Link> {
    let predicate = input.predicate(at);
    let tokens = &input.document.sentences[at.sentence].tokens;
    let has_word = |it: &Token| row.words.contains(&it.form);
    let fits = row.words.is_empty() || tokens[predicate.tokens.clone()].iter().any(has_word);
    let other = |it: &Argument| row.without.contains(&it.marker);
    if predicate.negated || !fits || predicate.arguments.iter().any(other) {
        return None;
    }
    let open = predicate.tense == Tense::Future
        || predicate
            .moods
            .iter()
            .any(|it| signals.open_moods.contains(it));
    let sense = &Sense {
        strength: match sense.strength {
            Strength::Explicit if open => Strength::Hedged,
            other => other,
        },
        ..sense.clone()
    };
    let cue = Cue::at(input, at.sentence, predicate.trigger);
    let from = marked_event(input, at, &row.from).or_else(|| meant(signals, input, at, row));
    let clause = joined(input, at, &row.to_joints);
    let to = if row.whole {
        Some(at).filter(|it| input.anchors.contains_key(it))
    } else {
        marked_event(input, at, &row.to).or(clause)
    };
    let ends = [from, to];
    if let [Some(from), Some(to)] = ends {
        return make(input, sense, [from, to], cue);
    }
    if !sense.clear {
        return None;
    }
    let [from, to] = [&row.from, &row.to].map(|markers| {
        let arguments = &predicate.arguments;
        let held = |it: &&Argument| !it.negated && markers.contains(&it.marker);
        arguments.iter().rfind(held).map(|it| it.span)
    });
    let to = to.map(|it| {
        if row.whole {
            it.join(predicate.trigger)
        } else {
            it
        }
    });
    let (from, to) = from.zip(to.or(clause.map(|it| input.predicate(it).extent)))?;
    make_of_words(input, sense, at, [(ends[0], from), (ends[1], to)], cue)
}

/// Returns the clause that one of these joints puts before the one at `at`: "made them leave".
fn joined(input: &Input, at: PredicateRef, joints: &[String]) -> Option<PredicateRef> {
    let predicates = &input.clauses[at.sentence].predicates;
    let found = predicates
        .iter()
        .rposition(|it| it.governor == Some(at.predicate) && joints.contains(&it.joint))?;
    Some(PredicateRef {
        predicate: found,
        ..at
    })
}

/// Returns what a pronoun in the place of the cause stands for: the clause before it, or the event of the sentence before.
fn meant(
    signals: &Signals,
    input: &Input,
    at: PredicateRef,
    row: &VerbRow,
) -> Option<PredicateRef> {
    let tokens = &input.document.sentences[at.sentence].tokens;
    let stands = |it: &&Argument| {
        row.from.contains(&it.marker)
            && tokens[it.tokens.clone()]
                .iter()
                .all(|word| signals.anaphors.contains(&word.form))
    };
    let pronoun = input.predicate(at).arguments.iter().find(stands)?;
    let told = input.anchors.range(..at).rev().map(|it| *it.0);
    let mut before = told.filter(|it| {
        it.sentence == at.sentence && input.predicate(*it).tokens.end <= pronoun.tokens.start
    });
    let is_clause = |it: &PredicateRef| input.predicate(*it).kind != PredicateKind::Noun;
    let clause = before.clone().find(is_clause).or_else(|| before.next());
    clause.or_else(|| input.main_event(at.sentence.checked_sub(1)?))
}

/// A verb whose object is an event: "to implement the accord", "tightened the curbs".
fn object(input: &Input, at: PredicateRef, row: &ObjectRow, sense: &Sense) -> Option<Link> {
    let predicate = input.predicate(at);
    let event = input.anchors.get(&at).map(|it| &input.events[*it]);
    let typed = event.is_some_and(|it| row.types.iter().any(|t| t == it.event_type.as_str()));
    if !row.lemmas.contains(&predicate.lemma) && !typed {
        return None;
    }
    let target = marked_event(input, at, &row.markers)?;
    let actor = if sense.backwards {
        builds(input, at)
    } else {
        explained(input, at, row).or_else(|| input.event_upwards(at))
    }?;
    let cue = Cue::at(input, at.sentence, predicate.trigger);
    make(input, sense, [actor, target], cue)
}

/// Returns what builds on the object: the deed that the clause modifies or is decided in, else the clause itself.
fn builds(input: &Input, at: PredicateRef) -> Option<PredicateRef> {
    let mut found = at;
    for _ in 0..4 {
        let predicate = input.predicate(found);
        let embedded = matches!(
            predicate.clause,
            ClauseKind::Adnominal | ClauseKind::Content
        );
        let Some(governor) = predicate.governor.filter(|_| embedded) else {
            break;
        };
        let next = PredicateRef {
            predicate: governor,
            ..at
        };
        if (input.reporting)(next) {
            break;
        }
        found = next;
    }
    input.event_upwards(found)
}

/// Returns the event noun that stands with one of the markers.
fn marked_event(input: &Input, at: PredicateRef, markers: &[String]) -> Option<PredicateRef> {
    let predicates = &input.clauses[at.sentence].predicates;
    let held = |noun: &Predicate| {
        input
            .predicate(at)
            .arguments
            .iter()
            .any(|it| it.span.contains(noun.trigger) && markers.contains(&it.marker))
    };
    let found = predicates
        .iter()
        .rposition(|it| it.kind == PredicateKind::Noun && held(it))?;
    Some(PredicateRef {
        predicate: found,
        ..at
    })
    .filter(|it| input.anchors.contains_key(it))
}

/// "(This) tightened …": a sentence without a subject that explains the one before speaks of its event.
fn explained(input: &Input, at: PredicateRef, row: &ObjectRow) -> Option<PredicateRef> {
    let predicate = input.predicate(at);
    let explains = predicate.clause == ClauseKind::Main
        && predicate.moods.iter().any(|it| row.explains.contains(it));
    let same_paragraph = |a: usize, b: usize| {
        input.document.sentences[a].paragraph == input.document.sentences[b].paragraph
    };
    let before = at
        .sentence
        .checked_sub(1)
        .filter(|it| explains && same_paragraph(*it, at.sentence))?;
    input.main_event(before)
}
