//! Bytes → text: UTF-8, UTF-16 with its mark, or CP949, the encoding of older Korean archives.
//!
//! Nothing is replaced: bytes that are no text of these are refused. What is spelt in pieces, as a Mac may write Hangul, is put together (NFC);
//! offsets count in the text as it is then kept.

use crate::{Error, Result};
use encoding_rs::{EUC_KR, Encoding};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Returns `bytes`, the content of the file shown as `name`, as text without its byte order mark.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<String> {
    let text = text(name, bytes)?;
    Ok(if is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    })
}

fn text(name: &str, bytes: &[u8]) -> Result<String> {
    if bytes.is_empty() {
        return Err(
            Error::input(format!("{name}: empty")).hint("an article needs at least one sentence")
        );
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
        return text
            .map(std::borrow::Cow::into_owned)
            .ok_or_else(|| not_text(name, mark));
    }
    if let Some(at) = bytes.iter().position(|it| *it == 0) {
        return Err(
            Error::input(format!("{name}: binary, a zero byte at byte {at}"))
                .hint("articles are text: .txt, .md or .jsonl"),
        );
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => EUC_KR
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(std::borrow::Cow::into_owned)
            .ok_or_else(|| not_text(name, error.valid_up_to())),
    }
}

fn not_text(name: &str, at: usize) -> Error {
    Error::input(format!("{name}: neither UTF-8 nor CP949 from byte {at} on"))
        .hint("convert it first: iconv -f ENCODING -t UTF-8")
}
