//! Story → quads.
//!
//! Standard terms are written beside the nodes that the way back needs: `gaf:denotedBy` for any reader, a `bst:Mention` for its rule and sources.
//! The plain triple of a claim is written only where the claim is asserted.

use super::offsets::{Offsets, Phrase};
use super::vocab::{DCTERMS, EDTF, GAF, NIF, PROV, RDF, RDFS, SCHEMA, SEM, Vocab, XSD, part};
use crate::model::{
    Article, ArticleId, Attribution, Entity, Event, Evidence, Field, Link, Mention, Participant,
    Place, Reading, Role, Story, Timex, decimal,
};
use oxigraph::model::{Literal, NamedNode, Quad, Term};
use rustc_hash::{FxHashMap, FxHashSet};

impl Vocab {
    /// Returns the quads of the whole story.
    pub fn to_quads(&self, story: &Story) -> Vec<Quad> {
        let mut quads: Vec<Quad> = Vec::new();
        for reading in story.readings.values() {
            quads.extend(self.reading_to_quads(reading));
        }
        quads.extend(self.derived_to_quads(story));
        quads
    }

    /// Returns the graph of one article.
    pub fn reading_to_quads(&self, reading: &Reading) -> Vec<Quad> {
        let article = &reading.article;
        let mut writer = Writer::new(
            self,
            self.graph(&article.id),
            self.run(Some(&article.id)),
            Offsets::of([article]),
        );
        writer.graph(article);
        writer.article(article);
        for (order, place) in reading.sentences.iter().enumerate() {
            let sentence = writer.sentence(&article.id, *place);
            writer.own(&sentence, "order", count(order));
        }
        for (index, timex) in reading.timexes.iter().enumerate() {
            writer.timex(&article.id, index, timex);
        }
        for (id, entity) in &reading.entities {
            let node = self.entity(id);
            writer.entity(&node, entity);
        }
        for (order, event) in reading.events.iter().enumerate() {
            writer.event(&article.id, order, event);
        }
        for (order, link) in reading.links.iter().enumerate() {
            writer.link(order, link);
        }
        writer.quads
    }

    /// Returns the graph of what holds across articles; empty if nothing was derived.
    pub fn derived_to_quads(&self, story: &Story) -> Vec<Quad> {
        let derived = &story.derived;
        let offsets = Offsets::of(story.readings.values().map(|it| &it.article));
        let mut writer = Writer::new(self, self.derived_graph(), self.run(None), offsets);
        if !derived.merges.is_empty() || !derived.links.is_empty() {
            writer.run_node();
        }
        for (order, merge) in derived.merges.iter().enumerate() {
            let first = merge.members.first().map_or("", |it| it.as_str());
            let node = writer.once(&self.merge(first));
            writer.a(&node, self.bst("Merge"));
            writer.own(&node, "order", count(order));
            for (index, member) in merge.members.iter().enumerate() {
                let event = self.event(member);
                writer.add(&node, (RDF, &format!("_{}", index + 1)), event.clone());
                if 0 < index {
                    writer.own(&event, "sameEvent", self.event(&merge.members[0]));
                }
            }
            for (index, why) in merge.why.iter().enumerate() {
                let reason = part(&node, "w", index);
                writer.own(&node, "reason", reason.clone());
                writer.add(&reason, (RDFS, "comment"), text(why));
            }
        }
        for (order, link) in derived.links.iter().enumerate() {
            writer.link(order, link);
        }
        writer.quads
    }
}

/// Collects the quads of one graph.
pub(super) struct Writer<'a> {
    pub(super) vocab: &'a Vocab,
    graph: NamedNode,
    run: NamedNode,
    offsets: Offsets<'a>,
    pub(super) quads: Vec<Quad>,
    /// Phrases and names that are described already.
    described: FxHashSet<(String, &'static str)>,
    /// How often a name was given to an event, claim or merger: a second bearer gets a suffix.
    used: FxHashMap<String, usize>,
}

impl<'a> Writer<'a> {
    fn new(vocab: &'a Vocab, graph: NamedNode, run: NamedNode, offsets: Offsets<'a>) -> Self {
        Self {
            vocab,
            graph,
            run,
            offsets,
            quads: Vec::new(),
            described: FxHashSet::default(),
            used: FxHashMap::default(),
        }
    }

    /// Returns a writer of what rules may ask, in the graph of what holds across articles.
    pub(super) fn of_facts(vocab: &'a Vocab) -> Self {
        let graph = vocab.derived_graph();
        Self::new(vocab, graph.clone(), graph, Offsets::of([]))
    }

    pub(super) fn add(&mut self, subject: &NamedNode, name: (&str, &str), object: impl Into<Term>) {
        let predicate = NamedNode::new_unchecked([name.0, name.1].concat());
        let quad = Quad::new(subject.clone(), predicate, object, self.graph.clone());
        self.quads.push(quad);
    }

    /// Adds a triple whose predicate is one of our own.
    pub(super) fn own(&mut self, subject: &NamedNode, local: &str, object: impl Into<Term>) {
        let vocab = self.vocab;
        self.add(subject, (vocab.base(), local), object);
    }

    pub(super) fn a(&mut self, subject: &NamedNode, class: NamedNode) {
        self.add(subject, (RDF, "type"), class);
    }

    pub(super) fn a_std(&mut self, subject: &NamedNode, name: (&str, &str)) {
        self.a(subject, std_term(name));
    }

    /// Returns `node`, or `node;2` and so on where the name was given before.
    fn once(&mut self, node: &NamedNode) -> NamedNode {
        let times = self.used.entry(node.as_str().to_owned()).or_insert(0);
        *times += 1;
        match *times {
            1 => node.clone(),
            n => NamedNode::new_unchecked(format!("{};{n}", node.as_str())),
        }
    }

    fn graph(&mut self, article: &Article) {
        let (graph, run) = (self.graph.clone(), self.run.clone());
        let doc = self.vocab.doc(&article.id);
        self.add(&graph, (PROV, "wasDerivedFrom"), doc.clone());
        self.run_node();
        self.add(&run, (PROV, "used"), doc);
    }

    fn run_node(&mut self) {
        let (graph, run, agent) = (self.graph.clone(), self.run.clone(), self.vocab.agent());
        self.a_std(&graph, (PROV, "Entity"));
        self.add(&graph, (PROV, "wasGeneratedBy"), run.clone());
        self.a_std(&run, (PROV, "Activity"));
        self.add(&run, (PROV, "wasAssociatedWith"), agent.clone());
        self.own(&run, "rulesVersion", text(env!("CARGO_PKG_VERSION")));
        self.a_std(&agent, (PROV, "SoftwareAgent"));
    }

    fn article(&mut self, article: &Article) {
        let vocab = self.vocab;
        let doc = vocab.doc(&article.id);
        self.a_std(&doc, (SCHEMA, "NewsArticle"));
        self.a_std(&doc, (NIF, "Context"));
        self.a_std(&doc, (PROV, "Entity"));
        let hash = format!("sha256:{}", article.content_hash());
        self.add(&doc, (DCTERMS, "identifier"), text(&hash));
        self.add(&doc, (NIF, "isString"), text(&article.text));
        self.add(&doc, (SCHEMA, "inLanguage"), text(article.lang.as_str()));
        if let Some(title) = &article.title {
            let context = vocab.context(&article.id, Field::Title);
            self.add(&doc, (SCHEMA, "headline"), vocab.text(title, &article.lang));
            self.a_std(&context, (NIF, "Context"));
            self.own(&context, "titleOf", doc.clone());
            self.add(&context, (NIF, "isString"), text(title));
        }
        if let Some(published) = &article.published {
            let day = published.day.to_string();
            self.add(&doc, (SCHEMA, "datePublished"), typed(&day, "date"));
            if published.original != day {
                self.own(&doc, "publishedAs", text(&published.original));
            }
        }
        if let Some(source) = &article.source {
            let publisher = vocab.publisher(source);
            self.add(&doc, (SCHEMA, "publisher"), publisher.clone());
            self.a_std(&publisher, (PROV, "Agent"));
            self.add(&publisher, (RDFS, "label"), text(source));
        }
        if let Some(url) = &article.url {
            self.add(&doc, (SCHEMA, "url"), typed(url, "anyURI"));
        }
    }

    fn words(&mut self, phrase: Phrase<'_>, class: &'static str) -> NamedNode {
        let Phrase {
            iri,
            context,
            chars,
        } = phrase;
        if !self.described.insert((iri.as_str().to_owned(), class)) {
            return iri;
        }
        self.a_std(&iri, (NIF, class));
        self.add(&iri, (NIF, "referenceContext"), context);
        if let Some(it) = chars {
            let number = |it: usize| typed(&it.to_string(), "nonNegativeInteger");
            self.add(&iri, (NIF, "beginIndex"), number(it.start));
            self.add(&iri, (NIF, "endIndex"), number(it.end));
            let words = self.vocab.text(it.words, it.lang);
            self.add(&iri, (NIF, "anchorOf"), words);
        }
        iri
    }

    fn phrase(&mut self, article: &ArticleId, place: Place) -> NamedNode {
        let phrase = self.offsets.phrase(self.vocab, article, place);
        self.words(phrase, "Phrase")
    }

    fn sentence(&mut self, article: &ArticleId, place: Place) -> NamedNode {
        let phrase = self.offsets.phrase(self.vocab, article, place);
        self.words(phrase, "Sentence")
    }

    fn timex(&mut self, article: &ArticleId, index: usize, timex: &Timex) {
        let node = self.vocab.timex(article, index);
        let phrase = self.phrase(article, timex.place);
        self.a(&node, self.vocab.bst("Timex"));
        self.own(&node, "phrase", phrase);
        self.own(&node, "timexType", text(timex.kind.as_str()));
        self.own(&node, "timexValue", text(&timex.value));
        if let Some(edtf) = &timex.edtf {
            self.own(&node, "edtf", edtf_literal(&edtf.to_string()));
        }
        if timex.anaphoric {
            self.own(&node, "anaphoric", Literal::from(true));
        }
        if timex.elapsed {
            self.own(&node, "elapsed", Literal::from(true));
        }
        self.own(&node, "rule", text(timex.rule.as_str()));
        self.own(&node, "derivation", text(&timex.derivation));
    }

    fn entity(&mut self, node: &NamedNode, entity: &Entity) {
        self.a_std(node, (SEM, "Actor"));
        let kind = self.vocab.value(entity.kind.as_str());
        self.add(node, (SEM, "actorType"), kind);
        for (lang, name) in &entity.names {
            let name = self.vocab.text(name, lang);
            self.add(node, (RDFS, "label"), name);
        }
    }

    fn event(&mut self, article: &ArticleId, order: usize, event: &Event) {
        let vocab = self.vocab;
        let node = self.once(&vocab.event(&event.id));
        self.deed(&node, order, event);
        for (lang, label) in &event.labels {
            self.add(&node, (RDFS, "label"), vocab.text(label, lang));
        }
        for (index, participant) in event.participants.iter().enumerate() {
            self.participant(article, &node, (index, participant));
        }
        for (index, mention) in event.mentions().iter().enumerate() {
            self.mention(&node, index, mention);
        }
    }

    fn participant(
        &mut self,
        article: &ArticleId,
        event: &NamedNode,
        (index, participant): (usize, &Participant),
    ) {
        let vocab = self.vocab;
        let node = part(event, "p", index);
        let phrase = self.phrase(article, participant.place);
        let role = vocab.role(participant.role);
        self.own(event, "participation", node.clone());
        self.a(&node, vocab.bst("Participation"));
        self.own(&node, "role", role.clone());
        self.own(&node, "phrase", phrase);
        self.add(&node, (RDFS, "label"), text(&participant.text));
        if participant.negated {
            self.own(&node, "negated", Literal::from(true));
        }
        if let Some(amount) = &participant.amount {
            let (class, unit) = if amount.is_money() {
                self.add(event, (SCHEMA, "amount"), node.clone());
                ("MonetaryAmount", "currency")
            } else {
                ("QuantitativeValue", "unitText")
            };
            self.a_std(&node, (SCHEMA, class));
            let value = typed(&amount.decimal(), "decimal");
            self.add(&node, (SCHEMA, "value"), value);
            self.add(&node, (SCHEMA, unit), text(&amount.unit));
        }
        if let Some(entity) = &participant.entity {
            self.own(&node, "entity", vocab.entity(entity));
        }
        let is_sum = participant.role == Role::Amount && participant.entity.is_none();
        if !participant.negated && !is_sum {
            let entity = participant.entity.as_ref().map(|it| vocab.entity(it));
            let actor = entity.unwrap_or_else(|| self.name(article, &participant.text));
            self.add(event, (role.as_str(), ""), actor);
        }
    }

    /// Returns the node of a name that nobody knows, described.
    fn name(&mut self, article: &ArticleId, name: &str) -> NamedNode {
        let node = self.vocab.name(article, name);
        if self.described.insert((node.as_str().to_owned(), "Actor")) {
            self.a_std(&node, (SEM, "Actor"));
            self.add(&node, (RDFS, "label"), text(name));
        }
        node
    }

    fn mention(&mut self, event: &NamedNode, index: usize, mention: &Mention) {
        let node = part(event, "m", index);
        self.a(&node, self.vocab.bst("Mention"));
        self.own(event, "mention", node.clone());
        let (phrase, _) = self.evidence(&node, &mention.evidence);
        self.add(event, (GAF, "denotedBy"), phrase);
        let article = &mention.evidence.article;
        self.attributions(article, &node, &mention.attribution);
    }

    /// Describes what supports a fact and returns its phrase and its sentence.
    fn evidence(&mut self, node: &NamedNode, evidence: &Evidence) -> (NamedNode, NamedNode) {
        let article = &evidence.article;
        let phrase = self.phrase(article, evidence.place);
        let place = Place::new(evidence.place.field, evidence.sentence);
        let sentence = self.sentence(article, place);
        self.add(&phrase, (NIF, "sentence"), sentence.clone());
        self.own(node, "phrase", phrase.clone());
        self.own(node, "sentence", sentence.clone());
        self.own(node, "rule", text(evidence.rule.as_str()));
        (phrase, sentence)
    }

    fn attributions(&mut self, article: &ArticleId, of: &NamedNode, all: &[Attribution]) {
        for (index, attribution) in all.iter().enumerate() {
            let node = part(of, "a", index);
            let phrase = self.phrase(article, attribution.place);
            let entity = attribution.entity.as_ref().map(|it| self.vocab.entity(it));
            let agent = entity.unwrap_or_else(|| self.name(article, &attribution.source));
            self.a_std(&node, (PROV, "Attribution"));
            self.own(of, "attribution", node.clone());
            self.own(&node, "phrase", phrase);
            self.add(&node, (RDFS, "label"), text(&attribution.source));
            self.add(&node, (PROV, "agent"), agent.clone());
            self.add(of, (PROV, "wasAttributedTo"), agent);
        }
    }

    fn link(&mut self, order: usize, link: &Link) {
        let vocab = self.vocab;
        let node = self.once(&vocab.link(link.id().as_str()));
        let article = link.article();
        let predicate = vocab.relation(link.relation);
        self.a(&node, vocab.bst("Link"));
        self.own(&node, "order", count(order));
        let mut ends = Vec::new();
        for (side, property, end) in [("from", "subject", &link.from), ("to", "object", &link.to)] {
            let trigger = end.trigger.map(|it| self.phrase(article, it));
            let clause = end.clause.map(|it| self.phrase(article, it));
            let event = end.event.as_ref().map(|it| vocab.event(it));
            let words = clause.clone().or_else(|| trigger.clone());
            let words = words.unwrap_or_else(|| vocab.bst("Unstated"));
            self.add(&node, (RDF, property), event.clone().unwrap_or(words));
            for (part, phrase) in [("Trigger", trigger), ("Clause", clause)] {
                if let Some(phrase) = phrase {
                    self.own(&node, &format!("{side}{part}"), phrase);
                }
            }
            ends.extend(event);
        }
        self.add(&node, (RDF, "predicate"), predicate.clone());
        if let ([from, to], true) = (&ends[..], link.asserted) {
            self.add(from, (predicate.as_str(), ""), to.clone());
        }
        self.claim(&node, link);
    }

    /// Describes how a claim is known.
    fn claim(&mut self, node: &NamedNode, link: &Link) {
        let vocab = self.vocab;
        let article = link.article();
        self.own(node, "strength", vocab.value(link.strength.as_str()));
        let confidence = i128::from(link.confidence.hundredths());
        self.own(node, "confidence", typed(&decimal(confidence), "decimal"));
        self.own(node, "asserted", Literal::from(link.asserted));
        self.own(node, "rule", text(link.rule.as_str()));
        if !link.cue.is_empty() {
            self.own(node, "cue", text(&link.cue));
        }
        if let Some(place) = link.cue_place {
            let phrase = self.phrase(article, place);
            self.own(node, "cuePhrase", phrase);
        }
        let run = self.run.clone();
        self.add(node, (PROV, "wasGeneratedBy"), run);
        for (index, evidence) in link.evidence().iter().enumerate() {
            let support = part(node, "s", index);
            self.a(&support, vocab.bst("Support"));
            self.own(node, "support", support.clone());
            let (_, sentence) = self.evidence(&support, evidence);
            self.add(node, (PROV, "wasDerivedFrom"), sentence);
        }
        self.attributions(article, node, &link.attribution);
    }
}

fn std_term(name: (&str, &str)) -> NamedNode {
    NamedNode::new_unchecked([name.0, name.1].concat())
}

pub(super) fn text(value: &str) -> Literal {
    Literal::new_simple_literal(value)
}

pub(super) fn typed(value: &str, datatype: &str) -> Literal {
    Literal::new_typed_literal(value, std_term((XSD, datatype)))
}

pub(super) fn edtf_literal(value: &str) -> Literal {
    Literal::new_typed_literal(value, std_term((EDTF, "EDTF")))
}

pub(super) fn count(order: usize) -> Literal {
    typed(&order.to_string(), "integer")
}
