//! Figures with their units in a phrase: "5.5 billion dollars" is 5.5e9 USD, as `amounts.toml` has it.
//!
//! Figures in words ("two billion") and figures without a unit are not read.

use crate::Result;
use crate::lang::Pack;
use crate::model::Amount;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How figures are written in one language.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Amounts {
    #[serde(default)]
    multiples: BTreeMap<String, i128>,
    #[serde(default)]
    units: BTreeMap<String, String>,
    #[serde(default)]
    prefixes: BTreeMap<String, String>,
    #[serde(default)]
    fillers: Vec<String>,
}

/// A figure read, and how long its phrase is.
struct Figure<'a> {
    hundredths: i128,
    rest: &'a str,
}

impl Amounts {
    pub fn new(pack: &Pack) -> Result<Self> {
        pack.rows("amounts.toml")
    }

    /// Returns the first figure of `text` that has a unit, and whether the text is nothing else.
    pub fn read(&self, text: &str) -> Option<(Amount, bool)> {
        let begin = text.find(|it: char| it.is_ascii_digit())?;
        let before = text[..begin].trim_end();
        let figure = self.figure(&text[begin..])?;
        let prefix = longest(&self.prefixes, |it| before.ends_with(it));
        let rest = figure.rest.trim_start();
        let suffix = longest(&self.units, |it| begins_with_word(rest, it));
        let (unit, alone) = match (prefix, suffix) {
            (Some((written, unit)), _) => (unit, before.len() == written.len() && rest.is_empty()),
            (None, Some((written, unit))) => {
                (unit, before.is_empty() && rest.len() == written.len())
            }
            (None, None) => return None,
        };
        let amount = Amount {
            hundredths: figure.hundredths,
            unit: unit.clone(),
        };
        Some((amount, alone))
    }

    /// Reads figures and their multiples, one after another, as long as they go on.
    fn figure<'a>(&self, text: &'a str) -> Option<Figure<'a>> {
        let (mut sum, mut rest) = (0_i128, text);
        while let Some((number, mut after)) = Decimal::read(rest) {
            let mut times = 100;
            while let Some((written, more)) = self.multiple(after.trim_start()) {
                times = more.checked_mul(times)?;
                after = &after.trim_start()[written..];
            }
            sum = sum.checked_add(number.times(times)?)?;
            rest = after;
            let next = after.trim_start();
            if times == 100 || !next.starts_with(|it: char| it.is_ascii_digit()) {
                break;
            }
            rest = next;
        }
        let unfilled = |it: &String| rest.trim_start().strip_prefix(it.as_str());
        let rest = self.fillers.iter().rev().find_map(unfilled).unwrap_or(rest);
        Some(Figure {
            hundredths: sum,
            rest,
        })
    }

    fn multiple(&self, text: &str) -> Option<(usize, i128)> {
        longest(&self.multiples, |it| begins_with_word(text, it))
            .map(|(it, times)| (it.len(), *times))
    }
}

/// Returns the longest key that fits, with its value.
fn longest<T>(map: &BTreeMap<String, T>, fits: impl Fn(&str) -> bool) -> Option<(&str, &T)> {
    let fitting = map.iter().filter(|it| fits(it.0));
    fitting
        .max_by_key(|it| it.0.len())
        .map(|(it, value)| (it.as_str(), value))
}

/// Tells whether `text` begins with `word`, and, in scripts with capitals, not with a longer word.
fn begins_with_word(text: &str, word: &str) -> bool {
    let cased = word.ends_with(|it: char| it.is_lowercase() || it.is_uppercase());
    text.strip_prefix(word)
        .is_some_and(|rest| !cased || !rest.starts_with(char::is_alphanumeric))
}

/// A number as written: its digits, and how many of them stand after the point.
struct Decimal {
    digits: i128,
    decimals: u32,
}

impl Decimal {
    /// Reads digits with commas between thousands and a decimal part; returns what follows them, too.
    fn read(text: &str) -> Option<(Self, &str)> {
        let bytes = text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let (mut at, mut digits, mut decimals, mut point) = (0, 0_i128, 0, false);
        loop {
            match bytes.get(at) {
                Some(it) if it.is_ascii_digit() => {
                    digits = digits.checked_mul(10)?.checked_add(i128::from(it - b'0'))?;
                    decimals += u32::from(point);
                }
                Some(b',') if 0 < at && !point && digit(at + 1) => {}
                Some(b'.') if 0 < at && !point && digit(at + 1) => point = true,
                _ => break,
            }
            at += 1;
        }
        (0 < at).then(|| (Self { digits, decimals }, &text[at..]))
    }

    /// Returns the number times `times`, cut to a whole one.
    fn times(&self, times: i128) -> Option<i128> {
        Some(self.digits.checked_mul(times)? / 10_i128.checked_pow(self.decimals)?)
    }
}

#[cfg(test)]
mod tests {
    use super::Amounts;
    use crate::lang::Packs;
    use crate::model::Lang;

    fn check(lang: &str, text: &str, want: Option<(i128, &str)>) {
        let packs = Packs::embedded().expect("packs");
        let amounts = Amounts::new(packs.get(&Lang::new(lang)).expect("pack")).expect("amounts");
        let found = amounts.read(text).map(|it| it.0);
        let found = found.as_ref().map(|it| (it.hundredths, it.unit.as_str()));
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn sums_have_their_value_and_unit() {
        check("en", "$5.5bn", Some((550_000_000_000, "USD")));
        check("en", "US$5.5 billion", Some((550_000_000_000, "USD")));
        check("en", "about 1,200 people", Some((120_000, "people")));
        check("en", "3.25 percent", Some((325, "%")));
        check("en", "$5.1234 billion", Some((512_340_000_000, "USD")));
        check("en", "5 miles", None);
        check("en", "H20 chips", None);
        check(
            "en",
            "1,000,000,000,000,000,000,000,000,000,000,000,000,000 dollars",
            None,
        );
    }
}
