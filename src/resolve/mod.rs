//! What holds beyond one sentence: reversals, order, and which events of different articles are one.
//!
//! Everything here is derived from what was read, by named rules, and can be computed again at any time.
//! A derived order is never a cause.

mod merge;
mod rules;

use crate::lang::EventTypes;
use crate::model::{Derived, Reading, Story};

/// Adds to `reading` what follows from its own events and links.
pub fn settle(reading: &mut Reading, types: &EventTypes) {
    rules::settle(reading, types);
}

/// Computes what holds across the articles of `story`, replacing what was derived before.
pub fn derive(story: &mut Story, types: &EventTypes) {
    story.derived = Derived::default();
    story.derived.merges = merge::merges(story);
    story.derived.links = rules::across(story, types);
}
