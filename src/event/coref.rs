//! Which mentions inside one article tell the same event.
//!
//! A mention joins an earlier or later one only if nothing speaks against it: type, figures, dates, participants.

use super::draft::Draft;
use super::{Input, Lexicon};
use crate::model::{Factuality, Partition, Role};
use crate::syntax::{ClauseKind, PredicateKind};
use crate::text::SentenceKind;

/// Returns which drafts are one event.
pub(super) fn chains(input: &Input, lexicon: &Lexicon, drafts: &[Draft]) -> Partition {
    let mut chains = Partition::new(drafts.len());
    let told = drafts.iter().enumerate().filter(|it| !it.1.aside);
    for (idx, draft) in told {
        if let Some(noun) = occurrence_of(input, lexicon, drafts, draft) {
            chains.join(idx, noun);
        }
        if let Some(enacted) = enacted(input, lexicon, drafts, draft) {
            chains.join(idx, enacted);
        }
        if let Some(before) = explained(input, drafts, idx) {
            chains.join(before, idx);
        }
        let earlier = (0..idx).rev();
        let found = if is_generic(input, lexicon, draft) {
            points_back(input, drafts, draft, earlier)
        } else {
            earlier
                .clone()
                .find(|it| same(input, lexicon, &drafts[*it], draft))
        };
        if let Some(found) = found {
            chains.join(idx, found);
        }
    }
    chains
}

/// A noun does not say whether it happened: where the verb that holds it says that it did not, or only may, the noun is no surer.
pub(super) fn doubt_nouns(input: &Input, lexicon: &Lexicon, drafts: &mut [Draft]) {
    for idx in 0..drafts.len() {
        let factuality = drafts[idx].factuality;
        if factuality.is_told_as_fact() || drafts[idx].aside {
            continue;
        }
        if let Some(noun) = occurrence_of(input, lexicon, drafts, &drafts[idx]) {
            drafts[noun].factuality = factuality;
        }
    }
}

/// "approved the resumption": the noun and the verb are one decision.
fn enacted(input: &Input, lexicon: &Lexicon, drafts: &[Draft], verb: &Draft) -> Option<usize> {
    let fact = verb.factuality.is_told_as_fact();
    if !fact
        || !lexicon.coref.enacts.contains(verb.event_type.as_str())
        || verb.predicate(input).kind == PredicateKind::Noun
    {
        return None;
    }
    let noun = |it: &usize| {
        let noun = &drafts[*it];
        noun.predicate(input).kind == PredicateKind::Noun
            && noun.typed
            && is_part_of(input, noun, verb)
    };
    (0..drafts.len())
        .filter(noun)
        .find(|it| is_object(input, lexicon, &drafts[*it], verb))
}

/// A sentence without a subject that only explains ("it is that …") tells the event of the sentence before again.
fn explained(input: &Input, drafts: &[Draft], idx: usize) -> Option<usize> {
    let draft = &drafts[idx];
    let predicate = draft.predicate(input);
    let explains = predicate.clause == ClauseKind::Main
        && predicate.moods.iter().any(|it| it == "explanation");
    let subject = draft.participants.iter().any(|it| it.role == Role::Agent);
    let sentence = draft
        .at
        .sentence
        .checked_sub(1)
        .filter(|_| explains && !subject)?;
    let same_paragraph =
        input.document.sentences[sentence].paragraph == draft.sentence(input).paragraph;
    let main = |it: &usize| {
        drafts[*it].at.sentence == sentence
            && drafts[*it].predicate(input).clause == ClauseKind::Main
    };
    let before = (0..idx).rev().find(main).filter(|_| same_paragraph)?;
    let class = |it: usize| input.types.class(&drafts[it].event_type);
    (class(before) == class(idx)).then_some(before)
}

/// "the talks held in London": the verb and the noun are one event.
fn occurrence_of(
    input: &Input,
    lexicon: &Lexicon,
    drafts: &[Draft],
    draft: &Draft,
) -> Option<usize> {
    let predicate = draft.predicate(input);
    let light = lexicon.coref.occurrence.contains(&predicate.lemma);
    if !light {
        return None;
    }
    let noun = |idx: usize| {
        let other = &drafts[idx];
        !other.aside
            && other.at.sentence == draft.at.sentence
            && other.predicate(input).kind == PredicateKind::Noun
    };
    let governor = (predicate.clause == ClauseKind::Adnominal)
        .then_some(predicate.governor)
        .flatten();
    let by_governor = governor
        .and_then(|it| (0..drafts.len()).find(|idx| noun(*idx) && drafts[*idx].at.predicate == it));
    // "held talks": the noun is an argument.
    let own = |idx: &usize| {
        noun(*idx) && drafts[*idx].predicate(input).governor == Some(draft.at.predicate)
    };
    by_governor.or_else(|| {
        (0..drafts.len())
            .rev()
            .find(own)
            .filter(|it| is_object(input, lexicon, &drafts[*it], draft))
    })
}

fn is_object(input: &Input, lexicon: &Lexicon, noun: &Draft, verb: &Draft) -> bool {
    let trigger = noun.predicate(input).trigger;
    let held = |marker: &str| lexicon.coref.held_markers.iter().any(|it| it == marker);
    verb.predicate(input)
        .arguments
        .iter()
        .any(|it| it.span.contains(trigger) && held(&it.marker))
}

/// Tells whether the draft is a word for any event ("the decision") that was told before.
fn is_generic(input: &Input, lexicon: &Lexicon, draft: &Draft) -> bool {
    let predicate = draft.predicate(input);
    predicate.kind == PredicateKind::Noun && lexicon.coref.generic.contains(&predicate.lemma)
}

/// Returns the event that a generic noun points back to: the latest one its actor did, told as a fact.
fn points_back(
    input: &Input,
    drafts: &[Draft],
    draft: &Draft,
    mut earlier: impl Iterator<Item = usize>,
) -> Option<usize> {
    let actors: Vec<_> = draft.keys.iter().filter(|it| it.starts_with('=')).collect();
    earlier.find(|it| {
        let other = &drafts[*it];
        let near = draft.at.sentence - other.at.sentence <= 2;
        let fact = other.factuality.is_told_as_fact();
        let deed = other.typed
            && other.reporting.is_none()
            && other.predicate(input).kind == PredicateKind::Verb;
        let same_actor = actors.iter().any(|key| {
            other.participants.iter().any(|p| {
                p.role == Role::Agent && p.entity.as_ref().is_some_and(|e| key[1..] == *e.as_str())
            })
        });
        near && fact && deed && same_actor
    })
}

/// Tells whether two drafts of the article tell the same event.
fn same(input: &Input, lexicon: &Lexicon, a: &Draft, b: &Draft) -> bool {
    let (first, second) = (a.predicate(input), b.predicate(input));
    let nominal = first.kind == PredicateKind::Noun || second.kind == PredicateKind::Noun;
    let same_type = a.event_type == b.event_type && a.typed && b.typed;
    let same_word = first.lemma == second.lemma;
    let once = same_type && lexicon.coref.once.contains(a.event_type.as_str());
    if a.aside
        || a.reporting.is_some()
        || b.reporting.is_some()
        || !(same_type || same_word)
        || !nominal && !same_word && !once
    {
        return false;
    }
    if !compatible(input, a, b) || is_part_of(input, a, b) || is_part_of(input, b, a) {
        return false;
    }
    if once && a.at.sentence != b.at.sentence && names_agree(a, b) {
        return true;
    }
    let shared = a.keys.intersection(&b.keys).count();
    let smaller = a.keys.len().min(b.keys.len());
    let before = |words: &[String]| [a, b].iter().any(|it| told_before(input, words, it));
    let anaphoric = before(&lexicon.coref.anaphors) || same_word && before(&lexicon.coref.definite);
    let headline = a.sentence(input).kind == SentenceKind::Headline;
    let enough = if nominal && (anaphoric || headline) {
        1
    } else {
        (2 * smaller).div_ceil(3).max(2)
    };
    // A shorter name later in the article refers back: "the chip export resumption … the resumption".
    let shorter = second.kind == PredicateKind::Noun
        && same_word
        && !b.keys.is_empty()
        && b.keys.is_subset(&a.keys);
    shared >= enough || shorter || anaphoric && same_type && smaller <= 1 && names_agree(a, b)
}

/// Tells whether one is the noun that the other's clause is about: "tightened the curbs" are two things.
fn is_part_of(input: &Input, noun: &Draft, verb: &Draft) -> bool {
    noun.at.sentence == verb.at.sentence
        && noun.predicate(input).governor == Some(verb.at.predicate)
}

fn names_agree(a: &Draft, b: &Draft) -> bool {
    let names = |it: &Draft| {
        it.keys
            .iter()
            .filter(|k| k.starts_with('='))
            .cloned()
            .collect::<Vec<_>>()
    };
    let (a, b) = (names(a), names(b));
    a.is_empty() || b.is_empty() || a.iter().any(|it| b.contains(it))
}

/// "this approval", "the latest ban": the noun phrase says that it was told before.
fn told_before(input: &Input, words: &[String], draft: &Draft) -> bool {
    let predicate = draft.predicate(input);
    let text = input.document.article.field(draft.sentence(input).field());
    let whole = predicate.phrase.unwrap_or(predicate.extent);
    let phrase = whole.slice(text);
    let before = text[..whole.start()].trim_end();
    predicate.kind == PredicateKind::Noun
        && words
            .iter()
            .any(|it| phrase.starts_with(it.as_str()) || ends_with_word(before, it))
}

/// Tells whether `text` ends with `word`, and not with the end of a longer one.
fn ends_with_word(text: &str, word: &str) -> bool {
    let before = text.strip_suffix(word);
    let ascii = |it: char| it.is_ascii_alphanumeric();
    before.is_some_and(|it| !it.ends_with(ascii))
}

/// Nothing speaks against it: dates, whether it happened, two names in the same role.
fn compatible(input: &Input, a: &Draft, b: &Draft) -> bool {
    let dates = match (a.when.edtf(), b.when.edtf()) {
        (Some(_), Some(_)) => a.when.bounds().intersect(b.when.bounds()).is_some(),
        _ => true,
    };
    let real = |it: &Draft| it.factuality.is_told_as_fact();
    let figures = |it: &Draft| numbers(input, it);
    let (x, y) = (figures(a), figures(b));
    let numbers_agree = x.is_empty() || y.is_empty() || x.iter().any(|it| y.contains(it));
    dates
        && real(a) == real(b)
        && a.factuality != Factuality::Negated
        && b.factuality != Factuality::Negated
        && numbers_agree
}

/// Returns the numbers in a draft's own phrases, outside time expressions.
fn numbers(input: &Input, draft: &Draft) -> Vec<String> {
    let sentence = draft.sentence(input);
    let mut numbers = Vec::new();
    for argument in &draft.predicate(input).arguments {
        for token in &sentence.tokens[argument.tokens.clone()] {
            let mut timexes = input.timexes_in(sentence).iter();
            let in_timex = timexes.any(|it| it.place.span.overlaps(token.span));
            if !in_timex && token.form.chars().all(|it| it.is_ascii_digit()) {
                numbers.push(token.form.clone());
            }
        }
    }
    numbers
}
