//! Sentence → words with part of speech and dictionary form, for languages that put spaces between words.
//!
//! Cuts at spaces and punctuation, looks words up in the pack's lexicon, guesses those it does not know by their ending,
//! and lets the rules of `tagging.toml` choose among the tags. It does not find sentences or phrases.

use super::{
    lexicon::{Lexicon, TagNames},
    tagging::{Cell, CliticRow, Rule, ShapeRow, TaggingFile},
};
use crate::{Result, lang::Pack, model::Span, text::Token};

/// Cuts sentences into tagged words.
#[derive(Clone, Debug)]
pub struct WordSegmenter {
    lexicon: Lexicon,
    names: TagNames,
    rules: Vec<Rule>,
    clitics: Vec<Clitic>,
    shapes: Vec<Shape>,
    abbreviations: Vec<String>,
    prefixes: Vec<String>,
    closed: u64,
    verbs: u64,
    nouns: u64,
    name: u8,
    number: u8,
    punctuation: u8,
    unknown: Tags,
    hyphenated: Tags,
}

/// Possible tags, the likeliest apart.
#[derive(Clone, Copy, Debug, Default)]
struct Tags {
    first: u8,
    mask: u64,
}

#[derive(Clone, Debug)]
struct Clitic {
    form: String,
    tags: Tags,
    lemma: String,
}

#[derive(Clone, Debug)]
struct Shape {
    suffix: String,
    tags: Tags,
    lemma: Option<String>,
}

/// What else than a name a capital may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// Nothing.
    None,
    /// The first word of a sentence.
    First,
    /// A word of a headline.
    Titled,
    /// A word of a line that is all capitals.
    Shouted,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Lower,
    Capital,
    AllCapitals,
}

impl WordSegmenter {
    /// Returns the segmenter of `pack`, with the word list `lexicon` (tab-separated).
    ///
    /// # Errors
    ///
    /// If `tagging.toml` or the lexicon is wrong; the message names the rule or the file.
    pub fn new(pack: &Pack, lexicon: &[u8]) -> Result<Self> {
        let path = pack.shown("tagging.toml");
        let file: TaggingFile = pack.rows("tagging.toml")?;
        let names = TagNames::new(&file.tags);
        let tags = |list: &[String]| Tags::new(list, &names);
        let one = |name: &String| names.id(name).unwrap_or(0);
        let rules = file.rule.iter().map(|it| Rule::new(&path, it, &names));
        Ok(Self {
            lexicon: Lexicon::new(&pack.shown("lexicon.tsv"), lexicon)?,
            rules: rules.collect::<Result<_>>()?,
            clitics: file
                .clitic
                .iter()
                .map(|it| Clitic::new(it, &names))
                .collect(),
            shapes: file.shape.iter().map(|it| Shape::new(it, &names)).collect(),
            abbreviations: pack.manifest.abbreviations.clone(),
            closed: tags(&file.closed).mask,
            verbs: tags(&file.verbs).mask,
            nouns: names.mask(&file.nouns),
            name: one(&file.name),
            number: one(&file.number),
            punctuation: one(&file.punctuation),
            unknown: tags(&file.unknown),
            hyphenated: tags(&file.hyphenated),
            prefixes: file.prefixes,
            names,
        })
    }

    /// Returns the tokens of `text`, one sentence that begins at byte `offset` of its field.
    ///
    /// Tokens are in order and do not overlap; every character that is no space belongs to one.
    pub fn tokens(&self, text: &str, offset: usize) -> Vec<Token> {
        let mut pieces = Vec::with_capacity(text.len() / 5 + 2);
        let mut at = 0;
        while let Some(start) = text[at..].find(|it: char| !it.is_whitespace()) {
            let start = at + start;
            let end = self.word_end(text, start);
            self.split(text, start, end, &mut pieces);
            at = end;
        }
        let room = self.room(text, &pieces);
        let mut cells = Vec::with_capacity(pieces.len());
        let mut initial = true;
        for &(start, end) in &pieces {
            let spaced = start == 0 || text[..start].ends_with(char::is_whitespace);
            let here = if initial && room == Room::None {
                Room::First
            } else {
                room
            };
            cells.push(self.cell(&text[start..end], (start, spaced), here));
            let opens = text[start..end].starts_with(['“', '"', '‘', ':', '(', '—', '–', '•', '*']);
            initial = opens || initial && !text[start..end].starts_with(char::is_alphanumeric);
        }
        for rule in &self.rules {
            rule.apply(&mut cells);
        }
        cells
            .into_iter()
            .filter_map(|it| self.token(it, offset))
            .collect()
    }

    fn token(&self, cell: Cell<'_>, offset: usize) -> Option<Token> {
        let lemma = if self.verbs >> cell.tag & 1 == 1 {
            cell.verb
        } else {
            cell.noun
        };
        let lemma = match cell.shaped {
            Some(shaped) if cell.tag != self.name => shaped,
            _ if lemma == cell.form => String::new(),
            _ => lemma.to_owned(),
        };
        Some(Token {
            span: Span::new(cell.start, cell.end)?.shift(offset),
            form: cell.form,
            lemma,
            tag: self.names.tag(cell.tag),
            spaced: cell.spaced,
        })
    }

    /// Returns the end of the word or mark that begins at `start`.
    fn word_end(&self, text: &str, start: usize) -> usize {
        let mut chars = text[start..].char_indices().peekable();
        let Some((_, first)) = chars.next() else {
            return text.len();
        };
        let money = is_currency(first);
        let mut last = first;
        if !first.is_alphanumeric() && !money {
            let same = |it: &(usize, char)| it.1 == first && matches!(first, '.' | '-');
            while chars.next_if(same).is_some() {}
            return start + chars.peek().map_or(text.len() - start, |it| it.0);
        }
        let mut end = start + first.len_utf8();
        while let Some((at, here)) = chars.next() {
            let next = chars.peek().map(|it| it.1);
            let inner = next.is_some_and(char::is_alphanumeric);
            let joins = match here {
                _ if here.is_alphanumeric() => true,
                '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' => inner && last.is_alphanumeric(),
                '&' | '_' | '@' => inner,
                '.' | ',' | ':' => {
                    inner && is_number_mark(here, last, next)
                        || self.is_dotted(&text[start..start + at], here, next)
                }
                '%' => last.is_ascii_digit(),
                _ => is_currency(here) && next.is_some_and(|it| it.is_ascii_digit()),
            };
            if !joins {
                break;
            }
            last = here;
            end = start + at + here.len_utf8();
        }
        end
    }

    /// Tells whether a full stop belongs to the word before it.
    fn is_dotted(&self, word: &str, here: char, next: Option<char>) -> bool {
        if here != '.' {
            return false;
        }
        let last = word.rsplit(['.', '-']).next().unwrap_or("");
        let single = last.chars().count() == 1 && last.chars().all(char::is_alphabetic);
        let inner = next.is_some_and(char::is_alphabetic);
        if single && (inner || word.contains('.')) {
            return true;
        }
        // An initial or an abbreviation; at the end of a sentence the stop is its end.
        next.is_some()
            && (single && last.chars().all(char::is_uppercase)
                || self.abbreviations.iter().any(|it| it == word))
    }

    /// Cuts `start..end` before its clitics.
    fn split(&self, text: &str, start: usize, end: usize, pieces: &mut Vec<(usize, usize)>) {
        let word = &text[start..end];
        let mut cut = None;
        if word.contains(['\'', '’']) {
            let plain = word.replace('’', "'").to_lowercase();
            // Only ASCII marks are replaced, and what follows the mark is ASCII: count from the end in characters.
            let hit = self
                .clitics
                .iter()
                .find(|it| plain.len() > it.form.len() && plain.ends_with(&it.form));
            cut = hit
                .and_then(|it| word.char_indices().rev().nth(it.form.chars().count() - 1))
                .map(|it| start + it.0);
        }
        match cut {
            Some(cut) if cut > start => {
                self.split(text, start, cut, pieces);
                pieces.push((cut, end));
            }
            _ => pieces.push((start, end)),
        }
    }

    /// Looks a piece up.
    fn cell(&self, word: &str, (start, spaced): (usize, bool), room: Room) -> Cell<'_> {
        let mut form = word.to_lowercase();
        if form.contains('’') {
            form = form.replace('’', "'");
        }
        let mut cell = Cell {
            start,
            end: start + word.len(),
            spaced,
            tag: self.punctuation,
            mask: 1 << self.punctuation,
            verb: "",
            noun: "",
            shaped: None,
            form,
        };
        if word.contains(['\'', '’'])
            || !word.starts_with(|it: char| it.is_alphanumeric() || is_currency(it))
        {
            if let Some(clitic) = self.clitics.iter().find(|it| it.form == cell.form) {
                (cell.tag, cell.mask) = (clitic.tags.first, clitic.tags.mask);
                let verbal = self.verbs & cell.mask != 0;
                let lemma = clitic.lemma.as_str();
                (cell.verb, cell.noun) = if verbal { (lemma, "") } else { ("", lemma) };
            }
            return cell;
        }
        if word.starts_with(|it: char| it.is_ascii_digit() || is_currency(it))
            && !word.contains('-')
        {
            (cell.tag, cell.mask) = (self.number, 1 << self.number);
            return cell;
        }
        self.look_up(word, room, &mut cell);
        cell
    }

    fn look_up<'a>(&'a self, word: &str, room: Room, cell: &mut Cell<'a>) {
        let case = match Case::of(word) {
            Case::AllCapitals if room == Room::Shouted => Case::Capital,
            it => it,
        };
        let name = 1 << self.name;
        let Some(entry) = self.lexicon.get(&cell.form, &self.names) else {
            self.guess(cell);
            if case != Case::Lower {
                cell.mask = if room == Room::None {
                    name
                } else {
                    cell.mask | name
                };
                if room != Room::Titled || case == Case::AllCapitals {
                    cell.tag = self.name;
                }
            }
            return;
        };
        let closed = self.closed >> entry.first & 1 == 1;
        if case == Case::AllCapitals || case == Case::Capital && room == Room::None && !closed {
            (cell.tag, cell.mask) = (self.name, name);
            return;
        }
        (cell.tag, cell.mask) = (entry.first, entry.mask);
        (cell.verb, cell.noun) = (entry.verb, entry.noun);
        if case == Case::Lower && entry.first == self.name && entry.mask & !name != 0 {
            cell.mask &= !name;
            cell.tag = u8::try_from(cell.mask.trailing_zeros()).unwrap_or(0);
        }
        if case == Case::Capital && !closed {
            cell.mask |= name;
        }
    }

    /// Guesses the tags of a word that the list does not have.
    fn guess<'a>(&'a self, cell: &mut Cell<'a>) {
        (cell.tag, cell.mask) = (self.unknown.first, self.unknown.mask);
        if let Some((head, last)) = cell.form.rsplit_once('-') {
            (cell.tag, cell.mask) = (self.hyphenated.first, self.hyphenated.mask);
            if last.bytes().all(|it| it.is_ascii_digit())
                && head.starts_with(|it: char| it.is_ascii_digit())
            {
                (cell.tag, cell.mask) = (self.number, 1 << self.number);
            }
            let Some(entry) = self.lexicon.get(last, &self.names) else {
                return;
            };
            let (head, last) = (format!("{head}-"), last.to_owned());
            if self.prefixes.iter().any(|it| *it == head[..head.len() - 1]) {
                (cell.tag, cell.mask) = (entry.first, entry.mask);
                let base = [entry.verb, entry.noun]
                    .into_iter()
                    .find(|it| !it.is_empty());
                cell.shaped = Some(head + base.unwrap_or(&last));
            } else if entry.mask & self.nouns != 0
                && (self.nouns >> entry.first & 1 == 1 || entry.mask & cell.mask == 0)
            {
                let common = entry.mask & self.nouns & !(1 << self.name);
                cell.tag = u8::try_from(common.trailing_zeros().min(63)).unwrap_or(0);
                cell.mask |= common;
                cell.shaped = (!entry.noun.is_empty()).then(|| head + entry.noun);
            }
            return;
        }
        let long =
            |it: &&Shape| cell.form.len() > it.suffix.len() + 2 && cell.form.ends_with(&it.suffix);
        if let Some(shape) = self.shapes.iter().find(long) {
            (cell.tag, cell.mask) = (shape.tags.first, shape.tags.mask);
            let stem = &cell.form[..cell.form.len() - shape.suffix.len()];
            cell.shaped = shape.lemma.as_ref().map(|it| format!("{stem}{it}"));
        }
    }

    /// Tells how much the capitals of a sentence mean.
    fn room(&self, text: &str, pieces: &[(usize, usize)]) -> Room {
        let words = || {
            pieces
                .iter()
                .map(|it| &text[it.0..it.1])
                .filter(|it| it.starts_with(char::is_alphabetic))
        };
        let (mut count, mut shouted) = (0, 0);
        if pieces
            .last()
            .is_some_and(|it| matches!(&text[it.0..it.1], "." | "?" | "”" | "\""))
        {
            return Room::None;
        }
        for word in words() {
            match Case::of(word) {
                Case::Lower => {
                    // Titles leave only small words in lower case.
                    let small = self
                        .lexicon
                        .get(word, &self.names)
                        .is_some_and(|it| self.closed >> it.first & 1 == 1);
                    if !small {
                        return Room::None;
                    }
                }
                case => {
                    count += 1;
                    shouted += usize::from(case == Case::AllCapitals && word.len() > 3);
                }
            }
        }
        match count {
            0..3 => Room::None,
            _ if shouted * 2 > count => Room::Shouted,
            _ => Room::Titled,
        }
    }
}

impl Tags {
    fn new(list: &[String], names: &TagNames) -> Self {
        let first = list.first().and_then(|it| names.id(it)).unwrap_or(0);
        let mask = list.iter().fold(0, |mask, it| mask | names.mask(it));
        Self { first, mask }
    }
}

impl Clitic {
    fn new(row: &CliticRow, names: &TagNames) -> Self {
        Self {
            form: row.form.clone(),
            tags: Tags::new(&row.tags, names),
            lemma: row.lemma.clone(),
        }
    }
}

impl Shape {
    fn new(row: &ShapeRow, names: &TagNames) -> Self {
        Self {
            suffix: row.suffix.clone(),
            tags: Tags::new(&row.tags, names),
            lemma: row.lemma.clone(),
        }
    }
}

impl Case {
    fn of(word: &str) -> Self {
        if !word.starts_with(char::is_uppercase) {
            return Self::Lower;
        }
        let mut letters = word
            .chars()
            .filter(|it| it.is_alphabetic())
            .skip(1)
            .peekable();
        if letters.peek().is_some() && letters.all(char::is_uppercase) {
            Self::AllCapitals
        } else {
            Self::Capital
        }
    }
}

fn is_currency(it: char) -> bool {
    matches!(it, '$' | '€' | '£' | '¥' | '₩')
}

/// Tells whether a mark between `last` and `next` belongs to a number.
fn is_number_mark(here: char, last: char, next: Option<char>) -> bool {
    matches!(here, '.' | ',' | ':')
        && last.is_ascii_digit()
        && next.is_some_and(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests;
