//! What is true of an event and a time expression that may date it: the features that `dating.toml` has weights for.

use super::attach::{Candidate, Dates, Told};
use super::draft::Draft;
use crate::lang::weights::Take;
use crate::model::{Granularity, Span, Timex};
use crate::syntax::{ClauseKind, Predicate, PredicateKind};
use crate::text::Sentence;

/// Calls `take` with the name of everything that is true of a draft and a time expression that may date it.
pub(super) fn each_feature(dates: &Dates, draft: usize, candidate: Candidate, take: &mut Take) {
    let own = &dates.drafts[draft];
    let age = age(dates, &dates.input.timexes[candidate.timex]);
    let reports = own.reporting.map_or("", |_| "+reporting");
    let place = group(candidate.told);
    take(&[candidate.told.as_str()]);
    take(&[place, "+class=", dates.classes[draft]]);
    take(&["age=", age, reports]);
    take(&["age=", age, "+", own.factuality.as_str()]);
    if candidate.told == Told::Here {
        clause_features(dates, own, candidate.timex, age, take);
    } else {
        twin_features(dates, draft, candidate.timex, take);
        match candidate.told {
            Told::Twin => {}
            Told::Later => later_features(dates, draft, candidate.timex, take),
            _ => back_features(dates, draft, candidate.timex, take),
        }
    }
}

impl Told {
    /// Returns the word used in features.
    fn as_str(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Before => "before",
            Self::Earlier => "earlier",
            Self::First => "first",
            Self::Later => "later",
            Self::Twin => "twin",
        }
    }
}

fn group(told: Told) -> &'static str {
    match told {
        Told::Before | Told::Earlier | Told::First => "back",
        _ => told.as_str(),
    }
}

/// How long before publication a date lies, as far as it matters here.
fn age(dates: &Dates, timex: &Timex) -> &'static str {
    let edtf = timex.edtf.as_ref();
    let bounds = edtf.map(crate::model::Edtf::bounds).unwrap_or_default();
    let ends = bounds.earliest.zip(bounds.latest);
    let Some((published, (earliest, latest))) = dates.input.published().zip(ends) else {
        return "open";
    };
    match (published - latest).num_days() {
        _ if published < earliest => "later",
        ..=0 if earliest == latest => "now",
        ..=0 => "about now",
        1 => "a day",
        2..=7 => "a week",
        8..=31 => "a month",
        32..=366 => "a year",
        _ => "more",
    }
}

/// How the draft stands to the date of its own sentence.
fn clause_features(dates: &Dates, draft: &Draft, timex: usize, age: &str, take: &mut Take) {
    let sentence = draft.sentence(dates.input);
    let predicates = &dates.input.clauses[draft.at.sentence].predicates;
    let predicate = draft.predicate(dates.input);
    let span = dates.input.timexes[timex].place.span;
    let owner = dates.grammar.owners[timex].map_or(draft.at.predicate, |it| it.predicate);
    let path = Path::new(predicates, owner, draft.at.predicate);
    let (way, clause) = path.way();
    let letters = path.letters();
    take(&["path=", &letters]);
    if owner != draft.at.predicate {
        take(&["path=", &letters, "+", &predicates[owner].joint]);
    }
    take(&["way=", way, clause, "+age=", age]);
    take(&["way=", way, clause, "+kind=", predicate.kind.as_str()]);
    if sentence.is_quoted(span) != predicate.quoted {
        take(&["across a quotation mark"]);
    }
    if span.end() <= predicate.trigger.start() {
        ahead_features(dates, draft, span, age, take);
    } else {
        let from = span.start().max(predicate.trigger.start());
        let gap = Span::new(predicate.trigger.end().min(span.end()), from);
        let inside = |it: Span| gap.is_some_and(|gap| gap.contains(it));
        let between = sentence.tokens.iter().filter(|it| inside(it.span)).count();
        take(&["after+tokens=", bucket(between, &[0, 2, 4, 8, 16])]);
        take(&["after+particle=", particle(sentence, span)]);
    }
}

/// What stands between a date and the predicate after it, and right before the date.
fn ahead_features(dates: &Dates, draft: &Draft, date: Span, age: &str, take: &mut Take) {
    let predicates = &dates.input.clauses[draft.at.sentence].predicates;
    let own = draft.predicate(dates.input);
    let (from, to) = (date.end(), own.trigger.start());
    let verb = |it: &&Predicate| it.kind != PredicateKind::Noun && from <= it.trigger.start();
    let verbs = predicates.iter().filter(verb);
    let kind = own.kind.as_str();
    let between = verbs.clone().filter(|it| it.trigger.end() <= to);
    for crossed in between.clone().filter(|it| it.trigger != own.trigger) {
        take(&["crosses=", crossed.clause.as_str(), "+kind=", kind]);
    }
    let verbs_between = bucket(between.count(), &[0, 1, 2, 3]);
    take(&["verbs=", verbs_between, "+kind=", kind]);
    let subjects = |of: &Predicate| {
        let spans = of.arguments.iter().filter(|it| dates.is_subject(it));
        let spans = spans.map(|it| it.span);
        spans
            .filter(|it| from <= it.start() && it.end() <= to)
            .collect()
    };
    let mut inside: Vec<Span> = predicates
        .iter()
        .flat_map(|it| -> Vec<Span> { subjects(it) })
        .collect();
    inside.sort_unstable();
    inside.dedup();
    take(&["subjects=", bucket(inside.len(), &[0, 1])]);
    if let Some(first) = inside.first() {
        let owned = subjects(own).contains(first);
        take(&["subject after=", if owned { "own" } else { "other" }]);
    }
    if let Some(next) = verbs.min_by_key(|it| it.trigger.start()) {
        let this = next.trigger == own.trigger;
        let next = if this { "this" } else { next.clause.as_str() };
        take(&["verb=", next, "+age=", age]);
    }
    if let Some(subject) = subject_beside(dates, predicates, date) {
        let owned = predicates[subject].trigger == own.trigger;
        let whose = if owned { "own" } else { "other" };
        take(&["subject=", whose, "+clause=", own.clause.as_str()]);
    }
}

/// Returns the predicate whose subject stands right before the date.
fn subject_beside(dates: &Dates, predicates: &[Predicate], date: Span) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (idx, predicate) in predicates.iter().enumerate() {
        let subjects = predicate.arguments.iter();
        for subject in subjects.filter(|it| dates.is_subject(it)) {
            let end = subject.span.end();
            if end <= date.start() && best.is_none_or(|it| it.0 < end) {
                best = Some((end, idx));
            }
        }
    }
    best.filter(|it| date.start() <= it.0 + BESIDE)
        .map(|it| it.1)
}

/// How many bytes a particle and a space may take.
const BESIDE: usize = 8;

/// What an event told with the date has in common with the draft.
fn twin_features(dates: &Dates, draft: usize, timex: usize, take: &mut Take) {
    let Some(twin) = dates.twin(draft, timex) else {
        return;
    };
    let same = if twin.same_word { "word" } else { "class" };
    let at = dates.drafts[twin.draft].at;
    let predicates = &dates.input.clauses[at.sentence].predicates;
    let owner = dates.grammar.owners[timex].map_or(at.predicate, |it| it.predicate);
    let path = Path::new(predicates, owner, at.predicate);
    let (way, clause) = path.way();
    take(&["twin=", same, "+keys=", bucket(twin.keys, &[0, 1])]);
    take(&["twin=", same, "+way=", way, clause]);
    if dates.drafts[draft].at.sentence == dates.lead {
        take(&["twin+lead"]);
    }
}

/// What speaks for a date told soon after.
fn later_features(dates: &Dates, draft: usize, timex: usize, take: &mut Take) {
    let own = &dates.drafts[draft];
    let sentence = dates.sentence(timex);
    if own.at.sentence == dates.lead {
        take(&["later+lead"]);
    }
    take(&["later+grain=", grain(&dates.input.timexes[timex])]);
    take(&["later+count=", bucket(dates.count(timex), &[1, 2, 3])]);
    let word = &own.predicate(dates.input).lemma;
    let mut words = dates.input.clauses[sentence].predicates.iter();
    if words.any(|it| it.lemma == *word) {
        take(&["later+word again"]);
    }
    if is_class_again(dates, draft, sentence) {
        take(&["later+class again"]);
    }
}

/// What speaks for a date told before.
fn back_features(dates: &Dates, draft: usize, timex: usize, take: &mut Take) {
    let own = &dates.drafts[draft];
    let predicate = own.predicate(dates.input);
    let (kind, clause) = (predicate.kind.as_str(), predicate.clause.as_str());
    let sentence = dates.sentence(timex);
    let back = bucket(own.at.sentence.saturating_sub(sentence), &[1, 2, 3]);
    let sort = own.reporting.map_or(kind, |_| "reporting");
    take(&["back=", back, "+clause=", clause]);
    take(&["back=", back, "+", sort, "+clause=", clause]);
    take(&["back+kind=", kind]);
    take(&["back+grain=", grain(&dates.input.timexes[timex])]);
    let mut here = dates.input.timex_range(own.sentence(dates.input));
    if !here.any(|it| dates.grammar.owners[it].is_some()) {
        take(&["back+only+tense=", predicate.tense.as_str()]);
    }
    let mut others = dates.drafts_of(sentence);
    let owner = others.find(|it| dates.grammar.owners[timex] == Some(dates.drafts[*it].at));
    if let Some(owner) = owner {
        let shared = own.keys.intersection(&dates.drafts[owner].keys).take(2);
        take(&["back+keys=", bucket(shared.count(), &[0, 1])]);
    }
    if is_class_again(dates, draft, sentence) {
        take(&["back+class again"]);
    }
}

/// Tells whether a sentence has an event of the draft's class.
fn is_class_again(dates: &Dates, draft: usize, sentence: usize) -> bool {
    let class = dates.classes[draft];
    let again = |it: usize| dates.drafts[it].typed && dates.classes[it] == class;
    dates.drafts[draft].typed && dates.drafts_of(sentence).any(again)
}

/// How fine a date is, as far as it matters here.
fn grain(timex: &Timex) -> &'static str {
    match timex.edtf.as_ref().map(crate::model::Edtf::granularity) {
        Some(Granularity::Minute | Granularity::Day) => "day",
        Some(Granularity::MonthPart | Granularity::Month) => "month",
        _ => "year",
    }
}

/// Returns the first bound that `count` does not pass, as a word.
fn bucket(count: usize, bounds: &[usize]) -> &'static str {
    const WORDS: [&str; 17] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    ];
    let bound = bounds.iter().find(|it| count <= **it);
    bound.and_then(|it| WORDS.get(*it)).unwrap_or(&"more")
}

/// Returns the particle written onto the expression.
fn particle(sentence: &Sentence, date: Span) -> &str {
    let mut tokens = sentence.tokens.iter();
    let next = tokens.find(|it| date.end() <= it.span.start());
    match next {
        Some(it) if it.span.start() == date.end() => &it.form,
        _ => "",
    }
}

/// The way through the clauses of a sentence from the predicate that a date belongs to, up to a common governor and down to another.
struct Path<'a> {
    predicates: &'a [Predicate],
    up: Vec<usize>,
    down: Vec<usize>,
    apart: bool,
}

impl<'a> Path<'a> {
    fn new(predicates: &'a [Predicate], from: usize, to: usize) -> Self {
        let (mut up, mut down) = (climb(predicates, from), climb(predicates, to));
        let meet = up.iter().position(|it| down.contains(it));
        let apart = meet.is_none();
        let top = meet.map(|it| up[it]);
        up.truncate(meet.unwrap_or(1));
        let below = down.iter().position(|it| Some(*it) == top);
        down.truncate(below.unwrap_or(1));
        Self {
            predicates,
            up,
            down,
            apart,
        }
    }

    /// Returns the first letters of the clauses on the way: `aj^n` leads from a relative clause over a joined one down to a noun.
    fn letters(&self) -> String {
        let letter = |it: &usize| &self.predicates[*it].clause.as_str()[..1];
        let mut letters = String::with_capacity(self.up.len() + self.down.len() + 1);
        letters.extend(self.up.iter().map(letter));
        letters.push(if self.apart { '?' } else { '^' });
        letters.extend(self.down.iter().map(letter));
        if 5 < letters.len() {
            letters.replace_range(2..letters.len() - 2, "..");
        }
        letters
    }

    /// Returns which way it goes, and through which clause.
    fn way(&self) -> (&'static str, &'static str) {
        let through = |steps: &[usize]| {
            let kinds = || steps.iter().map(|it| self.predicates[*it].clause);
            let inside = [ClauseKind::Adnominal, ClauseKind::Content];
            let found = inside
                .into_iter()
                .find(|it| kinds().any(|kind| kind == *it));
            found.or(kinds().next_back()).map_or("", ClauseKind::as_str)
        };
        match (self.up.is_empty(), self.down.is_empty()) {
            _ if self.apart => ("apart", ""),
            (true, true) => ("own", ""),
            (false, true) => ("up ", through(&self.up)),
            (true, false) => ("down ", through(&self.down)),
            (false, false) => ("beside", ""),
        }
    }
}

/// Returns a predicate and its governors, from the inside out.
fn climb(predicates: &[Predicate], from: usize) -> Vec<usize> {
    const MOST: usize = 9;
    let mut steps = vec![from];
    let mut at = from;
    while let Some(governor) = predicates[at].governor.filter(|it| !steps.contains(it)) {
        if steps.len() == MOST {
            break;
        }
        steps.push(governor);
        at = governor;
    }
    steps
}
