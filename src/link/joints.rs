//! Links inside a sentence: endings, conjunctions and frames that join two clauses, reports, and objects that are events.

use super::Input;
use super::form::{Form, MODIFIES, Sort};
use super::maker::{Cue, make, make_of_words};
use super::rows::{JointRow, ObjectRow, Sense, Signals, VerbRow};
use crate::model::{Factuality, Link, Relation, RuleId, Strength};
use crate::syntax::{Argument, ClauseKind, Predicate, PredicateKind, PredicateRef, Tense};
use crate::text::Token;

/// The least salience of a deed whose telling is a link.
const WORTH_TELLING: u8 = 70;

/// How many quoted clauses may stand inside each other.
const CLIMB: usize = 4;

pub(super) fn read(signals: &Signals, input: &Input, links: &mut Vec<Link>) {
    for (sentence, clauses) in input.clauses.iter().enumerate() {
        for (predicate, it) in clauses.predicates.iter().enumerate() {
            let at = PredicateRef {
                sentence,
                predicate,
            };
            joint(signals, input, at, links);
            for (row, sense) in signals.joints.iter().filter(|it| it.0.topic) {
                links.extend(topic(input, at, row, sense));
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

/// The clause at `at` with its joint, and the clause it joins.
fn joint(signals: &Signals, input: &Input, at: PredicateRef, links: &mut Vec<Link>) {
    let carrier = carrier(input, at);
    let form = input.form(carrier);
    let joined = !form.marker.is_empty();
    let Some(governor) = input.governor(carrier).filter(|_| joined) else {
        return;
    };
    // "Not because of the ban": what is said is that it is not so.
    let said = input.predicate(governor);
    if said.negated && said.kind == PredicateKind::State && form.sort == Sort::Noun {
        return;
    }
    let reached = reached(input, at, governor);
    let to = reached.unwrap_or(governor);
    let mut rows = signals.joints.iter();
    let Some((_, sense)) = rows.find(|(row, _)| fits(input, row, form, [at, to])) else {
        return;
    };
    if (input.reporting)(to) && form.sort == Sort::Content {
        return;
    }
    let cue = || input.form_cue(carrier);
    let mut made = reached.and_then(|to| make(input, sense, [at, to], cue()));
    if made.is_none() && sense.clear && form.sort != Sort::Content {
        // What is said to be a cause stays said, also where neither side is an event.
        let words = [at, to].map(|it| (None, input.predicate(it).extent));
        made = make_of_words(input, sense, at, words, cue());
    }
    links.extend(made);
}

/// A phrase that names what a deed is about, and need be no event of this article: "on the arrests the minister said …".
fn topic(input: &Input, at: PredicateRef, row: &JointRow, sense: &Sense) -> Option<Link> {
    let predicate = input.predicate(at);
    if predicate.kind == PredicateKind::Noun || !input.anchors.contains_key(&at) {
        return None;
    }
    let mut arguments = predicate.arguments.iter();
    let about = arguments.find(|it| !it.negated && row.joints.contains(&it.marker))?;
    let sense = &Sense {
        rule: RuleId::new(format!("{}/topic", sense.rule)),
        relation: Relation::RespondsTo,
        strength: Strength::Implicit,
        backwards: false,
        ..sense.clone()
    };
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

/// Returns the event that a clause joins: the first one up from `governor`; what is outside quotation marks joins nothing inside them.
fn reached(input: &Input, at: PredicateRef, governor: PredicateRef) -> Option<PredicateRef> {
    let mut to = input.event_upwards(governor)?;
    for _ in 0..CLIMB {
        if !input.predicate(to).quoted || input.predicate(at).quoted {
            return Some(to);
        }
        to = input.event_upwards(input.governor(to)?)?;
    }
    None
}

fn fits(input: &Input, row: &JointRow, form: Form, [at, to]: [PredicateRef; 2]) -> bool {
    let typed = |list: &[String], at: PredicateRef| {
        list.is_empty()
            || input.anchors.get(&at).is_some_and(|it| {
                list.iter()
                    .any(|t| t == input.events[*it].event_type.as_str())
            })
    };
    row.joints.iter().any(|it| it == form.marker)
        && (row.of.is_empty() || row.of.iter().any(|it| it == form.word()))
        && typed(&row.from_types, at)
        && typed(&row.to_types, to)
        && (row.to_tenses.is_empty()
            || row
                .to_tenses
                .iter()
                .any(|it| it == input.predicate(to).tense.as_str()))
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
    if predicate.negated || !fits {
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
    let ends = [from, marked_event(input, at, &row.to).or(clause)];
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
