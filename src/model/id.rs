//! Names of things: short, stable, made from what they name.

use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Returns the identifier written `text`.
            pub fn new(text: impl Into<String>) -> Self {
                Self(Arc::from(text.into()))
            }

            /// Returns the identifier as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// One version of an article: its given id, or a hash of its URL or text.
    ArticleId
);
id!(
    /// Something that happened, `e:` and hexadecimal digits.
    EventId
);
id!(
    /// A claim that two events are related, `l:` and hexadecimal digits.
    LinkId
);
id!(
    /// A rule of a data pack, as `ko/timex/last-day`.
    RuleId
);
id!(
    /// A known person, organisation, place or product: a Wikidata id or a slug.
    EntityId
);
id!(
    /// An event type of `data/event-types.toml`, as `Prohibit`.
    EventTypeId
);

/// Returns the first `digits` hexadecimal digits of the SHA-256 of `parts`, each closed by a zero byte.
pub fn hash_hex(parts: &[&str], digits: usize) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let half = |it: u8| char::from_digit(u32::from(it), 16).unwrap_or('0');
    let all = hasher.finalize();
    all.iter()
        .flat_map(|it| [half(it >> 4), half(it & 15)])
        .take(digits)
        .collect()
}
