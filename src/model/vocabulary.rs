//! The vocabularies of attributes, word for word as they stand in files.
//!
//! Sources: who, affiliation, role, status and channel after Spangher et al. 2023 (EMNLP) and Tiffen et al. 2014;
//! gender, country and function after the Global Media Monitoring Project; identification after PEJ 2005 and the AP's
//! news values; anonymity after the AP's, Reuters' and the SPJ's rules; response after PolNeAR's special cases; claim
//! class after ClaimBuster (Arslan et al. 2020); claim type after Konstantinovskiy et al. 2020, extended; checking
//! status after the KSJ fact-checking guide; verdicts after the common five-step truth scale.

use super::Layer;

/// One attribute and the values it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vocabulary {
    /// The key in the file.
    pub key: &'static str,
    /// What people see.
    pub label: &'static str,
    /// What the axis asks, for its tooltip.
    pub asks: &'static str,
    /// The values, in order. Empty: free text.
    pub values: &'static [&'static str],
    /// What people read for each value, in the same order. Empty: the values themselves.
    pub labels: &'static [&'static str],
}

impl Vocabulary {
    /// What people read for a value: its label, or else the value.
    pub fn label_of<'a>(&self, value: &'a str) -> &'a str {
        let at = self.values.iter().position(|known| *known == value);
        at.and_then(|at| self.labels.get(at).copied())
            .unwrap_or(value)
    }
}

/// The form of a quote. Computed from the quotation marks in its content, never typed and never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Wholly inside quotation marks.
    Direct,
    /// Partly. People read "partial".
    Mixed,
    /// Not at all. People read "paraphrase".
    Indirect,
}

impl Form {
    /// The word in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }

    /// The word on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "partial",
            Self::Indirect => "paraphrase",
        }
    }
}

/// Attributes of a quote.
pub const QUOTE_AXES: &[Vocabulary] = &[
    Vocabulary {
        key: "channel",
        label: "Channel",
        asks: "How did the words reach the outlet?",
        values: &[
            "interview",
            "statement or speech",
            "press release or report",
            "e-mail or social media",
            "broadcast",
            "other media or wire",
            "court",
            "law or order",
            "poll",
            "other",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "response",
        label: "Response",
        asks: "Was this person asked, and what came of it?",
        values: &[
            "sought",
            "no answer",
            "declined",
            "answered",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "kind",
        label: "Quote marks",
        asks: "What do the quotation marks mean?",
        values: &["speech", "scare quote", "title", "cannot determine"],
        labels: &[],
    },
];

/// What a record is in one article.
pub const CAST_AXES: &[Vocabulary] = &[
    Vocabulary {
        key: "identification",
        label: "Identified",
        asks: "How fully identified?",
        values: &[
            "full",
            "name only",
            "described but unnamed",
            "bare unnamed",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "who",
        label: "Who",
        asks: "What kind of source is it?",
        values: &[
            "individual",
            "group",
            "document",
            "data",
            "poll",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "affiliation",
        label: "Affiliation",
        asks: "Speaks for whom?",
        values: &[
            "government",
            "political group",
            "corporate",
            "industry group",
            "NGO",
            "union",
            "academic",
            "media",
            "religious group",
            "court or police",
            "international body",
            "citizen",
            "other",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "function",
        label: "Function",
        asks: "What does it do in the story?",
        values: &[
            "subject",
            "spokesperson",
            "expert",
            "personal experience",
            "eyewitness",
            "victim",
            "popular opinion",
            "other",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "role",
        label: "Role",
        asks: "Does it decide, represent, inform or take part?",
        values: &[
            "decision maker",
            "representative",
            "informational",
            "participant",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "status",
        label: "In office",
        asks: "Does it hold the office now?",
        values: &["current", "former", "cannot determine"],
        labels: &[],
    },
    Vocabulary {
        key: "country",
        label: "Country or side",
        asks: "For which country or side does it stand?",
        values: &[],
        labels: &[],
    },
    Vocabulary {
        key: "gender",
        label: "Gender",
        asks: "As the article tells it.",
        values: &["woman", "man", "other", "not told", "cannot determine"],
        labels: &[],
    },
    Vocabulary {
        key: "anonymity_reason",
        label: "Why unnamed",
        asks: "Why unnamed?",
        values: &[
            "not authorised",
            "fear of reprisal or safety",
            "privacy",
            "sensitive talks",
            "legal",
            "other",
            "none stated",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "terms",
        label: "Terms",
        asks: "On which terms?",
        values: &[
            "on background",
            "deep background",
            "unknown",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "whose",
        label: "Whose source",
        asks: "Did this outlet speak to it, or does it relay another's source?",
        values: &["ours", "relayed", "cannot determine"],
        labels: &[],
    },
];

/// Attributes of a claim.
pub const CLAIM_AXES: &[Vocabulary] = &[
    Vocabulary {
        key: "class",
        label: "Class",
        asks: "Is it worth checking?",
        values: &[
            "check-worthy factual",
            "unimportant factual",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "type",
        label: "Type",
        asks: "What kind of statement is it?",
        values: &[
            "quantity",
            "event",
            "correlation or causation",
            "law or rule",
            "prediction",
            "personal experience",
            "said it",
            "other",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "priority",
        label: "Priority",
        asks: "How urgent is it?",
        values: &["1", "2", "3"],
        labels: &["first", "soon", "when there is time"],
    },
    Vocabulary {
        key: "status",
        label: "Checking",
        asks: "How far is the check?",
        values: &[
            "spotted",
            "to check",
            "checking",
            "checked",
            "needs fix",
            "cannot be checked",
            "corrected",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "verdict",
        label: "Verdict",
        asks: "What came out?",
        values: &[
            "true",
            "mostly true",
            "half true",
            "mostly false",
            "false",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "restated",
        label: "In one sentence",
        asks: "The claim as it can be checked without the article.",
        values: &[],
        labels: &[],
    },
];

/// What is said of one piece of evidence for or against a claim.
pub const EVIDENCE_AXES: &[Vocabulary] = &[
    Vocabulary {
        key: "ref",
        label: "What",
        asks: "A title or a web address.",
        values: &[],
        labels: &[],
    },
    Vocabulary {
        key: "stance",
        label: "Stance",
        asks: "Does it bear the claim out?",
        values: &["supports", "refutes", "cannot determine"],
        labels: &[],
    },
    Vocabulary {
        key: "kind",
        label: "Kind",
        asks: "What kind of evidence is it?",
        values: &[
            "document",
            "data",
            "expert",
            "witness",
            "report",
            "picture or recording",
            "own observation",
            "other",
            "cannot determine",
        ],
        labels: &[],
    },
    Vocabulary {
        key: "locator",
        label: "Where in it",
        asks: "Page, table or minute.",
        values: &[],
        labels: &[],
    },
    Vocabulary {
        key: "accessed",
        label: "Seen on",
        asks: "The day on which you saw it: 2026-11-23.",
        values: &[],
        labels: &[],
    },
    Vocabulary {
        key: "note",
        label: "In short",
        asks: "What it shows, in a sentence.",
        values: &[],
        labels: &[],
    },
];

/// The axes of an annotation, by its layer; what a source is stands in the cast.
pub const fn axes_of(layer: Layer) -> &'static [Vocabulary] {
    match layer {
        Layer::Quote => QUOTE_AXES,
        Layer::Claim => CLAIM_AXES,
        Layer::Person | Layer::Source | Layer::Code | Layer::Note => &[],
    }
}

/// The axis with a key, in one of the lists.
pub fn axis(axes: &'static [Vocabulary], key: &str) -> Option<&'static Vocabulary> {
    axes.iter().find(|axis| axis.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_for_all_values_of_an_axis_or_for_none() {
        let all = [QUOTE_AXES, CAST_AXES, CLAIM_AXES, EVIDENCE_AXES].concat();
        for axis in all {
            let whole = axis.labels.is_empty() || axis.labels.len() == axis.values.len();
            assert!(whole, "{}", axis.key);
        }
        let priority = axis(CLAIM_AXES, "priority").expect("it is one of a claim's axes");
        assert_eq!(priority.label_of("2"), "soon");
        assert_eq!(priority.label_of("4"), "4", "of a newer version");
    }
}
