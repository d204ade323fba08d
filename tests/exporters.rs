//! Every format writes the sample story as its golden file says, twice the same, and never takes text of articles for markup.
//!
//! `UPDATE=1 cargo test --test exporters` writes the golden files anew; read the diff.

mod export_story;

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
