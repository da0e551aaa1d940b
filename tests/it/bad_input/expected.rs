//! What `check` says of each hostile folder: the codes of its findings, each once. Of a case that is not here it says nothing.

/// Codes, and the cases whose findings have them, by the beginning of their names.
const FINDINGS: &[(&[&str], &str)] = &[
    (&["changed", "changed-article"], "s34"),
    (&["changed-article", "moved"], "s42"),
    (&["changed-article", "orphan"], "s33"),
    (&["colliding-name"], "f24 f25"),
    (&["conflict-copy"], "f32"),
    (&["control-characters"], "t17 t37 t38"),
    (&["dangling-relation"], "s31"),
    (&["duplicate-id"], "s29"),
    (&["encoding"], "t02 t03"),
    (&["encoding", "undecodable-bytes"], "t06 t07"),
    (&["guessed-encoding"], "t04 t05 t09 t10 t11 t12"),
    (
        &["guessed-encoding", "undecodable-bytes"],
        "t13 t14 t15 t16",
    ),
    (&["hidden-characters-in-name"], "f19 f26 f28"),
    (&["invisible-characters"], "t27"),
    (&["linked-article"], "f08"),
    (&["linked-sidecar"], "f14"),
    (&["long-name"], "f21 f22"),
    (&["moved"], "s20 s21 s22 s23 s24 s27"),
    (&["newer-sidecar"], "s14"),
    (&["odd-id"], "s30"),
    (&["orphan"], "s25"),
    (&["protected-folder"], "f18"),
    (&["protected-sidecar"], "f17"),
    (&["reordering-characters"], "t26"),
    (&["rewritten-article"], "s43"),
    (&["split-character"], "s26"),
    (&["stray-sidecar"], "s41"),
    (&["unportable-name"], "f23 f29"),
    (&["unread-entry"], "s12 s38"),
    (
        &["unreadable-article"],
        "f02 f03 f04 f05 f06 f09 f10 f15 f34 t08 t18 t19 t43",
    ),
    (
        &["unreadable-sidecar"],
        "f11 f12 f13 s01 s02 s03 s04 s05 s07 s08 s09 s10 s11 s13 s15 s16 s19 s39 s40",
    ),
];

/// The codes of what `check` finds in a case, in their order.
pub fn findings(id: &str) -> &'static [&'static str] {
    let begin = id.split('_').next().unwrap_or(id);
    let has = |cases: &str| cases.split(' ').any(|case| case == begin);
    let found = FINDINGS.iter().find(|(_, cases)| has(cases));
    found.map_or(&[], |(codes, _)| codes)
}
