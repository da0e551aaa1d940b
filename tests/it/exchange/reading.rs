//! Reads exports back by plain means, so that no writer is asked about itself.

use std::collections::BTreeMap;

/// A small reader of RFC 4180, so that the writer is not asked about itself.
pub fn read_csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let (mut rows, mut row, mut cell, mut quoted) = (vec![], vec![], String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'), "rows end in CR LF");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\n' if !quoted => panic!("a bare line feed between rows"),
            c => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty(), "the last row ends too");
    let header = rows.remove(0);
    rows.into_iter()
        .map(|row| {
            assert_eq!(row.len(), header.len(), "ragged: {row:?}");
            header.iter().cloned().zip(row).collect()
        })
        .collect()
}

/// The text of the page's `<pre>`, and the pieces that each id covers, as a program would read them.
pub fn read_page(page: &str) -> (String, BTreeMap<String, Vec<String>>) {
    let pre = page
        .split_once("<pre id=\"article\" dir=\"auto\">")
        .unwrap()
        .1;
    let pre = pre.split_once("</pre>").unwrap().0;
    let mut rest = pre
        .strip_prefix('\n')
        .expect("the line feed that a parser drops");
    let (mut text, mut open) = (String::new(), Vec::<Vec<String>>::new());
    let mut pieces: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        push(&mut text, before, &open, &mut pieces);
        let (tag, after) = tag.split_once('>').unwrap();
        rest = after;
        if tag.starts_with("</") {
            open.pop();
        } else {
            let ids = tag
                .split_once("data-ids=\"")
                .map(|(_, ids)| ids.split_once('"').unwrap().0);
            open.push(
                ids.unwrap_or_default()
                    .split(' ')
                    .filter(|id| !id.is_empty())
                    .map(unescape)
                    .collect(),
            );
        }
    }
    push(&mut text, rest, &open, &mut pieces);
    let pieces = pieces
        .into_iter()
        .map(|(id, pieces)| (id, pieces.into_iter().map(|(_, text)| text).collect()))
        .collect();
    (text, pieces)
}

fn push(
    text: &mut String,
    markup: &str,
    open: &[Vec<String>],
    pieces: &mut BTreeMap<String, Vec<(usize, String)>>,
) {
    let words = unescape(markup);
    if words.is_empty() {
        return;
    }
    for id in open.iter().flatten() {
        let list = pieces.entry(id.clone()).or_default();
        match list.last_mut() {
            Some((end, piece)) if *end == text.len() => {
                piece.push_str(&words);
                *end += words.len();
            }
            _ => list.push((text.len() + words.len(), words.clone())),
        }
    }
    text.push_str(&words);
}

fn unescape(markup: &str) -> String {
    markup
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
