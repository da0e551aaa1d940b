//! Fields that a newer or foreign program wrote and that we carry along untouched.

/// Unknown fields in the order they were read: key → raw JSON text.
///
/// Raw, because parsing rounds big numbers; a list, because order is part of what somebody wrote. Only `store`
/// fills and writes it. Next to nothing has such fields, so a place in everything is all they take while there are none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::box_collection,
    reason = "a third of the room of an empty list"
)]
pub struct Extra(Option<Box<Vec<(String, String)>>>);

impl Extra {
    /// Whether there is no unknown field.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The fields.
    pub fn as_slice(&self) -> &[(String, String)] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }

    /// Adds a field.
    pub fn push(&mut self, key: String, raw: String) {
        self.0.get_or_insert_default().push((key, raw));
    }
}

impl From<Vec<(String, String)>> for Extra {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self((!fields.is_empty()).then(|| Box::new(fields)))
    }
}
