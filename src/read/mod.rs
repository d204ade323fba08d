//! Bytes → [`Article`]: plain text, Markdown with front matter, and JSON lines.
//!
//! What an article does not say of itself (date, source, language) comes from [`Options`]; what it says wins.
//! It does not fetch anything, does not read HTML, and never guesses a publication date.

mod decode;
mod front_matter;
mod jsonl;
mod language;
mod walk;

pub mod facts;
pub mod kept;

pub use language::detect;

use crate::{
    Error, Result,
    lang::Packs,
    model::{Article, ArticleId, Lang, Published, hash_hex},
};
use std::{
    io::Read,
    path::{Path, PathBuf},
};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Extensions of files that hold no plain text, or text with markup that would be read as words.
const NOT_READ: &[&str] = &[
    "html", "htm", "xml", "pdf", "doc", "docx", "hwp", "hwpx", "odt", "rtf", "zip", "gz",
];

/// What sort of input it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// By the extension: `.jsonl` and `.ndjson` are JSON lines, `.json` is one article or a list of them, everything else is text.
    #[default]
    Auto,
    /// One article, with or without front matter.
    Text,
    /// One article a line.
    Jsonl,
}

/// What to assume of an article that does not say it itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// When it was published.
    pub published: Option<Published>,
    /// Who published it.
    pub source: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its language; `None` detects it.
    pub lang: Option<Lang>,
    /// What sort of input it is.
    pub format: Format,
}

/// One input as it was read: its name for messages, and its articles or what is wrong with them.
#[derive(Debug)]
pub struct Input {
    /// The file, with the line number for JSON lines.
    pub name: String,
    /// The article, or why there is none.
    pub article: Result<Article>,
}

/// What an input says of itself, before the options fill the gaps.
#[derive(Clone, Debug, Default)]
struct Raw {
    id: Option<String>,
    title: Option<String>,
    text: String,
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
    lang: Option<String>,
}

/// Returns the articles of `paths` in order; a folder is walked for `.txt`, `.md` and `.jsonl`, `-` is standard input.
///
/// One input that cannot be read does not keep the others from being read.
pub fn read_paths(paths: &[PathBuf], options: &Options, packs: &Packs) -> Vec<Input> {
    let inputs = paths.iter().flat_map(|it| read_path(it, options, packs));
    inputs.collect()
}

/// Returns the articles of `path`, a file, a folder, or `-` for standard input.
pub fn read_path(path: &Path, options: &Options, packs: &Packs) -> Vec<Input> {
    if path.as_os_str() == "-" {
        return match slurp("standard input", &mut std::io::stdin().lock()) {
            Ok(bytes) => read_bytes("standard input", &bytes, options, packs),
            Err(error) => vec![failed("standard input", error)],
        };
    }
    match walk::files(path) {
        Err(error) => vec![failed(&path.display().to_string(), error)],
        Ok(files) => {
            let inputs = files.iter().flat_map(|it| read_file(it, options, packs));
            inputs.collect()
        }
    }
}

/// Returns the articles in `bytes`, the content of the file shown as `name`.
///
/// Never panics, whatever the bytes are.
///
/// ```
/// use backstory::{lang::Packs, read};
/// let packs = Packs::embedded()?;
/// let text = "---\ntitle: Nvidia to resume H20 sales\npublished: 2025-07-15\n---\nThe company said so on Monday.\n";
/// let inputs = read::read_bytes("h20.md", text.as_bytes(), &read::Options::default(), &packs);
/// let article = inputs[0].article.as_ref().unwrap();
/// assert_eq!(article.title.as_deref(), Some("Nvidia to resume H20 sales"));
/// assert_eq!(article.lang.as_str(), "en");
/// # Ok::<(), backstory::Error>(())
/// ```
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options, packs: &Packs) -> Vec<Input> {
    let text = match decode::decode(name, bytes) {
        Ok(text) => text,
        Err(error) => return vec![failed(name, error)],
    };
    let extension = Path::new(name).extension().and_then(|it| it.to_str());
    let named = |words: &[&str]| {
        extension.is_some_and(|it| words.iter().any(|e| it.eq_ignore_ascii_case(e)))
    };
    let raws = match options.format {
        Format::Auto if named(&["json"]) => jsonl::documents(name, &text),
        Format::Auto if named(&["jsonl", "ndjson"]) => jsonl::rows(name, &text),
        Format::Jsonl => jsonl::rows(name, &text),
        Format::Auto | Format::Text => vec![(name.to_owned(), Ok(front_matter::split(&text)))],
    };
    let inputs = raws.into_iter().map(|(place, raw)| Input {
        article: raw.and_then(|it| finish(&place, it, options, packs)),
        name: place,
    });
    inputs.collect()
}

fn read_file(path: &Path, options: &Options, packs: &Packs) -> Vec<Input> {
    let name = path.display().to_string();
    match file_bytes(path) {
        Ok(bytes) => read_bytes(&name, &bytes, options, packs),
        Err(error) => vec![failed(&name, error)],
    }
}

/// Returns the content of the file `path`, at most [`MAX_BYTES`] of it.
///
/// # Errors
///
/// If it cannot be read, is too large, or is of a kind that is not read.
pub fn file_bytes(path: &Path) -> Result<Vec<u8>> {
    let name = path.display().to_string();
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("");
    let is = |it: &&str| extension.eq_ignore_ascii_case(it);
    if NOT_READ.iter().any(is) {
        return Err(
            Error::input(format!("{name}: .{extension} files are not read"))
                .hint("save the article as text: headline, empty line, text"),
        );
    }
    let cannot = |it: std::io::Error| Error::input(format!("{name}: {it}")).because(it);
    let mut file = std::fs::File::open(path).map_err(cannot)?;
    let size = file.metadata().map_err(cannot)?.len();
    if size > MAX_BYTES {
        return Err(too_large(&name, size));
    }
    slurp(&name, &mut file)
}

fn slurp(name: &str, reader: &mut dyn Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|it| Error::input(format!("{name}: {it}")).because(it))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large(name, bytes.len() as u64));
    }
    Ok(bytes)
}

fn too_large(name: &str, size: u64) -> Error {
    let mib = |it: u64| it / (1024 * 1024);
    let size = if size == MAX_BYTES + 1 {
        format!("more than {} MiB", mib(MAX_BYTES))
    } else {
        format!("{} MiB", mib(size))
    };
    Error::input(format!(
        "{name}: {size} is too large, at most {} MiB are read at once",
        mib(MAX_BYTES)
    ))
    .hint("split it: one file an article, or `split -l 10000` for JSON lines")
}

fn failed(name: &str, error: Error) -> Input {
    Input {
        name: name.to_owned(),
        article: Err(error),
    }
}

/// Fills the gaps of `raw` and checks it.
fn finish(place: &str, raw: Raw, options: &Options, packs: &Packs) -> Result<Article> {
    let given = |it: Option<String>, or: &Option<String>| {
        let said = it
            .map(|it| it.trim().to_owned())
            .filter(|it| !it.is_empty());
        said.or_else(|| or.clone())
    };
    let title = given(raw.title, &options.title);
    if raw.text.trim().is_empty() {
        return Err(Error::input(format!("{place}: no text"))
            .hint("an article needs at least one sentence"));
    }
    let published = match given(raw.published, &None) {
        Some(text) => Some(date(place, &text)?),
        None => options.published.clone(),
    };
    let url = given(raw.url, &options.url);
    let id = given(raw.id, &None)
        .unwrap_or_else(|| hash_hex(&[url.as_deref().unwrap_or(&raw.text)], 16));
    let lang = match (given(raw.lang, &None), &options.lang) {
        (Some(tag), _) if tag != "auto" => known(place, Lang::new(tag), packs)?,
        (_, Some(lang)) => known(place, lang.clone(), packs)?,
        _ => {
            let words = format!("{}\n{}", title.as_deref().unwrap_or(""), raw.text);
            detect(&words, packs).map_err(|it| at(place, &it))?
        }
    };
    Ok(Article {
        id: ArticleId::new(id),
        title,
        text: raw.text,
        lang,
        published,
        source: given(raw.source, &options.source),
        url,
    })
}

fn known(place: &str, lang: Lang, packs: &Packs) -> Result<Lang> {
    packs.get(&lang).map_err(|it| at(place, &it))?;
    Ok(lang)
}

/// Returns the same complaint as one about the input `place`.
fn at(place: &str, error: &Error) -> Error {
    let placed = Error::input(format!("{place}: {error}"));
    match error.next_step() {
        Some(hint) => placed.hint(hint),
        None => placed,
    }
}

fn date(place: &str, text: &str) -> Result<Published> {
    Published::parse(text).ok_or_else(|| {
        Error::input(format!("{place}: `{text}` is no publication date"))
            .hint("write it as 2025-07-16 or 2025-07-16T09:30:00+09:00")
    })
}
