//! Patterns of rules → regular expressions.
//!
//! In a pattern `{name}` is any word of the table of that name, `{number}` a number in digits or words, and `{day}`, `{date}`, `{duration}` … an expression that another rule has read.
//! A blank stands for what the pack calls a space, `\d` is an ASCII digit, `\b` an ASCII word boundary.

use super::marker::Marker;
use crate::lang::timex::{Table, TimexFile, Word};
use regex::Regex;
use rustc_hash::FxHashMap;

/// A table with more words than this is none of the things that a match cannot do without.
const LONG_TABLE: usize = 60;

/// A pattern made into a regular expression.
#[derive(Debug)]
pub(super) struct Expanded {
    /// The regular expression.
    pub(super) regex: String,
    /// The same with anything in place of a long table, and without regard to case: enough to tell what a match cannot do without.
    pub(super) outline: String,
    /// Which tables each named group uses, in order.
    pub(super) groups: Vec<(String, Vec<String>)>,
    /// Whether it names expressions other rules have read.
    pub(super) joins: bool,
}

impl Expanded {
    fn push(&mut self, text: &str) {
        self.regex.push_str(text);
        self.outline.push_str(text);
    }

    /// Adds one of the words of `table`.
    fn push_table(&mut self, table: &Alternatives) {
        for (out, table) in [
            (&mut self.regex, &table.regex),
            (&mut self.outline, &table.outline),
        ] {
            out.push_str("(?:");
            out.push_str(table);
            out.push(')');
        }
    }
}

/// The words of a table as a regular expression.
#[derive(Debug)]
struct Alternatives {
    regex: String,
    /// The same, or anything as long if the table is long.
    outline: String,
}

impl Alternatives {
    fn new(regex: String) -> Self {
        let outline = if regex.matches('|').count() <= LONG_TABLE {
            regex.clone()
        } else {
            let mut parser = regex_syntax::ParserBuilder::new();
            let hir = parser.case_insensitive(true).build().parse(&regex).ok();
            let most = hir.and_then(|it| it.properties().maximum_len());
            most.map_or("(?s:.+)".to_owned(), |it| format!("(?s:.{{1,{it}}})"))
        };
        Self { regex, outline }
    }
}

/// Expands patterns with the tables of one pack, and looks words up in them.
#[derive(Debug)]
pub(super) struct Tables {
    space: String,
    ignore_case: bool,
    patterns: FxHashMap<String, Alternatives>,
    words: FxHashMap<String, FxHashMap<String, Word>>,
    add: Vec<(String, i32)>,
    times: Vec<(String, i32)>,
    /// What may stand between two words of a number: "a hundred and ten".
    between: Option<Regex>,
}

impl Tables {
    pub(super) fn new(file: &TimexFile) -> Result<Self, String> {
        let sorted = |words: &std::collections::BTreeMap<String, i32>| {
            let mut list: Vec<(String, i32)> = words.iter().map(|(a, b)| (key(a), *b)).collect();
            list.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
            list
        };
        let mut tables = Self {
            space: if file.space.is_empty() {
                " ".to_owned()
            } else {
                format!("(?:{})", file.space)
            },
            ignore_case: file.ignore_case,
            patterns: FxHashMap::default(),
            words: FxHashMap::default(),
            add: sorted(&file.number.add),
            times: sorted(&file.number.times),
            between: between(&file.number.between)?,
        };
        let number = tables.number_pattern(file);
        let number = Alternatives::new(number);
        tables.patterns.insert("number".to_owned(), number);
        for (name, table) in &file.table {
            if Marker::pattern(name).is_some() {
                return Err(format!(
                    "table `{name}` has the name of a sort of expression; call it otherwise"
                ));
            }
            let pattern = tables.table_pattern(table)?;
            let pattern = Alternatives::new(pattern);
            tables.patterns.insert(name.clone(), pattern);
            let words = table.words.iter().map(|(a, b)| (key(a), b.clone()));
            tables.words.insert(name.clone(), words.collect());
        }
        Ok(tables)
    }

    /// Returns `pattern` as a regular expression, or what is wrong with it.
    pub(super) fn expand(&self, pattern: &str) -> Result<Expanded, String> {
        let mut out = Expanded {
            regex: String::with_capacity(pattern.len() * 4),
            outline: String::with_capacity(pattern.len() * 4),
            groups: Vec::new(),
            joins: false,
        };
        if self.ignore_case {
            out.regex.push_str("(?i)");
        }
        let (mut rest, mut open, mut class) = (pattern, Vec::new(), false);
        while let Some(letter) = rest.chars().next() {
            let mut taken = letter.len_utf8();
            match letter {
                '\\' => {
                    taken += rest[1..].chars().next().map_or(0, char::len_utf8);
                    out.push(match (&rest[..taken], class) {
                        ("\\d", false) => "[0-9]",
                        ("\\d", true) => "0-9",
                        ("\\b", false) => "(?-u:\\b)",
                        (other, _) => other,
                    });
                }
                '[' | ']' => {
                    class = letter == '[';
                    out.push(&rest[..taken]);
                }
                ' ' if !class => out.push(&self.space),
                '(' if !class => {
                    let name = rest
                        .strip_prefix("(?<")
                        .and_then(|it| it.split_once('>'))
                        .map(|it| it.0);
                    if let Some(name) = name.filter(|it| !it.starts_with(['=', '!'])) {
                        out.groups.push((name.to_owned(), Vec::new()));
                        open.push(Some(out.groups.len() - 1));
                    } else {
                        open.push(None);
                    }
                    out.push("(");
                }
                ')' if !class => {
                    open.pop();
                    out.push(")");
                }
                '{' if !class && rest[1..].starts_with(|it: char| it.is_ascii_lowercase()) => {
                    taken = self.reference(rest, &open, &mut out)?;
                }
                _ => out.push(&rest[..taken]),
            }
            rest = &rest[taken..];
        }
        // Needs are told in lower case anyway, but other letters than ASCII have two forms only where case is ignored.
        if self.ignore_case && !out.outline.is_ascii() {
            out.outline.insert_str(0, "(?i)");
        }
        Ok(out)
    }

    /// Writes what the `{name}` at the beginning of `rest` stands for and returns its length.
    fn reference(
        &self,
        rest: &str,
        open: &[Option<usize>],
        out: &mut Expanded,
    ) -> Result<usize, String> {
        let name = rest[1..]
            .split_once('}')
            .map(|it| it.0)
            .ok_or("`{` without `}`")?;
        if let Some(marker) = Marker::pattern(name) {
            out.joins = true;
            out.push(&marker);
        } else {
            let pattern = self
                .patterns
                .get(name)
                .ok_or_else(|| format!("no table `{name}`"))?;
            out.push_table(pattern);
            for idx in open.iter().flatten() {
                out.groups[*idx].1.push(name.to_owned());
            }
        }
        Ok(name.len() + 2)
    }

    /// Returns what `text` means in one of `tables`, or the number it spells.
    pub(super) fn value(&self, tables: &[String], text: &str) -> Option<Word> {
        let wanted = key(text);
        let found = tables
            .iter()
            .find_map(|it| self.words.get(it)?.get(&wanted));
        found
            .cloned()
            .or_else(|| self.number(&wanted).map(Word::Number))
    }

    /// Returns the number that `text`, digits or words, spells.
    fn number(&self, text: &str) -> Option<i32> {
        let digits: String = text.chars().filter(|it| *it != ',').collect();
        if let Ok(number) = digits.parse() {
            return Some(number);
        }
        let (mut total, mut current, mut rest) = (0_i32, 0_i32, text);
        let first = |list: &[(String, i32)], rest: &str| {
            list.iter()
                .find(|(word, _)| rest.starts_with(word.as_str()))
                .map(|(word, it)| (word.len(), *it))
        };
        while !rest.is_empty() {
            // Digits with a word that multiplies them: five myriads.
            let digits = rest.find(|it: char| !it.is_ascii_digit());
            if let Some(end) = digits.filter(|it| 0 < *it) {
                current = current.checked_add(rest[..end].parse().ok()?)?;
                rest = &rest[end..];
                continue;
            }
            let (length, by_add) = (first(&self.add, rest), first(&self.times, rest));
            match (length, by_add) {
                (add, Some((len, times))) if add.is_none_or(|it| it.0 <= len) => {
                    total = total.checked_add(current.max(1).checked_mul(times)?)?;
                    current = 0;
                    rest = &rest[len..];
                }
                (Some((len, add)), _) => {
                    // "nineteen ninety" is a year told in halves.
                    let halves = 10 <= current && 10 <= add;
                    current = if halves {
                        current.checked_mul(100)?.checked_add(add)?
                    } else {
                        current.checked_add(add)?
                    };
                    rest = &rest[len..];
                }
                _ => rest = self.after_between(rest)?,
            }
        }
        total.checked_add(current)
    }

    /// Returns `rest` without what joins two words of a number; `None` if nothing does.
    fn after_between<'a>(&self, rest: &'a str) -> Option<&'a str> {
        let joint = self.between.as_ref().and_then(|it| it.find(rest));
        match joint.filter(|it| !it.is_empty()) {
            Some(joint) => Some(&rest[joint.end()..]),
            None => rest.strip_prefix(['-', '\u{2011}']),
        }
    }

    fn number_pattern(&self, file: &TimexFile) -> String {
        let words = file.number.add.keys().chain(file.number.times.keys());
        let words = self.alternation(words.map(String::as_str));
        match (words.is_empty(), file.number.between.is_empty()) {
            (true, _) => "[0-9]+".to_owned(),
            (false, true) => format!("[0-9]+|(?:{words})+"),
            (false, false) => format!("[0-9]+|(?:{words})(?:{}(?:{words}))*", file.number.between),
        }
    }

    fn table_pattern(&self, table: &Table) -> Result<String, String> {
        match &table.pattern {
            Some(pattern) => Ok(self.expand(pattern)?.regex.replacen("(?i)", "", 1)),
            None => Ok(self.alternation(table.words.keys().map(String::as_str))),
        }
    }

    /// Returns the words as one alternation, the longest first, so that none hides a longer one.
    fn alternation<'a>(&self, words: impl Iterator<Item = &'a str>) -> String {
        let mut words: Vec<&str> = words.collect();
        words.sort_by_key(|it| (std::cmp::Reverse(it.len()), *it));
        let escaped = words.into_iter().map(|word| {
            if self.ignore_case && word.contains(|it: char| it.is_ascii_uppercase()) {
                let upper = word.to_uppercase();
                format!("(?-i:{}|{})", self.word(word), self.word(&upper))
            } else {
                self.word(word)
            }
        });
        escaped.collect::<Vec<_>>().join("|")
    }

    /// Returns the regular expression of `word`.
    fn word(&self, word: &str) -> String {
        // An apostrophe is written in two ways.
        regex::escape(word)
            .replace(' ', &self.space)
            .replace('\'', "['\u{2019}]")
    }
}

/// Returns the regular expression of what stands between words of a number, at the beginning of a text.
fn between(pattern: &str) -> Result<Option<Regex>, String> {
    if pattern.is_empty() {
        return Ok(None);
    }
    let regex = Regex::new(&format!("^(?:{pattern})"));
    regex.map(Some).map_err(|it| it.to_string())
}

/// Returns the form in which words are compared: without blanks, in lower case, with plain apostrophes.
fn key(text: &str) -> String {
    text.chars()
        .filter(|it| !it.is_whitespace())
        .map(|it| if it == '\u{2019}' { '\'' } else { it })
        .flat_map(char::to_lowercase)
        .collect()
}
