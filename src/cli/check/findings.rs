//! What `pressmark check` looks for, rule by rule.
//!
//! Pure: takes what `store` has loaded and returns findings; reading and printing are left to `check`.

use crate::model::{
    Annotation, Attrs, CAST_AXES, Id, Layer, Override, OverrideKind, Place, RelationKind, Sidecar,
    Target, Vocabulary, axes_of, axis,
};
use crate::store::{Article, EntitiesFile, Refusal, copied_from};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Something is lost or contradicts itself.
    Error,
    /// Somebody should look.
    Warning,
    /// Work may be left.
    Info,
}

impl Severity {
    /// The word in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// Whether it makes the command say that something was found.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Info)
    }
}

/// One thing found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule found it.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is, for people.
    pub message: String,
    /// The annotation, relation or record it is about.
    pub annotation: Option<String>,
}

impl Finding {
    pub(super) fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            annotation: None,
        }
    }

    fn about(mut self, id: &Id) -> Self {
        self.annotation = Some(id.to_string());
        self
    }

    /// An article that cannot be opened.
    pub fn unreadable_article(reason: impl Into<String>) -> Self {
        Self::new("unreadable-article", Severity::Error, reason)
    }

    /// A sidecar whose article is not there.
    pub fn stray(name: &str) -> Self {
        if copied_from(name.rsplit('/').next().unwrap_or(name)).is_some() {
            let message = "a program that syncs folders made this copy because two people saved at the same time";
            return Self::new("conflict-copy", Severity::Warning, message);
        }
        let message = "there is no article of this name beside it";
        Self::new("stray-sidecar", Severity::Warning, message)
    }
}

/// Findings in an article and its sidecar.
pub fn of_article(article: &Article, records: &EntitiesFile) -> Vec<Finding> {
    let mut found = Vec::new();
    if let (Some(refusal), Some(reason)) = (article.refusal, &article.readonly) {
        let (code, severity) = match refusal {
            Refusal::Unreadable => ("unreadable-sidecar", Severity::Error),
            Refusal::Newer => ("newer-sidecar", Severity::Warning),
            Refusal::Protected => ("protected-sidecar", Severity::Warning),
            Refusal::Elsewhere => ("linked-article", Severity::Info),
            Refusal::Missing => ("missing-article", Severity::Warning),
        };
        found.push(Finding::new(code, severity, reason));
    }
    let sidecar = &article.sidecar;
    if article.is_changed && !sidecar.annotations.is_empty() {
        let message = "the article is not the text that was annotated";
        found.push(Finding::new("changed-article", Severity::Warning, message));
    }
    unread_entries(sidecar, &mut found);
    odd_ids(sidecar, &mut found);
    for annotation in sidecar.annotations.values() {
        let mut spans = annotation.spans().chain(annotation.cue_spans());
        if spans.any(|span| article.source.snap(span) != span) {
            let message = format!(
                "it begins or ends inside a character: {}",
                shortened(&annotation.exact())
            );
            let finding = Finding::new("split-character", Severity::Warning, message);
            found.push(finding.about(&annotation.id));
        }
    }
    for annotation in sidecar.annotations.values() {
        of_annotation(annotation, sidecar, records, &mut found);
    }
    of_relations(sidecar, &mut found);
    for entry in sidecar.cast.values() {
        let cast = unknown_values(&entry.attrs, CAST_AXES, &entry.id);
        found.extend(cast);
    }
    for decision in &sidecar.overrides {
        if let OverrideKind::Other(name) = &decision.make {
            found.push(unknown_value("make", name));
        }
        found.extend(of_decision(decision));
    }
    found
}

/// Findings in the folder's records.
pub fn of_records(records: &EntitiesFile) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(reason) = &records.readonly {
        found.push(Finding::new("unreadable-records", Severity::Error, reason));
    }
    for raw in &records.entities.unread {
        let message = format!("a record could not be understood: {}", shortened(raw));
        found.push(Finding::new("unread-entry", Severity::Error, message));
    }
    let by_id = &records.entities.by_id;
    for entity in by_id.values() {
        if let Some(to) = entity
            .merged_into
            .as_ref()
            .filter(|to| !by_id.contains_key(to))
        {
            let message = format!("it was merged into {to}, which is not there");
            found.push(Finding::new("dangling-entity", Severity::Error, message).about(&entity.id));
        }
    }
    found
}

fn of_annotation(
    annotation: &Annotation,
    sidecar: &Sidecar,
    records: &EntitiesFile,
    found: &mut Vec<Finding>,
) {
    let mut add = |code, severity, message: String| {
        found.push(Finding::new(code, severity, message).about(&annotation.id));
    };
    let has = |place: fn(&Place) -> bool| {
        let mut targets = annotation.at.iter().chain(&annotation.cue);
        targets.any(|target| place(&target.place))
    };
    let words = shortened(&annotation.exact());
    if has(|place| matches!(place, Place::Orphan)) {
        let message = format!("the words are not in the text, or in several places: {words}");
        add("orphan", Severity::Error, message);
    } else if has(|place| matches!(place, Place::Changed(_))) {
        let message = format!("the words were edited, or may be others of the same kind: {words}");
        add("changed", Severity::Warning, message);
    } else if has(|place| matches!(place, Place::Moved(_))) {
        let message = format!("the words are no longer where they were: {words}");
        add("moved", Severity::Warning, message);
    }
    if overlap(&annotation.at) || overlap(&annotation.cue) {
        let message = format!("fragments of one annotation overlap: {words}");
        add("overlapping-fragments", Severity::Warning, message);
    }
    if let Some(id) = &annotation.entity {
        let is_known = records.readonly.is_some()
            || records.entities.by_id.contains_key(id)
            || sidecar.cast.contains_key(id);
        if !is_known {
            let message = format!("its record {id} is neither in the folder nor in the cast");
            add("dangling-entity", Severity::Error, message);
        }
    }
    let stated = annotation.attrs.text("stated");
    let kind = annotation.attrs.text("kind");
    let is_speech = !matches!(kind, Some("scare quote" | "title"));
    let said_by = sidecar.relation(&annotation.id, &RelationKind::SaidBy);
    if annotation.layer == Layer::Quote && is_speech && said_by.is_none() && stated != Some("none")
    {
        let message = format!("nobody is said to say it: {words}");
        add("quote-without-speaker", Severity::Info, message);
    }
    let axes = axes_of(annotation.layer);
    found.extend(unknown_values(&annotation.attrs, axes, &annotation.id));
    if let Some((_, raw)) = annotation
        .extra
        .as_slice()
        .iter()
        .find(|(key, _)| key == "origin")
    {
        found.push(unknown_value("origin", raw).about(&annotation.id));
    }
}

/// A decision against the segmenter whose place is not certain, so that nothing follows it.
fn of_decision(decision: &Override) -> Option<Finding> {
    let (code, what) = match decision.at.place {
        Place::Placed(_) => return None,
        Place::Moved(_) | Place::Changed(_) => ("moved-decision", "are no longer where they were"),
        Place::Orphan => ("lost-decision", "are not in the text, or in several places"),
    };
    let (make, words) = (decision.make.name(), shortened(&decision.at.selector.exact));
    let message = format!("“{make}” is not followed, its words {what}: {words}");
    Some(Finding::new(code, Severity::Warning, message))
}

fn of_relations(sidecar: &Sidecar, found: &mut Vec<Finding>) {
    for relation in sidecar.relations.values() {
        for (end, id) in [("starts", &relation.from), ("ends", &relation.to)] {
            if !sidecar.annotations.contains_key(id) {
                let message = format!(
                    "“{}” {end} at {id}, which is not there",
                    relation.kind.name()
                );
                let finding = Finding::new("dangling-relation", Severity::Error, message);
                found.push(finding.about(&relation.id));
            }
        }
        if let RelationKind::Other(name) = &relation.kind {
            found.push(unknown_value("type", name).about(&relation.id));
        }
    }
}

/// Ids that are kept as they are and that other programs may trip over.
fn odd_ids(sidecar: &Sidecar, found: &mut Vec<Finding>) {
    const LONGEST: usize = 200;
    let ids = sidecar.annotations.keys().chain(sidecar.relations.keys());
    for id in ids.chain(sidecar.cast.keys()) {
        let text = id.as_str();
        let why = if text.is_empty() {
            "it is empty"
        } else if text.len() > LONGEST {
            "it is very long"
        } else if text.contains(crate::text::is_unsafe) {
            "it holds control characters"
        } else {
            continue;
        };
        let message = format!("the id is kept, and may be no use elsewhere: {why}");
        found.push(Finding::new("odd-id", Severity::Warning, message).about(id));
    }
}

/// Entries that were kept raw: a second one of the same id, or one that nobody could understand.
fn unread_entries(sidecar: &Sidecar, found: &mut Vec<Finding>) {
    for (list, raw) in &sidecar.unread {
        let value: Option<serde_json::Value> = serde_json::from_str(raw).ok();
        let id = value
            .as_ref()
            .and_then(|value| value["id"].as_str())
            .map(Id::from);
        let is_second = id.as_ref().is_some_and(|id| match list.as_str() {
            "annotations" => sidecar.annotations.contains_key(id),
            "cast" => sidecar.cast.contains_key(id),
            _ => sidecar.relations.contains_key(id),
        });
        let finding = if is_second {
            let message =
                format!("the id stands twice in “{list}”; the second entry is kept but not shown");
            Finding::new("duplicate-id", Severity::Error, message)
        } else {
            let message = format!(
                "an entry of “{list}” could not be understood; it is kept but not shown: {}",
                shortened(raw)
            );
            Finding::new("unread-entry", Severity::Error, message)
        };
        found.push(match &id {
            Some(id) => finding.about(id),
            None => finding,
        });
    }
}

/// Whether two fragments share a place, by what the file says of them.
fn overlap(targets: &[Target]) -> bool {
    let mut ranges: Vec<(usize, usize)> = targets
        .iter()
        .map(|t| (t.selector.start, t.selector.end))
        .collect();
    ranges.sort_unstable();
    ranges.windows(2).any(|pair| pair[1].0 < pair[0].1)
}

fn unknown_values<'a>(
    attrs: &'a Attrs,
    axes: &'static [Vocabulary],
    id: &'a Id,
) -> impl Iterator<Item = Finding> + 'a {
    attrs.iter().filter_map(move |(key, value)| {
        let axis = axis(axes, key)?;
        let value = value.as_str();
        let is_known = axis.values.is_empty() || axis.values.contains(&value);
        (!is_known).then(|| unknown_value(key, value).about(id))
    })
}

fn unknown_value(key: &str, value: &str) -> Finding {
    let message = format!(
        "“{key}” has a value that this version does not know: {}",
        shortened(value)
    );
    Finding::new("unknown-value", Severity::Info, message)
}

/// The beginning of a long text, on one line.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::{load_article, load_entities, sidecar_path};

    const TEXT: &str = "The mayor said: “No.” e\u{301}\n";

    /// Checks that a sidecar with these lists gives exactly these findings.
    fn check(lists: &str, expected: &[&str]) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.txt");
        let text = serde_json::to_string(TEXT).expect("a string is JSON");
        let sidecar = format!(r#"{{"format":"pressmark-sidecar","text":{text},{lists}}}"#);
        fs::write(&path, TEXT).expect("the article is written");
        fs::write(sidecar_path(&path), sidecar).expect("the sidecar is written");
        let article = load_article(&path, None).expect("the article opens");
        let records = load_entities(folder.path()).expect("the folder is there");
        let found = of_article(&article, &records);
        let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, expected, "{lists}");
    }

    fn annotation(id: &str, rest: &str) -> String {
        let at = r#"[{"start":4,"end":9,"exact":"mayor"}]"#;
        format!(r#"{{"id":"{id}","layer":"person","at":{at}{rest}}}"#)
    }

    #[test]
    fn each_rule_finds_its_own_fault_and_nothing_else() {
        let one = annotation("a", "");
        check(&format!(r#""annotations":[{one}]"#), &[]);
        check(r#""annotations":3"#, &["unreadable-sidecar"]);
        check(r#""reader_min":2"#, &["newer-sidecar"]);
        check(
            &format!(r#""annotations":[{one},{one}]"#),
            &["duplicate-id"],
        );
        check(
            r#""annotations":[{"id":"a","layer":"sketch"}]"#,
            &["unread-entry"],
        );
        check(
            &format!(r#""annotations":[{}]"#, annotation("a", r#","entity":"e""#)),
            &["dangling-entity"],
        );
        check(
            &format!(
                r#""annotations":[{}],"cast":[{{"id":"e","attrs":{{"who":"ghost"}}}}]"#,
                annotation("a", r#","entity":"e""#)
            ),
            &["unknown-value"],
        );
        check(
            &format!(
                r#""annotations":[{one}],"relations":[{{"id":"r","type":"about","from":"a","to":"b"}}]"#
            ),
            &["dangling-relation"],
        );
        let at = |at: &str| format!(r#""annotations":[{{"id":"a","layer":"claim","at":[{at}]}}]"#);
        check(&at(r#"{"start":4,"end":9,"exact":"duke"}"#), &["orphan"]);
        check(
            &at(r#"{"start":23,"end":24,"exact":"\u0301"}"#),
            &["split-character"],
        );
        check(
            &format!(r#""annotations":[{}]"#, annotation("", "")),
            &["odd-id"],
        );
        check(&at(r#"{"start":5,"end":9,"exact":"mayor"}"#), &["moved"]);
        check(
            &at(r#"{"start":4,"end":9,"exact":"mayor"},{"start":8,"end":14,"exact":"r said"}"#),
            &["overlapping-fragments"],
        );
    }

    #[test]
    fn a_decision_needs_its_place() {
        let split = |at: &str| format!(r#""segments":[{{"at":{at},"make":"split"}}]"#);
        check(&split(r#"{"start":4,"end":9,"exact":"mayor"}"#), &[]);
        check(
            &split(r#"{"start":5,"end":10,"exact":"mayor"}"#),
            &["moved-decision"],
        );
        check(
            &split(r#"{"start":4,"end":9,"exact":"duke"}"#),
            &["lost-decision"],
        );
    }

    #[test]
    fn a_copy_that_a_sync_program_made_is_told_from_a_sidecar_without_article() {
        let code = |name| Finding::stray(name).code;
        assert_eq!(code("a.txt.ann.json"), "stray-sidecar");
        assert_eq!(
            code("a.txt.sync-conflict-20260102-030405-ABCDEFG.ann.json"),
            "conflict-copy"
        );
        assert_eq!(code("a (Zoë's conflicted copy).ann.json"), "conflict-copy");
    }

    #[test]
    fn a_quote_needs_a_speaker_unless_none_is_stated() {
        let quote = |attrs: &str| {
            let at = r#"[{"start":16,"end":21,"exact":"“No.”"}]"#;
            format!(r#""annotations":[{{"id":"a","layer":"quote","at":{at},"attrs":{attrs}}}]"#)
        };
        check(&quote("{}"), &["quote-without-speaker"]);
        check(&quote(r#"{"stated":"none"}"#), &[]);
        check(&quote(r#"{"kind":"scare quote"}"#), &[]);
    }
}
