//! The default store: a folder with one N-Quads file for each article, readable by any RDF tool.
//!
//! A file is written beside its place, synced, renamed onto it, and the folder synced: whenever the process is killed, every finished article is whole.
//! Its first line names its graph and its last line counts its statements, so that a cut file is noticed; such a file is named and left out.

use super::Access;
use super::backend::{Backend, Change, Damage, Kind};
use crate::model::{ArticleId, Reading, Story, hash_hex};
use crate::rdf::{Format, Quad, Vocab, parse, serialize};
use crate::{Error, Result};
use rayon::prelude::*;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A folder of N-Quads files.
pub struct Folder {
    root: PathBuf,
    vocab: Vocab,
    /// Held while the store is open to write.
    _lock: Option<Lock>,
}

impl Folder {
    /// Opens the folder; to write, it must not be open to write elsewhere.
    pub fn open(root: &Path, access: Access, vocab: Vocab) -> Result<Self> {
        let articles = root.join("articles");
        let lock = match access {
            Access::Read => None,
            Access::Write => {
                let lock = lock(root)?;
                fs::create_dir_all(&articles).map_err(|it| Error::io(&articles, it))?;
                clean(root);
                clean(&articles);
                Some(lock)
            }
        };
        Ok(Self {
            root: root.to_owned(),
            vocab,
            _lock: lock,
        })
    }

    fn file_of(&self, article: &ArticleId) -> PathBuf {
        let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
        let safe: String = article.as_str().chars().take(40).map(plain).collect();
        let hash = hash_hex(&[article.as_str()], 12);
        self.root.join("articles").join(format!("{safe}-{hash}.nq"))
    }

    fn derived(&self) -> PathBuf {
        self.root.join("derived.nq")
    }

    fn other(&self) -> PathBuf {
        self.root.join("other.nq")
    }

    /// Returns the files of the articles, sorted by name.
    fn files(&self) -> Result<Vec<PathBuf>> {
        let folder = self.root.join("articles");
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io(&folder, error)),
        };
        let paths = entries.flatten().map(|it| it.path());
        let mut files: Vec<PathBuf> = paths
            .filter(|it| it.extension().is_some_and(|it| it == "nq") && !is_temporary(it))
            .collect();
        files.sort();
        Ok(files)
    }

    fn drop_derived(&self) -> Result<()> {
        remove(&self.derived()).map(|_| ())
    }

    /// Reads every article with `read`, at once on all cores; results keep the order of the files.
    fn each<T: Send>(
        &self,
        read: impl Fn(Vec<Quad>) -> Result<T> + Sync,
    ) -> Result<(Vec<T>, Vec<Damage>)> {
        let files = self.files()?;
        let results: Vec<(PathBuf, Result<Option<T>>)> = files
            .into_par_iter()
            .map(|path| {
                let result = read_file(&path).and_then(|it| it.map(&read).transpose());
                (path, result)
            })
            .collect();
        let (mut values, mut damage) = (Vec::new(), Vec::new());
        for (path, result) in results {
            match result {
                Ok(value) => values.extend(value),
                Err(error) => damage.push(Damage::new(path, &error)),
            }
        }
        Ok((values, damage))
    }

    /// Reads a file beside the articles; a missing one is empty.
    fn beside(path: PathBuf, damage: &mut Vec<Damage>) -> Vec<Quad> {
        match read_file(&path) {
            Ok(quads) => quads.unwrap_or_default(),
            Err(error) => {
                damage.push(Damage::new(path, &error));
                Vec::new()
            }
        }
    }
}

impl Backend for Folder {
    fn kind(&self) -> Kind {
        Kind::Folder
    }

    fn insert(&mut self, reading: &Reading) -> Result<Change> {
        let path = self.file_of(&reading.article.id);
        let graph = self.vocab.graph(&reading.article.id);
        let quads = self.vocab.reading_to_quads(reading);
        let bytes = framed(&quads, graph.as_str(), &self.vocab)?;
        let change = match fs::read(&path) {
            Ok(old) if old == bytes => return Ok(Change::Unchanged),
            Ok(_) => Change::Replaced,
            Err(_) => Change::Added,
        };
        self.drop_derived()?;
        write_atomically(&path, &bytes)?;
        Ok(change)
    }

    fn remove(&mut self, article: &ArticleId) -> Result<bool> {
        let path = self.file_of(article);
        if path.exists() {
            self.drop_derived()?;
        }
        remove(&path)
    }

    fn set_derived(&mut self, story: &Story) -> Result<()> {
        let quads = self.vocab.derived_to_quads(story);
        if quads.is_empty() {
            return self.drop_derived();
        }
        let bytes = framed(&quads, self.vocab.derived_graph().as_str(), &self.vocab)?;
        write_atomically(&self.derived(), &bytes)
    }

    fn add_other(&mut self, quads: &[Quad]) -> Result<()> {
        let mut all = read_file(&self.other())?.unwrap_or_default();
        all.extend_from_slice(quads);
        write_atomically(&self.other(), &framed(&all, "other", &self.vocab)?)
    }

    fn articles(&self) -> Result<Vec<ArticleId>> {
        let mut articles = Vec::new();
        for path in self.files()? {
            let file = File::open(&path).map_err(|it| Error::io(&path, it))?;
            let mut line = String::new();
            // A first line that is no text belongs to a damaged file, which `story` will name.
            let _ = BufReader::new(file).read_line(&mut line);
            let graph = line.trim().strip_prefix("# ").unwrap_or("");
            articles.extend(self.vocab.read_graph(graph));
        }
        articles.sort();
        Ok(articles)
    }

    fn story(&self) -> Result<(Story, Vec<Damage>)> {
        let (readings, mut damage) = self.each(|it| self.vocab.reading_from_quads(it))?;
        let readings = readings.into_iter().map(|it| (it.article.id.clone(), it));
        let mut story = Story {
            readings: readings.collect(),
            ..Story::default()
        };
        let quads = Self::beside(self.derived(), &mut damage);
        match self.vocab.derived_from_quads(quads, &story) {
            Ok(derived) => story.derived = derived,
            Err(error) => damage.push(Damage::new(self.derived(), &error)),
        }
        Ok((story, damage))
    }

    fn quads(&self) -> Result<(Vec<Quad>, Vec<Damage>)> {
        let (graphs, mut damage) = self.each(Ok)?;
        let mut quads: Vec<Quad> = graphs.into_iter().flatten().collect();
        quads.extend(Self::beside(self.derived(), &mut damage));
        quads.extend(Self::beside(self.other(), &mut damage));
        Ok((quads, damage))
    }
}

/// The right to write; given back when dropped.
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would not do: a process that is just being started holds a copy of the file.
        let _ = self.0.unlock();
    }
}

fn lock(root: &Path) -> Result<Lock> {
    let path = root.join("lock");
    let options = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let file = options.map_err(|it| Error::io(&path, it))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::store(format!(
            "another backstory is writing to {}",
            root.display()
        ))
        .hint("wait until it ends and run this again, or name another store with --store")),
        Err(TryLockError::Error(error)) => Err(Error::io(&path, error)),
    }
}

/// Removes what a killed process left half-written; only a writer, alone by its lock, may call it.
fn clean(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|it| is_temporary(&it.path())) {
        let _ = fs::remove_file(entry.path());
    }
}

fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with(".tmp-")
}

/// Returns sorted N-Quads between a line that names the graph and a line that counts.
fn framed(quads: &[Quad], graph: &str, vocab: &Vocab) -> Result<Vec<u8>> {
    let body = serialize(quads, Format::NQuads, vocab)?;
    let lines = count_lines(&body);
    let mut bytes = format!("# {graph}\n").into_bytes();
    bytes.extend(body);
    bytes.extend(format!("# end {lines}\n").into_bytes());
    Ok(bytes)
}

fn count_lines(bytes: &[u8]) -> usize {
    bytes.split(|it| *it == b'\n').count() - 1
}

/// Returns the quads of a file, `None` if there is no such file.
fn read_file(path: &Path) -> Result<Option<Vec<Quad>>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io(path, error)),
    };
    let lines = count_lines(&bytes);
    let end = format!("# end {}\n", lines.saturating_sub(2));
    if !bytes.ends_with(end.as_bytes()) {
        let message = format!(
            "{} lines, and the last is not `{}`: cut off or edited",
            lines,
            end.trim()
        );
        let hint = "add the article again, or delete the file; after editing by hand, correct the count in the last line";
        return Err(Error::store(message).hint(hint));
    }
    let damaged = |error: Error| {
        Error::store(error.to_string()).hint("add the article again, or delete the file")
    };
    parse(&bytes, Format::NQuads).map(Some).map_err(damaged)
}

/// Writes beside the place, syncs, renames onto it, and syncs the folder.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!(".tmp-{name}"));
    let write = || -> io::Result<()> {
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)?;
        File::open(folder)?.sync_all()
    };
    write().map_err(|error| Error::io(path, error))
}

/// Removes a file for good; tells whether it was there.
fn remove(path: &Path) -> Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::io(path, error)),
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let synced = File::open(folder).and_then(|it| it.sync_all());
    synced.map_err(|error| Error::io(folder, error))?;
    Ok(true)
}
