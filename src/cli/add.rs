//! `add`: reads articles, extracts their events, stores them, and reports on each.
//!
//! An article is stored whole or not at all; adding again what is there changes nothing.

use super::{
    Context, Done, Outcome,
    args::StoryArgs,
    engine::{self, Loaded, Read},
    facts, place,
    report::{ArticleRow, count},
    tell,
    verbs::{AddArgs, Keep, Kind},
};
use crate::{
    Error, Result,
    model::{Article, Reading, Story},
    pipeline::Reader,
    read::kept::{Kept, carry_over},
    store::{Access, Change, Kind as StoreKind, Store},
};
use serde::Serialize;
use std::{sync::mpsc, thread, time::Instant};

/// How many articles are read before they are stored: enough for every core, little enough to lose.
const BATCH: usize = 32;

/// A store that is being added to, and what it tells so far.
pub struct Adding<'a> {
    pub ctx: &'a Context,
    pub args: &'a AddArgs,
    pub story: Story,
    pub rows: Vec<ArticleRow>,
    pub failed: usize,
    /// `None` for a dry run.
    store: Option<Store>,
    changed: bool,
    /// Whether the store lacks what holds across its articles.
    unfinished: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    store: Option<String>,
    articles: &'a [ArticleRow],
    failed: usize,
    total_articles: usize,
    total_events: usize,
}

pub fn run(ctx: &Context, args: &AddArgs) -> Done {
    let begin = Instant::now();
    let options = args
        .given
        .options(ctx.global.given_lang(), Kind::format(args.kind));
    // Wrong input must not leave an empty store behind.
    let (articles, failed) = if args.kind == Some(Kind::Facts) {
        (Vec::new(), 0)
    } else {
        ctx.articles(ctx.inputs(&args.paths, &options))
    };
    if articles.is_empty() && 0 < failed {
        return Ok(Outcome::SomeFailed);
    }
    let mut adding = Adding::open(ctx, args)?;
    adding.failed += failed;
    if args.kind == Some(Kind::Facts) {
        facts::add(&mut adding)?;
    } else {
        adding.articles(articles)?;
    }
    adding.finish(begin)
}

impl<'a> Adding<'a> {
    fn open(ctx: &'a Context, args: &'a AddArgs) -> Result<Self> {
        let kind = match args.keep_in {
            Keep::Folder => StoreKind::Folder,
            Keep::Rocksdb => StoreKind::RocksDb,
        };
        let folder = place::folder(&ctx.global);
        let (loaded, store) = if args.dry_run {
            let there = folder.exists().then(|| Store::open(&folder, Access::Read));
            let loaded = match there {
                Some(store) => ctx.story_of(&store?)?,
                None => Loaded {
                    story: Story::default(),
                    failed: 0,
                    unfinished: false,
                },
            };
            (loaded, None)
        } else {
            let (store, _) = place::open_or_create(&ctx.global, kind)?;
            (ctx.story_of(&store)?, Some(store))
        };
        Ok(Self {
            ctx,
            args,
            story: loaded.story,
            rows: Vec::new(),
            failed: loaded.failed,
            store,
            changed: false,
            unfinished: loaded.unfinished,
        })
    }

    fn articles(&mut self, articles: Vec<(String, Article)>) -> Result<()> {
        let is_known = |it: &(String, Article)| !self.args.replace && self.has(&it.1);
        let (known, mut new): (Vec<_>, Vec<_>) = articles.into_iter().partition(is_known);
        for (name, article) in known {
            let reading = &self.story.readings[&article.id];
            let row = ArticleRow::of_reading(&name, reading, "already there");
            self.report(row)?;
        }
        if new.is_empty() {
            return Ok(());
        }
        let reader = self.ctx.engine.reader()?;
        // The next articles are read while the last ones are stored.
        thread::scope(|scope| {
            let (sender, batches) = mpsc::sync_channel(1);
            let reader = &reader;
            scope.spawn(move || {
                while !new.is_empty() {
                    let rest = new.split_off(new.len().min(BATCH));
                    let batch = std::mem::replace(&mut new, rest);
                    let read = engine::read_all(reader, batch, Reader::read);
                    // Nobody receives any more where storing failed.
                    if sender.send(read).is_err() {
                        return;
                    }
                }
            });
            for batch in batches {
                for read in batch? {
                    self.store_read(read)?;
                }
            }
            Ok(())
        })
    }

    /// Stores an article that was read, and tells what came of it.
    fn store_read(&mut self, mut read: Read) -> Result<()> {
        for it in &read.diagnostics {
            let remark = format!("{}: {} ({})", read.name, it.message, it.rule);
            self.ctx.console.detail(&remark);
        }
        let kept = self.carry_over(&mut read.reading);
        let status = self.keep(read.reading.clone())?;
        self.report(ArticleRow::of(&read, status).with(&kept))
    }

    /// Tells whether the story has this very version of `article`.
    pub fn has(&self, article: &Article) -> bool {
        let known = self.story.article(&article.id);
        known.is_some_and(|it| it.content_hash() == article.content_hash())
    }

    /// Adds the facts by hand that the story has of this article to a new reading of it.
    pub fn carry_over(&self, reading: &mut Reading) -> Kept {
        let old = self.story.readings.get(&reading.article.id);
        old.map_or_else(Kept::default, |it| carry_over(it, reading))
    }

    /// Stores `reading`, and returns what that changed.
    pub fn keep(&mut self, reading: Reading) -> Result<&'static str> {
        let known = self.story.readings.get(&reading.article.id);
        let change = match &mut self.store {
            Some(store) => store.insert(&reading)?,
            None if known == Some(&reading) => Change::Unchanged,
            None if known.is_some() => Change::Replaced,
            None => Change::Added,
        };
        if change != Change::Unchanged {
            self.story.insert(reading);
            self.changed = true;
        }
        Ok(match change {
            Change::Added => "added",
            Change::Replaced => "replaced",
            Change::Unchanged => "unchanged",
        })
    }

    /// Tells what came of an article, at once for people, at the end for programs.
    pub fn report(&mut self, mut row: ArticleRow) -> Result<()> {
        if row.status == "replaced" {
            let before = self.rows.iter().rev().find(|it| it.id == row.id);
            row.notes.push(match before {
                Some(it) => format!("replaces {}, which has the same id `{}`", it.name, it.id),
                None => format!("replaces what the story had of `{}`", row.id),
            });
        }
        if !self.args.json {
            self.ctx.console.print(&row.text())?;
        }
        self.rows.push(row);
        Ok(())
    }

    /// Stores what holds across the articles, and sums up.
    fn finish(mut self, begin: Instant) -> Done {
        if self.changed || self.unfinished {
            self.ctx.engine.derive(&mut self.story)?;
            if let Some(store) = &mut self.store {
                store.set_derived(&self.story)?;
            }
        }
        let views = self.story.event_views();
        let shown = place::shown(&place::folder(&self.ctx.global));
        if self.args.json {
            let document = Document {
                schema: "backstory.add/1",
                store: self.store.is_some().then_some(shown),
                articles: &self.rows,
                failed: self.failed,
                total_articles: self.story.readings.len(),
                total_events: views.len(),
            };
            let text = serde_json::to_string_pretty(&document)
                .map_err(|it| Error::store("the report is no JSON").because(it))?;
            self.ctx.console.print(&(text + "\n"))?;
            return Ok(Outcome::after(self.failed));
        }
        let totals = format!(
            "({}, {})",
            count(self.story.readings.len(), "article"),
            count(views.len(), "event")
        );
        let time = if self.ctx.console.terminal {
            format!("  {} ms", begin.elapsed().as_millis())
        } else {
            String::new()
        };
        let text = match &self.store {
            Some(_) => format!("stored in {shown} {totals}{time}\n"),
            None => format!("nothing stored, as asked {totals}{time}\n"),
        };
        self.ctx.console.print(&text)?;
        self.hints();
        Ok(Outcome::after(self.failed))
    }

    /// Tells what to do next.
    fn hints(&self) {
        let articles = self.story.readings.values().map(|it| &it.article);
        let unnamed = articles.filter(|it| it.source.is_none()).count();
        if unnamed != 0 && self.changed {
            let articles = count(unnamed, "article");
            let note = format!(
                "note: {articles} without a publisher; pass --source to count who tells it"
            );
            self.ctx.console.note(&note);
        }
        let told = self.rows.iter().filter_map(|row| {
            let mut readings = self.story.readings.values();
            readings.find(|it| it.article.id.as_str() == row.id)
        });
        let events = told.flat_map(|it| it.events.iter().map(move |event| (it, event)));
        let best = events.max_by_key(|(reading, event)| {
            let causes = reading.links.iter().filter(|it| {
                it.asserted && it.relation.is_causal() && it.to.event.as_ref() == Some(&event.id)
            });
            let id = std::cmp::Reverse(&event.id);
            (causes.count(), event.salience, id)
        });
        if let (Some((reading, event)), Some(_)) = (best, &self.store) {
            let label = event.label(&reading.article.lang);
            let again = tell::again(self.ctx, &StoryArgs::default());
            let next = format!("next: backstory why {} {again}", tell::quoted(label));
            self.ctx.console.note(next.trim_end());
        }
    }
}
