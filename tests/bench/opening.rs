//! Opening a long article with many tags, up to the first frame, against the least that any program would have to do.
//!
//! The floor reads both files, checks the text's UTF-8 and parses the sidecar into plain structs. Ours also decodes,
//! segments, anchors every tag, hashes the article and builds the indexes that frames ask. The sidecar's hash is not
//! counted: the loader takes it once the article is handed over, for the next save. What the frame itself takes is told
//! by `frames`.
//!
//! *Limitations*: by the clock on the wall, which is what a person waits for, and without what it takes to forget it
//! all. Ours reads the text and its sidecar in two threads, so the ratio is worse on a machine that is busy otherwise.

use std::fs;
use std::hint::black_box;

use criterion::Criterion;
use pressmark::app::OpenArticle;
use pressmark::store::{self, load_article};
use serde::Deserialize;

use crate::giant::{self, Shape};

/// As much of a sidecar as any program would read that shows its tags.
#[derive(Deserialize)]
struct Plain {
    annotations: Vec<Tag>,
}

#[derive(Deserialize)]
struct Tag {
    id: String,
    layer: String,
    at: Vec<Fragment>,
}

#[derive(Deserialize)]
struct Fragment {
    start: usize,
    end: usize,
    exact: String,
    prefix: String,
    suffix: String,
}

pub fn opening(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let article = giant::write(folder.path(), Shape::News(10_000_000), 50_000);
    let sidecar = store::sidecar_path(&article);
    let mut group = c.benchmark_group("10 MB with 50,000 tags");
    group.sample_size(10);
    group.bench_function("floor: read both files, check UTF-8, parse the tags", |b| {
        b.iter_with_large_drop(|| {
            let text = fs::read(&article).expect("the article");
            let tags = fs::read(&sidecar).expect("its sidecar");
            let plain: Plain = serde_json::from_slice(&tags).expect("as it was written");
            let used = plain.annotations.iter().map(|tag| {
                let words = tag.at.iter().map(|at| {
                    at.end - at.start + at.exact.len() + at.prefix.len() + at.suffix.len()
                });
                tag.id.len() + tag.layer.len() + words.sum::<usize>()
            });
            black_box((str::from_utf8(&text).is_ok(), used.sum::<usize>()));
            (text, tags, plain)
        });
    });
    group.bench_function("open: decode, segment, parse, anchor, index", |b| {
        b.iter_with_large_drop(|| {
            let loaded = load_article(black_box(&article), None).expect("an article");
            OpenArticle::new("long-year.txt".into(), loaded)
        });
    });
    group.finish();
}
