//! `pressmark suggest`: who is named, who says what and what is worth checking, as JSON lines or as text for people.
//!
//! Offsets are code points of the text as Python reads it. Names are those of the folder's records where it has some.
//! Finding is left to `suggest`, reading to `store`, walking to `walk`. What was rejected in the window is proposed all
//! the same: the lines are what the rules say.

use std::process::ExitCode;

use serde::Serialize;

use super::walk::{self, Format};
use super::{counted, safe_json};
use crate::model::{Block, Segments, Span};
use crate::store::{Listing, load_entities};
use crate::suggest::{Learnt, Suggestions, suggest};
use crate::text::{SourceText, display_safe};

/// Prints the suggestions for all articles in the order of their names.
pub fn run(args: &walk::Args) -> ExitCode {
    walk::run(args, learn, |learnt, file, article, format| {
        let text = &article.source;
        let found = suggest(text.as_str(), &article.segments, learnt);
        match format {
            Format::Jsonl => json(file, text, &found),
            Format::Text => self::text(file, text, &article.segments, &found),
        }
    })
}

/// What the folder's records know, and why they could not be read.
fn learn(listing: &Listing) -> (Learnt, Option<String>) {
    match load_entities(&listing.root) {
        Ok(file) => {
            // A file that only may not be written is read all the same.
            let unread = file.readonly.filter(|_| file.entities.by_id.is_empty());
            (Learnt::from_records(&file.entities), unread)
        }
        Err(error) => (Learnt::default(), Some(error.to_string())),
    }
}

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    people: Vec<Person<'a>>,
    attributions: Vec<Said<'a>>,
    claims: Vec<Claim<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    start: usize,
    end: usize,
    person: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct Said<'a> {
    content: Vec<[usize; 2]>,
    source: Option<[usize; 2]>,
    cue: Option<[usize; 2]>,
    form: &'a str,
    identification: &'a str,
    entity: Option<&'a str>,
    confidence: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct Claim<'a> {
    start: usize,
    end: usize,
    score: f64,
    why: &'a str,
}

fn json(file: &str, source: &SourceText, found: &Suggestions) -> String {
    let cp = |span: Span| {
        let cp = source.cp_span(span);
        [cp.start, cp.end]
    };
    let line = Line {
        file,
        people: found
            .people
            .mentions
            .iter()
            .map(|mention| {
                let [start, end] = cp(mention.span);
                Person {
                    start,
                    end,
                    person: found.people.name(mention.person),
                    why: mention.why,
                }
            })
            .collect(),
        attributions: found
            .attributions
            .iter()
            .map(|said| Said {
                content: said.content.iter().map(|span| cp(*span)).collect(),
                source: said.source.map(cp),
                cue: said.cue.map(cp),
                form: said.form.name(),
                identification: said.identification,
                entity: said.entity.map(|person| found.people.name(person)),
                confidence: said.confidence.name(),
                why: &said.why,
            })
            .collect(),
        claims: found
            .claims
            .iter()
            .map(|claim| {
                let [start, end] = cp(claim.span);
                Claim {
                    start,
                    end,
                    // Three digits are all that the weights can bear.
                    score: (f64::from(claim.score) * 1000.0).round() / 1000.0,
                    why: &claim.why,
                }
            })
            .collect(),
    };
    let json = serde_json::to_string(&line).unwrap_or_default();
    safe_json(&json) + "\n"
}

/// Persons with their mentions, attributions and claims, each with the number of its block and the reason.
fn text(file: &str, source: &SourceText, segments: &Segments, found: &Suggestions) -> String {
    let words = |span: Span| {
        let line = source.slice(span).split_whitespace();
        display_safe(&line.collect::<Vec<_>>().join(" ")).into_owned()
    };
    let block = |span: Span| {
        let after = |block: &Block| block.span.start() <= span.start();
        format!("¶{:<4}", segments.blocks.partition_point(after))
    };
    let people = &found.people;
    let mut out = format!(
        "{}: {}, {}, {}\n",
        display_safe(file),
        counted(people.names.len(), "person"),
        counted(found.attributions.len(), "attribution"),
        counted(found.claims.len(), "claim"),
    );
    for (person, name) in people.names.iter().enumerate() {
        out += &format!("\nperson  {}\n", display_safe(name));
        for mention in people.mentions.iter().filter(|one| one.person == person) {
            let (at, name) = (block(mention.span), words(mention.span));
            out += &format!("{at}   {name}: {}\n", mention.why);
        }
    }
    for said in &found.attributions {
        let (confidence, form) = (said.confidence.name(), said.form.label());
        out += &format!("\nattribution, {confidence}, {form}\n");
        for span in &said.content {
            out += &format!("{}   {}\n", block(*span), words(*span));
        }
        let source = said.source.map_or("no source".to_owned(), |span| {
            let who = said.entity.map(|person| people.name(person));
            let who = who.map_or(String::new(), |name| format!("{}, ", display_safe(name)));
            format!("{} ({who}{})", words(span), said.identification)
        });
        out += &format!("  who   {source}\n");
        if let Some(cue) = said.cue {
            out += &format!("  cue   {}\n", words(cue));
        }
        out += &format!("  why   {}\n", said.why);
    }
    for claim in &found.claims {
        let (score, class, kind) = (claim.score, claim.class, claim.kind);
        out += &format!("\nclaim, {score:.2}, {class}, {kind}\n");
        out += &format!("{}   {}\n", block(claim.span), words(claim.span));
        out += &format!("  why   {}\n", claim.why);
    }
    out.push('\n');
    out
}
