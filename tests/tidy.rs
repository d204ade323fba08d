//! What the project promises about itself: who uses whom, how long files are, that docs are complete.
//!
//! Each check names the file and the line, so that a broken promise is found at once.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its data has failed"
)]

use backstory::{derive::Rules, export::EXPORTERS, lang::EventTypes, rdf, store::NamedQuery};
use clap::CommandFactory;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Every module with those it may use besides `error`; the layers of ARCHITECTURE.md.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("lang", &["model"]),
    ("rdf", &["model"]),
    ("graph", &["model"]),
    ("read", &["model", "lang"]),
    ("text", &["model", "lang"]),
    ("syntax", &["model", "lang", "text"]),
    ("time", &["model", "lang", "text", "syntax"]),
    ("entity", &["model", "lang", "text", "syntax"]),
    ("event", &["model", "lang", "text", "syntax"]),
    ("link", &["model", "lang", "text", "syntax"]),
    ("resolve", &["model", "lang"]),
    ("store", &["model", "rdf"]),
    ("derive", &["model", "lang", "rdf", "store"]),
    ("answer", &["model", "lang", "graph"]),
    (
        "pipeline",
        &[
            "model", "lang", "read", "text", "syntax", "time", "entity", "event", "link", "derive",
            "resolve",
        ],
    ),
    (
        "examples",
        &[
            "model", "lang", "text", "syntax", "time", "event", "pipeline", "answer",
        ],
    ),
    ("export", &["model", "lang", "rdf", "graph", "answer"]),
];

/// Crates that only some modules may name.
const HOMES: &[(&str, &[&str])] = &[
    ("oxigraph", &["rdf", "store"]),
    ("spareval", &["store"]),
    ("petgraph", &["graph"]),
    ("clap", &["cli"]),
    ("vibrato", &["text"]),
    ("whatlang", &["read"]),
    ("encoding_rs", &["read"]),
    ("toml", &["lang"]),
];

/// The longest file, in lines.
const MAX_LINES: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns every file below `folder` with that extension, sorted, as a path relative to the root and its text.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Returns the module that a source file belongs to, as `answer` of `src/answer/why.rs`.
fn module(name: &str) -> &str {
    let path = name.strip_prefix("src/").unwrap();
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Returns the code of `text`: without comments, and without the tests at its end.
fn code(text: &str) -> String {
    let own = text.split("#[cfg(test)]").next().unwrap_or("");
    let lines = own.lines().filter(|it| !it.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn complain(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn modules_use_only_the_layers_below() {
    let mut wrong = Vec::new();
    for (name, text) in files("src", "rs") {
        let module = module(&name);
        let Some((_, allowed)) = LAYERS.iter().find(|it| it.0 == module) else {
            let free = ["cli", "lib", "main", "error"];
            if !free.contains(&module) {
                wrong.push(format!("{name}: `{module}` has no layer in tests/tidy.rs"));
            }
            continue;
        };
        for used in uses(&code(&text)) {
            let is_module = LAYERS.iter().any(|it| it.0 == used) || used == "cli";
            if is_module && used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{name}: `{module}` may not use `{used}`"));
            }
        }
    }
    complain(&wrong);
}

/// Returns the first path segments after `crate::`, also inside `crate::{a, b::{c}}`.
fn uses(text: &str) -> BTreeSet<String> {
    let ident = |it: &str| {
        let it = it.trim().chars();
        it.take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if !rest.starts_with('{') {
            found.insert(ident(rest));
            continue;
        }
        let (mut depth, mut start) = (0, 1);
        for (idx, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 1 => {
                    found.insert(ident(&rest[start..idx]));
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 1 => {
                    found.insert(ident(&rest[start..idx]));
                    start = idx + 1;
                }
                _ => (),
            }
        }
    }
    found.remove("");
    found
}

#[test]
fn crates_stay_in_their_homes() {
    let mut wrong = Vec::new();
    for (name, text) in files("src", "rs") {
        let code = code(&text);
        for (dependency, homes) in HOMES {
            let path = format!("{dependency}::");
            let named = code.match_indices(&path).any(|(at, _)| {
                let before = code[..at].chars().next_back();
                before.is_none_or(|it| !it.is_alphanumeric() && it != '_' && it != ':')
            });
            if named && !homes.contains(&module(&name)) {
                wrong.push(format!("{name}: `{dependency}` belongs to {homes:?} only"));
            }
        }
    }
    complain(&wrong);
}

#[test]
fn only_cli_prints_reads_the_environment_and_exits() {
    let banned = [
        "println!",
        "eprintln!",
        "print!(",
        "io::stdout",
        "io::stderr",
        "env::var",
        "process::exit",
    ];
    let mut wrong = Vec::new();
    for (name, text) in files("src", "rs") {
        if module(&name) == "cli" {
            continue;
        }
        let code = code(&text);
        let found = banned.iter().filter(|it| code.contains(**it));
        wrong.extend(found.map(|it| format!("{name}: `{it}` is for cli only")));
    }
    complain(&wrong);
}

#[test]
fn every_source_file_says_what_it_does_and_is_short() {
    let mut wrong = Vec::new();
    for (name, text) in files("src", "rs") {
        if !text.starts_with("//! ") {
            wrong.push(format!("{name}:1: does not begin with `//!`"));
        }
        let lines = text
            .split("#[cfg(test)]")
            .next()
            .unwrap_or("")
            .lines()
            .count();
        if MAX_LINES < lines {
            wrong.push(format!("{name}: {lines} lines, at most {MAX_LINES}"));
        }
    }
    complain(&wrong);
}

#[test]
fn every_rule_of_what_follows_is_documented() {
    let page = fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let rules = Rules::embedded(&EventTypes::embedded().unwrap());
    let mut wrong = Vec::new();
    for rule in rules.iter() {
        let file = format!("queries/rules/{}.rq", rule.file);
        if rule.title.is_empty() || rule.about.is_empty() {
            wrong.push(format!("{file}: its head lacks `# title:` or `# about:`"));
        }
        if !page.contains(&format!("| `{}` |", rule.id())) {
            wrong.push(format!("docs/rules.md has no row for {file}"));
        }
    }
    complain(&wrong);
}

/// Examples in comments are for people and may be Korean; code may not know a language.
#[test]
fn no_language_in_code() {
    let is_cjk = |c: char| matches!(u32::from(c), 0x1100..=0x11FF | 0x3040..=0x30FF | 0x3130..=0x318F | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3);
    let mut wrong = Vec::new();
    for (name, text) in files("src", "rs") {
        for (idx, line) in text.lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            let code = line.split(" // ").next().unwrap_or("");
            if !is_comment && code.chars().any(is_cjk) {
                wrong.push(format!("{name}:{}: {}", idx + 1, line.trim()));
            }
        }
    }
    complain(&wrong);
}

/// Paths of somebody's machine mean nothing to a reader.
#[test]
fn nothing_about_the_machine() {
    let banned = ["work", "home", "root", "tmp"].map(|it| format!("/{it}/"));
    let mut wrong = Vec::new();
    let folders = [
        ("src", "rs"),
        ("docs", "md"),
        ("data", "toml"),
        ("data", "md"),
        ("queries", "rq"),
    ];
    let texts = folders
        .iter()
        .flat_map(|(folder, extension)| files(folder, extension));
    for (name, text) in texts.chain(pages()) {
        for (idx, line) in text.lines().enumerate() {
            let found = banned.iter().filter(|it| line.contains(it.as_str()));
            wrong.extend(found.map(|it| format!("{name}:{}: `{it}`", idx + 1)));
        }
    }
    complain(&wrong);
}

/// Returns the Markdown pages of the top level.
fn pages() -> Vec<(String, String)> {
    let names = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ];
    let page = |it: &&str| {
        (
            (*it).to_owned(),
            fs::read_to_string(root().join(it)).unwrap(),
        )
    };
    names.iter().map(page).collect()
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = page("README.md");
    let command = backstory::cli::Cli::command();
    let verbs = command.get_subcommands().map(|it| it.get_name().to_owned());
    let missing = verbs.filter(|it| it != "help" && !readme.contains(&format!("`{it}`")));
    complain(
        &missing
            .map(|it| format!("README.md: no `{it}`"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_format_is_in_the_readme() {
    let readme = page("README.md");
    let exporters = EXPORTERS.iter().map(|it| it.name());
    let formats = exporters.chain(rdf::Format::ALL.iter().map(|it| it.as_str()));
    let missing = formats.filter(|it| !readme.contains(&format!("`{it}`")));
    complain(
        &missing
            .map(|it| format!("README.md: no `{it}`"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_query_is_in_the_readme_and_documented() {
    let readme = page("README.md");
    let mut wrong = Vec::new();
    for query in NamedQuery::all() {
        if !readme.contains(&format!("`@{}`", query.name)) {
            wrong.push(format!("README.md: no `@{}`", query.name));
        }
        if query.title.is_empty() || query.about.is_empty() {
            wrong.push(format!(
                "queries/{}.rq: needs `# title:` and `# about:`",
                query.name
            ));
        }
    }
    complain(&wrong);
}

#[test]
fn every_language_is_in_the_readme() {
    let readme = page("README.md");
    let mut wrong = Vec::new();
    for (name, text) in files("data/lang", "toml") {
        let lang = name.split('/').nth(2).unwrap();
        if name.ends_with("/pack.toml") && !lang.starts_with('_') {
            let own = text
                .lines()
                .find_map(|it| it.strip_prefix("name = \""))
                .unwrap();
            let row = format!("| `{lang}` | {} |", own.trim_end_matches('"'));
            if !readme.contains(&row) {
                wrong.push(format!("README.md: no row `{row}`"));
            }
        }
    }
    complain(&wrong);
}

#[test]
fn every_rule_file_and_key_is_in_docs_packs() {
    let docs = page("docs/packs.md");
    let mut wrong = BTreeSet::new();
    for (name, text) in files("data/lang", "toml") {
        let file = Path::new(&name).file_name().unwrap().to_str().unwrap();
        let Some(section) = section(&docs, file) else {
            wrong.insert(format!("docs/packs.md: no section `## {file}`"));
            continue;
        };
        for key in keys(&text) {
            if !section.contains(&format!("`{key}`")) {
                wrong.insert(format!("docs/packs.md: {file}: no `{key}` ({name})"));
            }
        }
    }
    complain(&wrong.into_iter().collect::<Vec<_>>());
}

/// Returns the section of the page that is headed by `file`.
fn section<'a>(docs: &'a str, file: &str) -> Option<&'a str> {
    let mut sections = docs.split("\n## ").skip(1);
    sections.find(|it| it.lines().next().is_some_and(|head| head.contains(file)))
}

/// Returns the keys of a rule file: those of its top level, and those of the rows of its lists.
fn keys(text: &str) -> BTreeSet<String> {
    let table: toml::Table = toml::from_str(text).unwrap();
    let mut keys = BTreeSet::new();
    for (key, value) in &table {
        keys.insert(key.clone());
        let rows = value.as_array().into_iter().flatten();
        for row in rows.filter_map(toml::Value::as_table) {
            keys.extend(row.keys().cloned());
        }
    }
    keys
}

#[test]
fn every_data_file_has_its_origin_and_licence() {
    let readme = page("data/README.md");
    let entries = fs::read_dir(root().join("data")).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().to_string_lossy().into_owned());
    let missing = names.filter(|it| it != "README.md" && !readme.contains(it.as_str()));
    complain(
        &missing
            .map(|it| format!("data/README.md: no `{it}`"))
            .collect::<Vec<_>>(),
    );
}

/// `UPDATE=1 cargo test --test tidy` writes the page again.
#[test]
fn the_ontology_page_is_that_of_the_event_types() {
    let wanted = ontology();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("docs/ontology.md"), &wanted).unwrap();
    }
    let there = fs::read_to_string(root().join("docs/ontology.md")).unwrap_or_default();
    assert!(
        there == wanted,
        "docs/ontology.md is old: UPDATE=1 cargo test --test tidy"
    );
}

fn ontology() -> String {
    let mut page = "# What can happen\n\n\
        The event types of `data/event-types.toml`, from which this page is made.\n\
        A later event of the opposite type about the same thing is a reversal.\n\n\
        | type | class | what | who and what takes part | opposite | sets |\n\
        |---|---|---|---|---|---|\n"
        .to_owned();
    for it in EventTypes::embedded().unwrap().iter() {
        let row = [
            format!("`{}`", it.id),
            it.class.clone(),
            it.definition.clone(),
            it.roles.join(", "),
            it.opposite.clone().unwrap_or_default(),
            it.sets.clone().unwrap_or_default(),
        ];
        page.push_str("| ");
        page.push_str(&row.join(" | "));
        page.push_str(" |\n");
    }
    page
}

#[test]
fn one_sentence_a_line() {
    let mut wrong = Vec::new();
    for (name, text) in files("docs", "md").into_iter().chain(pages()) {
        let mut in_code = false;
        for (idx, line) in text.lines().enumerate() {
            in_code ^= line.starts_with("```");
            let is_prose = !in_code && !line.starts_with(['|', '#', '`']);
            if is_prose && is_several(line) {
                wrong.push(format!("{name}:{}: {line}", idx + 1));
            }
        }
    }
    complain(&wrong);
}

/// Tells whether a full stop within the line is followed by a capital.
fn is_several(line: &str) -> bool {
    line.match_indices(". ").any(|(at, _)| {
        let after = line[at + 2..].chars().next();
        let before = line[..at].chars().next_back();
        let number = before.is_some_and(|it| it.is_ascii_digit()) && at < 3;
        !number && after.is_some_and(char::is_uppercase)
    })
}
