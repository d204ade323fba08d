//! Front matter: `key: value` lines between two `---` lines at the top of a text.
//!
//! Keys that mean nothing here are passed over, so that files of other tools can be read; it is not YAML.
//! Where the second `---` was forgotten, it ends before the first line that gives no key.

use super::Raw;

/// Splits `text` into what its front matter says and the rest; a text without one is all text.
pub(super) fn split(text: &str) -> Raw {
    parse(text).unwrap_or_else(|| Raw {
        text: text.to_owned(),
        ..Raw::default()
    })
}

/// Returns `None` where the text has no front matter, or one without a key we know.
fn parse(text: &str) -> Option<Raw> {
    let mut rest = text;
    let mut raw = Raw::default();
    let mut known = false;
    if next_line(&mut rest)?.trim_end() != "---" {
        return None;
    }
    let is_closed = rest.lines().any(|it| it.trim_end() == "---");
    loop {
        let before = rest;
        let line = next_line(&mut rest)?;
        if line.trim_end() == "---" {
            break;
        }
        match line.split_once(':') {
            Some((key, value)) if is_closed || is_key(key) => {
                known |= set(&mut raw, key.trim_end(), unquote(value.trim()));
            }
            _ if is_closed => {}
            _ => {
                rest = before;
                break;
            }
        }
    }
    rest.clone_into(&mut raw.text);
    known.then_some(raw)
}

/// Tells whether `text` looks like a key, and not like the beginning of a sentence.
fn is_key(text: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_".contains(it);
    !text.is_empty() && text.trim_end().chars().all(plain)
}

/// Cuts the first line off `rest`.
fn next_line<'a>(rest: &mut &'a str) -> Option<&'a str> {
    if rest.is_empty() {
        return None;
    }
    let (line, after) = rest.split_once('\n').unwrap_or((*rest, ""));
    *rest = after;
    Some(line)
}

/// Keeps `value` if `key` is one of ours.
fn set(raw: &mut Raw, key: &str, value: &str) -> bool {
    let slot = match key {
        "id" => &mut raw.id,
        "title" => &mut raw.title,
        "published" | "dct" => &mut raw.published,
        "source" => &mut raw.source,
        "url" => &mut raw.url,
        "lang" => &mut raw.lang,
        _ => return false,
    };
    *slot = Some(value.to_owned());
    true
}

fn unquote(value: &str) -> &str {
    let inside = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}
