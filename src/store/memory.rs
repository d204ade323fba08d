//! A store in memory: the story itself; quads are made only when asked for.

use super::backend::{Backend, Change, Damage, Kind};
use crate::Result;
use crate::model::{ArticleId, Derived, Reading, Story};
use crate::rdf::{self, Quad};

/// The story and what else was loaded.
#[derive(Default)]
pub struct Memory {
    story: Story,
    other: Vec<Quad>,
}

impl Backend for Memory {
    fn kind(&self) -> Kind {
        Kind::Memory
    }

    fn insert(&mut self, reading: &Reading) -> Result<Change> {
        let change = match self.story.readings.get(&reading.article.id) {
            Some(old) if old == reading => return Ok(Change::Unchanged),
            Some(_) => Change::Replaced,
            None => Change::Added,
        };
        self.story.insert(reading.clone());
        Ok(change)
    }

    fn remove(&mut self, article: &ArticleId) -> Result<bool> {
        let found = self.story.readings.remove(article).is_some();
        if found {
            self.story.derived = Derived::default();
        }
        Ok(found)
    }

    fn set_derived(&mut self, story: &Story) -> Result<()> {
        self.story.derived = story.derived.clone();
        Ok(())
    }

    fn add_other(&mut self, quads: &[Quad]) -> Result<()> {
        self.other.extend_from_slice(quads);
        Ok(())
    }

    fn articles(&self) -> Result<Vec<ArticleId>> {
        Ok(self.story.readings.keys().cloned().collect())
    }

    fn story(&self) -> Result<(Story, Vec<Damage>)> {
        Ok((self.story.clone(), Vec::new()))
    }

    fn quads(&self) -> Result<(Vec<Quad>, Vec<Damage>)> {
        let mut quads = rdf::to_quads(&self.story);
        quads.extend_from_slice(&self.other);
        Ok((quads, Vec::new()))
    }
}
