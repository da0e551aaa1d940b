//! What must hold for any bytes. Each function takes bytes and panics where a law is broken.
//!
//! Shared by the fuzzer (`fuzz_targets/`, which finds the bytes) and the tests (`tests/it/fuzzing.rs`, which try seeds
//! and random ones at every run).

use std::collections::BTreeSet;

use pressmark::app::merge_sidecars;
use pressmark::exchange::{Doc, Format, export};
use pressmark::model::{
    Annotation, ArticleInfo, CastEntry, Codebook, Edit, Entities, Id, Layer, Place, Relation,
    RelationKind, Sidecar, Span, Status, Target,
};
use pressmark::store::{anchor, parse_sidecar, serialise_sidecar};
use pressmark::text::{ENCODINGS, SourceText, describe, segment};
use pressmark::{suggest, text};

/// Texts longer than this make a run slow and find nothing new, in bytes.
const LONGEST: usize = 4096;

/// Takes decisions from bytes, and zeros when they are used up.
struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    fn below(&mut self, end: usize) -> usize {
        let wide = usize::from(self.byte()) << 8 | usize::from(self.byte());
        if end == 0 { 0 } else { wide % end }
    }

    fn text(&mut self, longest: usize) -> String {
        let length = self.below(longest + 1).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn span(&mut self, text: &SourceText) -> Span {
        let (a, b) = (self.below(text.len() + 1), self.below(text.len() + 1));
        text.snap(Span::new(a.min(b), a.max(b)))
    }

    fn id(&mut self) -> Id {
        // Few, so that they meet.
        Id::new(format!("i{}", self.below(12)))
    }

    fn annotation(&mut self, text: &SourceText) -> Annotation {
        let target = |span: Span| Target {
            selector: describe(text, span),
            place: Place::Placed(span),
        };
        let parts = 1 + self.below(3);
        let mut spans: Vec<Span> = (0..parts).map(|_| self.span(text)).collect();
        spans.sort();
        Annotation {
            id: self.id(),
            layer: Layer::ALL[self.below(Layer::ALL.len())],
            at: spans.into_iter().map(target).collect(),
            entity: (self.byte() & 1 == 1).then(|| self.id()),
            note: self.text(20),
            cue: Vec::new(),
            attrs: Default::default(),
            origin: Default::default(),
            by: "".into(),
            created: "".into(),
            modified: "".into(),
            extra: Default::default(),
        }
    }

    fn edit(&mut self, text: &SourceText) -> Edit {
        match self.below(6) {
            0 => Edit::Annotation(self.id(), None),
            1 => Edit::Status(Status::ALL[self.below(Status::ALL.len())]),
            2 => {
                let id = self.id();
                let entry = CastEntry {
                    id: id.clone(),
                    name: self.text(20),
                    attrs: Default::default(),
                    extra: Default::default(),
                };
                Edit::Cast(id, (self.byte() & 3 > 0).then_some(entry))
            }
            3 => {
                let id = self.id();
                let relation = Relation {
                    id: id.clone(),
                    kind: RelationKind::KNOWN[self.below(RelationKind::KNOWN.len())].clone(),
                    from: self.id(),
                    to: self.id(),
                    extra: Default::default(),
                };
                Edit::Relation(id, (self.byte() & 3 > 0).then_some(relation))
            }
            _ => {
                let annotation = self.annotation(text);
                Edit::Annotation(annotation.id.clone(), Some(Box::new(annotation)))
            }
        }
    }

    fn sidecar(&mut self, text: &SourceText, mut sidecar: Sidecar) -> Sidecar {
        for _ in 0..self.below(8) {
            let edit = self.edit(text);
            sidecar.apply(edit).expect("an edit of a sidecar");
        }
        sidecar
    }
}

fn as_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]).into_owned()
}

/// Decoding never panics, in any encoding; what comes out has one kind of line end and no mark.
pub fn decode(bytes: &[u8]) {
    let encoding = bytes
        .first()
        .map(|b| ENCODINGS[usize::from(*b) % ENCODINGS.len()]);
    for choice in [None, encoding] {
        if let Ok(decoded) = text::decode(bytes, choice) {
            assert!(!decoded.text.contains('\r'), "a line ends with LF");
            assert!(decoded.replaced <= bytes.len(), "a byte is replaced once");
        }
    }
}

/// Every character that is not white space lies in exactly one block and one sentence.
pub fn segment_bytes(bytes: &[u8]) {
    let text = as_text(bytes);
    let found = segment(&text);
    let source = SourceText::new(text.as_str());
    let blocks: Vec<Span> = found.blocks.iter().map(|block| block.span).collect();
    for spans in [&blocks, &found.sentences] {
        let mut at = 0;
        for span in spans {
            assert!(at <= span.start() && !span.is_empty(), "in order: {span:?}");
            assert!(text[at..span.start()].trim().is_empty(), "nothing between");
            // A space that carries an accent is one character with it, and is never cut off.
            let words = &text[span.range()];
            let start = span.start() + words.len() - words.trim_start().len();
            let bare = Span::new(start, start + words.trim().len());
            assert_eq!(source.snap(bare), *span, "no space at its ends");
            at = span.end();
        }
        assert!(text[at..].trim().is_empty(), "nothing behind");
    }
    for quote in &found.quotes {
        assert!(quote.fragments.iter().all(|part| quote.span.covers(*part)));
    }
}

/// Suggestions lie in the text and on whole characters.
pub fn suggest(bytes: &[u8]) {
    let text = as_text(bytes);
    let found = suggest::suggest(&text, &segment(&text), &suggest::Learnt::default());
    let attributed = found.attributions.iter();
    let spans = attributed.flat_map(|a| a.content.iter().copied().chain(a.source).chain(a.cue));
    for span in spans.chain(found.claims.iter().map(|claim| claim.span)) {
        assert!(
            text.get(span.range())
                .is_some_and(|words| !words.is_empty())
        );
    }
}

/// No bytes make the reader of sidecars panic; what it reads is written in a form that it reads the same.
pub fn sidecar(bytes: &[u8]) {
    let Ok(first) = parse_sidecar(bytes) else {
        return;
    };
    let written = serialise_sidecar(&first, first.text.as_deref());
    let second = parse_sidecar(&written).expect("what was written is read");
    assert_eq!(serialise_sidecar(&second, second.text.as_deref()), written);
    assert_eq!(first.annotations.len(), second.annotations.len());
    assert_eq!(first.unread.len(), second.unread.len());
}

/// Annotations come back from the file as they went, and each is found where it was.
pub fn round_trip(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let source = SourceText::new(choices.text(400));
    let sidecar = choices.sidecar(&source, Sidecar::default());
    let written = serialise_sidecar(&sidecar, Some(source.as_str()));
    let mut read = parse_sidecar(&written).expect("what was written is read");
    anchor(&mut read, &source, &ArticleInfo::default());
    for (id, annotation) in sidecar.annotations.iter() {
        let back = &read.annotations[id];
        for (was, is) in annotation.at.iter().zip(&back.at) {
            let is_empty = was.selector.exact.is_empty();
            assert!(is_empty || was.place == is.place, "{was:?} {is:?}");
        }
        assert_eq!(
            (&annotation.note, annotation.layer),
            (&back.note, back.layer)
        );
    }
    assert_eq!(sidecar.relations, read.relations);
    assert_eq!(sidecar.cast, read.cast);
}

/// Edits taken back in turn leave everything as it was.
pub fn edits(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let source = SourceText::new(choices.text(200));
    let mut sidecar = choices.sidecar(&source, Sidecar::default());
    let before = sidecar.clone();
    let mut inverses = Vec::new();
    for _ in 0..choices.below(24) {
        let edit = choices.edit(&source);
        inverses.push(sidecar.apply(edit).expect("an edit of a sidecar"));
    }
    for inverse in inverses.into_iter().rev() {
        sidecar.apply(inverse).expect("its inverse");
    }
    assert_eq!(sidecar, before);
}

/// A merge loses nobody's new annotations and leaves no link that had both ends without one.
pub fn merge(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let source = SourceText::new(choices.text(200));
    let base = choices.sidecar(&source, Sidecar::default());
    let ours = choices.sidecar(&source, base.clone());
    let theirs = choices.sidecar(&source, base.clone());
    let mut minted = 0;
    let merged = merge_sidecars(&base, &ours, &theirs, || {
        minted += 1;
        Id::new(format!("new{minted}"))
    });
    let words = |sidecar: &Sidecar| -> BTreeSet<String> {
        let new = sidecar.annotations.iter();
        let new = new.filter(|(id, annotation)| base.annotations.get(*id) != Some(annotation));
        new.map(|(_, annotation)| format!("{:?} {}", annotation.at, annotation.note))
            .collect()
    };
    let all: BTreeSet<String> = merged
        .value
        .annotations
        .values()
        .map(|annotation| format!("{:?} {}", annotation.at, annotation.note))
        .collect();
    for side in [&ours, &theirs] {
        let lost: Vec<String> = words(side).difference(&all).cloned().collect();
        assert!(lost.is_empty(), "lost {lost:?}");
    }
    let nothing = merge_sidecars(&ours, &ours, &ours, || Id::new("none"));
    assert_eq!(nothing.value.annotations, ours.annotations);
}

/// After any change of the text each annotation is still there, and what is placed lies on its own words.
pub fn reanchor(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let old = SourceText::new(choices.text(400));
    let sidecar = choices.sidecar(&old, Sidecar::default());
    let mut text = old.as_str().to_owned();
    for _ in 0..choices.below(4) {
        let span = choices.span(&SourceText::new(text.as_str()));
        text.replace_range(span.range(), &choices.text(30));
    }
    let new = SourceText::new(text);
    let mut found = sidecar.clone();
    found.text = Some(old.as_str().into());
    anchor(&mut found, &new, &ArticleInfo::default());
    assert_eq!(found.annotations.len(), sidecar.annotations.len());
    for annotation in found.annotations.values() {
        for target in annotation
            .at
            .iter()
            .filter(|target| target.span().is_some())
        {
            let span = target.span().expect("it is placed");
            assert_eq!(new.slice(span), target.selector.exact);
        }
    }
}

/// The files of an export in a format, of an article that the bytes decide.
fn exported(bytes: &[u8], format: Format) -> Vec<String> {
    let mut choices = Choices(bytes);
    let name = format!("{}.txt", choices.text(30));
    let source = SourceText::new(choices.text(400));
    let sidecar = choices.sidecar(&source, Sidecar::default());
    let segments = segment(source.as_str());
    let doc = Doc {
        name: &name,
        title: &name,
        source: &source,
        segments: &segments,
        sidecar: &sidecar,
        entities: &Entities::default(),
        codebook: &Codebook::default(),
    };
    let files = export(format, &[doc]);
    for file in &files {
        let is_plain = !file.name.contains(['/', '\\']) && !file.name.starts_with(['.', '-']);
        assert!(is_plain, "{:?}", file.name);
    }
    let bytes = files.into_iter().map(|file| file.bytes);
    bytes
        .map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
        .collect()
}

/// Rows are of one length and no cell is a formula.
pub fn export_csv(bytes: &[u8]) {
    for file in exported(bytes, Format::Csv) {
        let mut rows = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
        for row in rows.records() {
            let row = row.expect("rows of one length");
            let danger = row
                .iter()
                .find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            assert_eq!(danger, None);
        }
    }
}

/// Every line is JSON.
pub fn export_jsonl(bytes: &[u8]) {
    for file in exported(bytes, Format::Jsonl) {
        for line in file.lines() {
            let value: Result<serde_json::Value, _> = serde_json::from_str(line);
            assert!(value.is_ok(), "{line}");
        }
    }
}

/// Nothing from outside becomes an element.
pub fn export_html(bytes: &[u8]) {
    for file in exported(bytes, Format::Html) {
        let lower = file.to_lowercase();
        for danger in [
            "<script",
            "<img",
            "<svg",
            "<iframe",
            "<object",
            "javascript:\"",
        ] {
            assert!(!lower.contains(danger), "{danger}");
        }
        assert!(!file.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\u{c}')));
    }
}
