//! Pressmark: reading and annotating news text, offline, in one binary.
//!
//! This page is the map. One package, one binary; the library exists so that `tests/` can reach the code.
//!
//! # Rooms
//!
//! | room | holds | knows nothing of |
//! |---|---|---|
//! | [`model`] | pure data: offsets, articles, annotations, records, edits, vocabularies, the layers' colours | files, windows, regular expressions, clocks, chance |
//! | [`text`] | pure functions from bytes and `&str`: decoding, the index, blocks, sentences, quotes, anchoring | files, people |
//! | [`suggest`] | pure: who is named, who says what; word lists in `assets/lexicon` | annotations |
//! | [`store`] | the only layer on the disk: folders, articles, sidecars, records, settings, durable saves, watching | windows, commands |
//! | [`exchange`] | pure: rows to bytes, a file a format | files, windows |
//! | [`app`] | state and commands: what a key means, undo, effects, jobs | egui |
//! | [`ui`] | egui only: the shell, the reader, the list, the panel, pages | the disk |
//! | [`cli`] | headless commands | windows |
//!
//! `model ← text ← suggest`; `model, text ← store`; `model, text ← exchange`; all of these `← app ← ui`; `cli` may use
//! all but `ui`; `main` wires. A layer is entered by its door (`crate::text::Resolver`). `tests/it/tidy.rs` enforces
//! this, the length of files, and that each says what it is for.
//!
//! # Four vocabularies, four directions
//!
//! - [`app::Command`]: person → app. A listable [`app::CommandKind`] is resolved against the state into a targeted
//!   command, or into the sentence why it cannot be done now.
//! - [`model::Edit`]: app → data. Applying one returns its inverse; that is all there is to undo.
//! - [`app::Effect`]: app → world, wanted I/O. `app::Jobs` carries it out in threads.
//! - [`app::Event`]: world → app, what came back, with the generation of the folder it belongs to.
//!
//! Panels take `&State` and send commands through an [`app::Outbox`]: they cannot change data while drawing.
//!
//! # Invariants
//!
//! - In memory a place is a UTF-8 byte offset ([`model::Span`]); in files, exports and command output it is a range of
//!   Unicode code points. [`text::SourceText`] is the only converter. A span that we make never cuts a grapheme cluster.
//! - The article file is opened for reading and never written, moved or locked.
//! - A target is placed only where the words are equal, and the text is the same or the diff with the old text and the
//!   surroundings agree; otherwise it is suggested or an orphan, and kept. Nothing that a person marked is dropped, and
//!   nothing is silently put elsewhere.
//! - A sidecar that could not be read, or that a newer version wrote, is never written over.
//! - *Saved* is said when the durable write of every file's newest revision has come back.
//! - Unknown fields survive at every level.
//! - The window's thread never touches the disk and never waits; at rest nothing is drawn.
//! - Every character that is not white space lies in exactly one block and one sentence, for any string.
//!
//! # To add …
//!
//! - *an export*: a file in `exchange/`, a variant of [`exchange::Format`] and its arm in [`exchange::export`].
//! - *a command*: a line in `app/catalogue.rs` (name, keys, help), an arm in `app/resolve/`, and what it does in
//!   `app/update/`. Menus, palette, help page and the key table follow by themselves.
//! - *an axis of a vocabulary*: a row in `model/vocabulary.rs`.
//! - *a rule of the segmenter or the suggestions*: a file beside its family, with its one-line tests.
//! - *a layer of code*: a row in this table, in `tests/it/tidy.rs`, and a reason.

pub mod app;
pub mod cli;
pub mod exchange;
pub mod model;
pub mod store;
pub mod suggest;
pub mod text;
pub mod ui;
