//! Merging two states of a codebook: code by code, and within a code field by field.
//!
//! A code that one side took out and the other changed stays in. Two codes that both sides gave one digit are two codes;
//! ours keeps the digit.

use super::{Merged, by_id, in_our_order, merge_extra, newer, told};
use crate::app::wording::quoted;
use crate::model::{ById, Code, Codebook, Id};

/// Merges two states of the folder's codebook.
pub fn merge_codebooks(base: &Codebook, ours: &Codebook, theirs: &Codebook) -> Merged<Codebook> {
    let mut settled = Vec::new();
    let map = |book: &Codebook| -> ById<Code> {
        let codes = book.codes.iter();
        codes.map(|code| (code.id.clone(), code.clone())).collect()
    };
    let (mut merged, both) = by_id(&map(base), &map(ours), &map(theirs));
    for other in both {
        if let Some(code) = merged.get_mut(&other.id) {
            *code = merge_code(base.get(&other.id), code, &other, &mut settled);
        }
    }
    let order = |book: &Codebook| -> Vec<Id> { book.codes.iter().map(|c| c.id.clone()).collect() };
    let (was, our, their) = (order(base), order(ours), order(theirs));
    let by = if our == was { &their } else { &our };
    let mut codes: Vec<Code> = merged.values().cloned().collect();
    // What only the other side has comes behind, in its order.
    codes.sort_by_key(|code| their.iter().position(|id| *id == code.id));
    let ids = in_our_order(by, codes.iter().map(|code| code.id.clone()).collect());
    codes.sort_by_key(|code| ids.iter().position(|id| *id == code.id));
    one_code_a_digit(&mut codes, ours, &mut settled);
    Merged {
        value: Codebook {
            codes,
            embed_text: newer(
                &base.embed_text,
                &ours.embed_text,
                &theirs.embed_text,
                || {},
            ),
            extra: merge_extra(&base.extra, &ours.extra, &theirs.extra),
        },
        twice: Vec::new(),
        settled,
    }
}

fn merge_code(base: Option<&Code>, ours: &Code, theirs: &Code, settled: &mut Vec<String>) -> Code {
    let none = Code::new(ours.id.clone(), String::new());
    let was = base.unwrap_or(&none);
    let called = quoted(&ours.name);
    let mut text = |what: &str, field: fn(&Code) -> &String| {
        let (our, their) = (field(ours), field(theirs));
        newer(field(was), our, their, || {
            settled.push(told(&format!("the code {called}, {what}"), our, their));
        })
    };
    let name = text("its name", |code| &code.name);
    let definition = text("its meaning", |code| &code.definition);
    let include = text("when to use it", |code| &code.include);
    let exclude = text("when not to", |code| &code.exclude);
    let colour = text("its colour", |code| &code.colour);
    Code {
        id: ours.id.clone(),
        name,
        definition,
        include,
        exclude,
        colour,
        key: newer(&was.key, &ours.key, &theirs.key, || {
            let digit = |key: Option<u8>| key.map(|key| key.to_string()).unwrap_or_default();
            let what = format!("the code {called}, its digit");
            settled.push(told(&what, &digit(ours.key), &digit(theirs.key)));
        }),
        parent: newer(&was.parent, &ours.parent, &theirs.parent, || {
            settled.push(format!("the code {called} was put under two others"));
        }),
        // Whoever changed it wants it.
        removed: ours.removed && theirs.removed,
        extra: merge_extra(&was.extra, &ours.extra, &theirs.extra),
    }
}

/// Of two codes with one digit, the one that had it with us keeps it.
fn one_code_a_digit(codes: &mut [Code], ours: &Codebook, settled: &mut Vec<String>) {
    for key in 1..=9 {
        let keeps = ours.of_key(key).map(|code| code.id.clone());
        let mut with: Vec<&mut Code> = codes
            .iter_mut()
            .filter(|code| !code.removed && code.key == Some(key))
            .collect();
        let at = with
            .iter()
            .position(|code| Some(&code.id) == keeps.as_ref());
        if with.len() < 2 {
            continue;
        }
        let kept = quoted(&with.remove(at.unwrap_or(0)).name);
        for code in with {
            code.key = None;
            let name = quoted(&code.name);
            settled.push(format!("the digit {key} is {kept}’s; {name} has none now"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes written as "id=name" or "id=name/digit", removed ones as "id=name-".
    fn book(codes: &str) -> Codebook {
        let code = |written: &str| {
            let (id, rest) = written.split_once('=')?;
            let (rest, key) = rest.split_once('/').unwrap_or((rest, ""));
            Some(Code {
                key: key.parse().ok(),
                removed: rest.ends_with('-'),
                ..Code::new(Id::from(id), rest.trim_end_matches('-').to_owned())
            })
        };
        Codebook {
            codes: codes.split_whitespace().filter_map(code).collect(),
            ..Codebook::default()
        }
    }

    fn check(base: &str, ours: &str, theirs: &str, expected: &str) -> Vec<String> {
        let merged = merge_codebooks(&book(base), &book(ours), &book(theirs));
        assert_eq!(merged.value, book(expected));
        merged.settled
    }

    #[test]
    fn what_each_side_added_and_renamed_is_there() {
        check("a=x b=y", "b=y a=z c=n", "a=x b=w d=m", "b=w a=z c=n d=m");
    }

    #[test]
    fn of_two_names_ours_stands_and_theirs_is_told() {
        let told = check("a=x", "a=y", "a=z", "a=y");
        assert_eq!(
            told,
            ["the code “y”, its name: “y” stands, the other side says “z”"]
        );
    }

    #[test]
    fn a_code_that_one_side_took_out_and_the_other_renamed_stays() {
        check("a=x", "a=x-", "a=y", "a=y");
        check("a=x", "a=x-", "a=x", "a=x-");
    }

    #[test]
    fn one_digit_is_one_codes() {
        let told = check("", "a=x/1", "b=y/1", "a=x/1 b=y");
        assert_eq!(told, ["the digit 1 is “x”’s; “y” has none now"]);
    }
}
