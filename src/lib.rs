//! Pressmark.

pub mod app;
pub mod cli;
pub mod exchange;
pub mod model;
pub mod store;
pub mod suggest;
pub mod text;
pub mod ui;
