//! Every format writes the sample story as its golden file says, twice the same, and never takes text of articles for markup.
//!
//! `UPDATE=1 cargo test --test exporters` writes the golden files anew; read the diff.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its own fixture stops"
)]

mod export_story;
mod schema_check;

use backstory::answer::{Answer, Timeline};
use backstory::export::{Content, Detail, EXPORTERS, Options, View, Words, exporter};
use backstory::lang::{EventTypes, Packs};
use backstory::model::Lang;
use export_story::Scene;
use std::{collections::BTreeSet, env, fs, path::Path};

fn words(lang: &str) -> Words {
    let packs = Packs::embedded().unwrap();
    Words::of(packs.get(&Lang::new(lang)).unwrap()).unwrap()
}

fn render(scene: &Scene, lang: &str, format: &str, content: Content) -> String {
    render_with(scene, lang, format, (content, Options::default()))
}

fn render_with(scene: &Scene, lang: &str, format: &str, what: (Content, Options)) -> String {
    let words = words(lang);
    let view = View::new(what.0, &scene.story, &words).with_options(what.1);
    let mut out = Vec::new();
    exporter(format).unwrap().write(&view, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn golden(name: &str, written: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, written).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, wanted, "{name} differs; UPDATE=1 writes it anew");
}

/// Everything the sample story is asked, with the name of its golden file.
fn contents(scene: &Scene) -> (Vec<(&'static str, Answer)>, Timeline) {
    let answers = vec![
        ("why.ko", export_story::why(scene, "ko")),
        ("why.en", export_story::why(scene, "en")),
        ("effects.ko", export_story::effects(scene, "ko")),
        ("path.en", export_story::path(scene, "en")),
        ("no-cause.en", export_story::no_cause(scene, "en")),
    ];
    (answers, export_story::timeline(scene))
}

#[test]
fn every_format_of_the_sample_story() {
    let scene = export_story::h20();
    let (answers, timeline) = contents(&scene);
    let (shown, found) = (export_story::shown(&scene), export_story::found());
    for exporter in EXPORTERS {
        let (format, kinds) = (exporter.name(), exporter.kinds());
        let check = |name: &str, lang: &str, content: Content| {
            if kinds.contains(&content.kind()) {
                let written = render(&scene, lang, format, content);
                assert_eq!(
                    written,
                    render(&scene, lang, format, content),
                    "{name} twice"
                );
                golden(&format!("{name}.{}", exporter.extension()), &written);
            }
        };
        for (name, answer) in &answers {
            check(name, answer.lang.as_str(), Content::Answer(answer));
        }
        check("timeline.ko", "ko", Content::Timeline(&timeline));
        check("timeline.en", "en", Content::Timeline(&timeline));
        check("show.en", "en", Content::Show(&shown));
        check("find.ko", "ko", Content::Found(&found));
    }
}

#[test]
fn names_and_extensions_are_unique() {
    let names: BTreeSet<&str> = EXPORTERS.iter().map(|it| it.name()).collect();
    let extensions: BTreeSet<&str> = EXPORTERS.iter().map(|it| it.extension()).collect();
    assert_eq!(names.len(), EXPORTERS.len());
    assert_eq!(extensions.len(), EXPORTERS.len());
    let unknown = exporter("docx").err().unwrap();
    assert!(unknown.next_step().unwrap().contains("json"));
}

#[test]
fn every_language_has_every_word() {
    let packs = Packs::embedded().unwrap();
    let all: Vec<Words> = packs.iter().map(|it| Words::of(it).unwrap()).collect();
    let keys: BTreeSet<(&str, &str)> = all.iter().flat_map(Words::keys).collect();
    assert!(100 < keys.len());
    for words in &all {
        let own: BTreeSet<(&str, &str)> = words.keys().collect();
        let missing: Vec<_> = keys.difference(&own).collect();
        assert!(
            missing.is_empty(),
            "data/lang/{}/ui.toml lacks {missing:?}",
            words.lang()
        );
    }
}

#[test]
fn text_fits_its_width() {
    use unicode_width::UnicodeWidthStr;
    let scene = export_story::h20();
    let (answers, timeline) = contents(&scene);
    for width in [1, 60, 72, 79, 100, 200] {
        let options = Options {
            width,
            evidence: Detail::All,
            ..Options::default()
        };
        let room = width.clamp(60, 100);
        for (name, answer) in &answers {
            let lang = answer.lang.as_str();
            let contents = [Content::Answer(answer), Content::Timeline(&timeline)];
            for content in contents {
                let text = render_with(&scene, lang, "text", (content, options));
                for line in text.lines() {
                    assert!(line.width() <= room, "{name} at {width}: {line:?}");
                    assert_eq!(line, line.trim_end());
                }
            }
        }
    }
}

#[test]
fn text_options() {
    let scene = export_story::h20();
    let answer = export_story::why(&scene, "en");
    let with = |options| render_with(&scene, "en", "text", (Content::Answer(&answer), options));
    let plain = with(Options::default());
    let ascii = with(Options {
        ascii: true,
        ..Options::default()
    });
    golden("why.ascii.txt", &ascii);
    assert!(
        !ascii.contains(['→', '└', '·', '…', '↑', '↓', '–']),
        "{ascii}"
    );
    let colour = with(Options {
        colour: true,
        ..Options::default()
    });
    assert!(colour.contains("\u{1b}[1m"));
    let codes = regex::Regex::new("\u{1b}\\[[0-9]*m").unwrap();
    assert_eq!(codes.replace_all(&colour, ""), plain);
    let none = with(Options {
        evidence: Detail::None,
        ..Options::default()
    });
    assert!(!none.contains("Evidence"));
    golden(
        "why.all.txt",
        &with(Options {
            evidence: Detail::All,
            ..Options::default()
        }),
    );
}

#[test]
fn extract_lines() {
    let scene = export_story::h20();
    let types = EventTypes::embedded().unwrap();
    let lines = scene.story.readings.values().map(|it| {
        let line = backstory::export::extract_line(it, &[], &types);
        assert!(!line.contains('\n'));
        line + "\n"
    });
    golden("extract.jsonl", &lines.collect::<String>());
}

#[test]
fn documents_follow_their_schemas() {
    use backstory::export::{SCHEMAS, extract_line, schema};
    use serde_json::Value;
    let scene = export_story::h20();
    let (answers, timeline) = contents(&scene);
    let (shown, found) = (export_story::shown(&scene), export_story::found());
    let mut documents: Vec<String> = Vec::new();
    for (_, answer) in &answers {
        documents.push(render(&scene, "ko", "json", Content::Answer(answer)));
    }
    documents.push(render(&scene, "ko", "json", Content::Timeline(&timeline)));
    documents.push(render(&scene, "ko", "json", Content::Show(&shown)));
    documents.push(render(&scene, "ko", "json", Content::Found(&found)));
    let types = EventTypes::embedded().unwrap();
    for reading in scene.story.readings.values() {
        documents.push(extract_line(reading, &[], &types));
    }
    let mut verbs = BTreeSet::new();
    for document in documents {
        let document: Value = serde_json::from_str(&document).unwrap();
        let name = document["schema"].as_str().unwrap();
        let verb = name.trim_start_matches("backstory.").trim_end_matches("/1");
        verbs.insert(verb.to_owned());
        let schema: Value = serde_json::from_str(schema(verb).unwrap()).unwrap();
        schema_check::check(&schema, &schema, &document, verb);
    }
    // What `add` and `check` report is checked in tests/add.rs.
    assert_eq!(verbs.len() + 2, SCHEMAS.len());
}

/// Quotes in JSON are exactly what stands at their offsets.
#[test]
fn offsets_are_code_points() {
    let scene = export_story::h20();
    let answer = export_story::why(&scene, "ko");
    let written = render(&scene, "ko", "json", Content::Answer(&answer));
    let document: serde_json::Value = serde_json::from_str(&written).unwrap();
    let mut seen = 0;
    for event in document["events"].as_object().unwrap().values() {
        for mention in event["mentions"].as_array().unwrap() {
            let id = backstory::model::ArticleId::new(mention["article"].as_str().unwrap());
            let text = &scene.story.article(&id).unwrap().text;
            let slice = |from: &serde_json::Value, to: &serde_json::Value| -> String {
                let from = usize::try_from(from.as_u64().unwrap()).unwrap();
                let to = usize::try_from(to.as_u64().unwrap()).unwrap();
                text.chars().skip(from).take(to - from).collect()
            };
            assert_eq!(
                slice(&mention["start"], &mention["end"]),
                mention["text"].as_str().unwrap()
            );
            let sentence = &mention["sentence"];
            assert_eq!(
                slice(&sentence[0], &sentence[1]),
                mention["quote"].as_str().unwrap()
            );
            seen += 1;
        }
    }
    assert!(9 < seen);
}

const HOSTILE: &[&str] = &[
    "\"quoted\" <script>alert(1)</script> & ]]> <!-- -->",
    "back\\slash \\N \\\" \\",
    "line\none\r\n\r\n# two\u{2028}three\u{85}",
    "\u{202e}desrever\u{202c} \u{200f}marks\u{2066}",
    "\u{1b}[31mred\u{1b}]0;title\u{7} \u{9b}2J\u{0}",
    "=cmd()|' /C calc'!A0",
    "n1\"]; click n1 \"javascript:alert(1)\" %%{init}%% |x| subgraph end",
    "- list *bold* [link](https://example.org) ![x](y) `code` www.example.org",
    "1. {{braces}} {n} $math$ ~~gone~~",
    "a-word-without-end-a-word-without-end-a-word-without-end-a-word-without-end-a-word-without-end-a-word-without-end-",
];

/// Returns the sample story with hostile words wherever words of articles go.
fn hostile_story() -> (Scene, Answer, Timeline) {
    use backstory::model::ArticleId;
    let mut scene = export_story::h20();
    let lang = Lang::new("en");
    for reading in scene.story.readings.values_mut() {
        for (event, hostile) in reading.events.iter_mut().zip(HOSTILE.iter().cycle()) {
            event.labels.insert(lang.clone(), (*hostile).to_owned());
            for it in &mut event.participants {
                (it.text, it.entity) = ((*hostile).to_owned(), None);
            }
        }
        for (link, hostile) in reading.links.iter_mut().zip(HOSTILE) {
            (*hostile).clone_into(&mut link.cue);
        }
    }
    // The article itself too: the same bytes in the same places, so that spans stay.
    let id = ArticleId::new("h20-en");
    let article = &mut scene.story.readings.get_mut(&id).unwrap().article;
    article.text = article
        .text
        .replace("Tuesday", "=<b>\"\u{1b}\\")
        .replace("customers", "](\u{202e}`|*");
    article.source = Some("<script>\u{1b}[2J".to_owned());
    let mut answer = export_story::why(&scene, "en");
    answer.conflicts[0].text = HOSTILE.join(" ");
    let timeline = export_story::timeline(&scene);
    (scene, answer, timeline)
}

#[test]
fn text_of_articles_is_never_markup() {
    let (scene, answer, timeline) = hostile_story();
    for exporter in EXPORTERS {
        for content in [Content::Answer(&answer), Content::Timeline(&timeline)] {
            let (format, kind) = (exporter.name(), content.kind());
            if !exporter.kinds().contains(&kind) {
                continue;
            }
            let written = render(&scene, "en", format, content);
            golden(
                &format!("hostile-{kind}.{}", exporter.extension()),
                &written,
            );
            let control = written
                .chars()
                .find(|it| it.is_control() && !matches!(it, '\n' | '\r'));
            assert_eq!(control, None, "{format}");
            assert_eq!(written, render(&scene, "en", format, content));
            match format {
                "json" | "ndjson" => {}
                "text" => assert!(!written.contains('\u{202e}')),
                "csv" => csv_is_harmless(&written),
                "svg" => xml_is_harmless(&written),
                "dot" => dot_is_closed(&written),
                "mermaid" => mermaid_is_closed(&written),
                "md" => markdown_is_harmless(&written),
                other => panic!("say what is harmless in {other}"),
            }
        }
    }
}

fn csv_is_harmless(written: &str) {
    let rows: Vec<&str> = written.trim_end().split("\r\n").collect();
    for row in &rows {
        assert!(!row.contains(['\n', '\r']));
        assert_eq!(row.matches('"').count() % 2, 0);
        assert!(
            !row.split(',')
                .any(|it| it.starts_with(['=', '@', '+', '-'])),
            "{row}"
        );
    }
}

fn xml_is_harmless(written: &str) {
    let tags = regex::Regex::new("<(/?[a-z!?]+)").unwrap();
    let known = [
        "svg", "title", "rect", "line", "text", "path", "circle", "g",
    ];
    for tag in tags.captures_iter(written) {
        assert!(
            known.contains(&tag[1].trim_start_matches('/')),
            "{}",
            &tag[0]
        );
    }
    let bare = regex::Regex::new("&([^a]|a[^m])").unwrap();
    let bare = bare
        .find_iter(written)
        .filter(|it| !["&l", "&g", "&q"].contains(&it.as_str()));
    assert_eq!(bare.count(), 0);
    let (open, close) = (
        written.matches("<text").count(),
        written.matches("</text>").count(),
    );
    assert_eq!(open, close);
}

fn dot_is_closed(written: &str) {
    let quoted = regex::Regex::new(r#""(?:[^"\\\n]|\\.)*""#).unwrap();
    let rest = quoted.replace_all(written, "S");
    assert!(!rest.contains(['"', '\\', '<']), "{rest}");
}

fn mermaid_is_closed(written: &str) {
    let line = r#"^  (n\d+\["[^"<>\[\]]*<br/>[^"<>\[\]]*"\]|n\d+ -?-\.?->\|"[^"]*"\| n\d+|style n\d+ .*|linkStyle \d+ .*)$"#;
    let line = regex::Regex::new(line).unwrap();
    for it in written.lines().skip(1) {
        assert!(line.is_match(it), "{it}");
    }
}

fn markdown_is_harmless(written: &str) {
    let bare = regex::Regex::new(r"(^|[^\\])[<>`\[\]|$~]").unwrap();
    for line in written.lines() {
        assert!(!bare.is_match(line), "{line}");
    }
}

/// Runs Graphviz where it is installed; the DOT files of other tests are what it reads.
#[test]
fn graphviz_accepts_dot() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let (hostile, answer, timeline) = hostile_story();
    let scene = export_story::h20();
    let (answers, whole) = contents(&scene);
    let mut graphs = vec![
        render(&hostile, "en", "dot", Content::Answer(&answer)),
        render(&hostile, "en", "dot", Content::Timeline(&timeline)),
        render(&scene, "ko", "dot", Content::Timeline(&whole)),
    ];
    graphs.extend(
        answers
            .iter()
            .map(|it| render(&scene, "ko", "dot", Content::Answer(&it.1))),
    );
    for graph in graphs {
        let dot = Command::new("dot")
            .arg("-Tplain")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut dot) = dot else {
            println!("skipped: Graphviz is not installed");
            return;
        };
        dot.stdin
            .take()
            .unwrap()
            .write_all(graph.as_bytes())
            .unwrap();
        let result = dot.wait_with_output().unwrap();
        let complaints = String::from_utf8_lossy(&result.stderr);
        assert!(result.status.success(), "{complaints}\n{graph}");
        let complaints = complaints
            .lines()
            .filter(|it| it.contains("syntax") || it.contains("entity"));
        assert_eq!(complaints.count(), 0);
    }
}

/// Every word that the formats ask for by name, and every value of the model's word lists, is in every pack.
#[test]
fn every_word_asked_for_is_there() {
    use backstory::model::{Factuality, Relation, Role, Strength};
    let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
    let asked = regex::Regex::new(r#"\.(?:get|fill)\(\s*"([a-z-]+)",\s*"([a-z0-9-]+)""#).unwrap();
    let head = regex::Regex::new(r#"heading\(\s*page,\s*(?:self\.)?view,\s*"([a-z-]+)""#).unwrap();
    let counted = regex::Regex::new(r#"\.count\(\s*"([a-z]+)""#).unwrap();
    let mut want = |section: &str, key: &str| wanted.insert((section.to_owned(), key.to_owned()));
    for file in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/export")) {
        for it in asked.captures_iter(&file) {
            want(&it[1], &it[2]);
        }
        for it in head.captures_iter(&file) {
            want("head", &it[1]);
        }
        for it in counted.captures_iter(&file) {
            want("say", &format!("{}-one", &it[1]));
            want("say", &format!("{}-many", &it[1]));
        }
    }
    for it in Relation::ALL {
        want("relation", it.as_str());
        want("relation-back", it.as_str());
    }
    for it in Strength::ALL {
        want("strength", it.as_str());
    }
    for it in Factuality::ALL {
        want("factuality", it.as_str());
    }
    for it in Role::ALL {
        want("role", it.as_str());
    }
    for it in 1..=12 {
        want("month", &it.to_string());
    }
    assert!(90 < wanted.len(), "{}", wanted.len());
    for lang in ["ko", "en"] {
        let words = words(lang);
        let own: BTreeSet<(String, String)> = words
            .keys()
            .map(|it| (it.0.to_owned(), it.1.to_owned()))
            .collect();
        let missing: Vec<_> = wanted.difference(&own).collect();
        assert!(
            missing.is_empty(),
            "data/lang/{lang}/ui.toml lacks {missing:?}"
        );
    }
}

fn rust_files(dir: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else {
            files.push(fs::read_to_string(path).unwrap());
        }
    }
    files
}
