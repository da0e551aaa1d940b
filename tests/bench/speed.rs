//! How fast it is, as ratios against a peer or a floor in the same run.
//!
//! `cargo bench` prints, in turn: what reading an article takes ([`reading`]); loading an annotated article against
//! reading and checking its bytes; a durable save against the bare recipe; opening a long article
//! with many tags against the least work ([`opening`]); what frames cost in articles up to ten
//! megabytes with 50,000 tags ([`frames`]).

mod frames;
mod giant;
mod opening;
mod reading;

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use pressmark::store;
use pressmark::store::{load_article, save_file, write_sample};

fn files(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    write_sample(folder.path()).expect("the sample");
    let article = folder.path().join("harbour-strike.txt");
    let sidecar = store::sidecar_path(&article);
    let mut group = c.benchmark_group("an annotated article");
    group.bench_function("floor: read both files and check UTF-8", |b| {
        b.iter(|| {
            let text = fs::read(&article)
                .and_then(|t| fs::read(&sidecar).map(|s| (t, s)))
                .expect("both");
            black_box((
                str::from_utf8(&text.0).is_ok(),
                str::from_utf8(&text.1).is_ok(),
            ))
        });
    });
    group.bench_function("load: decode, segment, parse, anchor", |b| {
        b.iter(|| load_article(black_box(&article), None).expect("an article"));
    });
    let bytes = fs::read(&sidecar).expect("a sidecar");
    let target = folder.path().join("saved.json");
    group.bench_with_input(
        BenchmarkId::new("floor: write, fsync, rename, fsync", bytes.len()),
        &bytes,
        |b, bytes| {
            b.iter(|| {
                let part = folder.path().join("part");
                let mut file = File::create(&part).expect("a file");
                file.write_all(bytes)
                    .and_then(|()| file.sync_all())
                    .expect("written");
                fs::rename(&part, &target).expect("in place");
                File::open(folder.path())
                    .and_then(|dir| dir.sync_all())
                    .expect("durable");
            });
        },
    );
    group.bench_with_input(
        BenchmarkId::new("durable save", bytes.len()),
        &bytes,
        |b, bytes| {
            let expected = store::hash(bytes);
            b.iter(|| save_file(&target, bytes, Some(expected)).expect("saved"));
        },
    );
    group.finish();
}

criterion_group!(
    speed,
    reading::segmenting,
    files,
    opening::opening,
    frames::frames
);
criterion_main!(speed);
