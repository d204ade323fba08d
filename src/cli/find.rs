//! `find`: searches events, actors and articles.

use super::{
    Context, Done,
    args::Evidence,
    tell::{self, Asked},
    verbs::{FindArgs, Sort},
};
use crate::{
    Error,
    answer::Teller,
    export::{Content, Found, Hit, HitKind},
    model::{Lang, Story},
};
use std::collections::BTreeMap;

pub fn run(ctx: &Context, args: &FindArgs) -> Done {
    let asked = Asked::load(ctx, &args.story)?;
    let teller = asked.teller();
    let story = &asked.loaded.story;
    let lang = teller.lang(&args.query, ctx.global.given_lang().as_ref());
    let wants = |sort: Sort| args.sort.is_none_or(|it| it == sort);
    let mut hits = Vec::new();
    if wants(Sort::Event) {
        hits.extend(events(&teller, &args.query, &lang));
    }
    if wants(Sort::Actor) {
        hits.extend(actors(story, &args.query, &lang));
    }
    if wants(Sort::Article) {
        hits.extend(articles(story, &args.query));
    }
    hits.truncate(args.limit.get());
    if hits.is_empty() {
        let error = Error::not_found(format!("nothing fits `{}`", args.query));
        let error = error.hint("try fewer words, or `backstory timeline` for all events");
        return Err(tell::with_candidates(error, &teller, &args.query, &lang));
    }
    let found = Found {
        question: args.query.clone(),
        hits,
    };
    let telling = asked.telling(lang, Evidence::None, &args.output);
    telling.write(ctx, Content::Found(&found))
}

fn events(teller: &Teller<'_>, query: &str, lang: &Lang) -> Vec<Hit> {
    let matches = teller.find(query, Some(lang)).into_iter();
    matches
        .map(|it| {
            let date = teller.view(&it.id).and_then(|it| it.event.when.edtf());
            Hit {
                kind: HitKind::Event,
                date: date.map(ToString::to_string),
                id: it.id.to_string(),
                label: it.label,
                score: it.score,
            }
        })
        .collect()
}

/// Returns the known entities that take part and have the words of `query` in a name, in the order of their ids.
fn actors(story: &Story, query: &str, lang: &Lang) -> Vec<Hit> {
    let query = query.trim().to_lowercase();
    let known = story.readings.values().flat_map(|it| it.entities.values());
    let known: BTreeMap<_, _> = known.map(|it| (&it.id, it)).collect();
    let fits = |name: &String| name.to_lowercase().contains(&query);
    let fitting = known.into_values().filter(|it| it.names.values().any(fits));
    fitting
        .map(|it| {
            let name = it.names.get(lang).or_else(|| it.names.values().next());
            Hit {
                kind: HitKind::Actor,
                id: it.id.to_string(),
                label: name.cloned().unwrap_or_default(),
                date: None,
                score: share(&query, it.names.values().filter(|it| fits(it))),
            }
        })
        .collect()
}

/// Returns the articles that have the words of `query` in their title, id or text, in the order of their ids.
fn articles(story: &Story, query: &str) -> Vec<Hit> {
    let query = query.trim().to_lowercase();
    let mut hits = Vec::new();
    for article in story.readings.values().map(|it| &it.article) {
        let first_line = article.text.lines().find(|it| !it.trim().is_empty());
        let title = article.title.as_deref().or(first_line).unwrap_or("");
        let has = |text: &str| text.to_lowercase().contains(&query);
        let score = if has(title) || has(article.id.as_str()) {
            1.0
        } else if has(&article.text) {
            0.5
        } else {
            continue;
        };
        hits.push(Hit {
            kind: HitKind::Article,
            id: article.id.to_string(),
            label: title.trim().to_owned(),
            date: article.published.as_ref().map(|it| it.day.to_string()),
            score,
        });
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits
}

/// Returns how much of the shortest name the query is, 0 to 1.
fn share<'a>(query: &str, names: impl Iterator<Item = &'a String>) -> f64 {
    let shortest = names.map(|it| it.chars().count()).min().unwrap_or(1).max(1);
    let letters = query.chars().count().min(shortest);
    #[allow(clippy::cast_precision_loss, reason = "names are short")]
    let share = letters as f64 / shortest as f64;
    (share * 100.0).round() / 100.0
}
