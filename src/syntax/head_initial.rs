//! Clauses of languages whose predicates stand between subject and object, and whose prepositions precede nouns.
//!
//! Tokens become chunks, verb groups become predicates with the subject before them, and the noun phrases that are left go to the
//! predicate they follow. Every word it knows comes from the pack's `syntax.toml`. It does not type events or assign roles.

mod attach;
mod chunks;
mod grammar;
mod openings;
mod predicates;

use super::Clauses;
use crate::{Result, lang::Pack, text::Sentence};
use grammar::Grammar;

/// Reads the clauses of sentences.
#[derive(Clone, Debug)]
pub struct HeadInitial {
    grammar: Grammar,
}

impl HeadInitial {
    /// Returns the grammar of `pack`: its `syntax.toml`, and the nouns of its `triggers.toml` as nominal predicates.
    ///
    /// # Errors
    ///
    /// If a rule file is wrong; the message names the file and the row.
    pub fn new(pack: &Pack) -> Result<Self> {
        Ok(Self {
            grammar: Grammar::new(pack)?,
        })
    }

    /// Returns the predicates of `sentence`, which stands in the field whose text is `field_text`.
    ///
    /// Arguments are marked `subject`, `object`, `recipient` (the first of two objects), `genitive` (who has it), `compound`
    /// (nouns before an event noun), `complement` (what the subject is said to be), or by their preposition as the pack names it.
    pub fn clauses(&self, field_text: &str, sentence: &Sentence) -> Clauses {
        let question = sentence.span().slice(field_text).trim_end().ends_with('?');
        let mut draft = predicates::Drafting::new(&self.grammar, sentence, question);
        draft.verbs();
        draft.nouns();
        draft.attach();
        Clauses {
            predicates: draft.finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lang::Packs,
        model::{Field, Lang, Place, Span},
        text::{SentenceKind, WordSegmenter},
    };

    /// Shows predicates as `lemma(marker: words, …)`, with what their form says after it.
    fn shown(text: &str, kind: SentenceKind) -> String {
        let packs = Packs::embedded().expect("packs are sound");
        let pack = packs.get(&Lang::new("en")).expect("there is English");
        let segmenter =
            WordSegmenter::new(pack, pack.file("lexicon.tsv").as_bytes()).expect("rules are sound");
        let sentence = Sentence {
            place: Place::new(Field::Text, Span::new(0, text.len()).expect("not empty")),
            kind,
            paragraph: 0,
            tokens: segmenter.tokens(text, 0),
            quotes: Vec::new(),
        };
        let clauses = HeadInitial::new(pack)
            .expect("rules are sound")
            .clauses(text, &sentence);
        let lines = clauses.predicates.iter().map(|it| {
            let arguments = it.arguments.iter().map(|arg| {
                let not = if arg.negated { "not " } else { "" };
                format!("{not}{}: {}", arg.marker, arg.span.slice(text))
            });
            let mut line = format!("{}({})", it.lemma, arguments.collect::<Vec<_>>().join(", "));
            let flags = [(it.passive, " passive"), (it.negated, " negated")];
            flags
                .iter()
                .filter(|it| it.0)
                .for_each(|it| line.push_str(it.1));
            for mood in &it.moods {
                line = format!("{line} {mood}");
            }
            if !it.joint.is_empty() {
                line = format!("{} {line}", it.joint);
            }
            line
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn check(text: &str, want: &[&str]) {
        assert_eq!(shown(text, SentenceKind::Body), want.join("\n"), "{text}");
    }

    #[test]
    fn subjects_and_objects() {
        check(
            "Seoul and Tokyo signed a pact.",
            &[
                "sign(subject: Seoul, subject: Tokyo, object: pact)",
                "pact()",
            ],
        );
        check(
            "Not Musk but Huang visited the White House.",
            &[
                "visit(not subject: Musk, subject: Huang, object: White House)",
                "house(compound: White)",
            ],
        );
        check(
            "The bank gave Ukraine two planes.",
            &[
                "bank()",
                "give(subject: bank, recipient: Ukraine, object: two planes)",
                "plane()",
            ],
        );
    }

    #[test]
    fn auxiliaries() {
        check(
            "He has not been arrested.",
            &["arrest(subject: He) passive negated"],
        );
        check(
            "The plant may be closed by the city.",
            &[
                "plant()",
                "close(subject: plant, by: city) passive possibility",
                "city()",
            ],
        );
        check(
            "The president is expected to sign the bill.",
            &[
                "president()",
                "expect()",
                "sign(subject: president, object: bill) intention",
                "bill()",
            ],
        );
    }

    #[test]
    fn clauses_in_clauses() {
        check(
            "Nvidia said it would sell chips because Washington had eased the rules.",
            &[
                "say(subject: Nvidia)",
                "sell(subject: it, object: chips) conditional",
                "chip()",
                "because ease(subject: Washington, object: rules)",
                "rule()",
            ],
        );
        check(
            "The law, which was passed in May, forced the firm to close.",
            &[
                "which pass(subject: law, in: May) passive",
                "force(subject: law, object: firm)",
                "close(subject: firm)",
            ],
        );
    }

    #[test]
    fn event_nouns() {
        check(
            "Beijing's ban on exports hurt Apple after the talks failed.",
            &[
                "ban(genitive: Beijing, on: exports)",
                "on export()",
                "hurt(subject: Beijing's ban, object: Apple)",
                "after talk()",
                "after fail(subject: talks)",
            ],
        );
        check(
            "China held talks with Russia.",
            &["hold(subject: China)", "talk(subject: China, with: Russia)"],
        );
    }

    #[test]
    fn adverbs_of_the_clause() {
        check(
            "The government reportedly banned the app.",
            &[
                "government()",
                "ban(subject: government, object: app) hearsay",
            ],
        );
        check(
            "Reportedly, the firm never closed the plant.",
            &[
                "close(subject: firm, object: plant) negated hearsay",
                "plant()",
            ],
        );
        check(
            "Police denied the alleged attack.",
            &[
                "police()",
                "deny(subject: Police, object: alleged attack)",
                "attack() hearsay",
            ],
        );
    }

    #[test]
    fn headlines() {
        assert_eq!(
            shown("Lawmaker arrested in Seoul", SentenceKind::Headline),
            "arrest(subject: Lawmaker, in: Seoul) passive"
        );
        assert_eq!(
            shown("US Bans Exports of Chips to China", SentenceKind::Headline),
            "ban(subject: US, object: Exports, to: China)\nexport(of: Chips)\nchip()"
        );
    }

    #[test]
    fn odd_text_is_no_error() {
        for text in [
            "to",
            "to to to",
            "not",
            ", , and",
            "that that is is",
            "'s",
            "by",
            "be been being",
            "who which that",
            "said said",
        ] {
            shown(text, SentenceKind::Body);
            shown(text, SentenceKind::Headline);
        }
    }
}
