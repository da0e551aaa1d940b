//! What to do when a file was changed by somebody else since we read it: merge by id against the common base.
//!
//! What only one side changed is taken from that side, also a removal; but what one side removed and the other changed
//! stays. What both changed differently stays twice: ours under its id, theirs under a new one. Nothing is dropped.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Entities, Id, Sidecar};

/// Merges maps by id. What both sides changed, differently, comes back apart, as the other side has it.
fn by_id<T: Clone + PartialEq>(
    base: &BTreeMap<Id, T>,
    ours: &BTreeMap<Id, T>,
    theirs: &BTreeMap<Id, T>,
) -> (BTreeMap<Id, T>, Vec<T>) {
    let mut merged = BTreeMap::new();
    let mut twice = Vec::new();
    let ids: BTreeSet<&Id> = ours.keys().chain(theirs.keys()).collect();
    for id in ids {
        let (was, our, their) = (base.get(id), ours.get(id), theirs.get(id));
        let kept = match (our, their) {
            _ if their == was => our,
            _ if our == was => their,
            (Some(our), Some(their)) if our != their => {
                twice.push(their.clone());
                Some(our)
            }
            _ => our.or(their),
        };
        if let Some(kept) = kept {
            merged.insert(id.clone(), kept.clone());
        }
    }
    (merged, twice)
}

/// The newer of two values that have no id: ours where we changed it.
fn newer<T: Clone + PartialEq>(base: &T, ours: &T, theirs: &T) -> T {
    if ours == base {
        theirs.clone()
    } else {
        ours.clone()
    }
}

/// Merges lists of things that have no id: what either side added is there, what either side removed is not.
fn listed<T: Clone + PartialEq>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<T> {
    let kept = ours
        .iter()
        .filter(|it| theirs.contains(it) || !base.contains(it));
    let added = theirs
        .iter()
        .filter(|it| !ours.contains(it) && !base.contains(it));
    kept.chain(added).cloned().collect()
}

/// Merges two sidecars of one article. `mint` makes new ids. Returns how many annotations stay twice.
pub fn merge_sidecars(
    base: &Sidecar,
    ours: &Sidecar,
    theirs: &Sidecar,
    mut mint: impl FnMut() -> Id,
) -> (Sidecar, usize) {
    let (mut annotations, twice) = by_id(&base.annotations, &ours.annotations, &theirs.annotations);
    let conflicts = twice.len();
    for mut other in twice {
        other.id = mint();
        annotations.insert(other.id.clone(), other);
    }
    let (relations, others) = by_id(&base.relations, &ours.relations, &theirs.relations);
    let mut relations: BTreeMap<_, _> = relations;
    for mut other in others {
        other.id = mint();
        relations.insert(other.id.clone(), other);
    }
    // An annotation that one side removed and the other linked stays; of two links that say the same, one does.
    let mut said = BTreeSet::new();
    relations.retain(|_, r| said.insert((r.kind.clone(), r.from.clone(), r.to.clone())));
    for end in relations.values().flat_map(|r| [&r.from, &r.to]) {
        let there = ours.annotations.get(end).or(theirs.annotations.get(end));
        if let (false, Some(there)) = (annotations.contains_key(end), there) {
            annotations.insert(end.clone(), there.clone());
        }
    }
    // What a record is in this article is one answer; where both gave one, ours stands.
    let (cast, _) = by_id(&base.cast, &ours.cast, &theirs.cast);
    let mut unread = ours.unread.clone();
    unread.extend(
        theirs
            .unread
            .iter()
            .filter(|entry| !ours.unread.contains(entry))
            .cloned(),
    );
    let mut overrides = listed(&base.overrides, &ours.overrides, &theirs.overrides);
    overrides.sort_by_key(|decision| decision.at.selector.start);
    let merged = Sidecar {
        article: ours.article.clone(),
        status: newer(&base.status, &ours.status, &theirs.status),
        variables: newer(&base.variables, &ours.variables, &theirs.variables),
        annotations,
        cast,
        relations,
        overrides,
        rejected: listed(&base.rejected, &ours.rejected, &theirs.rejected),
        text: ours.text.clone(),
        extra: newer(&base.extra, &ours.extra, &theirs.extra),
        unread,
    };
    (merged, conflicts)
}

/// Merges two states of the folder's records; where both changed one, ours stands and takes in the other's names.
pub fn merge_entities(base: &Entities, ours: &Entities, theirs: &Entities) -> Entities {
    let (mut by, twice) = by_id(&base.by_id, &ours.by_id, &theirs.by_id);
    for other in twice {
        if let Some(entity) = by.get_mut(&other.id) {
            for name in std::iter::once(other.name).chain(other.aliases) {
                if name != entity.name && !entity.aliases.contains(&name) {
                    entity.aliases.push(name);
                }
            }
        }
    }
    let mut unread = ours.unread.clone();
    unread.extend(
        theirs
            .unread
            .iter()
            .filter(|entry| !ours.unread.contains(entry))
            .cloned(),
    );
    Entities {
        by_id: by,
        extra: newer(&base.extra, &ours.extra, &theirs.extra),
        unread,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Merges three lists written as "id=value" and shows the result, conflicts behind a bar.
    fn check(base: &str, ours: &str, theirs: &str, expected: &str) {
        let map = |list: &str| -> BTreeMap<Id, String> {
            let pairs = list.split_whitespace().filter_map(|p| p.split_once('='));
            pairs
                .map(|(id, value)| (Id::from(id), value.to_owned()))
                .collect()
        };
        let (merged, twice) = by_id(&map(base), &map(ours), &map(theirs));
        let shown: Vec<String> = merged
            .iter()
            .map(|(id, value)| format!("{id}={value}"))
            .collect();
        let shown = [shown.join(" "), twice.join(" ")].join(" | ");
        assert_eq!(shown.trim_end(), expected);
    }

    #[test]
    fn what_one_side_changed_is_taken_and_what_both_changed_stays_twice() {
        check("a=1", "a=1", "a=1", "a=1 |");
        check("a=1", "a=2", "a=1", "a=2 |");
        check("a=1", "a=1", "a=2", "a=2 |");
        check("a=1", "a=2", "a=2", "a=2 |");
        check("a=1", "a=2", "a=3", "a=2 | 3");
        check("", "a=1", "b=2", "a=1 b=2 |");
        check("", "a=1", "a=2", "a=1 | 2");
    }

    #[test]
    fn of_lists_both_additions_stay_and_both_removals_go() {
        assert_eq!(listed(&[1, 2, 3], &[1, 3, 4], &[1, 2, 5]), [1, 4, 5]);
        assert_eq!(listed(&[], &[1, 2], &[2]), [1, 2]);
        assert_eq!(listed(&[1], &[1], &[1]), [1]);
    }

    #[test]
    fn a_removal_counts_unless_the_other_side_changed_it() {
        check("a=1 b=1", "b=1", "a=1 b=1", "b=1 |");
        check("a=1 b=1", "a=1 b=1", "b=1", "b=1 |");
        check("a=1", "", "a=2", "a=2 |");
        check("a=1", "a=2", "", "a=2 |");
    }
}
