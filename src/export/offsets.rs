//! Byte offsets of the model to the code points of JSON.

use crate::model::Span;

/// Bytes between two counted places; a lookup counts fewer than so many.
const STEP: usize = 64;

/// Counts the code points before any byte of a text.
///
/// Building takes one pass over the text, a lookup constant time.
#[derive(Clone, Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    counts: Vec<usize>,
}

impl<'a> Offsets<'a> {
    /// Returns the counter of `text`.
    pub fn new(text: &'a str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            counts.push(count);
            count += count_starts(chunk);
        }
        Self { text, counts }
    }

    /// Returns how many code points begin before `byte`; all of them if it lies behind the end.
    pub fn code_point(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let step = (byte / STEP).min(self.counts.len().saturating_sub(1));
        let before = self.counts.get(step).copied().unwrap_or(0);
        before + count_starts(&self.text.as_bytes()[(step * STEP).min(byte)..byte])
    }

    /// Returns the start and the end (exclusive) of `span` in code points.
    pub fn of(&self, span: Span) -> (usize, usize) {
        (self.code_point(span.start()), self.code_point(span.end()))
    }
}

/// Returns how many bytes begin a code point.
fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|it| (**it & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn agrees_with_counting() {
        let text = "caf\u{e9} \u{d55c}\u{ad6d} \u{1f600} ".repeat(40);
        let offsets = Offsets::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.code_point(byte), count);
        }
        assert_eq!(offsets.code_point(text.len() + 9), text.chars().count());
        assert_eq!(Offsets::new("").code_point(3), 0);
    }
}
