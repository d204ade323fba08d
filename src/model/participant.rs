//! Who and what takes part in events.

use super::{EntityId, Lang, Place};
use std::collections::BTreeMap;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every value, in its documented order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Returns the word used in data packs, JSON and IRIs.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Returns the value of that word, or `None`.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use words;

words!(
    /// The part an entity plays in an event; each is a property of the vocabulary.
    Role {
        /// Who acts.
        Agent = "agent",
        /// Who is acted on.
        Patient = "patient",
        /// What it is about.
        Theme = "theme",
        /// Who receives or is told.
        Recipient = "recipient",
        /// Who gains.
        Beneficiary = "beneficiary",
        /// Where to.
        Destination = "destination",
        /// Where.
        Place = "place",
        /// How much.
        Amount = "amount",
    }
);

words!(
    /// What sort of thing an entity is.
    EntityKind {
        /// A person.
        Person = "person",
        /// A company, party, union, agency.
        Organization = "organization",
        /// A government, ministry, parliament, central bank.
        Government = "government",
        /// A country.
        Country = "country",
        /// A city, region, building.
        Place = "place",
        /// A product.
        Product = "product",
        /// A newspaper, broadcaster, news agency.
        Media = "media",
    }
);

/// A known person, organisation, place or product.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity {
    /// A Wikidata id or a slug.
    pub id: EntityId,
    /// What sort of thing.
    pub kind: EntityKind,
    /// Its preferred name in each language.
    pub names: BTreeMap<Lang, String>,
}

/// A sum of money, a share, or a number of people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount {
    /// The sum in hundredths of the unit: 5.5 billion dollars are 550,000,000,000.
    pub hundredths: i128,
    /// ISO 4217 code, as `USD`, or `%`, or `people`.
    pub unit: String,
}

impl Amount {
    /// The unit of a number of people.
    pub const PEOPLE: &'static str = "people";
    /// The unit of a share.
    pub const SHARE: &'static str = "%";

    /// Returns its value as a decimal number without needless zeros.
    pub fn decimal(&self) -> String {
        decimal(self.hundredths)
    }

    /// Tells whether it is a sum of money.
    pub fn is_money(&self) -> bool {
        self.unit != Self::PEOPLE && self.unit != Self::SHARE
    }

    /// Tells whether it is a number of people, not of money or a share.
    pub fn counts_people(&self) -> bool {
        self.unit == Self::PEOPLE
    }
}

/// Writes hundredths as a decimal number without needless zeros, the form that stores keep.
pub(crate) fn decimal(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let value = hundredths.unsigned_abs();
    let number = format!("{sign}{}.{:02}", value / 100, value % 100);
    let number = number.trim_end_matches('0').trim_end_matches('.');
    number.to_owned()
}

/// Who or what takes part in an event as one mention tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Participant {
    /// The part played.
    pub role: Role,
    /// The words that name them.
    pub place: Place,
    /// The words as written.
    pub text: String,
    /// Who that is, if known.
    pub entity: Option<EntityId>,
    /// Said not to take part ("not Musk but Huang").
    pub negated: bool,
    /// The figure in its words, if they hold one with a unit.
    pub amount: Option<Amount>,
}
