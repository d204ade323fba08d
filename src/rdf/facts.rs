//! What rules may ask of events: the same terms as in the store, without articles, names and evidence.

use super::vocab::{FARO, GAF, NIF, SEM, byte_phrase, part};
use super::write::{Writer, count, edtf_literal, text, typed};
use super::{Quad, Vocab};
use crate::model::{Event, Place, When};
use oxigraph::model::{Literal, NamedNode};

impl Vocab {
    /// Returns the facts of `events`; their `bst:order` is their place in the list.
    ///
    /// Beside what [`Vocab::reading_to_quads`] says of an event these are the known entities that take part in it, without their labels, and its sentences.
    pub fn facts<'a>(&self, events: impl IntoIterator<Item = &'a Event>) -> Vec<Quad> {
        let mut writer = Writer::of_facts(self);
        for (order, event) in events.into_iter().enumerate() {
            let node = self.event(&event.id);
            writer.deed(&node, order, event);
            for participant in event.participants.iter().filter(|it| !it.negated) {
                if let Some(entity) = &participant.entity {
                    let role = self.role(participant.role);
                    writer.add(&node, (role.as_str(), ""), self.entity(entity));
                    writer.a_std(&self.entity(entity), (SEM, "Actor"));
                }
            }
            for mention in event.mentions() {
                let evidence = &mention.evidence;
                let context = self.context(&evidence.article, evidence.place.field);
                let sentence = Place::new(evidence.place.field, evidence.sentence);
                let phrase = byte_phrase(&context, evidence.place);
                writer.add(&phrase, (NIF, "sentence"), byte_phrase(&context, sentence));
                writer.add(&node, (GAF, "denotedBy"), phrase);
            }
        }
        writer.quads
    }

    /// Returns which event types undo which, given each with the one that undoes it.
    pub fn opposites<'a>(&self, types: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Quad> {
        let mut writer = Writer::of_facts(self);
        for (undone, by) in types {
            writer.own(&self.word(undone), "opposite", self.word(by));
        }
        writer.quads
    }
}

impl Writer<'_> {
    /// Describes what happened and when, without names and evidence.
    pub(super) fn deed(&mut self, node: &NamedNode, order: usize, event: &Event) {
        let vocab = self.vocab;
        self.a(node, vocab.bst("Event"));
        self.own(node, "order", count(order));
        self.add(
            node,
            (SEM, "eventType"),
            vocab.word(event.event_type.as_str()),
        );
        let status = vocab.value(event.factuality.as_str());
        self.add(node, (FARO, "status"), status);
        self.own(node, "salience", Literal::from(i64::from(event.salience)));
        self.when(node, &event.when);
        if let Some(state) = &event.state {
            let change = part(node, "state", 0);
            self.own(node, "sets", change.clone());
            self.own(&change, "stateOf", vocab.state(&state.of));
            self.own(&change, "stateValue", vocab.word(&state.value));
            for word in state.of.split('|') {
                self.own(&change, "stateWord", text(word));
            }
        }
    }

    fn when(&mut self, node: &NamedNode, when: &When) {
        let vocab = self.vocab;
        self.own(
            node,
            "dateCertainty",
            vocab.value(when.certainty().as_str()),
        );
        if let Some(edtf) = when.edtf() {
            self.own(node, "edtf", edtf_literal(&edtf.to_string()));
            self.own(node, "granularity", vocab.unit(edtf.granularity()));
        }
        let open = when
            .edtf()
            .is_some_and(|it| it.is_interval() && it.end().is_none());
        let last = if open {
            "hasLatestBeginTimeStamp"
        } else {
            "hasLatestEndTimeStamp"
        };
        let bounds = when.bounds();
        if let Some(day) = bounds.earliest {
            let day = typed(&day.to_string(), "date");
            self.add(node, (SEM, "hasEarliestBeginTimeStamp"), day);
        }
        if let Some(day) = bounds.latest {
            self.add(node, (SEM, last), typed(&day.to_string(), "date"));
        }
    }
}
