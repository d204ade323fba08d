//! Where the store is: `--store`, else `BACKSTORY_STORE`, else the nearest `.backstory` upwards, else `./.backstory`.

use super::{Context, args::Global, engine::Loaded};
use crate::{
    Error, Result,
    model::Derived,
    rdf::Vocab,
    store::{Access, Damage, Kind, Store},
};
use std::{
    env,
    path::{Path, PathBuf},
};

/// Returns the folder of the store; it need not exist.
pub fn folder(global: &Global) -> PathBuf {
    let nearest = || env::current_dir().ok().and_then(|it| Store::find(&it));
    let here = || PathBuf::from(".backstory");
    let set = env::var_os("BACKSTORY_STORE").map(PathBuf::from);
    let given = global.store.clone().or(set);
    let given = given.filter(|it| !it.as_os_str().is_empty());
    given.or_else(nearest).unwrap_or_else(here)
}

/// Opens the store that is there.
pub fn open(global: &Global, access: Access) -> Result<Store> {
    let path = folder(global);
    no_file(&path)?;
    if !path.exists() {
        let message = format!("there is no story in {}", path.display());
        return Err(Error::store(message)
            .hint("make one with `backstory add PATH`, or ask files directly with --in PATH"));
    }
    Store::open(&path, access)
}

/// Opens the store, making one of `kind` if there is none; tells whether it was made.
pub fn open_or_create(global: &Global, kind: Kind) -> Result<(Store, bool)> {
    let path = folder(global);
    no_file(&path)?;
    let is_new = !path.exists();
    let store = Store::open_or_create(&path, kind, &Vocab::default())?;
    Ok((store, is_new))
}

/// Refuses a file in the place of a store.
fn no_file(path: &Path) -> Result<()> {
    if !path.is_file() {
        return Ok(());
    }
    let message = format!("{} is a file; a story is a folder", path.display());
    Err(Error::store(message)
        .hint("name a folder with --store; files are asked directly with --in PATH"))
}

/// Returns the path as people write it: relative to where they are, where that is shorter.
pub fn shown(path: &Path) -> String {
    let here = env::current_dir().ok();
    let below = here.and_then(|it| path.strip_prefix(it).ok().map(Path::to_owned));
    let path = below.unwrap_or_else(|| path.to_owned());
    if path.is_relative() && !path.starts_with(".") && !path.starts_with("..") {
        return format!("./{}", path.display());
    }
    path.display().to_string()
}

impl Context {
    /// Tells which files of a store are damaged and were left out.
    pub fn tell_damage(&self, damage: &[Damage]) {
        for it in damage {
            let error = Error::store(format!("{}: {}", it.path.display(), it.message));
            self.console.failed_input(&error, self.json);
        }
    }

    /// Returns the story of `store` with what holds across its articles; what is damaged is told and left out.
    pub fn story_of(&self, store: &Store) -> Result<Loaded> {
        let (mut told, damage) = store.story()?;
        self.tell_damage(&damage);
        // Adding that was cut short leaves articles without what holds across them.
        let unfinished = told.derived == Derived::default() && 1 < told.readings.len();
        if unfinished {
            self.engine.derive(&mut told)?;
        }
        Ok(Loaded {
            story: told,
            failed: damage.len(),
            unfinished,
        })
    }
}
