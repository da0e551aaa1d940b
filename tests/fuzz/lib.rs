//! Pressmark's layers below the window, under the names that they have in Pressmark itself.

#[path = "../../src/app/mod.rs"]
pub mod app;
#[path = "../../src/exchange/mod.rs"]
pub mod exchange;
#[path = "../../src/model/mod.rs"]
pub mod model;
#[path = "../../src/store/mod.rs"]
pub mod store;
#[path = "../../src/suggest/mod.rs"]
pub mod suggest;
#[path = "../../src/text/mod.rs"]
pub mod text;
