//! Text of articles on its way out: no control characters, no marks that turn the writing direction, measured in cells.
//!
//! Data formats (JSON) keep the text exactly; everything drawn or printed passes through here.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Returns `text` on one line: white space folded, control characters and direction marks dropped.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|it: char| it.is_whitespace() || it == '\u{85}') {
        let before = line.len();
        if before > 0 {
            line.push(' ');
        }
        let start = line.len();
        line.extend(word.chars().filter(|it| is_plain(*it)));
        if line.len() == start {
            line.truncate(before);
        }
    }
    line
}

/// Tells whether `it` shows as itself: no control, no direction mark, no character that XML forbids.
fn is_plain(it: char) -> bool {
    let turns = matches!(it, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let forbidden = matches!(it, '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}');
    !it.is_control() && !turns && !forbidden
}

/// Returns the width of `text` in terminal cells; Hangul takes two.
pub fn cells(text: &str) -> usize {
    text.width()
}

/// Returns `text` cut to at most `width` cells, with `mark` at its end if something was cut.
pub fn clip(text: &str, width: usize, mark: &str) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(cells(mark));
    let (head, _) = split_at_cells(text, room);
    format!("{}{mark}", head.trim_end())
}

/// Returns `text` cut before the character that would pass `width` cells; at least one character stands in front, if there is one.
pub fn split_at_cells(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, it) in text.char_indices() {
        used += it.width().unwrap_or(0);
        if width < used && 0 < at {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Returns `text` in lines of at most `width` cells, broken at spaces where there are any.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|it| !it.is_empty()) {
        let space = usize::from(!line.is_empty());
        if cells(&line) + space + cells(word) <= width {
            line.push_str(&" "[..space]);
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut rest = word;
        while width < cells(rest) {
            let (head, tail) = split_at_cells(rest, width);
            if tail.is_empty() {
                break;
            }
            lines.push(head.to_owned());
            rest = tail;
        }
        line.push_str(rest);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_direction_marks_go() {
        let hostile = "a\u{1b}[31mred\u{202e} b\n\n\tc\u{0}\u{9b}d\u{7f} \u{1b}";
        assert_eq!(one_line(hostile), "a[31mred b cd");
        assert_eq!(one_line(" \u{200f} \n"), "");
    }

    #[test]
    fn clips_by_cells() {
        assert_eq!(
            clip("\u{d55c}\u{ad6d}\u{c5b4}", 6, "…"),
            "\u{d55c}\u{ad6d}\u{c5b4}"
        );
        assert_eq!(
            clip("\u{d55c}\u{ad6d}\u{c5b4}", 5, "…"),
            "\u{d55c}\u{ad6d}…"
        );
        assert_eq!(split_at_cells("\u{d55c}", 1), ("\u{d55c}", ""));
    }
}
