//! What several articles tell together: which of their events are one, and which event of another article a claim speaks of.
//!
//! A case is a few articles; `check` reads them in both orders.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

/// An article: its language, its day of publication, its text.
type Told<'a> = (&'a str, &'a str, &'a str);

fn timeline(articles: &[(usize, Told)]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backstory"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("articles.jsonl");
    let mut file = std::fs::File::create(&path).unwrap();
    for (idx, (lang, published, text)) in articles {
        let row =
            json!({ "id": format!("a{idx}"), "lang": lang, "published": published, "text": text });
        writeln!(file, "{row}").unwrap();
    }
    let arguments = ["timeline", "--json", "--include", "hedged", "--in"];
    let out = command
        .args(arguments)
        .arg(&path)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    serde_json::from_slice(&out.stdout).unwrap()
}

/// Returns the trigger words of each event that more than one article tells.
fn shared(timeline: &Value) -> BTreeSet<Vec<String>> {
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    let events = timeline["events"].as_array().unwrap();
    let mentions = events.iter().map(|it| it["mentions"].as_array().unwrap());
    let of_several = mentions.filter(|all| {
        let articles: BTreeSet<String> = all.iter().map(|it| text(it, "article")).collect();
        1 < articles.len()
    });
    let mut words = BTreeSet::new();
    for all in of_several {
        let mut triggers: Vec<String> = all.iter().map(|it| text(it, "text")).collect();
        triggers.sort();
        words.insert(triggers);
    }
    words
}

fn check(articles: &[Told], one: &[&[&str]]) {
    let mut articles: Vec<(usize, Told)> = articles.iter().copied().enumerate().collect();
    let there = timeline(&articles);
    articles.reverse();
    assert_eq!(there, timeline(&articles), "the order of articles matters");
    let wanted: BTreeSet<Vec<String>> = one
        .iter()
        .map(|it| it.iter().map(|&it| it.to_owned()).collect())
        .collect();
    assert_eq!(shared(&there), wanted, "{articles:?}");
}

#[test]
fn one_event_in_other_words_is_one() {
    check(
        &[
            (
                "ko",
                "2025-03-04",
                "경찰은 3일 부산의 한 창고를 압수수색해 밀수업자 12명을 체포했다.",
            ),
            (
                "ko",
                "2025-03-05",
                "부산 창고에서 밀수업자 12명이 3일 체포됐다.",
            ),
        ],
        &[&["체포됐다", "체포했다"]],
    );
}

#[test]
fn one_event_in_two_languages_is_one() {
    check(
        &[
            (
                "ko",
                "2025-03-20",
                "미국 연방준비제도는 19일 기준금리를 동결했다.",
            ),
            (
                "en",
                "2025-03-20",
                "The Federal Reserve raised no rates. President Donald Trump met Jensen Huang on 18 March 2025.",
            ),
            (
                "ko",
                "2025-03-20",
                "도널드 트럼프 대통령은 18일 젠슨 황을 만났다.",
            ),
        ],
        &[&["met", "만났다"]],
    );
}

#[test]
fn what_recurs_is_not_one() {
    check(
        &[
            ("ko", "2025-03-04", "노조는 3일 서울 공장에서 파업했다."),
            ("ko", "2025-04-04", "노조는 4월 3일 서울 공장에서 파업했다."),
        ],
        &[],
    );
}

#[test]
fn a_ban_and_its_end_are_not_one() {
    check(
        &[
            ("ko", "2025-03-04", "정부는 닭고기 수입을 금지했다."),
            ("ko", "2025-03-05", "정부는 닭고기 수입을 허용했다."),
        ],
        &[],
    );
}

#[test]
fn other_sums_are_other_events() {
    check(
        &[
            (
                "ko",
                "2025-03-04",
                "삼성전자는 미국 공장에 50억달러를 투자했다.",
            ),
            (
                "ko",
                "2025-03-05",
                "삼성전자는 미국 공장에 70억달러를 투자했다.",
            ),
        ],
        &[],
    );
}

#[test]
fn what_is_said_on_an_event_answers_that_of_another_article() {
    let told = timeline(&[
        (
            0,
            (
                "ko",
                "2025-03-04",
                "경찰은 3일 부산의 한 창고를 압수수색해 밀수업자 12명을 체포했다.",
            ),
        ),
        (
            1,
            (
                "ko",
                "2025-03-06",
                "외교부 장관은 5일 부산 창고 밀수업자 체포에 대해 유감을 표명했다.",
            ),
        ),
    ]);
    let links = told["links"].as_array().unwrap();
    let answers = links.iter().any(|it| it["relation"] == "responds_to");
    assert!(answers, "{links:?}");
}
