//! What speaks for or against checking a sentence, and how reasons add up and are told.

/// One reason that a rule family found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reason {
    /// Positive: worth checking; negative: not.
    pub(super) weight: f32,
    /// What was found, as the reader is told: "a figure".
    pub(super) what: &'static str,
    /// The type of claim that it makes likely.
    pub(super) kind: Option<&'static str>,
}

/// The sum of weights between 0 and 1; two gives one half.
pub(super) fn score(total: f32) -> f32 {
    1.0 / (1.0 + (2.0 - total).exp())
}

/// Reasons told in a sentence: "A figure, a comparison and a cause". Takes the strongest three.
pub(super) fn why(reasons: &[Reason]) -> String {
    let mut told: Vec<&str> = Vec::new();
    for reason in reasons.iter().filter(|reason| reason.weight > 0.0) {
        if !told.contains(&reason.what) && told.len() < 3 {
            told.push(reason.what);
        }
    }
    let mut out = match told[..] {
        [] => String::new(),
        [only] => only.to_owned(),
        [ref rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    };
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(weight: f32, what: &'static str) -> Reason {
        Reason {
            weight,
            what,
            kind: None,
        }
    }

    #[test]
    fn reasons_are_told_as_a_sentence() {
        let all = [
            reason(2.0, "a figure"),
            reason(1.5, "a comparison"),
            reason(1.0, "a cause"),
            reason(-1.0, "an opinion"),
        ];
        assert_eq!(why(&all[..1]), "A figure");
        assert_eq!(why(&all), "A figure, a comparison and a cause");
    }
}
