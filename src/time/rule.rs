//! Rules, checked and ready to match: what a match of one means.
//!
//! A rule's value is a verb, with the words before and after it saying how:
//!
//! | value | what the named groups are |
//! |---|---|
//! | `[last\|next\|this\|nearest] date [from story\|mentioned\|period]` | fields of a date or time (`year`, `month`, `day`, `weekday`, `hour`, `part` …; `month_by` counts from the anchor's month; `to_day` ends a stretch) |
//! | `pair` | fields of a stretch whose end comes right after its beginning: "the 4th and 5th" |
//! | `same [from story\|told\|period]` | the date told last, moved by the `_by` fields; `told` is nothing if there is none |
//! | `duration` | `count` and `unit`, or `years`, `months` … |
//! | `last duration`, `next duration`, `within` | the same, or a `{duration}`, that ends or begins with publication |
//! | `elapsed` | the same, over when the story is at: checked against the dates told before |
//! | `ago`, `later` `[from story\|mentioned\|period]` | the same, or a `{duration}`; counted from a `{date}` if there is one |
//! | `set` | the same as of a duration or a date: how often |
//! | `join` | none: all expressions in the match are one |
//! | `between`, `since`, `until`, `by`, `about`, `keep`, `lasting`, `opening`, `closing` | none: said of the expressions in the match |
//! | `ends` | none: as `between`, but each end stays an expression of its own |
//! | `past`, `present`, `future` | none |
//!
//! The group `it` marks the expression where the match is longer.

use super::context::{Context, Contexts};
use super::feast;
use super::meaning::{
    Anchor, Direction, Field, Fields, Meaning, PARTS, PRESENT, Pointer, Reach, SOME, Shift, UNITS,
};
use super::pattern::{Expanded, Tables};
use super::zone;
use crate::lang::timex::{TimexFile, TimexRule, Word};
use crate::model::RuleId;
use regex::{Captures, Regex};
use std::sync::{Arc, OnceLock};

/// What to do with a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Date(Pointer),
    Pair,
    Same(Anchor),
    Duration,
    Reach(Reach),
    Shift(i32, Anchor),
    Set,
    Join,
    Between,
    Ends,
    By,
    Since,
    Until,
    About,
    Keep,
    Lasting,
    Opening,
    Closing,
    Reference(&'static str),
}

/// A rule ready to match.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) id: RuleId,
    /// The regular expression; compiled when first needed, as most texts need few.
    pub(super) pattern: String,
    /// What tells when it is worth trying.
    pub(super) outline: String,
    /// Whether it joins expressions that other rules have read.
    pub(super) joins: bool,
    /// Whether it waits until no other joining rule finds anything.
    pub(super) late: bool,
    regex: OnceLock<Option<Regex>>,
    groups: Vec<(String, Option<Field>, Vec<String>)>,
    with: Fields,
    verb: Verb,
    left: Option<Arc<Context>>,
    right: Option<Arc<Context>>,
    not_left: Option<Arc<Context>>,
    not_right: Option<Arc<Context>>,
}

impl Rule {
    /// Returns the rule of `row`, or what is wrong with it.
    pub(super) fn new(
        lang: &str,
        row: &TimexRule,
        file: &TimexFile,
        tables: &Tables,
        contexts: &mut Contexts,
    ) -> Result<Self, String> {
        let Expanded {
            regex,
            outline,
            groups,
            joins,
        } = tables.expand(&row.pattern)?;
        let groups = groups
            .into_iter()
            // A field told in two ways has a number in the name of its second group.
            .map(|(name, used)| {
                match Field::from_word(name.trim_end_matches(|it: char| it.is_ascii_digit())) {
                    None if name != "it" => Err(format!("no field `{name}`")),
                    field => Ok((name, field, used)),
                }
            })
            .collect::<Result<_, _>>()?;
        let mut with = Fields::default();
        for (name, word) in &row.with {
            let field = Field::from_word(name).ok_or_else(|| format!("no field `{name}`"))?;
            set(&mut with, field, word).ok_or_else(|| format!("`{name}` cannot be {word:?}"))?;
        }
        let or_default =
            |own: &Option<String>, shared: &String| own.clone().unwrap_or_else(|| shared.clone());
        Ok(Self {
            id: RuleId::new(format!("{lang}/timex/{}", row.id)),
            pattern: regex,
            outline,
            joins,
            late: row.late,
            regex: OnceLock::new(),
            groups,
            with,
            verb: verb(&row.value)?,
            left: contexts.get(tables, row.left.as_deref().unwrap_or(""), "(?:{})$")?,
            right: contexts.get(tables, row.right.as_deref().unwrap_or(""), "^(?:{})")?,
            not_left: contexts.get(
                tables,
                &or_default(&row.not_left, &file.context.not_left),
                "(?:{})$",
            )?,
            not_right: contexts.get(
                tables,
                &or_default(&row.not_right, &file.context.not_right),
                "^(?:{})",
            )?,
        })
    }

    /// Returns the compiled pattern; `None` only for one that the set of all patterns refused before.
    pub(super) fn regex(&self) -> Option<&Regex> {
        self.regex
            .get_or_init(|| Regex::new(&self.pattern).ok())
            .as_ref()
    }

    /// Tells whether what stands around the match is as the rule wants it.
    pub(super) fn fits(&self, before: &str, after: &str) -> bool {
        let before = last_bytes(before, 48);
        let is = |it: &Option<Arc<Context>>, text: &str, or: bool| {
            it.as_ref().map_or(or, |it| it.is_match(text))
        };
        is(&self.left, before, true)
            && is(&self.right, after, true)
            && !is(&self.not_left, before, false)
            && !is(&self.not_right, after, false)
    }

    /// Tells whether both ends of what it joins stay expressions of their own.
    pub(super) fn tells_ends(&self) -> bool {
        self.verb == Verb::Ends
    }

    /// Returns what a match means; `inner` are the expressions it contains, in order.
    pub(super) fn meaning(
        &self,
        found: &Captures<'_>,
        inner: &[&Meaning],
        tables: &Tables,
    ) -> Option<Meaning> {
        let mut fields = self.with.clone();
        for (name, field, used) in &self.groups {
            if let (Some(field), Some(text)) = (field, found.name(name)) {
                set(&mut fields, *field, &tables.value(used, text.as_str())?)?;
            }
        }
        if let (Some(to), Verb::Shift(sign, _)) = (fields.take(Field::ToCount), self.verb) {
            return self.span(fields, to, sign, inner);
        }
        spread_count(&mut fields)?;
        self.build(fields, inner)
    }

    /// Returns from one length away to another: two or three years ago.
    fn span(&self, fields: Fields, to: i32, sign: i32, inner: &[&Meaning]) -> Option<Meaning> {
        let mut far = fields.clone();
        far.set(Field::Count, to);
        let [near, far] = [fields, far].map(|mut it| {
            spread_count(&mut it)?;
            self.build(it, inner).map(Box::new)
        });
        Some(if sign < 0 {
            Meaning::Range(Some(far?), Some(near?))
        } else {
            Meaning::Range(Some(near?), Some(far?))
        })
    }

    fn build(&self, fields: Fields, inner: &[&Meaning]) -> Option<Meaning> {
        let boxed = |idx: usize| inner.get(idx).map(|it| Box::new((*it).clone()));
        match self.verb {
            Verb::Date(pointer) if inner.is_empty() => stretch(fields, pointer),
            Verb::Date(pointer) => {
                let mut all = join(inner)?;
                if let Meaning::Date(_, to) = &mut all {
                    *to = pointer;
                }
                if fields.is_empty() {
                    Some(all)
                } else {
                    Meaning::join(&Meaning::Date(fields, pointer), &all)
                }
            }
            Verb::Pair => stretch(fields, Pointer::default()).filter(is_pair),
            Verb::Same(anchor) => Some(Meaning::Same(fields, anchor)),
            Verb::Duration => Some(Meaning::Duration(with_length(fields, inner))),
            Verb::Reach(reach) => Some(Meaning::Reach(with_length(fields, inner), reach)),
            Verb::Shift(sign, anchor) => {
                let (fields, inner) = with_weekday(fields, inner);
                shift_of(with_length(fields, inner), sign, anchor, inner)
            }
            Verb::Set => set_of(fields, inner),
            Verb::Join => {
                let all = join(inner)?;
                if fields.is_empty() {
                    Some(all)
                } else {
                    all.join(&stretch(fields, Pointer::default())?)
                }
            }
            Verb::Between | Verb::Ends => {
                let mut start = (*inner.first()?).clone();
                // "9:30 to 11:00 on Thursday": what follows the end is said of it.
                let end = join(inner.get(1..)?)?;
                if let (Meaning::Date(a, _), Meaning::Date(b, _)) = (&mut start, &end) {
                    share_half(a, b);
                }
                Some(Meaning::Range(Some(Box::new(start)), Some(Box::new(end))))
            }
            Verb::By => {
                let now = Some(Box::new(Meaning::Reference(PRESENT)));
                let range = Box::new(Meaning::Range(now, Some(boxed(0)?)));
                Some(Meaning::Edge(range, true))
            }
            Verb::Since => Some(Meaning::Range(Some(boxed(0)?), None)),
            Verb::Until => Some(Meaning::Range(None, Some(boxed(0)?))),
            Verb::About => Some(Meaning::About(boxed(0)?)),
            Verb::Keep => inner.first().map(|it| (*it).clone()),
            Verb::Lasting | Verb::Opening | Verb::Closing => {
                let length = with_length(fields, inner);
                let is_base = |it: &&&Meaning| !matches!(it, Meaning::Duration(_));
                let base = Box::new((*inner.iter().find(is_base)?).clone());
                Some(match self.verb {
                    Verb::Lasting => Meaning::Lasting(base, length),
                    Verb::Opening => Meaning::End(base, length, Reach::Next),
                    _ => Meaning::End(base, length, Reach::Last),
                })
            }
            Verb::Reference(which) => Some(Meaning::Reference(which)),
        }
    }
}

/// Returns the verb of a value, or what is wrong with it.
fn verb(value: &str) -> Result<Verb, String> {
    let (value, anchor) = match value.split_once(" from ") {
        None => (value, None),
        Some((value, "story")) => (value, Some(Anchor::Story)),
        Some((value, "mentioned")) => (value, Some(Anchor::Mentioned)),
        Some((value, "told")) => (value, Some(Anchor::Told)),
        Some((value, "period")) => (value, Some(Anchor::Period)),
        Some((_, other)) => {
            return Err(format!(
                "no anchor `{other}`; known: story, mentioned, told, period"
            ));
        }
    };
    let near = anchor.unwrap_or_default();
    let date = |direction| {
        Verb::Date(Pointer {
            direction,
            anchor: near,
        })
    };
    Ok(match value {
        "date" => date(Direction::Near),
        "last date" => date(Direction::Last),
        "next date" => date(Direction::Next),
        "this date" => date(Direction::This),
        "nearest date" => date(Direction::Nearest),
        "pair" => Verb::Pair,
        "same" => Verb::Same(anchor.unwrap_or(Anchor::Mentioned)),
        "duration" => Verb::Duration,
        "last duration" => Verb::Reach(Reach::Last),
        "next duration" => Verb::Reach(Reach::Next),
        "within" => Verb::Reach(Reach::Within),
        "elapsed" => Verb::Reach(Reach::Elapsed),
        "ago" => Verb::Shift(-1, near),
        "later" => Verb::Shift(1, near),
        "set" => Verb::Set,
        "join" => Verb::Join,
        "between" => Verb::Between,
        "ends" => Verb::Ends,
        "by" => Verb::By,
        "since" => Verb::Since,
        "until" => Verb::Until,
        "about" => Verb::About,
        "keep" => Verb::Keep,
        "lasting" => Verb::Lasting,
        "opening" => Verb::Opening,
        "closing" => Verb::Closing,
        "past" => Verb::Reference("PAST_REF"),
        "present" => Verb::Reference(PRESENT),
        "future" => Verb::Reference("FUTURE_REF"),
        other => {
            return Err(format!(
                "no value `{other}`; known: date, last date, next date, this date, nearest date, pair, same, duration, last duration, next duration, within, elapsed, ago, later, set, join, between, ends, since, until, by, about, keep, lasting, opening, closing, past, present, future"
            ));
        }
    })
}

/// Sets `field` to what `word` means for it.
fn set(fields: &mut Fields, field: Field, word: &Word) -> Option<()> {
    let number = match (word, field) {
        (Word::Number(number), _) => *number,
        (Word::Code(code), Field::Part | Field::ToPart) => {
            i32::try_from(PARTS.iter().position(|it| it == code)?).ok()?
        }
        (Word::Code(code), Field::Season) => {
            21 + i32::try_from(["SP", "SU", "FA", "WI"].iter().position(|it| it == code)?).ok()?
        }
        (Word::Code(code), Field::Feast | Field::ToFeast) => feast::code(code)?,
        (Word::Code(code), Field::Zone) => zone::code(code)?,
        (Word::Code(code), Field::Unit) => {
            i32::try_from(UNITS.iter().position(|it| it.0 == code)?).ok()?
        }
        (Word::Code(code), _) if code == "X" => SOME,
        _ => return None,
    };
    fields.set(field, number);
    Some(())
}

/// Replaces `count` and `unit` by the field of that unit.
fn spread_count(fields: &mut Fields) -> Option<()> {
    if let Some(unit) = fields.take(Field::Unit) {
        let count = fields.take(Field::Count).unwrap_or(1);
        fields.set(UNITS.get(usize::try_from(unit).ok()?)?.1, count);
    }
    Some(())
}

/// Returns the date of `fields`, or from one to the other if some are of the end.
fn stretch(mut fields: Fields, pointer: Pointer) -> Option<Meaning> {
    let ends = [
        (Field::ToDecade, Field::Decade),
        (Field::ToYear, Field::Year),
        (Field::ToQuarter, Field::Quarter),
        (Field::ToMonth, Field::Month),
        (Field::ToFeast, Field::Feast),
        (Field::ToDay, Field::Day),
        (Field::ToPart, Field::Part),
        (Field::ToHour, Field::Hour),
        (Field::ToMinute, Field::Minute),
    ];
    let mut end = Fields::default();
    for (from, to) in ends {
        if let Some(value) = fields.take(from) {
            end.set(to, value);
        }
    }
    if fields.is_empty() {
        return None;
    }
    share_half(&mut fields, &end);
    let start = Meaning::Date(fields, pointer);
    if end.is_empty() {
        return Some(start);
    }
    let end = Meaning::Date(end, Pointer::default());
    Some(Meaning::Range(Some(Box::new(start)), Some(Box::new(end))))
}

/// Tells whether a stretch ends right after its beginning.
fn is_pair(stretch: &Meaning) -> bool {
    let Meaning::Range(Some(start), Some(end)) = stretch else {
        return false;
    };
    let (Meaning::Date(start, _), Meaning::Date(end, _)) = (&**start, &**end) else {
        return false;
    };
    let kind = end.coarsest();
    let next = kind.and_then(|it| Some((start.get(it)?, end.get(it)?)));
    next.is_some_and(|(a, b)| b.rem_euclid(100) == a.rem_euclid(100) + 1)
}

/// Gives a beginning told by its hour alone the half of the day of the end: "3 to 4 p.m.", but "11 to 3 a.m." begins in the evening.
fn share_half(start: &mut Fields, end: &Fields) {
    let minutes = |it: &Fields| {
        let hour = it.get(Field::Hour).filter(|it| (1..=12).contains(it))?;
        Some(hour % 12 * 60 + it.get(Field::Minute).unwrap_or(0))
    };
    let (Some(part), Some(from), Some(to)) = (end.get(Field::Part), minutes(start), minutes(end))
    else {
        return;
    };
    let (morning, afternoon) = (0, 2);
    if !start.has(Field::Part) {
        let half = match (from < to, part) {
            (true, part) => part,
            (false, part) if part == morning => afternoon,
            (false, _) => morning,
        };
        start.set(Field::Part, half);
    }
}

fn join(inner: &[&Meaning]) -> Option<Meaning> {
    let (first, rest) = inner.split_first()?;
    rest.iter()
        .try_fold((*first).clone(), |all, it| all.join(it))
}

/// Returns `fields`, or where empty the length among `inner`.
fn with_length(fields: Fields, inner: &[&Meaning]) -> Fields {
    let length = inner.iter().find_map(|it| match it {
        Meaning::Duration(length) | Meaning::Reach(length, _) => Some(length),
        Meaning::Shift(shift) => Some(&shift.length),
        _ => None,
    });
    match length {
        Some(length) if fields.is_empty() => length.clone(),
        Some(length) => fields.join(length).unwrap_or(fields),
        None => fields,
    }
}

/// Returns `fields` with the weekday that begins `inner`, and the rest of those: the Monday after Easter.
fn with_weekday<'a, 'b>(
    mut fields: Fields,
    inner: &'a [&'b Meaning],
) -> (Fields, &'a [&'b Meaning]) {
    match inner {
        [Meaning::Date(day, _), rest @ ..]
            if !rest.is_empty() && day.is_only(&[Field::Weekday]) =>
        {
            if let Some(weekday) = day.get(Field::Weekday) {
                fields.set(Field::Weekday, weekday);
            }
            (fields, rest)
        }
        _ => (fields, inner),
    }
}

/// Returns a length away from the date among `inner`, or from `anchor`.
fn shift_of(length: Fields, sign: i32, anchor: Anchor, inner: &[&Meaning]) -> Option<Meaning> {
    let is_base = |it: &&&Meaning| !matches!(it, Meaning::Duration(_) | Meaning::Reference(_));
    let base = inner.iter().find(is_base);
    (!length.is_empty()).then(|| {
        Meaning::Shift(Shift {
            length,
            sign,
            anchor,
            base: base.map(|it| Box::new((*it).clone())),
        })
    })
}

fn set_of(fields: Fields, inner: &[&Meaning]) -> Option<Meaning> {
    let (mut when, mut often) = (Fields::default(), fields);
    if often.has_date() || often.has_time() {
        std::mem::swap(&mut when, &mut often);
    }
    for it in inner {
        match it {
            Meaning::Duration(length) => often = often.join(length)?,
            Meaning::Date(fields, _) => when = when.join_clock(fields)?,
            Meaning::Set(fields, length) => {
                when = when.join_clock(fields)?;
                often = often.join(length)?;
            }
            _ => return None,
        }
    }
    Some(Meaning::Set(when, often))
}

/// Returns the end of `text`, at most `limit` bytes.
fn last_bytes(text: &str, limit: usize) -> &str {
    let mut start = text.len().saturating_sub(limit);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}
