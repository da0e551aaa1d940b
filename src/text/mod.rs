//! Pure functions from bytes and text: decoding, offsets, segments, places.
//!
//! Knows nothing of files, windows or who speaks; that is for `store`, `ui` and `suggest`.

mod anchor;
mod binary;
mod decode;
mod encodings;
mod escape;
mod find;
mod form;
mod index;
mod runs;
mod segmenter;
mod words;

pub use anchor::{describe, resolve};
pub use decode::{DecodeError, Decoded, decode};
pub use encodings::ENCODINGS;
pub use escape::{display_safe, is_unsafe};
pub use find::find_all;
pub use form::{form_in, form_of};
pub use index::SourceText;
pub use runs::{Run, runs};
pub use segmenter::{segment, segment_with};
