//! What the asking verbs share: options from flags, and writing an answer in the format asked for.

use super::{
    Context, Done, Failure, Outcome,
    args::{Evidence, Include, OutputArgs, StoryArgs, WalkArgs},
    console::Candidate,
    engine::Loaded,
    verbs::AnswerArgs,
};
use crate::{
    Error, Result,
    answer::{self, Answer, Knowledge, Match, Questions, Teller, Verb},
    export::{self, Content, Detail, Exporter, View, Words},
    model::{Confidence, EventId, Lang},
    rdf,
};
use std::{borrow::Cow, io, num::NonZeroUsize, path::Path};

/// A story loaded, with what is known apart from it.
pub struct Asked {
    pub loaded: Loaded,
    pub knowledge: Knowledge,
    /// The flags by which the next command finds the same story.
    again: String,
}

impl Asked {
    /// Returns what `args` names, ready for a question.
    pub fn load(ctx: &Context, args: &StoryArgs) -> Result<Self> {
        Ok(Self {
            loaded: ctx.story(args)?,
            knowledge: Knowledge {
                questions: Questions::new(&ctx.engine.packs)?,
                types: ctx.engine.types.clone(),
                catalog: ctx.engine.catalog.clone(),
            },
            again: again(ctx, args),
        })
    }

    /// Returns the story, made ready for questions.
    pub fn teller(&self) -> Teller<'_> {
        Teller::new(&self.loaded.story, &self.knowledge)
    }

    /// Returns how what is found in the story is written.
    pub fn telling<'a>(
        &'a self,
        lang: Lang,
        evidence: Evidence,
        output: &'a OutputArgs,
    ) -> Telling<'a> {
        Telling {
            loaded: &self.loaded,
            again: &self.again,
            lang,
            evidence,
            output,
        }
    }

    /// Writes an answer, and the other events that the question fits.
    pub fn answer(&self, ctx: &Context, args: &AnswerArgs, answer: &Answer) -> Done {
        let telling = self.telling(answer.lang.clone(), args.walk.evidence, &args.output);
        let outcome = telling.write(ctx, Content::Answer(answer))?;
        telling.also_matches(ctx, &answer.also_matches)?;
        let nothing = answer.verb == Verb::Path && answer.chains.is_empty();
        Ok(if nothing { Outcome::Nothing } else { outcome })
    }
}

/// Returns the flags by which the next command finds the story of this one, as a shell reads them.
pub fn again(ctx: &Context, args: &StoryArgs) -> String {
    let mut words = Vec::new();
    if !args.inputs.is_empty() {
        words.push("--in".to_owned());
        words.extend(args.inputs.iter().map(|it| it.display().to_string()));
    } else if let Some(store) = &ctx.global.store {
        words.extend(["--store".to_owned(), store.display().to_string()]);
    }
    for (flag, day) in [("--published", &args.published), ("--as-of", &args.as_of)] {
        let day = day
            .iter()
            .flat_map(|it| [flag.to_owned(), it.original.clone()]);
        words.extend(day);
    }
    words
        .iter()
        .map(|it| quoted(it))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns `word` as a shell reads it.
pub fn quoted(word: &str) -> String {
    shlex::try_quote(word).map_or_else(|_| word.to_owned(), Cow::into_owned)
}

/// Returns the options that the flags say.
pub fn options(ctx: &Context, walk: &WalkArgs, at: Option<&str>) -> answer::Options {
    let usual = answer::Options::default();
    answer::Options {
        lang: ctx.global.given_lang(),
        depth: walk.depth.map_or(usual.depth, NonZeroUsize::get),
        limit: walk.limit.map_or(usual.limit, NonZeroUsize::get),
        min_confidence: walk
            .min
            .map_or(usual.min_confidence, Confidence::from_probability),
        stated_only: walk.stated_only,
        include_hedged: walk.include == Some(Include::Hedged),
        from: walk.from.and_then(|it| it.earliest),
        to: walk.to.and_then(|it| it.latest),
        as_of: None,
        at: at.map(event_id),
    }
}

/// Returns the event id that `text` means, with or without its `e:`.
pub fn event_id(text: &str) -> EventId {
    let text = text.trim();
    if text.starts_with("e:") {
        EventId::new(text)
    } else {
        EventId::new(format!("e:{text}"))
    }
}

/// Returns `error` with the events nearest to `words`, if it says that nothing was found.
pub fn with_candidates(error: Error, teller: &Teller<'_>, words: &str, lang: &Lang) -> Failure {
    let mut near = Vec::new();
    if error.is_not_found() {
        near = teller.find(words, Some(lang));
        if near.is_empty() {
            near = teller.nearest(words, lang);
        }
    }
    let near = near.into_iter().take(3);
    Failure {
        error,
        candidates: near
            .map(|it| Candidate {
                id: it.id.to_string(),
                label: it.label,
            })
            .collect(),
    }
}

/// What is written, and how.
pub struct Telling<'a> {
    loaded: &'a Loaded,
    again: &'a str,
    lang: Lang,
    evidence: Evidence,
    output: &'a OutputArgs,
}

impl Telling<'_> {
    /// Returns the words of the language to write in.
    fn words(&self, ctx: &Context) -> Result<Words> {
        let pack = ctx.engine.packs.get(&self.lang);
        let pack = pack.or_else(|_| ctx.engine.packs.get(&Lang::new("en")))?;
        Words::of(pack)
    }

    /// Writes `content`, and returns how the verb ended.
    pub fn write(&self, ctx: &Context, content: Content<'_>) -> Done {
        let words = self.words(ctx)?;
        let exporter = exporter(self.output)?;
        let options = export::Options {
            width: ctx.console.width,
            ascii: ctx.console.ascii,
            colour: ctx.console.colour && self.output.output.is_none(),
            whole: !ctx.console.terminal || self.output.output.is_some(),
            evidence: match self.evidence {
                Evidence::None => Detail::None,
                Evidence::Short => Detail::Short,
                Evidence::All => Detail::All,
            },
        };
        let vocab = rdf::Vocab::default();
        let iri = |id: &EventId| vocab.event(id).into_string();
        let view = View::new(content, &self.loaded.story, &words)
            .with_options(options)
            .with_again(self.again)
            .with_iri(&iri);
        let mut bytes = Vec::new();
        exporter.write(&view, &mut bytes).map_err(|error| {
            if error.kind() == io::ErrorKind::Unsupported {
                Error::usage(error.to_string()).because(error)
            } else {
                Error::store(format!("format `{}`: {error}", exporter.name())).because(error)
            }
        })?;
        ctx.console.write(self.output.output.as_deref(), &bytes)?;
        Ok(Outcome::after(self.loaded.failed))
    }

    /// Tells which other events the question fits, on standard error; JSON has them in the answer.
    fn also_matches(&self, ctx: &Context, matches: &[Match]) -> Result<()> {
        if matches.is_empty() || ctx.json {
            return Ok(());
        }
        let words = self.words(ctx)?;
        let mut text = format!("{} (--at ID):", words.get("say", "also-matches"));
        for it in matches {
            text.push_str("\n  ");
            text.push_str(it.id.as_str());
            text.push_str("  ");
            text.push_str(&it.label);
        }
        ctx.console.note(&text);
        Ok(())
    }
}

/// Returns the format that the flags name, or the extension of the output.
fn exporter(args: &OutputArgs) -> Result<&'static dyn Exporter> {
    if args.json {
        return export::exporter("json");
    }
    if let Some(name) = &args.format {
        return export::exporter(name);
    }
    let extension = args.output.as_deref().and_then(Path::extension);
    match extension.and_then(|it| it.to_str()) {
        None | Some("txt") => export::exporter("text"),
        Some(extension) => export::exporter_of_extension(extension).ok_or_else(|| {
            Error::usage(format!("no format has the extension `.{extension}`"))
                .hint("name one with -f; --help lists them")
        }),
    }
}
