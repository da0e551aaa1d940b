//! Pure data: what an article, its segments, its annotations and the records over a folder are.
//!
//! Knows nothing of files, windows, regular expressions, clocks or chance. Everything here is plain data with
//! `Debug + Clone + PartialEq`, and the [`Edit`] that changes it.

mod anchoring;
mod annotation;
mod article;
mod attrs;
mod by_id;
mod codebook;
mod edit;
mod entity;
mod extra;
mod id;
mod offset;
mod palette;
mod relation;
mod segment;
mod sidecar;
mod target;
mod vocabulary;
mod words;

pub use anchoring::{Anchoring, CHECKED_WORDS, Standing};
pub use annotation::{Annotation, Layer, Origin};
pub use article::{ArticleInfo, Newline, Status};
pub use attrs::{AttrValue, Attrs};
pub use by_id::ById;
pub use codebook::{Code, Codebook};
pub use edit::{Edit, EditError};
pub use entity::{CastEntry, Entities, Entity, EntityKind, EntityRole};
pub use extra::Extra;
pub use id::Id;
pub use offset::{ByteOffset, CpSpan, Span};
pub use palette::{CODE_COLOURS, CodeColour, LayerColours, Palette, Rgb};
pub use relation::{Relation, RelationKind};
pub use segment::{Block, BlockKind, Override, OverrideKind, QuoteKind, QuoteRun, Segments};
pub use sidecar::{Rejection, Sidecar};
pub use target::{Place, Selector, Target};
pub use vocabulary::{
    CAST_AXES, CLAIM_AXES, EVIDENCE_AXES, Form, QUOTE_AXES, Vocabulary, axes_of, axis,
};
pub use words::Words;
