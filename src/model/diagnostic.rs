//! What reading noticed but could not use; never an error.

use super::{Place, RuleId};

/// A remark about a piece of text: an unresolved date, a contradiction, a sentence that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where, or `None` for the article as a whole.
    pub place: Option<Place>,
    /// What, in one line, with the next step where there is one.
    pub message: String,
    /// The rule that noticed.
    pub rule: RuleId,
}
