//! Which files a path means: itself, or every article below a folder, sorted.

use crate::{Error, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

const EXTENSIONS: &[&str] = &["txt", "md", "jsonl", "ndjson"];

/// Returns `path`, or the articles below it if it is a folder; hidden files and links to folders are passed over.
pub(super) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let cannot = |path: &Path, it: std::io::Error| {
        let hint = match it.kind() {
            std::io::ErrorKind::NotFound => "give a file, a folder, or - for standard input",
            _ => "check who may read it",
        };
        Error::input(format!("{}: {it}", path.display()))
            .hint(hint)
            .because(it)
    };
    if !fs::metadata(path).map_err(|it| cannot(path, it))?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|it| cannot(&folder, it))? {
            let entry = entry.map_err(|it| cannot(&folder, it))?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let kind = entry.file_type().map_err(|it| cannot(&folder, it))?;
            if hidden {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if is_article(&entry.path()) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(
            Error::input(format!("{}: no articles in it", path.display()))
                .hint("a folder is searched for .txt, .md and .jsonl files"),
        );
    }
    Ok(found)
}

fn is_article(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    extension.is_some_and(|it| {
        EXTENSIONS
            .iter()
            .any(|known| it.eq_ignore_ascii_case(known))
    })
}
