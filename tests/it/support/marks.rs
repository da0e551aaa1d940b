//! Marked lines: text in which ⟦ and ⟧ stand around every span that is expected, as a journalist could read it.
//!
//! *Limitations*: spans that overlap cannot be shown.

use pressmark::model::Span;

/// The text of a marked line, and the spans that are marked in it.
pub fn unmark(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut open = None;
    for c in marked.chars() {
        match c {
            '⟦' => open = Some(text.len()),
            '⟧' => spans.push(Span::new(open.take().expect("⟧ without ⟦"), text.len())),
            _ => text.push(c),
        }
    }
    assert!(open.is_none(), "⟦ without ⟧ in {marked}");
    (text, spans)
}

/// A text with marks around spans, which must be in order.
pub fn mark(text: &str, spans: &[Span]) -> String {
    let mut marked = String::new();
    let mut from = 0;
    for span in spans {
        marked += &text[from..span.start()];
        marked += &format!("⟦{}⟧", &text[span.range()]);
        from = span.end();
    }
    marked + &text[from..]
}

/// Checks that a finder finds just what is marked.
#[track_caller]
pub fn check(marked: &str, find: impl Fn(&str) -> Vec<Span>) {
    let (text, _) = unmark(marked);
    assert_eq!(mark(&text, &find(&text)), marked);
}
