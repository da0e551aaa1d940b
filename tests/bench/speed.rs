//! How fast it is, as ratios against a peer or a floor in the same run.
//!
//! `cargo bench` prints, in turn: what reading an article takes ([`reading`]); loading an annotated article against
//! reading and checking its bytes; a durable save against the bare recipe; a frame at rest.

mod reading;

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use pressmark::app::{Dialogs, Env, NoDialog};
use pressmark::store;
use pressmark::store::{Settings, load_article, save_file, write_sample};
use pressmark::ui::Shell;

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

criterion_group!(speed, reading::segmenting, files, frames);
criterion_main!(speed);
