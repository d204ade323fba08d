//! What holds beyond one sentence: which events of different articles are one, and what derived links say of dates.
//!
//! Everything here follows from what was read and can be computed again at any time.
//! The links themselves are derived elsewhere.

mod dates;
mod likeness;
mod merge;
mod profile;
mod sides;
mod terms;
mod topics;

use crate::lang::EventTypes;
use crate::model::{Link, Merge, Reading, Story};
use profile::Profiles;

/// Adds `links`, which were derived from the events of `reading`, in place of weaker claims of the same, and narrows the dates of their events.
pub fn settle(reading: &mut Reading, links: Vec<Link>) {
    dates::narrow(reading, &links);
    let derived = |it: &Link| links.iter().any(|link| link.claim() == it.claim());
    reading.links.retain(|it| it.asserted || !derived(it));
    reading.links.extend(links);
}

/// Returns the events of different articles that are one, and the claims of single articles whose sides were found among the events of others;
/// both sorted, ends are merged events.
pub fn across(story: &Story, types: &EventTypes) -> (Vec<Merge>, Vec<Link>) {
    let profiles = Profiles::of(story, types);
    let merges = merge::merges(&profiles);
    let links = sides::found(story, &profiles, &merges);
    (merges, links)
}
