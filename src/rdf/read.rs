//! Quads → story: the exact inverse of writing, in whatever order the quads come.
//!
//! Triples that the model has no place for are passed over; a node that lacks what the model needs is an error that names it.

use super::index::{Index, Name, Node, iri_of};
use super::offsets::Offsets;
use super::vocab::{FARO, NIF, PROV, RDF, RDFS, SCHEMA, SEM, Vocab, read_part};
use crate::model::{
    Amount, Article, ArticleId, Attribution, Certainty, Confidence, Derived, Edtf, Entity,
    EntityId, Event, EventTypeId, Evidence, Factuality, Field, Interval, Lang, Link, LinkEnd,
    LinkParts, Mention, Merge, Participant, Place, Published, Reading, RuleId, StateChange, Story,
    Strength, Timex, TimexKind, When,
};
use crate::{Error, Result};
use chrono::NaiveDate;
use oxigraph::model::{GraphName, Quad};
use std::collections::BTreeMap;

impl Vocab {
    /// Returns the story that `quads` tell; graphs that are no article's are passed over.
    ///
    /// # Errors
    /// Fails if a node of an article lacks what the model needs, naming the node and the property.
    pub fn from_quads(&self, quads: impl IntoIterator<Item = Quad>) -> Result<Story> {
        let mut graphs: BTreeMap<ArticleId, Index> = BTreeMap::new();
        let mut derived = Index::default();
        let derived_graph = self.derived_graph();
        let mut last: Option<(String, ArticleId)> = None;
        for quad in quads {
            let GraphName::NamedNode(graph) = &quad.graph_name else {
                continue;
            };
            if *graph == derived_graph {
                derived.add(quad);
                continue;
            }
            let same = last.as_ref().is_some_and(|it| it.0 == graph.as_str());
            if !same {
                let article = self.read_graph(graph.as_str());
                last = article.map(|it| (graph.as_str().to_owned(), it));
            }
            if let Some((_, article)) = &last {
                match graphs.get_mut(article) {
                    Some(index) => index.add(quad),
                    None => graphs.entry(article.clone()).or_default().add(quad),
                }
            }
        }
        let mut story = Story::default();
        for (article, index) in graphs {
            let reading = self.reading(&index, &article)?;
            story.readings.insert(article, reading);
        }
        story.derived = self.derived(&derived, &story)?;
        Ok(story)
    }

    /// Returns what the graph of one article tells; other graphs are passed over.
    ///
    /// # Errors
    /// Fails like [`Vocab::from_quads`], and if there is no article.
    pub fn reading_from_quads(&self, quads: impl IntoIterator<Item = Quad>) -> Result<Reading> {
        let mut index = Index::default();
        let mut of: Option<(GraphName, ArticleId)> = None;
        for quad in quads {
            if let (None, GraphName::NamedNode(graph)) = (&of, &quad.graph_name) {
                let article = self.read_graph(graph.as_str());
                of = article.map(|it| (quad.graph_name.clone(), it));
            }
            if of.as_ref().is_some_and(|it| it.0 == quad.graph_name) {
                index.add(quad);
            }
        }
        let (_, article) = of.ok_or_else(|| Error::store("there is no article in it"))?;
        self.reading(&index, &article)
    }

    /// Returns what `quads` of the derived graph tell across the articles of `story`.
    ///
    /// # Errors
    /// Fails like [`Vocab::from_quads`].
    pub fn derived_from_quads(
        &self,
        quads: impl IntoIterator<Item = Quad>,
        story: &Story,
    ) -> Result<Derived> {
        let mut index = Index::default();
        quads.into_iter().for_each(|quad| index.add(quad));
        self.derived(&index, story)
    }

    fn reading(&self, index: &Index, id: &ArticleId) -> Result<Reading> {
        let article = article(self, index, id)?;
        let reader = Reader {
            vocab: self,
            index,
            offsets: Offsets::of([&article]),
        };
        let sentences = index.numbered(self, (NIF, "Sentence"))?;
        let sentences = sentences
            .into_iter()
            .map(|it| Ok(reader.place(it, it.iri)?.1));
        let sentences = sentences.collect::<Result<_>>()?;
        let events = index.numbered(self, ("", "Event"))?;
        let events = events
            .into_iter()
            .map(|it| reader.event(it))
            .collect::<Result<_>>()?;
        let (timexes, links) = (reader.timexes()?, reader.links()?);
        let entities = reader.entities()?;
        Ok(Reading {
            article,
            sentences,
            timexes,
            events,
            links,
            entities,
        })
    }

    fn derived(&self, index: &Index, story: &Story) -> Result<Derived> {
        let reader = Reader {
            vocab: self,
            index,
            offsets: Offsets::of(story.readings.values().map(|it| &it.article)),
        };
        let mut merges = Vec::new();
        for node in index.numbered(self, ("", "Merge"))? {
            merges.push(reader.merge(node)?);
        }
        let links = reader.links()?;
        Ok(Derived { merges, links })
    }
}

fn article(vocab: &Vocab, index: &Index, id: &ArticleId) -> Result<Article> {
    let (doc, context) = (vocab.doc(id), vocab.context(id, Field::Title));
    let (node, title) = (index.node(doc.as_str()), index.node(context.as_str()));
    let published = node.text(vocab, (SCHEMA, "datePublished")).map(|day| {
        let as_given = node.text(vocab, ("", "publishedAs")).unwrap_or(day);
        let day = day
            .parse::<NaiveDate>()
            .map_err(|_| node.lacks("schema:datePublished"))?;
        Ok::<_, Error>(Published {
            day,
            original: as_given.to_owned(),
        })
    });
    let source = node.iri(vocab, (SCHEMA, "publisher"));
    Ok(Article {
        id: id.clone(),
        title: title.text(vocab, (NIF, "isString")).map(str::to_owned),
        text: node.need(vocab, (NIF, "isString"))?.to_owned(),
        lang: Lang::new(node.need(vocab, (SCHEMA, "inLanguage"))?),
        published: published.transpose()?,
        source: source.and_then(|it| vocab.read_publisher(it)),
        url: node.text(vocab, (SCHEMA, "url")).map(str::to_owned),
    })
}

/// Reads the nodes of one graph.
struct Reader<'a> {
    vocab: &'a Vocab,
    index: &'a Index,
    offsets: Offsets<'a>,
}

impl<'a> Reader<'a> {
    fn place(&self, of: Node<'_>, iri: &str) -> Result<(ArticleId, Place)> {
        let place = self.offsets.read(self.vocab, iri);
        place.ok_or_else(|| {
            Error::store(format!("<{}>: <{iri}> lies outside of its article", of.iri))
                .hint("remove the article and add it again")
        })
    }

    /// Returns the place that the property points to, if it does.
    fn place_at(&self, node: Node<'_>, property: &str) -> Result<Option<Place>> {
        let iri = node.iri(self.vocab, ("", property));
        iri.map(|it| Ok(self.place(node, it)?.1)).transpose()
    }

    fn need_place(&self, node: Node<'_>) -> Result<(ArticleId, Place)> {
        self.place(node, node.need_iri(self.vocab, ("", "phrase"))?)
    }

    /// Returns the value of the model that the property's IRI stands for.
    fn word<T>(&self, node: Node<'_>, name: Name<'_>, of: impl Fn(&str) -> Option<T>) -> Result<T> {
        let iri = node.need_iri(self.vocab, name)?;
        let word = self.vocab.read_value(iri);
        word.and_then(|it| of(&it))
            .ok_or_else(|| node.lacks(name.1))
    }

    fn rule(&self, node: Node<'_>) -> Result<RuleId> {
        node.need(self.vocab, ("", "rule")).map(RuleId::new)
    }

    fn edtf(&self, node: Node<'_>) -> Result<Option<Edtf>> {
        let Some(text) = node.text(self.vocab, ("", "edtf")) else {
            return Ok(None);
        };
        let date = match text {
            "../.." => Some(Edtf::between(None, None)),
            other => Edtf::parse(other),
        };
        date.map(Some).ok_or_else(|| node.lacks("bst:edtf"))
    }

    fn timexes(&self) -> Result<Vec<Timex>> {
        let vocab = self.vocab;
        let mut nodes = self.index.of_class(vocab, ("", "Timex"));
        nodes.sort_by_key(|it| read_part(it.iri));
        let read = |node: Node<'a>| {
            let kind = TimexKind::from_word(node.need(vocab, ("", "timexType"))?);
            Ok(Timex {
                place: self.need_place(node)?.1,
                kind: kind.ok_or_else(|| node.lacks("bst:timexType"))?,
                value: node.need(vocab, ("", "timexValue"))?.to_owned(),
                edtf: self.edtf(node)?,
                covers: None,
                anaphoric: node.flag(vocab, ("", "anaphoric")),
                elapsed: node.flag(vocab, ("", "elapsed")),
                rule: self.rule(node)?,
                derivation: node.need(vocab, ("", "derivation"))?.to_owned(),
            })
        };
        nodes.into_iter().map(read).collect()
    }

    fn labels(&self, node: Node<'_>) -> BTreeMap<Lang, String> {
        let labels = node.all(self.vocab, (RDFS, "label"));
        labels.filter_map(|it| self.vocab.read_text(it)).collect()
    }

    fn entities(&self) -> Result<BTreeMap<EntityId, Entity>> {
        let mut entities = BTreeMap::new();
        for node in self.index.of_class(self.vocab, (SEM, "Actor")) {
            let Some(id) = self.vocab.read_entity(node.iri) else {
                continue;
            };
            let kind = node.need_iri(self.vocab, (SEM, "actorType"))?;
            let kind = self.vocab.read_kind(kind);
            let entity = Entity {
                id: id.clone(),
                kind: kind.ok_or_else(|| node.lacks("sem:actorType"))?,
                names: self.labels(node),
            };
            entities.insert(id, entity);
        }
        Ok(entities)
    }

    fn event(&self, node: Node<'a>) -> Result<Event> {
        let vocab = self.vocab;
        let id = vocab
            .read_event(node.iri)
            .ok_or_else(|| node.lacks("event id"))?;
        let event_type = node.need_iri(vocab, (SEM, "eventType"))?;
        let event_type = vocab.read_word(event_type).map(EventTypeId::new);
        let event_type = event_type.ok_or_else(|| node.lacks("sem:eventType"))?;
        let factuality = self.word(node, (FARO, "status"), Factuality::from_word)?;
        let mentions = node.parts(self.index, vocab, ("", "mention"));
        let mentions = mentions.into_iter().map(|it| self.mention(it));
        let mut mentions = mentions.collect::<Result<Vec<_>>>()?.into_iter();
        let first = mentions.next().ok_or_else(|| node.lacks("bst:mention"))?;
        let mut event = Event::new(id, event_type, self.when(node)?, factuality, first);
        mentions.for_each(|it| event.add_mention(it));
        event.labels = self.labels(node);
        let salience = node.need(vocab, ("", "salience"))?.parse().ok();
        event.salience = salience.ok_or_else(|| node.lacks("bst:salience"))?;
        for part in node.parts(self.index, vocab, ("", "participation")) {
            event.participants.push(self.participant(part)?);
        }
        if let Some(change) = node.iri(vocab, ("", "sets")) {
            event.state = Some(self.state(self.index.node(change))?);
        }
        Ok(event)
    }

    fn state(&self, node: Node<'_>) -> Result<StateChange> {
        let vocab = self.vocab;
        let of = vocab.read_state(node.need_iri(vocab, ("", "stateOf"))?);
        let value = vocab.read_word(node.need_iri(vocab, ("", "stateValue"))?);
        Ok(StateChange {
            of: of.ok_or_else(|| node.lacks("bst:stateOf"))?,
            value: value.ok_or_else(|| node.lacks("bst:stateValue"))?,
        })
    }

    fn when(&self, node: Node<'_>) -> Result<When> {
        let vocab = self.vocab;
        let certainty = self.word(node, ("", "dateCertainty"), Certainty::from_word)?;
        let day = |name: &str| {
            let text = node.text(vocab, (SEM, name));
            let day = text.map(str::parse::<NaiveDate>).transpose();
            day.map_err(|_| node.lacks(name))
        };
        let latest = day("hasLatestEndTimeStamp")?;
        let bounds = Interval {
            earliest: day("hasEarliestBeginTimeStamp")?,
            latest: latest.or(day("hasLatestBeginTimeStamp")?),
        };
        Ok(match self.edtf(node)? {
            Some(edtf) => When::dated(edtf, certainty).within(bounds),
            None => When::unstated(bounds),
        })
    }

    fn participant(&self, node: Node<'_>) -> Result<Participant> {
        let vocab = self.vocab;
        let role = vocab.read_role(node.need_iri(vocab, ("", "role"))?);
        let entity = node.iri(vocab, ("", "entity"));
        let currency = node.text(vocab, (SCHEMA, "currency"));
        let unit = currency.or(node.text(vocab, (SCHEMA, "unitText")));
        let amount = node.text(vocab, (SCHEMA, "value")).zip(unit);
        let amount = amount.map(|(value, unit)| {
            Some(Amount {
                hundredths: hundredths(value)?,
                unit: unit.to_owned(),
            })
        });
        let amount = amount.map(|it| it.ok_or_else(|| node.lacks("schema:value")));
        Ok(Participant {
            role: role.ok_or_else(|| node.lacks("bst:role"))?,
            place: self.need_place(node)?.1,
            text: node.need(vocab, (RDFS, "label"))?.to_owned(),
            entity: entity.and_then(|it| vocab.read_entity(it)),
            negated: node.flag(vocab, ("", "negated")),
            amount: amount.transpose()?,
        })
    }

    fn mention(&self, node: Node<'a>) -> Result<Mention> {
        Ok(Mention {
            evidence: self.evidence(node)?,
            attribution: self.attributions(node)?,
        })
    }

    fn evidence(&self, node: Node<'_>) -> Result<Evidence> {
        let (article, place) = self.need_place(node)?;
        let sentence = node.need_iri(self.vocab, ("", "sentence"))?;
        Ok(Evidence {
            article,
            place,
            sentence: self.place(node, sentence)?.1.span,
            rule: self.rule(node)?,
        })
    }

    fn attributions(&self, node: Node<'a>) -> Result<Vec<Attribution>> {
        let read = |node: Node<'a>| {
            let agent = node.iri(self.vocab, (PROV, "agent"));
            Ok(Attribution {
                place: self.need_place(node)?.1,
                source: node.need(self.vocab, (RDFS, "label"))?.to_owned(),
                entity: agent.and_then(|it| self.vocab.read_entity(it)),
            })
        };
        let parts = node.parts(self.index, self.vocab, ("", "attribution"));
        parts.into_iter().map(read).collect()
    }

    fn links(&self) -> Result<Vec<Link>> {
        let nodes = self.index.numbered(self.vocab, ("", "Link"))?;
        nodes.into_iter().map(|it| self.link(it)).collect()
    }

    fn end(&self, node: Node<'_>, property: &str, side: &str) -> Result<LinkEnd> {
        let event = node.iri(self.vocab, (RDF, property));
        Ok(LinkEnd {
            event: event.and_then(|it| self.vocab.read_event(it)),
            trigger: self.place_at(node, &format!("{side}Trigger"))?,
            clause: self.place_at(node, &format!("{side}Clause"))?,
        })
    }

    fn link(&self, node: Node<'a>) -> Result<Link> {
        let vocab = self.vocab;
        let relation = vocab.read_relation(node.need_iri(vocab, (RDF, "predicate"))?);
        let confidence = hundredths(node.need(vocab, ("", "confidence"))?);
        let confidence = confidence.and_then(|it| u8::try_from(it).ok());
        let parts = LinkParts {
            from: self.end(node, "subject", "from")?,
            to: self.end(node, "object", "to")?,
            relation: relation.ok_or_else(|| node.lacks("rdf:predicate"))?,
            strength: self.word(node, ("", "strength"), Strength::from_word)?,
            confidence: Confidence::new(confidence.ok_or_else(|| node.lacks("bst:confidence"))?),
            asserted: node.flag(vocab, ("", "asserted")),
            cue: node.text(vocab, ("", "cue")).unwrap_or("").to_owned(),
            cue_place: self.place_at(node, "cuePhrase")?,
            rule: self.rule(node)?,
            attribution: self.attributions(node)?,
        };
        let evidence = node.parts(self.index, vocab, ("", "support"));
        let evidence = evidence.into_iter().map(|it| self.evidence(it));
        let evidence = evidence.collect::<Result<Vec<_>>>()?;
        Link::new(parts, evidence).ok_or_else(|| node.lacks("bst:support"))
    }

    fn merge(&self, node: Node<'a>) -> Result<Merge> {
        let vocab = self.vocab;
        let mut members = BTreeMap::new();
        for (property, value) in node.triples() {
            let number = property.as_str().strip_prefix(RDF);
            let number = number.and_then(|it| it.strip_prefix('_')?.parse::<usize>().ok());
            if let Some(number) = number {
                let event = iri_of(value).and_then(|it| vocab.read_event(it));
                members.insert(number, event.ok_or_else(|| node.lacks("rdf:_1"))?);
            }
        }
        let reasons = node.parts(self.index, vocab, ("", "reason"));
        let reasons = reasons
            .into_iter()
            .map(|it| it.need(vocab, (RDFS, "comment")));
        let why = reasons
            .map(|it| it.map(str::to_owned))
            .collect::<Result<_>>()?;
        Ok(Merge {
            members: members.into_values().collect(),
            why,
        })
    }
}

/// Reads a decimal number of at most two places as hundredths.
fn hundredths(text: &str) -> Option<i128> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let negative = whole.starts_with('-');
    let rest = rest.trim_end_matches('0');
    let rest: i128 = match rest.len() {
        0 => 0,
        1 => rest.parse::<i128>().ok()? * 10,
        2 => rest.parse().ok()?,
        _ => return None,
    };
    let whole: i128 = match whole {
        "" | "-" | "+" => 0,
        other => other.parse().ok()?,
    };
    let rest = if negative { -rest } else { rest };
    whole.checked_mul(100)?.checked_add(rest)
}
