//! Places in a text: byte offsets in memory, code points in files.
//!
//! A byte offset and a code-point offset are different types, so one cannot be passed for the other. Conversion
//! between them needs the text and lives in `text::index` alone.

use std::ops::Range;

/// A UTF-8 byte offset into the text of one article. A long article has a great many of them, so it is kept in four
/// bytes: texts are read up to 64 MB, and what lies beyond four gigabytes counts as their end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteOffset(u32);

impl ByteOffset {
    /// Wraps a byte offset.
    pub const fn new(offset: usize) -> Self {
        if offset > u32::MAX as usize {
            return Self(u32::MAX);
        }
        Self(offset as u32)
    }

    /// The offset as a plain number, for slicing.
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for ByteOffset {
    fn from(offset: usize) -> Self {
        Self::new(offset)
    }
}

/// A half-open range of UTF-8 byte offsets; its start is never behind its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: ByteOffset,
    end: ByteOffset,
}

impl Span {
    /// The span between two offsets, in whichever order they come.
    pub fn new(a: impl Into<ByteOffset>, b: impl Into<ByteOffset>) -> Self {
        let (a, b) = (a.into(), b.into());
        Self {
            start: a.min(b),
            end: a.max(b),
        }
    }

    /// First byte.
    pub const fn start(self) -> usize {
        self.start.get()
    }

    /// One past the last byte.
    pub const fn end(self) -> usize {
        self.end.get()
    }

    /// The span as a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether nothing lies in the span.
    pub const fn is_empty(self) -> bool {
        self.start.0 == self.end.0
    }

    /// Whether `offset` lies in the span (its end excluded).
    pub const fn contains(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Whether `other` lies wholly inside, ends included.
    pub const fn covers(self, other: Self) -> bool {
        self.start.0 <= other.start.0 && other.end.0 <= self.end.0
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        !self.is_empty()
            && !other.is_empty()
            && self.start.0 < other.end.0
            && other.start.0 < self.end.0
    }

    /// What both have in common, if it is more than nothing.
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        })
    }

    /// The smallest span that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A half-open range of Unicode code points of the same text: the unit of sidecars, exports and command output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CpSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point. A file may say less than `start`; such a range lies nowhere.
    pub end: usize,
}
