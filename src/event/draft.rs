//! An event on its way: one predicate read as an event, before mentions of the same event are put together.

use super::{Input, Output, Salience, label};
use crate::lang::weights::probability;
use crate::model::{
    Attribution, Event, EventId, EventTypeId, Evidence, Factuality, Mention, Participant,
    Partition, Place, RuleId, Span, When, hash_hex,
};
use crate::syntax::{Predicate, PredicateKind, PredicateRef};
use crate::text::Sentence;
use std::collections::{BTreeMap, BTreeSet};

/// What a reporting predicate does with its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reporting {
    /// Somebody says it.
    Speech,
    /// A medium reports it.
    Report,
    /// Somebody claims it; the text does not vouch for it.
    Claim,
    /// It is said, nobody says by whom.
    Hearsay,
    /// Somebody believes it.
    Belief,
}

/// One predicate read as an event.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The predicate.
    pub at: PredicateRef,
    /// Its type.
    pub event_type: EventTypeId,
    /// Whether the type comes from a word list, not by default.
    pub typed: bool,
    /// A word that tells no event that a timeline or a claim wants.
    pub aside: bool,
    /// The rule that gave the type.
    pub rule: RuleId,
    /// The predicate's name in a label: a noun, or a verb in its dictionary form.
    pub name: String,
    /// Set if the predicate reports something.
    pub reporting: Option<Reporting>,
    /// Who and what takes part.
    pub participants: Vec<Participant>,
    /// When.
    pub when: When,
    /// Index of the time expression that dates it.
    pub timex: Option<usize>,
    /// Whether it happened.
    pub factuality: Factuality,
    /// Who is quoted with it.
    pub attribution: Vec<Attribution>,
    /// Names and nouns it is about: what tells two mentions of one event.
    pub keys: BTreeSet<String>,
    /// How much it is worth telling; larger is more.
    pub score: f64,
}

impl Draft {
    /// Returns its predicate.
    pub fn predicate<'a>(&self, input: &'a Input) -> &'a Predicate {
        &input.clauses[self.at.sentence].predicates[self.at.predicate]
    }

    /// Returns its sentence.
    pub fn sentence<'a>(&self, input: &'a Input) -> &'a Sentence {
        &input.document.sentences[self.at.sentence]
    }

    /// Returns where its trigger stands.
    pub fn place(&self, input: &Input) -> Place {
        Place::new(self.sentence(input).field(), self.predicate(input).trigger)
    }

    fn mention(&self, input: &Input) -> Mention {
        let sentence = self.sentence(input);
        let evidence = Evidence {
            article: input.document.article.id.clone(),
            place: self.place(input),
            sentence: sentence.span(),
            rule: self.rule.clone(),
        };
        Mention {
            evidence,
            attribution: self.attribution.clone(),
        }
    }
}

/// Makes events of drafts: one for each chain of mentions.
pub(super) fn finish(
    input: &Input,
    drafts: &[Draft],
    chains: &Partition,
    judge: &dyn Fn(&Draft) -> Salience,
) -> Output {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for idx in 0..drafts.len() {
        groups.entry(chains.root(idx)).or_default().push(idx);
    }
    let mut made: Vec<(Event, Vec<usize>)> = Vec::new();
    for members in groups.into_values() {
        let mut order = members.clone();
        order.sort_by(|a, b| {
            rank(input, &drafts[*b])
                .total_cmp(&rank(input, &drafts[*a]))
                .then(a.cmp(b))
        });
        made.push((event(input, drafts, &order), order));
    }
    made.sort_by_key(|(_, order)| drafts[order[0]].at);
    let mut anchors = BTreeMap::new();
    for (idx, (_, order)) in made.iter().enumerate() {
        let told = order.iter().filter(|it| !drafts[**it].aside);
        anchors.extend(told.map(|it| (drafts[*it].at, idx)));
    }
    let (events, orders): (Vec<_>, Vec<_>) = made.into_iter().unzip();
    let best = |it: &Vec<usize>| {
        let judged = it.iter().map(|idx| judge(&drafts[*idx]));
        judged.max().unwrap_or(Salience::Nothing)
    };
    Output {
        events,
        anchors,
        salience: orders.iter().map(best).collect(),
    }
}

/// The mention that names an event best: a full clause in the body, dated, with participants.
fn rank(input: &Input, draft: &Draft) -> f64 {
    let clause = draft.predicate(input).kind != PredicateKind::Noun;
    let body = draft.sentence(input).kind == crate::text::SentenceKind::Body;
    let actual = draft.factuality == Factuality::Actual;
    let flag = |it: bool| f64::from(u8::from(it));
    draft.score
        + 2.0 * flag(clause)
        + 2.0 * flag(body)
        + flag(draft.when.edtf().is_some())
        + 2.0 * flag(actual)
}

fn event(input: &Input, drafts: &[Draft], order: &[usize]) -> Event {
    let main = &drafts[order[0]];
    let place = main.place(input);
    let article = &input.document.article.id;
    let position = format!("{}:{:?}", place.field.as_str(), place.span);
    let id = EventId::new(format!(
        "e:{}",
        hash_hex(&[article.as_str(), &position], 12)
    ));
    let dated = order
        .iter()
        .map(|it| &drafts[*it])
        .filter(|it| it.when.edtf().is_some());
    let when = dated
        .min_by_key(|it| {
            (
                it.when.certainty(),
                std::cmp::Reverse(it.when.granularity()),
            )
        })
        .map(|it| it.when.clone());
    let bounds = order.iter().map(|it| drafts[*it].when.bounds());
    let bounds = bounds
        .reduce(|a, b| a.intersect(b).unwrap_or(a))
        .unwrap_or_default();
    let when = when.unwrap_or_else(|| When::unstated(bounds));
    let factuality = factuality(input, drafts, order);
    let mut event = Event::new(
        id,
        main.event_type.clone(),
        when,
        factuality,
        main.mention(input),
    );
    event.participants.clone_from(&main.participants);
    for other in order[1..].iter().map(|it| &drafts[*it]) {
        event.add_mention(other.mention(input));
        for participant in &other.participants {
            let known = |it: &&Participant| it.role == participant.role;
            if event.participants.iter().find(known).is_none() {
                event.participants.push(participant.clone());
            }
        }
    }
    event.state = label::state(input, main);
    event.labels = label::labels(input, main);
    let best = order
        .iter()
        .map(|it| drafts[*it].score)
        .fold(f64::MIN, f64::max);
    event.salience = percent(best);
    event
}

/// Maps a logit to 1..100; 0 is left to the background.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the logistic function lies within 0 and 1"
)]
fn percent(score: f64) -> u8 {
    (100.0 * probability(score)).round().max(1.0) as u8
}

/// Returns whether the event of these mentions happened; the first is the main one.
fn factuality(input: &Input, drafts: &[Draft], order: &[usize]) -> Factuality {
    let main = drafts[order[0]].factuality;
    if main == Factuality::Negated {
        return main;
    }
    // A noun does not say whether it happened; the clauses that tell it do.
    let said = |nouns: bool| {
        let all = order.iter().map(|it| &drafts[*it]);
        all.filter(|it| nouns || it.predicate(input).kind != PredicateKind::Noun)
            .map(|it| it.factuality)
            .min()
    };
    said(false).or(said(true)).unwrap_or(main)
}

/// Returns the part of `span` that is left when the time expressions at its edges are cut off.
pub(super) fn without_timexes(input: &Input, sentence: &Sentence, span: Span) -> Option<Span> {
    let field = input.document.article.field(sentence.field());
    let mut edges = (span.start(), span.end());
    for timex in input.timexes_in(sentence) {
        let cut = timex.place.span;
        if cut.start() <= edges.0 && edges.0 < cut.end() {
            edges.0 = cut.end();
        }
        if cut.start() < edges.1 && edges.1 <= cut.end() {
            edges.1 = cut.start();
        }
    }
    let text = field.get(edges.0..edges.1)?;
    let lead = text.len() - text.trim_start().len();
    Span::new(edges.0 + lead, edges.0 + text.trim_end().len())
}
