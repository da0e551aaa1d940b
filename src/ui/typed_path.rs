//! A path as a person types or pastes it.

use std::path::{Path, PathBuf};

/// The path that was meant: quotation marks around a pasted one fall, `~` is the person's own folder, and what is
/// relative counts from `base`, not from wherever the program was started.
pub fn typed_path(typed: &str, base: Option<&Path>) -> PathBuf {
    let typed = typed.trim().trim_matches(['"', '\'']);
    let rest = match typed.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '\\']) => Some(rest),
        _ => None,
    };
    match (rest, home()) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches(['/', '\\'])),
        (_, home) => match base.map(Path::to_owned).or(home) {
            Some(base) => base.join(typed),
            None => typed.into(),
        },
    }
}

fn home() -> Option<PathBuf> {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    home.map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_path_loses_its_quotation_marks() {
        let path = typed_path("\"/tmp/my articles\" ", None);
        assert_eq!(path, PathBuf::from("/tmp/my articles"));
    }

    #[test]
    fn what_is_relative_counts_from_the_place_that_is_shown() {
        let base = Path::new("/press/week 3");
        assert_eq!(typed_path("for Ada", Some(base)), base.join("for Ada"));
        assert_eq!(typed_path("~else", Some(base)), base.join("~else"));
        assert_eq!(typed_path("/tmp/out", Some(base)), Path::new("/tmp/out"));
    }
}
