//! Where the two sides of a connective stand.

use super::rows::{ConnectiveRow, Connectives, Side};
use crate::text::Token;
use std::ops::Range;

/// A connective in a sentence with its sides, as ranges of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub row: usize,
    pub cue: Range<usize>,
    pub cause: Range<usize>,
    pub effect: Range<usize>,
    /// Its own side comes first, then the other one after a comma.
    pub fronted: bool,
}

/// Returns the candidates of a sentence, in the order of their connectives; of those that begin at one token only the longest.
pub(super) fn candidates(connectives: &Connectives, tokens: &[Token]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut here: Vec<(usize, usize)> = Vec::new();
        connectives.each_match(tokens, at, |row, end| here.push((row, end)));
        let longest = here.iter().map(|it| it.1).max().unwrap_or(at);
        for (row, end) in here.iter().filter(|it| it.1 == longest) {
            let it = &connectives.rows[*row].0;
            let cue = at..(end - it.keep).max(at);
            found.extend(candidate(connectives, tokens, *row, cue));
        }
        let kept = here
            .iter()
            .map(|it| connectives.rows[it.0].0.keep)
            .max()
            .unwrap_or(0);
        at = longest.saturating_sub(kept).max(at + 1);
    }
    found
}

fn candidate(
    connectives: &Connectives,
    tokens: &[Token],
    row: usize,
    cue: Range<usize>,
) -> Option<Candidate> {
    let it = &connectives.rows[row].0;
    let before = before(connectives, tokens, cue.start);
    let opens = it.front && is_empty(connectives, tokens, &before);
    let may_front = opens || it.front && opens_clause(connectives, tokens, cue.start);
    let comma = may_front
        .then(|| first_comma(connectives, tokens, cue.end))
        .flatten();
    let (before, after) = match comma {
        Some(comma) => (
            comma + 1..end_of(connectives, tokens, comma + 1),
            cue.end..comma,
        ),
        None if opens => return None,
        None => (before, cue.end..end_of(connectives, tokens, cue.end)),
    };
    let fronted = comma.is_some();
    if is_empty(connectives, tokens, &before) || is_empty(connectives, tokens, &after) {
        return None;
    }
    Some(arranged(it, row, cue, [before, after], fronted))
}

/// Tells whether a clause begins at the token `at`.
fn opens_clause(connectives: &Connectives, tokens: &[Token], at: usize) -> bool {
    0 < at && connectives.openers.contains(&tokens[at - 1].form)
}

fn arranged(
    it: &ConnectiveRow,
    row: usize,
    cue: Range<usize>,
    [before, after]: [Range<usize>; 2],
    fronted: bool,
) -> Candidate {
    let (cause, effect) = match it.cause {
        Side::Before => (before, after),
        Side::After => (after, before),
    };
    Candidate {
        row,
        cue,
        cause,
        effect,
        fronted,
    }
}

/// Returns what stands before the token `end`, without what leads to the connective.
fn before(connectives: &Connectives, tokens: &[Token], mut end: usize) -> Range<usize> {
    let aside = |it: &Token| connectives.is_aside(it) || connectives.comma.contains(&it.form);
    while 0 < end && aside(&tokens[end - 1]) {
        end -= 1;
    }
    let mut start = end;
    while 0 < start && !wall(connectives, tokens, start - 1) {
        start -= 1;
    }
    start..end
}

/// Tells whether no side begins before and ends after the token at `at`.
fn wall(connectives: &Connectives, tokens: &[Token], at: usize) -> bool {
    let after_comma = || 0 < at && connectives.comma.contains(&tokens[at - 1].form);
    connectives.ends.contains(&tokens[at].form)
        || connectives.walls.contains(&tokens[at].form) && after_comma()
}

/// Returns where the side that begins at `start` ends.
fn end_of(connectives: &Connectives, tokens: &[Token], start: usize) -> usize {
    let end = (start..tokens.len())
        .find(|it| wall(connectives, tokens, *it))
        .unwrap_or(tokens.len());
    let mark = |it: &Token| {
        connectives.comma.contains(&it.form) || !it.form.chars().any(char::is_alphanumeric)
    };
    let last = (start..end).rev().find(|it| !mark(&tokens[*it]));
    last.map_or(start, |it| it + 1)
}

/// Returns the first comma from `start` on that parts a side with a noun or verb from another one.
fn first_comma(connectives: &Connectives, tokens: &[Token], start: usize) -> Option<usize> {
    let end = (start..tokens.len()).find(|it| wall(connectives, tokens, *it));
    (start..end.unwrap_or(tokens.len())).find(|it| {
        connectives.comma.contains(&tokens[*it].form)
            && !is_empty(connectives, tokens, &(start..*it))
    })
}

fn is_empty(connectives: &Connectives, tokens: &[Token], side: &Range<usize>) -> bool {
    let content = |it: &Token| connectives.is_verb(it) || connectives.is_noun(it);
    !tokens[side.clone()].iter().any(content)
}
