//! Cuts a field into lines and sentences and leaves out what is no news: captions, credits, links.
//!
//! Which lines are no news is data (`boilerplate.toml`); what a sentence's words mean is not known here.

use super::SentenceKind;
use crate::{Error, Result, lang::Pack, model::Span};
use regex::{Regex, RegexSet};
use serde::Deserialize;
use std::ops::Range;

/// `boilerplate.toml`: lines that are no news.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoilerplateFile {
    /// Lines that are left out.
    #[serde(default)]
    pub line: Vec<BoilerplateRow>,
    /// What stands before the first sentence of a line and is no part of it: who reports from where.
    #[serde(default)]
    pub lead: Vec<BoilerplateRow>,
}

/// A kind of line, or of a line's beginning, that is left out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoilerplateRow {
    /// Names the rule.
    pub id: String,
    /// A regular expression searched in the trimmed line.
    #[serde(rename = "match")]
    pub pattern: String,
    /// Lines it must match.
    pub accept: Vec<String>,
    /// Lines it must not match.
    pub reject: Vec<String>,
    /// Of a line: it heads a list, whose items are left out too.
    #[serde(default)]
    pub heads: bool,
}

/// A sentence before it is cut into tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawSentence {
    /// The bytes of the field.
    pub span: Span,
    /// Headline or body.
    pub kind: SentenceKind,
    /// Counts lines that are news from 0.
    pub paragraph: usize,
    /// What stands inside quotation marks.
    pub quotes: Vec<Span>,
}

/// Cuts text of one language.
#[derive(Clone, Debug)]
pub struct Splitter {
    boilerplate: RegexSet,
    /// Which rows of `boilerplate` head a list.
    heads: Vec<bool>,
    leads: Vec<Regex>,
    end: String,
    abbreviations: Vec<String>,
    quotes: Vec<(char, char)>,
}

/// A line longer than this is running text even without a full stop.
const LONGEST_HEADLINE: usize = 120;

impl Splitter {
    /// Returns the splitter of `pack`.
    ///
    /// # Errors
    ///
    /// If `boilerplate.toml` or a pattern in it is wrong.
    pub fn new(pack: &Pack) -> Result<Self> {
        let file: BoilerplateFile = pack.rows("boilerplate.toml")?;
        let patterns = file.line.iter().map(|it| &it.pattern);
        let boilerplate = RegexSet::new(patterns)
            .map_err(|it| Error::usage(format!("{}: {it}", pack.shown("boilerplate.toml"))))?;
        let leads = file.lead.iter().map(|it| Regex::new(&it.pattern));
        let leads = leads
            .collect::<std::result::Result<_, _>>()
            .map_err(|it| Error::usage(format!("{}: {it}", pack.shown("boilerplate.toml"))))?;
        let pair = |it: &String| {
            let mut chars = it.chars();
            chars.next().zip(chars.next())
        };
        Ok(Self {
            boilerplate,
            heads: file.line.iter().map(|it| it.heads).collect(),
            leads,
            end: pack.manifest.sentence_end.clone(),
            abbreviations: pack.manifest.abbreviations.clone(),
            quotes: pack.manifest.quotes.iter().filter_map(pair).collect(),
        })
    }

    /// Returns the sentences of a headline given apart from the text: itself.
    pub fn title(&self, text: &str) -> Vec<RawSentence> {
        let lines = lines(text).into_iter();
        lines
            .filter_map(|line| self.whole(text, line, SentenceKind::Headline, 0))
            .collect()
    }

    /// Returns the sentences of a text; its first lines are headlines if `headlines` and they do not end like sentences.
    pub fn text(&self, text: &str, headlines: bool) -> Vec<RawSentence> {
        let mut sentences = Vec::new();
        let mut body_began = !headlines;
        let mut listing = false;
        let mut paragraph = 0;
        for line in lines(text) {
            let line = line.start + self.lead(&text[line.clone()])..line.end;
            if self.is_boilerplate(&text[line.clone()]) {
                listing |= self.heads_list(&text[line]);
                continue;
            }
            listing &= is_item(&text[line.clone()]);
            if listing {
                continue;
            }
            let headline = !body_began && is_headline(&text[line.clone()]);
            if headline {
                sentences.extend(self.whole(text, line, SentenceKind::Headline, paragraph));
            } else {
                body_began = true;
                self.sentences_of(text, line, paragraph, &mut sentences);
            }
            paragraph += 1;
        }
        sentences
    }

    /// Returns how many bytes of a trimmed line come before its first sentence.
    fn lead(&self, line: &str) -> usize {
        let begins = |it: &Regex| it.find(line).filter(|it| it.start() == 0);
        let end = self.leads.iter().find_map(begins).map_or(0, |it| it.end());
        let rest = &line[end..];
        end + rest.len() - rest.trim_start().len()
    }

    /// Tells whether a trimmed line is no news; a line without two letters or digits in a row is none either.
    pub fn is_boilerplate(&self, line: &str) -> bool {
        let mut run = 0;
        let wordless = !line.chars().any(|it| {
            run = if it.is_alphanumeric() { run + 1 } else { 0 };
            run == 2
        });
        wordless || self.boilerplate.is_match(line)
    }

    fn heads_list(&self, line: &str) -> bool {
        let rows = self.boilerplate.matches(line);
        rows.iter().any(|it| self.heads[it])
    }

    fn whole(
        &self,
        text: &str,
        line: Range<usize>,
        kind: SentenceKind,
        paragraph: usize,
    ) -> Option<RawSentence> {
        let span = Span::new(line.start, line.end)?;
        let quotes = self.quotes_of(text, line);
        Some(RawSentence {
            span,
            kind,
            paragraph,
            quotes,
        })
    }

    fn sentences_of(
        &self,
        text: &str,
        line: Range<usize>,
        paragraph: usize,
        out: &mut Vec<RawSentence>,
    ) {
        let quotes = self.quotes_of(text, line.clone());
        let inside = |at: usize| quotes.iter().any(|it| it.start() <= at && at < it.end());
        let mut start = line.start;
        let mut push = |from: usize, to: usize| {
            let piece = &text[from..to];
            let lead = piece.len() - piece.trim_start().len();
            if let Some(span) = Span::new(from + lead, from + piece.trim_end().len()) {
                let quotes = quotes
                    .iter()
                    .copied()
                    .filter(|it| span.contains(*it))
                    .collect();
                out.push(RawSentence {
                    span,
                    kind: SentenceKind::Body,
                    paragraph,
                    quotes,
                });
            }
        };
        for (at, end_char) in text[line.clone()].char_indices() {
            let at = line.start + at;
            if !self.end.contains(end_char) || inside(at) {
                continue;
            }
            let after = at + end_char.len_utf8();
            let close = text[after..line.end]
                .chars()
                .take_while(|it| is_closing(*it))
                .map(char::len_utf8)
                .sum::<usize>();
            let rest = &text[after + close..line.end];
            let breaks = rest.is_empty() || rest.starts_with(char::is_whitespace);
            let goes_on = end_char == '.'
                && (self.is_abbreviation(&text[start..at])
                    || is_between_numbers(&text[start..at], rest));
            if breaks && !goes_on {
                push(start, after + close);
                start = after + close;
            }
        }
        push(start, line.end);
    }

    fn is_abbreviation(&self, before: &str) -> bool {
        if self.abbreviations.is_empty() {
            return false;
        }
        let word = before
            .rsplit(|it: char| it.is_whitespace() || it == '(' || it == '"')
            .next()
            .unwrap_or("");
        let initial = word.len() == 1 && word.starts_with(|it: char| it.is_ascii_uppercase());
        initial || self.abbreviations.iter().any(|it| it == word)
    }

    /// Finds balanced quotation marks of a line; an unbalanced mark quotes nothing.
    fn quotes_of(&self, text: &str, line: Range<usize>) -> Vec<Span> {
        let mut found: Vec<Span> = Vec::new();
        let mut open: Option<(usize, char)> = None;
        let mut before = ' ';
        for (at, mark) in text[line.clone()].char_indices() {
            let at = line.start + at;
            let inside_word = mark == '\'' && before.is_alphanumeric() && open.is_none();
            match open {
                Some((from, close)) if mark == close => {
                    found.extend(Span::new(from, at));
                    open = None;
                }
                None if !inside_word => {
                    let pair = self.quotes.iter().find(|it| it.0 == mark);
                    open = pair.map(|it| (at + mark.len_utf8(), it.1));
                }
                _ => (),
            }
            before = mark;
        }
        found
    }
}

/// Tells whether a line before the body is a headline: it is short and has no full stop.
fn is_headline(line: &str) -> bool {
    let ends = line
        .trim_end_matches(['"', '”', '’', '\'', ')'])
        .ends_with('.');
    !ends && line.chars().count() <= LONGEST_HEADLINE
}

/// Tells whether a line may be an item of a list: it begins with a bullet, or is no sentence.
fn is_item(line: &str) -> bool {
    let marked = line.trim_start_matches([
        '-', '–', '*', '•', '·', '▶', '▷', '■', '□', '☞', '△', '▲', '●', '○', '◆',
    ]);
    marked.len() < line.len() || is_headline(line)
}

/// Tells whether a full stop between `before` and `after` parts the numbers of a date: 2025. 8. 1.
fn is_between_numbers(before: &str, after: &str) -> bool {
    let next = after.trim_start();
    let rest = next.trim_start_matches(|it: char| it.is_ascii_digit());
    before.ends_with(|it: char| it.is_ascii_digit())
        && (1..=2).contains(&(next.len() - rest.len()))
        && rest.starts_with('.')
}

fn is_closing(it: char) -> bool {
    matches!(
        it,
        '"' | '\'' | '”' | '’' | ')' | ']' | '」' | '』' | '》' | '…'
    )
}

/// Returns the trimmed, non-empty lines as byte ranges.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let end = line.trim_end().len();
        if lead < end {
            ranges.push(at + lead..at + end);
        }
        at += line.len();
    }
    ranges
}
