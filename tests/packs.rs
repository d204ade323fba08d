//! Every `accept` and `reject` of every rule file under `data/lang/` is one named test, as `ko/timex/last-day/accept/1`.
//!
//! `backstory check data/lang/ko` runs the same examples.

use backstory::Result;
use backstory::examples::{Beside, cases};
use backstory::lang::{Catalog, EventTypes, Packs};
use libtest_mimic::{Arguments, Trial};
use std::fs;
use std::path::{Path, PathBuf};

/// Examples that fail today, kept so that a rule that is mended shows here.
const FAIL_TODAY: &[&str] = &[];

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let (packs, catalog) = (Packs::embedded()?, Catalog::embedded()?);
    let types = EventTypes::embedded()?;
    let beside = Beside {
        packs: &packs,
        catalog: &catalog,
        types: &types,
    };
    let mut trials = Vec::new();
    for folder in folders() {
        for case in cases(&Packs::read_folder(&folder)?, beside)? {
            let name = case.name();
            let fails_today = FAIL_TODAY.contains(&name.as_str());
            trials.push(Trial::test(name, move || match (case.run(), fails_today) {
                (Ok(()), true) => Err("it holds now: take it out of FAIL_TODAY".into()),
                (Err(wrong), false) => {
                    Err(format!("{}:{}: {wrong}: {}", case.path, case.line, case.text()).into())
                }
                (Ok(()), false) | (Err(_), true) => Ok(()),
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The folders of `data/lang/`, by name, without the template.
fn folders() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lang");
    let entries = fs::read_dir(data).expect("data/lang is part of the project");
    let mut folders: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    folders.retain(|it| {
        it.is_dir()
            && it
                .file_name()
                .is_some_and(|it| !it.to_string_lossy().starts_with('_'))
    });
    folders.sort();
    folders
}
