//! The bundled sample: what a new user sees first holds together, word for word.
//!
//! Leaves the sidecar's form in general to `sidecar`, and copying it to the `sample` command's own tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pressmark::model::{Annotation, EntityKind, Id, Layer, RelationKind, Sidecar, Status, Target};
use pressmark::store::{
    Article, entities_path, load_article, load_entities, parse_sidecar, scan, serialise_entities,
    serialise_sidecar, sidecar_path, write_sample,
};
use pressmark::text::describe;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample")
}

fn articles() -> Vec<Article> {
    let listing = scan(&folder(), &mut |_| true).expect("the sample is a folder");
    assert!(listing.unreadable.is_empty(), "a sample is not readable");
    let load = |path: &Path| load_article(path, None).expect("a sample article opens");
    let entries = listing.articles.entries();
    entries.map(|entry| load(&entry.path)).collect()
}

fn annotated() -> Vec<Article> {
    let mut all = articles();
    all.retain(|article| !article.sidecar.annotations.is_empty());
    all
}

fn name(article: &Article) -> String {
    article.path.display().to_string()
}

fn fragments(annotation: &Annotation) -> impl Iterator<Item = &Target> {
    annotation.at.iter().chain(&annotation.cue)
}

fn layer_of(sidecar: &Sidecar, id: &Id) -> Option<Layer> {
    sidecar
        .annotations
        .get(id)
        .map(|annotation| annotation.layer)
}

#[test]
fn there_are_articles_to_try_in_every_state_of_work() {
    let all = articles();
    assert!(all.len() >= 6, "{} articles", all.len());
    assert!(annotated().len() >= 3, "{} annotated", annotated().len());
    for status in Status::ALL {
        let some = all.iter().any(|article| article.sidecar.status == status);
        assert!(some, "no article is {}", status.name());
    }
}

#[test]
fn the_first_article_in_the_list_is_a_finished_one() {
    let all = articles();
    let first = &all[0];
    assert_eq!(first.sidecar.status, Status::Done, "{}", name(first));
}

#[test]
fn every_annotation_stands_on_its_own_words() {
    for article in annotated() {
        assert_eq!(article.orphans, 0, "{}", name(&article));
        for annotation in article.sidecar.annotations.values() {
            for target in fragments(annotation) {
                let span = target.span().expect("a sample's place is certain");
                assert_eq!(article.source.slice(span), target.selector.exact);
                let again = describe(&article.source, span);
                assert_eq!(again, target.selector, "{}", name(&article));
            }
        }
    }
}

#[test]
fn every_record_that_is_named_exists() {
    let entities = load_entities(&folder())
        .expect("the records can be read")
        .entities;
    for article in annotated() {
        for annotation in article.sidecar.annotations.values() {
            let Some(id) = &annotation.entity else {
                let free = !matches!(annotation.layer, Layer::Person | Layer::Source);
                assert!(free, "{} has no record", annotation.exact());
                continue;
            };
            let record = entities.resolve(id);
            match annotation.layer {
                Layer::Person => {
                    let kind = record.map(|record| record.kind);
                    assert_eq!(kind, Some(EntityKind::Person), "{}", annotation.exact());
                }
                _ => assert!(
                    article.sidecar.cast.contains_key(id),
                    "{} is not in the cast",
                    annotation.exact()
                ),
            }
        }
        for entry in article.sidecar.cast.values() {
            let unnamed = entry.attrs.text("identification") == Some("described but unnamed");
            let known = entities.resolve(&entry.id);
            let hidden = !(unnamed && known.is_some());
            assert!(hidden, "{} has a record, so it is named", entry.name);
            if let Some(record) = known {
                assert_eq!(record.name, entry.name);
            }
        }
    }
}

#[test]
fn every_unnamed_person_has_a_reason_and_every_quote_a_speaker_or_none_stated() {
    for article in annotated() {
        let sidecar = &article.sidecar;
        for entry in sidecar.cast.values() {
            if entry.attrs.text("identification") == Some("described but unnamed") {
                let reason = entry.attrs.text("anonymity_reason");
                assert!(reason.is_some(), "{}", entry.name);
            }
        }
        for (id, quote) in sidecar.annotations.iter() {
            let is_speech = quote.attrs.text("kind").is_none_or(|kind| kind == "speech");
            if quote.layer != Layer::Quote || !is_speech {
                continue;
            }
            let said = sidecar.relation(id, &RelationKind::SaidBy).is_some();
            let none = quote.attrs.text("stated") == Some("none");
            assert!(said != none, "{}: {}", name(&article), quote.exact());
        }
    }
}

#[test]
fn every_relation_goes_from_and_to_what_it_may() {
    for article in annotated() {
        let sidecar = &article.sidecar;
        for relation in sidecar.relations.values() {
            let from = layer_of(sidecar, &relation.from).expect("it begins somewhere");
            let to = layer_of(sidecar, &relation.to).expect("it ends somewhere");
            let right = match relation.kind {
                RelationKind::SaidBy | RelationKind::RelayedBy => {
                    from == Layer::Quote && to == Layer::Source
                }
                RelationKind::ClaimedBy => {
                    from == Layer::Claim && matches!(to, Layer::Source | Layer::Quote)
                }
                RelationKind::About => from == Layer::Claim && to == Layer::Person,
                RelationKind::Supports | RelationKind::Refutes => to == Layer::Claim,
                RelationKind::RepliesTo | RelationKind::PartOf => {
                    from == Layer::Quote && to == Layer::Quote
                }
                RelationKind::SameAs => from == to,
                RelationKind::Other(_) => false,
            };
            assert!(
                right,
                "{}: {} {}",
                name(&article),
                relation.id,
                relation.kind.name()
            );
        }
    }
}

#[test]
fn the_files_are_written_as_the_program_writes_them() {
    for article in annotated() {
        let path = sidecar_path(&article.path);
        let bytes = fs::read(&path).expect("the sidecar is there");
        let sidecar = parse_sidecar(&bytes).expect("and can be read");
        let again = serialise_sidecar(&sidecar, sidecar.text.as_deref());
        let same = String::from_utf8_lossy(&again) == String::from_utf8_lossy(&bytes);
        assert!(same, "{} is not in canonical form", path.display());
    }
    let bytes = fs::read(entities_path(&folder())).expect("the records are there");
    let entities = load_entities(&folder()).expect("and can be read").entities;
    let again = serialise_entities(&entities);
    assert_eq!(
        String::from_utf8_lossy(&again),
        String::from_utf8_lossy(&bytes)
    );
}

#[test]
fn the_program_carries_the_whole_sample() {
    let to = tempfile::tempdir().expect("a folder to write to");
    write_sample(to.path()).expect("the sample can be copied");
    let wanted = files(&folder());
    assert_eq!(files(to.path()), wanted);
    for file in wanted {
        let here = fs::read(folder().join(&file)).expect("bundled");
        let there = fs::read(to.path().join(&file)).expect("copied");
        assert!(here == there, "{} was changed on the way", file.display());
    }
}

/// All files below a folder, by their path in it.
fn files(root: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(rel) = path.strip_prefix(root) {
                found.insert(rel.to_owned());
            }
        }
    }
    found
}
