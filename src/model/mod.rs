//! The nouns of Backstory: articles, time expressions, events, links, and the story they make.
//!
//! Nothing here reads files, knows RDF, or draws; every other module speaks in these types.
//! The types make the wrong fact hard to build: a [`Span`] is never empty, an [`Event`] and a [`Link`] always carry their [`Evidence`].

mod allen;
mod article;
mod diagnostic;
mod edtf;
mod event;
mod evidence;
mod id;
mod link;
mod participant;
mod partition;
mod span;
mod story;
mod timex;
mod when;

pub use allen::{Allen, Extent, Relations};
pub use article::{Article, Lang, Published};
pub use diagnostic::Diagnostic;
pub use edtf::{Edtf, Granularity, Part, days_in_month};
pub use event::{Event, EventView, Factuality, Mention, StateChange};
pub use evidence::{Attribution, Evidence};
pub use id::{ArticleId, EntityId, EventId, EventTypeId, LinkId, RuleId, hash_hex};
pub use link::{Confidence, Link, LinkEnd, LinkParts, Relation, Strength};
pub(crate) use participant::decimal;
pub use participant::{Amount, Entity, EntityKind, Participant, Role};
pub use partition::Partition;
pub use span::{Field, Place, Span};
pub use story::{Derived, Merge, Reading, Story};
pub(crate) use timex::HOURS;
pub use timex::{Timex, TimexKind};
pub use when::{Certainty, Interval, When};
