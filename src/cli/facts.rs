//! `add --as facts`: facts by hand or from another program, through the same door as everything else.

use super::{add::Adding, engine::Read, report::ArticleRow};
use crate::{
    Error, Result,
    model::{Article, Reading},
    pipeline::Reader,
    read::{
        self, Options,
        facts::{self, Facts, Known, Target},
        kept::Kept,
    },
};
use std::path::Path;

/// Adds the rows of every facts file; a row that is refused is told, and the others go on.
pub fn add(adding: &mut Adding<'_>) -> Result<()> {
    let options = adding
        .args
        .given
        .options(adding.ctx.global.given_lang(), read::Format::Auto);
    let mut reader = None;
    for path in &adding.args.paths {
        let rows = match text(path) {
            Ok(text) => facts::parse(&path.display().to_string(), &text),
            Err(error) => vec![Err(error)],
        };
        for row in rows {
            let added = row.and_then(|row| add_row(adding, &row, &options, &mut reader));
            if let Err(error) = added {
                if !error.is_input() {
                    return Err(error);
                }
                adding.failed += 1;
                adding.ctx.console.failed_input(&error, adding.args.json);
            }
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<String> {
    let bytes = read::file_bytes(path)?;
    String::from_utf8(bytes)
        .map_err(|it| Error::input(format!("{}: facts are UTF-8", path.display())).because(it))
}

fn add_row(
    adding: &mut Adding<'_>,
    row: &Facts,
    options: &Options,
    reader: &mut Option<Reader>,
) -> Result<()> {
    let ctx = adding.ctx;
    let known = Known {
        types: &ctx.engine.types,
        catalog: &ctx.engine.catalog,
    };
    let mut kept = Kept::default();
    let (mut reading, diagnostics) = match article(adding, row, options)? {
        None => (stored(adding, row)?, Vec::new()),
        Some(article) if adding.has(&article) => {
            (adding.story.readings[&article.id].clone(), Vec::new())
        }
        Some(article) => {
            if reader.is_none() {
                *reader = Some(ctx.engine.reader()?);
            }
            let reader = reader.as_ref().expect("made above");
            reader.prepare(&article.lang).map_err(Error::usage)?;
            let (mut reading, diagnostics) = reader.read(article);
            kept = adding.carry_over(&mut reading);
            (reading, diagnostics)
        }
    };
    row.apply(&mut reading, &known)?;
    let status = adding.keep(reading.clone())?;
    let status = if status == "unchanged" {
        "already there"
    } else {
        status
    };
    let read = Read {
        name: row.place.clone(),
        reading,
        diagnostics,
    };
    adding.report(ArticleRow::of(&read, status).with(&kept))
}

/// Returns the article that the row brings along or points to, `None` if it names a stored one.
fn article(adding: &Adding<'_>, row: &Facts, options: &Options) -> Result<Option<Article>> {
    let packs = &adding.ctx.engine.packs;
    match &row.target {
        Target::Stored(_) => Ok(None),
        Target::Here => row.article(options, packs).map(Some),
        Target::File(path) => {
            let mut inputs = read::read_path(path, options, packs);
            if inputs.len() != 1 {
                let message = format!(
                    "{}: {} holds {} articles",
                    row.place,
                    path.display(),
                    inputs.len()
                );
                return Err(Error::input(message)
                    .hint("name a file with one article, or its id as `article`"));
            }
            inputs.remove(0).article.map(Some)
        }
    }
}

fn stored(adding: &Adding<'_>, row: &Facts) -> Result<Reading> {
    let Target::Stored(id) = &row.target else {
        return Err(Error::input(format!("{}: names no article", row.place)));
    };
    adding.story.readings.get(id).cloned().ok_or_else(|| {
        Error::input(format!("{}: the story has no article `{id}`", row.place))
            .hint("`backstory find --type article WORDS` prints the ids")
    })
}
