//! Lines of a terminal: wrapped by cells, hanging indents, only left-edge glyphs, colour on top of words.

use super::super::{Options, clean};

/// What a piece of a line is, for colour; never the only carrier of a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Nothing special.
    Plain,
    /// A heading, or the event asked about.
    Strong,
    /// Where to look things up.
    Dim,
    /// Stated.
    Sure,
    /// Hedged, derived.
    Unsure,
    /// Reversed, disagreeing.
    Alarm,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Dim => "2",
            Self::Sure => "32",
            Self::Unsure => "33",
            Self::Alarm => "31",
        }
    }
}

/// A piece of a line.
#[derive(Clone, Debug)]
pub struct Piece {
    ink: Ink,
    text: String,
    whole: bool,
}

impl Piece {
    /// Returns a piece that may be broken between its words.
    pub fn new(ink: Ink, text: impl Into<String>) -> Self {
        Self {
            ink,
            text: text.into(),
            whole: false,
        }
    }

    /// Returns a piece that stays on one line if it fits on one.
    pub fn whole(ink: Ink, text: impl Into<String>) -> Self {
        Self {
            whole: true,
            ..Self::new(ink, text)
        }
    }

    fn words(&self) -> Vec<&str> {
        if self.whole {
            vec![&self.text]
        } else {
            self.text.split(' ').filter(|it| !it.is_empty()).collect()
        }
    }
}

/// Returns how many cells `pieces` take with a space between each two.
pub fn width_of(pieces: &[Piece]) -> usize {
    let text: usize = pieces.iter().map(|it| clean::cells(&it.text)).sum();
    text + pieces.len().saturating_sub(1)
}

/// Text being laid out.
#[derive(Debug)]
pub struct Page {
    /// Cells of a line.
    pub width: usize,
    options: Options,
    out: String,
    cursor: usize,
    pending: usize,
}

impl Page {
    /// Returns an empty page laid out by `options`.
    pub fn new(options: Options) -> Self {
        Self {
            width: options.width.clamp(60, 100),
            options,
            out: String::new(),
            cursor: 0,
            pending: 0,
        }
    }

    /// Returns the text.
    pub fn finish(self) -> String {
        self.out
    }

    /// Returns `text` of the interface, in ASCII if that is asked for.
    pub fn glyphs(&self, text: &str) -> String {
        if !self.options.ascii {
            return text.to_owned();
        }
        let plain = |it: char| match it {
            '→' => "->".to_owned(),
            '└' => "\\-".to_owned(),
            '·' => "*".to_owned(),
            '…' => "...".to_owned(),
            '–' => "-".to_owned(),
            '↑' => "^".to_owned(),
            '↓' => "v".to_owned(),
            other => other.to_string(),
        };
        text.chars().map(plain).collect()
    }

    /// Ends the line, if one was begun.
    pub fn end_line(&mut self) {
        if 0 < self.cursor {
            self.out.push('\n');
        }
        (self.cursor, self.pending) = (0, 0);
    }

    /// Leaves a line empty.
    pub fn blank(&mut self) {
        self.end_line();
        self.out.push('\n');
    }

    /// Moves to the cell `column`, unless the line is there already.
    pub fn pad_to(&mut self, column: usize) {
        self.pending = column.saturating_sub(self.cursor).max(self.pending);
    }

    /// Writes `text` where the line is, breaking nothing.
    pub fn put(&mut self, ink: Ink, text: &str) {
        if text.is_empty() {
            return;
        }
        for _ in 0..self.pending {
            self.out.push(' ');
        }
        let code = ink.code();
        if self.options.colour && !code.is_empty() {
            self.out.push_str("\u{1b}[");
            self.out.push_str(code);
            self.out.push('m');
            self.out.push_str(text);
            self.out.push_str("\u{1b}[0m");
        } else {
            self.out.push_str(text);
        }
        self.cursor += self.pending + clean::cells(text);
        self.pending = 0;
    }

    /// Writes `pieces` from where the line is; further lines begin at `hang`.
    pub fn flow(&mut self, hang: usize, pieces: &[Piece]) {
        let mut first = true;
        for piece in pieces {
            for word in piece.words() {
                let at = self.cursor + self.pending;
                let space = usize::from(!first);
                let fits = at + space + clean::cells(word) <= self.width;
                if !fits && hang < at {
                    self.end_line();
                    self.pad_to(hang);
                } else if !first {
                    self.pending += 1;
                }
                self.put_word(hang, piece.ink, word);
                first = false;
            }
        }
    }

    /// Writes a word, cut where it is wider than a line.
    fn put_word(&mut self, hang: usize, ink: Ink, word: &str) {
        let mut rest = word;
        loop {
            let room = self.width.saturating_sub(self.cursor + self.pending).max(1);
            let (head, tail) = clean::split_at_cells(rest, room);
            self.put(ink, head);
            if tail.is_empty() {
                return;
            }
            self.end_line();
            self.pad_to(hang);
            rest = tail;
        }
    }

    /// Writes `pieces` in a column that begins at `column`, or further left so that they end with the line; on a line of its own where they do not fit.
    pub fn tail(&mut self, column: usize, hang: usize, pieces: &[Piece]) {
        let width = width_of(pieces);
        if width == 0 {
            return;
        }
        if self.cursor + 2 + width <= self.width {
            let column = column.min(self.width - width);
            self.pad_to(column.max(self.cursor + 2));
        } else {
            self.end_line();
            self.pad_to(hang);
        }
        self.flow(hang, pieces);
    }
}
