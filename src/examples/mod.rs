//! The examples of a language pack, run: what every rule must accept and reject.
//!
//! Each sort of rule has one judge, which says whether a rule holds in a text; a new sort is one function and one line in `SORTS`.
//! A rule without examples, or of a sort that nothing here can judge, is wrong as well.

mod judges;

use crate::lang::{Catalog, EventTypes, Example, Pack, Packs, RuleRow};
use crate::{Error, Result};
use judges::{Judge, World};
use rayon::prelude::*;
use std::fmt;
use std::sync::Arc;

/// A sort of rule: its file and list, the word for its file in names of rules, and what makes its judge.
struct Sort {
    file: &'static str,
    lists: &'static [&'static str],
    judge: fn(&World<'_>) -> Result<Judge>,
}

/// The sorts of rules.
const SORTS: &[Sort] = &[
    Sort {
        file: "timex.toml",
        lists: &["rule"],
        judge: judges::timex,
    },
    Sort {
        file: "boilerplate.toml",
        lists: &["line", "lead"],
        judge: judges::boilerplate,
    },
    Sort {
        file: "tagging.toml",
        lists: &["rule"],
        judge: judges::tagging,
    },
    Sort {
        file: "syntax.toml",
        lists: &["frame"],
        judge: judges::frame,
    },
    Sort {
        file: "syntax.toml",
        lists: &["retag"],
        judge: judges::retag,
    },
    Sort {
        file: "factuality.toml",
        lists: &["rule"],
        judge: judges::factuality,
    },
    Sort {
        file: "causal.toml",
        lists: &[
            "joint", "opening", "closing", "verb", "object", "turn", "headline", "report", "order",
        ],
        judge: judges::causal,
    },
    Sort {
        file: "connectives.toml",
        lists: &["connective"],
        judge: judges::causal,
    },
    Sort {
        file: "questions.toml",
        lists: &["question"],
        judge: judges::question,
    },
];

/// What an example wants of its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// That it holds.
    Accept,
    /// That it does not.
    Reject,
    /// That the rule has examples of both sorts.
    Examples,
}

/// One example of one rule.
pub struct Case {
    /// The rule, as `ko/causal/e-ttara`.
    pub rule: String,
    /// What the example wants of it.
    pub wants: Wants,
    /// The number of the example among those that want the same, from 1.
    pub number: usize,
    /// The path of the rule file.
    pub path: String,
    /// Where the example stands in it, from 1.
    pub line: usize,
    example: Example,
    row: Arc<RuleRow>,
    judge: Option<Judge>,
}

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What was found.
    pub seen: String,
    /// What was wanted.
    pub wanted: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wanted {}, seen {}", self.wanted, self.seen)
    }
}

/// What is read besides the pack: other languages, known entities, event types.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    /// Packs of other languages.
    pub packs: &'a Packs,
    /// Known entities.
    pub catalog: &'a Catalog,
    /// Every event type.
    pub types: &'a EventTypes,
}

/// Returns the examples of every rule of `pack`, in the order of files and lines.
///
/// # Errors
///
/// If a rule file is wrong.
pub fn cases(pack: &Pack, beside: Beside<'_>) -> Result<Vec<Case>> {
    let world = World::new(pack, beside);
    let mut judges: Vec<Option<Judge>> = SORTS.iter().map(|_| None).collect();
    let mut cases = Vec::new();
    for row in pack.rules()? {
        let sort = SORTS
            .iter()
            .position(|it| it.file == row.file && it.lists.contains(&row.list.as_str()));
        let judge = match sort {
            None => None,
            Some(idx) => Some(match &judges[idx] {
                Some(judge) => Arc::clone(judge),
                None => Arc::clone(judges[idx].insert((SORTS[idx].judge)(&world)?)),
            }),
        };
        cases.extend(Case::of(pack, row, judge.as_ref()));
    }
    Ok(cases)
}

/// Returns the cases that do not hold, in order, run on every core.
pub fn wrong(cases: &[Case]) -> Vec<(&Case, Wrong)> {
    let wrong = cases.par_iter();
    wrong
        .filter_map(|it| it.run().err().map(|wrong| (it, wrong)))
        .collect()
}

impl Case {
    /// Returns the cases of one rule.
    fn of(pack: &Pack, row: RuleRow, judge: Option<&Judge>) -> Vec<Self> {
        let file = row.file.trim_end_matches(".toml");
        let rule = format!("{}/{file}/{}", pack.lang, row.id);
        let path = pack.shown(&row.file);
        let row = Arc::new(row);
        let case = |wants: Wants, number: usize, example: &Example| Self {
            rule: rule.clone(),
            wants,
            number,
            path: path.clone(),
            line: example.line,
            example: example.clone(),
            row: Arc::clone(&row),
            judge: judge.cloned(),
        };
        let mut cases = Vec::new();
        if judge.is_none() || row.accept.is_empty() || row.reject.is_empty() {
            let here = Example {
                line: row.line,
                text: String::new(),
                wanted: std::collections::BTreeMap::new(),
            };
            cases.push(case(Wants::Examples, 1, &here));
        }
        let sorts = [(Wants::Accept, &row.accept), (Wants::Reject, &row.reject)];
        for (wants, examples) in sorts {
            let examples = examples.iter().enumerate();
            cases.extend(examples.map(|(idx, it)| case(wants, idx + 1, it)));
        }
        cases
    }

    /// Returns the name of the example, as `ko/causal/e-ttara/accept/1`.
    pub fn name(&self) -> String {
        match self.wants {
            Wants::Accept => format!("{}/accept/{}", self.rule, self.number),
            Wants::Reject => format!("{}/reject/{}", self.rule, self.number),
            Wants::Examples => format!("{}/examples", self.rule),
        }
    }

    /// Returns the text of the example; empty where the examples themselves are wanted.
    pub fn text(&self) -> &str {
        &self.example.text
    }

    /// Tells whether the example holds.
    ///
    /// # Errors
    ///
    /// If it does not: what was seen, and what was wanted.
    pub fn run(&self) -> std::result::Result<(), Wrong> {
        let wants = match (self.wants, &self.judge) {
            (Wants::Accept, Some(_)) => true,
            (Wants::Reject, Some(_)) => false,
            (_, None) => {
                return Err(Wrong {
                    seen: format!("a list `{}` with rules", self.row.list),
                    wanted: "a list whose examples can be run, or rows without `id`".to_owned(),
                });
            }
            (Wants::Examples, Some(_)) => {
                return Err(Wrong {
                    seen: format!(
                        "{} accepted, {} rejected",
                        self.row.accept.len(),
                        self.row.reject.len()
                    ),
                    wanted: "at least one `accept` and one `reject`".to_owned(),
                });
            }
        };
        let Some(judge) = &self.judge else {
            return Ok(());
        };
        let found = judge(&self.row, &self.example, wants);
        if found.holds == wants {
            return Ok(());
        }
        let not = if wants { "" } else { "not " };
        Err(Wrong {
            seen: found.seen,
            wanted: format!("{not}{}", found.wanted),
        })
    }
}

/// Returns the pack in the folder `dir` as an error says it is none, for a person who meant a story.
pub fn pack_in(dir: &std::path::Path) -> Result<Pack> {
    if !dir.join("pack.toml").is_file() {
        return Err(Error::usage(format!(
            "{}: no language pack, which has a pack.toml",
            dir.display()
        ))
        .hint(
            "name the folder of a language, as data/lang/ko; without a folder the story is checked",
        ));
    }
    Packs::read_folder(dir)
}
