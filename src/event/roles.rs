//! Arguments → participants: `roles.toml` says which particle or preposition means which role.

use super::Input;
use super::amounts::Amounts;
use super::draft::{Draft, without_timexes};
use crate::lang::Pack;
use crate::model::{EntityKind, Participant, Place, Role, Span};
use crate::syntax::{Argument, ClauseKind, NameMention, Predicate};
use crate::{Error, Result};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RolesFile {
    #[serde(default)]
    role: Vec<RoleRow>,
    /// Markers whose phrase completes the next one (A of B).
    #[serde(default)]
    genitive: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleRow {
    marker: String,
    passive: Option<bool>,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    types: Vec<String>,
    /// Any of these predicates; empty for all.
    #[serde(default)]
    lemmas: Vec<String>,
    /// `verb`, `state` or `noun`; empty for all.
    #[serde(default)]
    of: Vec<String>,
    role: String,
}

/// A row with its words read.
struct Rule {
    row: RoleRow,
    kinds: Vec<EntityKind>,
    role: Role,
}

/// The role rows of one language.
pub(super) struct Roles {
    rules: Vec<Rule>,
    genitive: Vec<String>,
    amounts: Amounts,
}

/// A noun phrase with the phrases that complete it.
struct Group<'a> {
    span: Span,
    argument: &'a Argument,
}

impl Roles {
    pub fn new(pack: &Pack) -> Result<Self> {
        let file: RolesFile = pack.rows("roles.toml")?;
        let wrong = |what: &str, word: &str| {
            Error::usage(format!(
                "{}: unknown {what} `{word}`",
                pack.shown("roles.toml")
            ))
        };
        let mut rules = Vec::new();
        for row in file.role {
            let role = Role::from_word(&row.role).ok_or_else(|| wrong("role", &row.role))?;
            let kind = |it: &String| EntityKind::from_word(it).ok_or_else(|| wrong("kind", it));
            let kinds = row.kinds.iter().map(kind).collect::<Result<_>>()?;
            rules.push(Rule { row, kinds, role });
        }
        Ok(Self {
            rules,
            genitive: file.genitive,
            amounts: Amounts::new(pack)?,
        })
    }

    /// Returns who and what takes part in the draft's event.
    pub fn participants(&self, input: &Input, draft: &Draft) -> Vec<Participant> {
        let predicate = draft.predicate(input);
        let mut found = self.of_predicate(input, draft, predicate);
        let has_agent = found.iter().any(|it| it.role == Role::Agent);
        if !has_agent && !predicate.passive {
            found.extend(self.inherited(input, draft));
        }
        found.sort_by_key(|it| (it.role, it.place));
        found.dedup_by(|a, b| a.role == b.role && a.place == b.place);
        found
    }

    fn of_predicate(
        &self,
        input: &Input,
        draft: &Draft,
        predicate: &Predicate,
    ) -> Vec<Participant> {
        let mut found = Vec::new();
        for group in self.groups(predicate) {
            let sentence = draft.sentence(input);
            let Some(span) = without_timexes(input, sentence, group.span) else {
                continue;
            };
            let names: Vec<&NameMention> = input.names[draft.at.sentence]
                .iter()
                .filter(|it| span.contains(it.span))
                .collect();
            let text = input.document.slice(sentence, span);
            // Figures alone, as those in brackets, take no part.
            if group.argument.marker.is_empty() && !text.chars().any(char::is_alphabetic) {
                continue;
            }
            let head = head_name(input, draft, span, &names);
            let kind = head.map(|it| it.kind);
            let Some(role) = self.role(draft, predicate, &group.argument.marker, kind) else {
                continue;
            };
            let split = all_names(input, draft, span, &names);
            let parts: Vec<(Span, Option<&NameMention>)> = match (split, head) {
                (true, _) => names.iter().map(|it| (it.span, Some(*it))).collect(),
                (false, head) => vec![(span, head)],
            };
            for (span, name) in parts {
                let place = Place::new(sentence.field(), span);
                let text = input.document.slice(sentence, span);
                let amount = self.amounts.read(text);
                let sum = amount
                    .as_ref()
                    .is_some_and(|it| it.1 && !it.0.counts_people());
                let undergoes = matches!(role, Role::Theme | Role::Patient);
                found.push(Participant {
                    role: if sum && undergoes { Role::Amount } else { role },
                    place,
                    text: text.to_owned(),
                    entity: name.map(|it| it.entity.clone()),
                    negated: group.argument.negated,
                    amount: amount.map(|it| it.0),
                });
            }
        }
        found
    }

    /// Joins genitive phrases with the phrase they complete.
    fn groups<'a>(&self, predicate: &'a Predicate) -> Vec<Group<'a>> {
        let mut groups: Vec<Group> = Vec::new();
        let mut begin: Option<Span> = None;
        let last = predicate.arguments.len().saturating_sub(1);
        for (idx, argument) in predicate.arguments.iter().enumerate() {
            let span = begin.map_or(argument.span, |it| it.join(argument.span));
            if self.genitive.contains(&argument.marker) && idx < last {
                begin = Some(span);
                continue;
            }
            begin = None;
            groups.push(Group { span, argument });
        }
        groups
    }

    fn role(
        &self,
        draft: &Draft,
        predicate: &Predicate,
        marker: &str,
        kind: Option<EntityKind>,
    ) -> Option<Role> {
        let of = predicate.kind.as_str();
        let fits = |it: &&Rule| {
            it.row.marker == marker
                && it.row.passive.is_none_or(|p| p == predicate.passive)
                && (it.kinds.is_empty() || kind.is_some_and(|k| it.kinds.contains(&k)))
                && (it.row.types.is_empty()
                    || it.row.types.iter().any(|t| t == draft.event_type.as_str()))
                && (it.row.lemmas.is_empty() || it.row.lemmas.contains(&predicate.lemma))
                && (it.row.of.is_empty() || it.row.of.iter().any(|o| o == of))
        };
        self.rules.iter().find(fits).map(|it| it.role)
    }

    /// Returns the subject that the sentence leaves out: that of the clause joined before, or the speaker's.
    fn inherited(&self, input: &Input, draft: &Draft) -> Vec<Participant> {
        let predicates = &input.clauses[draft.at.sentence].predicates;
        let mut at = draft.at.predicate;
        for _ in 0..4 {
            let before = predicates[..at]
                .iter()
                .rposition(|it| it.clause == ClauseKind::Joined && it.governor == Some(at));
            let next = match predicates[at].clause {
                ClauseKind::Content => predicates[at].governor,
                _ => before,
            };
            let Some(next) = before.or(next) else {
                return Vec::new();
            };
            let predicate = &predicates[next];
            let agents = self
                .of_predicate(input, draft, predicate)
                .into_iter()
                .filter(|it| it.role == Role::Agent);
            let agents: Vec<_> = agents.collect();
            if !agents.is_empty() {
                return agents;
            }
            at = next;
        }
        Vec::new()
    }
}

/// Returns the name that is the head of the phrase: what follows it are titles, brackets and the like.
fn head_name<'a>(
    input: &Input,
    draft: &Draft,
    span: Span,
    names: &[&'a NameMention],
) -> Option<&'a NameMention> {
    let outside = names
        .iter()
        .rev()
        .find(|it| !in_brackets(input, draft, span, it.span))?;
    let rest = Span::new(outside.span.end(), span.end());
    let after = rest.map_or("", |it| input.document.slice(draft.sentence(input), it));
    let bracket = after.find(['(', '[']).unwrap_or(after.len());
    let title = &after[..bracket];
    if !is_titles(input, title) {
        return None;
    }
    let office = title.contains(char::is_alphanumeric) && outside.kind != EntityKind::Person;
    let holder = office.then(|| holder_of(input, draft, outside, names));
    holder.flatten().or(Some(*outside))
}

/// Tells whether `text` holds nothing but titles and what stands between words.
fn is_titles(input: &Input, text: &str) -> bool {
    text.split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .all(|it| (input.is_title)(it))
}

/// Returns the person named right before `office`, to whom the title after it belongs ("Kim, Bank of Korea governor").
fn holder_of<'a>(
    input: &Input,
    draft: &Draft,
    office: &NameMention,
    names: &[&'a NameMention],
) -> Option<&'a NameMention> {
    let mut start = office.span.start();
    let before = names.iter().rev();
    for name in before.filter(|it| it.span.end() <= office.span.start()) {
        let between = Span::new(name.span.end(), start);
        let between = between.map_or("", |it| input.document.slice(draft.sentence(input), it));
        let apart = |it: char| !it.is_alphanumeric() && !it.is_whitespace();
        if between.contains(apart) || !is_titles(input, between) {
            return None;
        }
        if name.kind == EntityKind::Person {
            return Some(*name);
        }
        start = name.span.start();
    }
    None
}

fn in_brackets(input: &Input, draft: &Draft, span: Span, name: Span) -> bool {
    let before = Span::new(span.start(), name.start())
        .map_or("", |it| input.document.slice(draft.sentence(input), it));
    before.matches('(').count() > before.matches(')').count()
}

/// Tells whether the phrase is nothing but several names (US and China in one word).
fn all_names(input: &Input, draft: &Draft, span: Span, names: &[&NameMention]) -> bool {
    if names.len() < 2 {
        return false;
    }
    let text = input.document.slice(draft.sentence(input), span);
    let letters = text
        .chars()
        .filter(|it| it.is_alphanumeric())
        .map(char::len_utf8)
        .sum::<usize>();
    let known = names
        .iter()
        .map(|it| input.document.slice(draft.sentence(input), it.span));
    let covered = known
        .map(|it| {
            it.chars()
                .filter(|c| c.is_alphanumeric())
                .map(char::len_utf8)
                .sum::<usize>()
        })
        .sum::<usize>();
    letters == covered && !text.contains('(')
}
