//! Pure functions from bytes and text: decoding, offsets, segments, places.
//!
//! Knows nothing of files, windows or who speaks; that is for `store`, `ui` and `suggest`.

mod abbreviations;
mod anchor;
mod binary;
mod block_kind;
mod block_pattern;
mod changes;
mod decode;
mod encodings;
mod escape;
mod find;
mod form;
mod index;
mod item;
mod letters;
mod mark;
mod overrides;
mod paragraph;
mod quote;
mod quote_kind;
mod reanchor;
mod runs;
mod scan;
mod search;
mod segmenter;
mod sentence;
mod sentence_start;
mod speech_verbs;
mod words;

pub use anchor::{describe, redescribe};
pub use changes::{Piece, word_changes};
pub use decode::{DecodeError, Decoded, decode, decode_utf8};
pub use encodings::ENCODINGS;
pub use escape::{count_reordering, display_safe, is_reordering, is_unsafe};
pub use find::find_all;
pub use form::{form_in, form_of};
pub use index::SourceText;
pub use item::{body_of, item_mark};
pub use overrides::{join_place, opening_before, overrule, segment_with, split_place};
pub use reanchor::Resolver;
pub use runs::{Run, runs};
pub use search::{Hits, MOST_HITS, Query, Search};
pub use segmenter::segment;
