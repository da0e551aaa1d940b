//! Fields that a newer or foreign program wrote and that we carry along untouched.

/// Unknown fields in the order they were read: key → raw JSON text.
///
/// Raw, because parsing rounds big numbers; a list, because order is part of what somebody wrote. Only `store`
/// fills and writes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extra(pub Vec<(String, String)>);

impl Extra {
    /// Whether there is no unknown field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
