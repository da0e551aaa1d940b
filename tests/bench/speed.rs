//! How fast it is, as ratios against a peer or a floor in the same run.
//!
//! `cargo bench` prints, in turn: segmenting against the sentences of UAX #29; suggesting people, attributions and claims; loading
//! an annotated article against reading and checking its bytes; a durable save against the bare recipe; a frame at rest.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pressmark::app::{Dialogs, Env, NoDialog};
use pressmark::store::{Settings, load_article, save_file, write_sample};
use pressmark::text::segment;
use pressmark::ui::Shell;
use pressmark::{store, suggest};
use unicode_segmentation::UnicodeSegmentation;

/// The sample's text again and again, each time with other numbers, about `size` bytes of it.
fn news(size: usize) -> String {
    let articles: Vec<String> = store::sample_files()
        .filter(|name| name.ends_with("strike.txt") || name.ends_with("inquiry.txt"))
        .filter_map(|name| fs::read_to_string(Path::new("assets/sample").join(name)).ok())
        .collect();
    let mut text = String::with_capacity(size + 8192);
    for round in 0.. {
        for article in &articles {
            text.push_str(&article.replace("14", &round.to_string()));
            text.push('\n');
        }
        if text.len() >= size {
            break;
        }
    }
    text
}

fn segmenting(c: &mut Criterion) {
    let text = news(1 << 20);
    let mut group = c.benchmark_group("1 MB of news");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("peer: sentences of UAX #29", |b| {
        b.iter(|| black_box(&text).unicode_sentences().count());
    });
    group.bench_function("blocks, sentences and quotes", |b| {
        b.iter(|| segment(black_box(&text)))
    });
    let segments = segment(&text);
    group.sample_size(10);
    let learnt = suggest::Learnt::default();
    group.bench_function("people, attributions and claims", |b| {
        b.iter(|| suggest::suggest(black_box(&text), &segments, &learnt));
    });
    group.finish();
}

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

struct NoDialogs;

impl Dialogs for NoDialogs {
    fn pick_folder(&self, _title: &str) -> Result<Option<std::path::PathBuf>, NoDialog> {
        Err(NoDialog)
    }
}

fn frames(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    write_sample(folder.path()).expect("the sample");
    let ctx = egui::Context::default();
    let target = Some(folder.path().to_owned());
    let mut shell = Shell::new(
        &ctx,
        Settings::default(),
        target,
        Arc::new(NoDialogs),
        Env::fixed(1),
        None,
    );
    shell.forget_settings();
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 800.0));
    let mut frame = move || {
        let input = egui::RawInput {
            screen_rect: Some(screen),
            ..Default::default()
        };
        let mut output = ctx.run_ui(input, |ui| shell.show(ui));
        output.textures_delta.clear();
        (
            ctx.tessellate(output.shapes, output.pixels_per_point).len(),
            shell.state.article().is_some(),
        )
    };
    // Until the article is loaded and everything about it is found.
    while !frame().1 {}
    for _ in 0..200 {
        frame();
    }
    c.bench_function("a frame at rest: the whole window, tessellated", |b| {
        b.iter(|| black_box(frame()))
    });
}

criterion_group!(speed, segmenting, files, frames);
criterion_main!(speed);
