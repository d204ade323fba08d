//! Words, spans and lemmas.

use super::*;
use crate::lang::Packs;

fn segmenter() -> WordSegmenter {
    let packs = Packs::embedded().expect("packs are sound");
    let pack = packs
        .get(&crate::model::Lang::new("en"))
        .expect("there is English");
    WordSegmenter::new(pack, pack.file("lexicon.tsv").as_bytes()).expect("rules are sound")
}

fn forms(text: &str) -> String {
    let tokens = segmenter().tokens(text, 0);
    tokens
        .iter()
        .map(|it| it.span.slice(text))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn cuts_words() {
    for (text, want) in [
        (
            "The U.S. doesn't sell H20s.",
            "The U.S. does n't sell H20s .",
        ),
        (
            "Nvidia's loss: $5.5bn, or 3.5% of sales.",
            "Nvidia 's loss : $5.5bn , or 3.5% of sales .",
        ),
        (
            "It can't re-open, he said…",
            "It ca n't re-open , he said …",
        ),
        (
            "“We’ll see,” Mr. Huang said.",
            "“ We ’ll see , ” Mr. Huang said .",
        ),
        (
            "US$5bn (€4.4bn) at 9:30 a.m. in J.P. Morgan's office",
            "US$5bn ( €4.4bn ) at 9:30 a.m. in J.P. Morgan 's office",
        ),
        (
            "The 90-day pause—and/or 145% tariffs",
            "The 90-day pause — and / or 145% tariffs",
        ),
    ] {
        assert_eq!(forms(text), want);
    }
}

#[test]
fn keeps_spans_and_lemmas() {
    let text = "Xi met Putin; they’ve agreed.";
    let tokens = segmenter().tokens(text, 100);
    let shown: Vec<&str> = tokens.iter().map(Token::lemma).collect();
    assert_eq!(
        shown,
        ["xi", "meet", "putin", ";", "they", "have", "agree", "."]
    );
    assert!(
        tokens
            .iter()
            .all(|it| it.span.start() >= 100 && it.span.end() <= 100 + text.len())
    );
}

#[test]
fn odd_text_is_no_error() {
    let segmenter = segmenter();
    for text in [
        "",
        " ",
        "'",
        "''s",
        "’",
        "n't",
        "--…",
        "$",
        "a'b’c.d.",
        "İ’s",
        "é'll",
        "\u{1F600}'s",
    ] {
        segmenter.tokens(text, 0);
    }
}
