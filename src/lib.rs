//! Pressmark.
pub mod model;
