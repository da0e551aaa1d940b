//! Segmenting against two peers on the same text, one thread, and suggesting.
//!
//! The peers find sentences only; ours finds blocks, sentences and quotes. Needs no window, so that a crate of `model`,
//! `text` and `suggest` alone can run it.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput};
use pressmark::suggest::{Learnt, suggest};
use pressmark::text::segment;
use unicode_segmentation::UnicodeSegmentation;

/// The sample's text again and again, each time with other numbers, about `size` bytes of it.
fn news(size: usize) -> String {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    let articles = ["harbour-strike.txt", "river/flood-inquiry.txt"]
        .map(|name| fs::read_to_string(sample.join(name)).expect("an article"));
    let mut text = String::with_capacity(size + 8192);
    for round in 0.. {
        for article in &articles {
            text.push_str(&article.replace("14", &round.to_string()));
            text.push_str("\n\n");
        }
        if text.len() >= size {
            break;
        }
    }
    text
}

pub fn segmenting(c: &mut Criterion) {
    let text = news(1 << 20);
    let mut group = c.benchmark_group("1 MB of news");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("peer: sentences of UAX #29", |b| {
        b.iter(|| black_box(&text).unicode_sentences().count());
    });
    group.bench_function("peer: sentences of sentencex", |b| {
        b.iter(|| sentencex::segment("en", black_box(&text)).len());
    });
    group.bench_function("blocks, sentences and quotes", |b| {
        b.iter(|| segment(black_box(&text)))
    });
    let segments = segment(&text);
    group.sample_size(10);
    let learnt = Learnt::default();
    group.bench_function("people, attributions and claims", |b| {
        b.iter(|| suggest(black_box(&text), &segments, &learnt));
    });
    group.finish();
}
