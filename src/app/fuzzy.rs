//! Finding a name by a few of its letters.
//!
//! Letters must come in order; those at the start of a word and those that follow each other count for more, and a
//! short name beats a long one.

/// How well a name fits, and which of its characters were found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fit {
    /// The more the better.
    pub score: i32,
    /// Positions of the found characters, in characters.
    pub at: Vec<usize>,
}

const WORD_START: i32 = 12;
const IN_A_ROW: i32 = 8;
const FOUND: i32 = 1;
const WHOLE_WORD: i32 = 40;
const GAP: i32 = 1;

/// Whether the letters of a query occur in a name in order, and how well. Spaces in the query count for nothing.
pub fn fit(query: &str, name: &str) -> Option<Fit> {
    let wanted: Vec<char> = query
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    if wanted.is_empty() {
        return Some(Fit {
            score: 0,
            at: Vec::new(),
        });
    }
    let letters: Vec<char> = name.chars().map(lower).collect();
    let length = i32::try_from(letters.len()).unwrap_or(i32::MAX / 2);
    if let Some(at) = run_of(&wanted, &letters) {
        let count = i32::try_from(wanted.len()).unwrap_or(0);
        let start = match at {
            0 => WHOLE_WORD + WORD_START,
            _ if is_word_start(&letters, at) => WHOLE_WORD,
            _ => 0,
        };
        let score = start + count * (IN_A_ROW + FOUND) - length / 8;
        return Some(Fit {
            score,
            at: (at..at + wanted.len()).collect(),
        });
    }
    scattered(&wanted, &letters, true)
        .into_iter()
        .chain(scattered(&wanted, &letters, false))
        .max_by_key(|fit| fit.score)
        .map(|fit| Fit {
            score: fit.score - length / 8,
            ..fit
        })
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// Where the wanted letters stand side by side, at the start of a word if possible.
fn run_of(wanted: &[char], letters: &[char]) -> Option<usize> {
    let places = || {
        (0..letters.len().saturating_sub(wanted.len() - 1))
            .filter(|at| letters[*at..].starts_with(wanted))
    };
    places()
        .find(|at| is_word_start(letters, *at))
        .or_else(|| places().next())
}

fn is_word_start(letters: &[char], at: usize) -> bool {
    letters[at].is_alphanumeric()
        && at
            .checked_sub(1)
            .is_none_or(|before| !letters[before].is_alphanumeric())
}

/// The letters one by one, each as early as possible; first letters of words first, if so asked.
fn scattered(wanted: &[char], letters: &[char], prefers_starts: bool) -> Option<Fit> {
    let mut at = Vec::with_capacity(wanted.len());
    let mut score = 0;
    let mut from = 0;
    for letter in wanted {
        let hits = || (from..letters.len()).filter(|place| letters[*place] == *letter);
        let next = if at.last().is_some_and(|last| last + 1 == from)
            && letters.get(from) == Some(letter)
        {
            Some(from)
        } else {
            let start = hits().find(|place| is_word_start(letters, *place));
            start.filter(|_| prefers_starts).or_else(|| hits().next())
        }?;
        score += FOUND;
        if is_word_start(letters, next) {
            score += WORD_START;
        }
        if at.last().is_some_and(|last| last + 1 == next) {
            score += IN_A_ROW;
        } else if !at.is_empty() {
            score -= GAP * i32::try_from(next - from).unwrap_or(0).min(8);
        }
        at.push(next);
        from = next + 1;
    }
    Some(Fit { score, at })
}

#[cfg(test)]
mod tests {
    use super::fit;

    fn best<'a>(query: &str, names: &[&'a str]) -> Option<&'a str> {
        names
            .iter()
            .filter_map(|name| Some((fit(query, name)?.score, *name)))
            .max_by_key(|(score, _)| *score)
            .map(|(_, name)| name)
    }

    #[test]
    fn initials_find_a_command() {
        let names = ["Next annotation", "Normal size", "Annotation panel"];
        assert_eq!(best("na", &names), Some("Next annotation"));
        assert_eq!(best("ap", &names), Some("Annotation panel"));
    }

    #[test]
    fn a_whole_word_beats_scattered_letters() {
        let names = [
            "Extend to the left",
            "Export…",
            "Next problem or place to repair",
        ];
        assert_eq!(best("export", &names), Some("Export…"));
    }

    #[test]
    fn letters_out_of_order_do_not_fit() {
        assert_eq!(fit("zx", "Export"), None);
        assert_eq!(fit("trop", "Export"), None);
    }

    #[test]
    fn found_letters_are_told_in_characters() {
        assert_eq!(fit("öl", "Über Öl").map(|fit| fit.at), Some(vec![5, 6]));
    }
}
