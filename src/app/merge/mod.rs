//! What to do when a file was changed by somebody else since we read it: merge by id against the common base.
//!
//! What only one side changed is taken from that side, also a removal; but what one side removed and the other changed
//! stays. An annotation that both changed differently stays twice: ours under its id, theirs under a new one. Of a value
//! that can only be one (an axis, a variable, the status) ours stands, and theirs is told. Nothing is dropped in silence.

mod codebook;

use std::collections::BTreeSet;

pub use self::codebook::merge_codebooks;
use super::wording::quoted;
use crate::model::{
    Attrs, ById, CastEntry, Entities, Entity, Extra, Id, Override, Rejection, Sidecar, Target,
};

/// Both sides' work, and what a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged<T> {
    /// Both sides' work.
    pub value: T,
    /// Annotations that both changed: they stand twice.
    pub twice: Vec<Twice>,
    /// Values that both changed, in words: ours stands.
    pub settled: Vec<String>,
}

/// An annotation that both sides changed, differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twice {
    /// As our side has it.
    pub ours: Id,
    /// As the other side has it, under a new id.
    pub theirs: Id,
    /// The other side's words, in quotation marks.
    pub words: String,
}

/// Merges maps by id. What both sides changed, differently, comes back apart, as the other side has it.
fn by_id<K: Clone + Ord, T: Clone + PartialEq>(
    base: &ById<T, K>,
    ours: &ById<T, K>,
    theirs: &ById<T, K>,
) -> (ById<T, K>, Vec<T>) {
    let mut merged = ById::new();
    let mut twice = Vec::new();
    let ids: BTreeSet<&K> = ours.keys().chain(theirs.keys()).collect();
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

/// Merges lists whose entries have no id, entry by entry; `key` says which entries are the same.
fn by_entry<K: Clone + Ord, T: Clone + PartialEq>(
    [base, ours, theirs]: [&[T]; 3],
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let map = |list: &[T]| -> ById<T, K> {
        list.iter()
            .map(|entry| (key(entry), entry.clone()))
            .collect()
    };
    let (merged, _) = by_id(&map(base), &map(ours), &map(theirs));
    merged.values().cloned().collect()
}

/// Merges ordered pairs by their names: ours in our order, then what only the other side has. `both` hears the name, our
/// value and theirs where both sides changed it.
fn by_name<V: Clone + PartialEq>(
    [base, ours, theirs]: [&[(String, V)]; 3],
    mut both: impl FnMut(&str, &V, &V),
) -> Vec<(String, V)> {
    let map = |list: &[(String, V)]| -> ById<V, String> { list.iter().cloned().collect() };
    let [base, ours_by, theirs_by] = [base, ours, theirs].map(map);
    let (mut merged, _) = by_id(&base, &ours_by, &theirs_by);
    let mut out = Vec::with_capacity(merged.len());
    for (name, _) in ours.iter().chain(theirs) {
        let Some(value) = merged.remove(name) else {
            continue;
        };
        let (was, their) = (base.get(name), theirs_by.get(name));
        if let Some(their) = their.filter(|their| **their != value && Some(*their) != was) {
            both(name, &value, their);
        }
        out.push((name.clone(), value));
    }
    out
}

/// The newer of two values that can only be one: ours where we changed it. `both` hears when both did.
fn newer<T: Clone + PartialEq>(base: &T, ours: &T, theirs: &T, both: impl FnOnce()) -> T {
    if ours == base {
        return theirs.clone();
    }
    if theirs != base && theirs != ours {
        both();
    }
    ours.clone()
}

/// Merges two sidecars of one article. `mint` makes new ids.
pub fn merge_sidecars(
    base: &Sidecar,
    ours: &Sidecar,
    theirs: &Sidecar,
    mut mint: impl FnMut() -> Id,
) -> Merged<Sidecar> {
    let mut settled = Vec::new();
    let (mut annotations, both) = by_id(&base.annotations, &ours.annotations, &theirs.annotations);
    let mut twice = Vec::with_capacity(both.len());
    for mut other in both {
        let ours = std::mem::replace(&mut other.id, mint());
        twice.push(Twice {
            ours,
            theirs: other.id.clone(),
            words: quoted(&other.exact()),
        });
        annotations.insert(other.id.clone(), other);
    }
    let (mut relations, others) = by_id(&base.relations, &ours.relations, &theirs.relations);
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
    let (mut cast, both) = by_id(&base.cast, &ours.cast, &theirs.cast);
    for other in both {
        if let Some(entry) = cast.get_mut(&other.id) {
            *entry = merge_cast(base.cast.get(&other.id), entry, &other, &mut settled);
        }
    }
    let status = newer(&base.status, &ours.status, &theirs.status, || {
        settled.push(told("status", ours.status.name(), theirs.status.name()));
    });
    let lists = [&base.variables, &ours.variables, &theirs.variables].map(Vec::as_slice);
    let variables = by_name(lists, |name, our, their| {
        settled.push(told(name, our.as_str(), their.as_str()));
    });
    let place = |at: &Target| (at.selector.start, at.selector.end);
    let value = Sidecar {
        article: ours.article.clone(),
        status,
        variables,
        annotations,
        cast,
        relations,
        overrides: by_entry(
            [&base.overrides, &ours.overrides, &theirs.overrides],
            |o: &Override| (place(&o.at), o.make.clone()),
        ),
        rejected: by_entry(
            [&base.rejected, &ours.rejected, &theirs.rejected],
            |r: &Rejection| {
                let at: Vec<_> = r.at.iter().map(place).collect();
                (at, r.layer, r.by.clone())
            },
        ),
        text: ours.text.clone(),
        extra: merge_extra(&base.extra, &ours.extra, &theirs.extra),
        unread: by_entry([&base.unread, &ours.unread, &theirs.unread], Clone::clone),
    };
    Merged {
        value,
        twice,
        settled,
    }
}

/// What a record is in this article, where both sides said something: axis by axis.
fn merge_cast(
    base: Option<&CastEntry>,
    ours: &CastEntry,
    theirs: &CastEntry,
    settled: &mut Vec<String>,
) -> CastEntry {
    let pairs = |attrs: &Attrs| -> Vec<_> {
        attrs
            .iter()
            .map(|(k, v)| (k.to_owned(), v.clone()))
            .collect()
    };
    let was = base.map(|b| pairs(&b.attrs)).unwrap_or_default();
    let mut attrs = Attrs::default();
    let merged = by_name(
        [&was, &pairs(&ours.attrs), &pairs(&theirs.attrs)],
        |name, our, their| {
            let what = format!("{}, {name}", quoted(&ours.name));
            settled.push(told(&what, our.as_str(), their.as_str()));
        },
    );
    for (name, value) in merged {
        attrs.push(name, value);
    }
    let name = base.map_or("", |b| &b.name).to_owned();
    let none = Extra::default();
    CastEntry {
        id: ours.id.clone(),
        name: newer(&name, &ours.name, &theirs.name, || {
            settled.push(told("the name", &ours.name, &theirs.name));
        }),
        attrs,
        extra: merge_extra(base.map_or(&none, |b| &b.extra), &ours.extra, &theirs.extra),
    }
}

fn merge_extra(base: &Extra, ours: &Extra, theirs: &Extra) -> Extra {
    by_name([base, ours, theirs].map(Extra::as_slice), |_, _, _| {}).into()
}

fn told(what: &str, ours: &str, theirs: &str) -> String {
    let or_nothing = |value: &str| {
        if value.is_empty() {
            "nothing".to_owned()
        } else {
            quoted(value)
        }
    };
    format!(
        "{what}: {} stands, the other side says {}",
        or_nothing(ours),
        or_nothing(theirs)
    )
}

/// Merges two states of the folder's records; where both changed one, both sides' names, roles and remarks stay.
pub fn merge_entities(base: &Entities, ours: &Entities, theirs: &Entities) -> Merged<Entities> {
    let mut settled = Vec::new();
    let (mut by, both) = by_id(&base.by_id, &ours.by_id, &theirs.by_id);
    for other in both {
        if let Some(entity) = by.get_mut(&other.id) {
            merge_entity(base.by_id.get(&other.id), entity, other, &mut settled);
        }
    }
    Merged {
        value: Entities {
            by_id: by,
            extra: merge_extra(&base.extra, &ours.extra, &theirs.extra),
            unread: by_entry([&base.unread, &ours.unread, &theirs.unread], Clone::clone),
        },
        twice: Vec::new(),
        settled,
    }
}

/// Takes into a record what the other side says of it.
fn merge_entity(
    base: Option<&Entity>,
    ours: &mut Entity,
    theirs: Entity,
    settled: &mut Vec<String>,
) {
    let called = ours.name.clone();
    let was = base.cloned().unwrap_or_else(|| Entity {
        aliases: Vec::new(),
        roles: Vec::new(),
        note: String::new(),
        extra: Extra::default(),
        ..ours.clone()
    });
    let lists = [was.aliases.as_slice(), &ours.aliases, &theirs.aliases];
    let mut aliases = in_our_order(&ours.aliases, by_entry(lists, Clone::clone));
    // Of two names, ours stands and theirs is another name of the same.
    let names = [&ours.name, &theirs.name];
    let name = newer(&was.name, names[0], names[1], || {});
    for other in names {
        if *other != name && *other != was.name && !aliases.contains(other) {
            aliases.push(other.clone());
        }
    }
    (ours.name, ours.aliases) = (name, aliases);
    ours.kind = newer(&was.kind, &ours.kind, &theirs.kind, || {
        settled.push(told(&quoted(&called), ours.kind.name(), theirs.kind.name()));
    });
    for role in theirs.roles {
        if !ours.roles.contains(&role) && !was.roles.contains(&role) {
            ours.roles.push(role);
        }
    }
    if theirs.note != was.note && theirs.note != ours.note {
        ours.note = if ours.note == was.note {
            theirs.note
        } else {
            format!("{}\n{}", ours.note, theirs.note).trim().to_owned()
        };
    }
    ours.merged_into = newer(
        &was.merged_into,
        &ours.merged_into,
        &theirs.merged_into,
        || {
            settled.push(format!("{} was merged into two records", quoted(&called)));
        },
    );
    ours.extra = merge_extra(&was.extra, &ours.extra, &theirs.extra);
}

/// A merged list with ours first, in our order.
fn in_our_order<T: Clone + PartialEq>(ours: &[T], merged: Vec<T>) -> Vec<T> {
    let (mut first, rest): (Vec<T>, Vec<T>) = merged.into_iter().partition(|m| ours.contains(m));
    first.sort_by_key(|m| ours.iter().position(|our| our == m));
    first.extend(rest);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Merges three lists written as "id=value" and shows the result, conflicts behind a bar.
    fn check(base: &str, ours: &str, theirs: &str, expected: &str) {
        let map = |list: &str| -> ById<String> {
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
        let listed = |lists: [&[i32]; 3]| by_entry(lists, |number| *number);
        assert_eq!(listed([&[1, 2, 3], &[1, 3, 4], &[1, 2, 5]]), [1, 4, 5]);
        assert_eq!(listed([&[], &[1, 2], &[2]]), [1, 2]);
        assert_eq!(listed([&[1], &[1], &[1]]), [1]);
    }

    #[test]
    fn a_removal_counts_unless_the_other_side_changed_it() {
        check("a=1 b=1", "b=1", "a=1 b=1", "b=1 |");
        check("a=1 b=1", "a=1 b=1", "b=1", "b=1 |");
        check("a=1", "", "a=2", "a=2 |");
        check("a=1", "a=2", "", "a=2 |");
    }

    /// Pairs written as "name=value".
    fn listed(list: &str) -> Vec<(String, String)> {
        let pairs = list.split_whitespace().filter_map(|p| p.split_once('='));
        pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    }

    fn cast(attrs: &str) -> Sidecar {
        let mut entry = CastEntry {
            id: Id::from("r"),
            name: "Ada Quill".to_owned(),
            attrs: Attrs::default(),
            extra: Extra::default(),
        };
        for (key, value) in listed(attrs) {
            entry.attrs.push(key, value.as_str().into());
        }
        let mut sidecar = Sidecar::default();
        sidecar.cast.insert(entry.id.clone(), entry);
        sidecar
    }

    #[test]
    fn of_axes_each_side_keeps_what_it_alone_changed_and_the_rest_is_told() {
        let merged = merge_sidecars(
            &cast("who=group role=x"),
            &cast("who=individual role=x gender=woman"),
            &cast("who=document role=y"),
            || Id::from("new"),
        );
        let attrs = &merged.value.cast[&Id::from("r")].attrs;
        let shown: Vec<String> = attrs
            .iter()
            .map(|(k, v)| format!("{k}={}", v.as_str()))
            .collect();
        assert_eq!(shown, ["who=individual", "role=y", "gender=woman"]);
        assert_eq!(
            merged.settled,
            ["“Ada Quill”, who: “individual” stands, the other side says “document”"]
        );
    }

    #[test]
    fn pairs_keep_our_order_and_take_what_the_other_side_added() {
        let [base, ours, theirs] = ["a=1 b=1 c=1", "c=1 a=2 b=1", "a=1 b=3 d=4"].map(listed);
        let mut both = Vec::new();
        let merged = by_name([&base, &ours, &theirs], |name, _, _| {
            both.push(name.to_owned())
        });
        assert_eq!(merged, listed("a=2 b=3 d=4"));
        assert!(both.is_empty());
        let merged = by_name([&[], &ours, &theirs], |name, _, _| {
            both.push(name.to_owned())
        });
        assert_eq!(merged, listed("c=1 a=2 b=1 d=4"));
        assert_eq!(both, ["a", "b"]);
    }

    #[test]
    fn of_a_record_that_both_changed_no_name_role_or_remark_is_lost() {
        let entity = |name: &str, aliases: &[&str], note: &str| Entity {
            id: Id::from("r"),
            name: name.to_owned(),
            aliases: aliases.iter().map(ToString::to_string).collect(),
            kind: Default::default(),
            roles: Vec::new(),
            note: note.to_owned(),
            merged_into: None,
            extra: Extra::default(),
        };
        let records = |entity: Entity| Entities {
            by_id: ById::from_iter([(entity.id.clone(), entity)]),
            ..Entities::default()
        };
        let merged = merge_entities(
            &records(entity("Quill", &["Ada"], "")),
            &records(entity("Ada Quill", &["Ada", "Mx Quill"], "ours")),
            &records(entity("A. Quill", &[], "theirs")),
        );
        let found = &merged.value.by_id[&Id::from("r")];
        assert_eq!(found.name, "Ada Quill");
        assert_eq!(found.aliases, ["Mx Quill", "A. Quill"]);
        assert_eq!(found.note, "ours\ntheirs");
    }
}
