//! Whether reported words are quoted directly, in part, or in the writer's own words.

use crate::model::{Form, QuoteKind, QuoteRun, Segments, Span};

/// Bytes that may stand before the opening mark of a direct quote without making it a partial one: a space.
const LEAD: usize = 1;

/// Bytes that may stand behind its closing mark: a full stop, in Chinese one of three bytes.
const TRAIL: usize = 3;

/// The form of a quote, by the quotation marks around its content.
///
/// Knows spans only, so a word of up to three letters behind the closing mark is taken for punctuation;
/// [`form_in`] looks.
pub fn form_of(content: &[Span], segments: &Segments) -> Form {
    form(content, segments, |gap, side| match side {
        Side::Lead => gap.len() <= LEAD,
        Side::Trail => gap.len() <= TRAIL,
        Side::Between => false,
    })
}

/// The form of a quote, with the text at hand: what stands outside the marks counts when it is a letter or a digit.
pub fn form_in(text: &str, content: &[Span], segments: &Segments) -> Form {
    form(content, segments, |gap, _| {
        let words = text.get(gap.range()).unwrap_or_default();
        !words.contains(char::is_alphanumeric)
    })
}

#[derive(Clone, Copy)]
enum Side {
    Lead,
    Trail,
    Between,
}

fn form(content: &[Span], segments: &Segments, is_nothing: impl Fn(Span, Side) -> bool) -> Form {
    let (mut any_inside, mut any_outside) = (false, false);
    for &part in content.iter().filter(|part| !part.is_empty()) {
        let mut at = part.start();
        for run in overlapping(&segments.quotes, part) {
            let is_name = run.kind == QuoteKind::Title && !run.span.covers(part);
            if is_name {
                continue;
            }
            any_inside = true;
            if run.span.start() > at {
                let gap = Span::new(at, run.span.start());
                let side = if at == part.start() {
                    Side::Lead
                } else {
                    Side::Between
                };
                any_outside |= !is_nothing(gap, side);
            }
            at = at.max(run.span.end());
        }
        if at < part.end() {
            let side = if at == part.start() {
                Side::Between
            } else {
                Side::Trail
            };
            any_outside |= !is_nothing(Span::new(at, part.end()), side);
        }
    }
    match (any_inside, any_outside) {
        (true, false) => Form::Direct,
        (true, true) => Form::Mixed,
        (false, _) => Form::Indirect,
    }
}

fn overlapping(quotes: &[QuoteRun], part: Span) -> impl Iterator<Item = &QuoteRun> {
    let first = quotes.partition_point(|run| run.span.end() <= part.start());
    quotes[first..]
        .iter()
        .take_while(move |run| run.span.start() < part.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotes(spans: &[(usize, usize)]) -> Segments {
        let run = |&(start, end): &(usize, usize)| QuoteRun {
            span: Span::new(start, end),
            fragments: vec![Span::new(start, end)],
            kind: QuoteKind::Speech,
            closed: true,
        };
        Segments {
            quotes: spans.iter().map(run).collect(),
            ..Segments::default()
        }
    }

    #[test]
    fn marks_decide_the_form() {
        let segments = quotes(&[(10, 20), (30, 40)]);
        assert_eq!(form_of(&[Span::new(10, 20)], &segments), Form::Direct);
        assert_eq!(
            form_of(&[Span::new(11, 19), Span::new(30, 41)], &segments),
            Form::Direct
        );
        assert_eq!(form_of(&[Span::new(0, 20)], &segments), Form::Mixed);
        assert_eq!(form_of(&[Span::new(10, 40)], &segments), Form::Mixed);
        assert_eq!(form_of(&[Span::new(20, 30)], &segments), Form::Indirect);
        assert_eq!(form_of(&[], &segments), Form::Indirect);
    }
}
