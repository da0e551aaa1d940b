//! Laws of editing: an edit and its inverse are the identity, undoing all gives the empty set, doing all again the end.

use pressmark::app::{Command, CommandKind, Env, resolve, update};
use pressmark::model::{
    Annotation, AttrValue, Attrs, ById, CastEntry, Edit, Entities, Entity, EntityKind, Extra, Id,
    Layer, Origin, Relation, RelationKind, Sidecar, Status,
};
use proptest::prelude::*;

use crate::editing::{STORY, state_with};

fn annotation(id: &str, layer: Layer, note: &str) -> Annotation {
    Annotation {
        id: id.into(),
        layer,
        at: Vec::new(),
        cue: Vec::new(),
        entity: None,
        attrs: Attrs::default(),
        note: note.to_owned(),
        origin: Origin::Hand,
        by: "".into(),
        created: "".into(),
        modified: "".into(),
        extra: Extra::default(),
    }
}

fn edits() -> impl Strategy<Value = Edit> {
    let id = prop::sample::select(vec!["a", "b", "c"]);
    let words = "[a-z]{0,4}";
    prop_oneof![
        (id.clone(), prop::option::of(words)).prop_map(|(id, note)| {
            Edit::Annotation(
                id.into(),
                note.map(|note| Box::new(annotation(id, Layer::Claim, &note))),
            )
        }),
        (id.clone(), any::<bool>()).prop_map(|(id, there)| {
            let relation = Relation {
                id: id.into(),
                kind: RelationKind::SaidBy,
                from: "a".into(),
                to: "b".into(),
                extra: Extra::default(),
            };
            Edit::Relation(id.into(), there.then_some(relation))
        }),
        (id, prop::option::of(words)).prop_map(|(id, name)| {
            let entry = name.map(|name| CastEntry {
                id: id.into(),
                name,
                attrs: Attrs::default(),
                extra: Extra::default(),
            });
            Edit::Cast(id.into(), entry)
        }),
        prop::sample::select(Status::ALL.to_vec()).prop_map(Edit::Status),
        prop::collection::vec((words, words), 0..3).prop_map(|pairs| {
            Edit::Variables(
                pairs
                    .into_iter()
                    .map(|(k, v)| (k, AttrValue::Text(v)))
                    .collect(),
            )
        }),
    ]
}

proptest! {
    #[test]
    fn an_edit_and_its_inverse_are_the_identity(list in prop::collection::vec(edits(), 0..12)) {
        let mut sidecar = Sidecar::default();
        for edit in list {
            let before = sidecar.clone();
            let inverse = sidecar.apply(edit.clone()).expect("it belongs here");
            let after = sidecar.clone();
            let again = sidecar.apply(inverse).expect("so does its inverse");
            prop_assert_eq!(&sidecar, &before);
            prop_assert_eq!(sidecar.apply(again).map(|_| ()), Ok(()));
            prop_assert_eq!(&sidecar, &after);
        }
    }

    #[test]
    fn undoing_all_gives_the_empty_set_and_doing_all_again_the_end(keys in prop::collection::vec(0usize..18, 0..40), seed in any::<u64>()) {
        use CommandKind::*;
        const KEYS: [CommandKind; 18] = [
            ParagraphDown, ParagraphUp, Right, Right, Left, Finer, ExtendRight, ExtendLeft, Claim, Person, Source, Quote, Cue,
            AddFragment, Delete, NextAnnotation, Accept, Retag,
        ];
        let (mut state, mut env) = (state_with(STORY), Env::fixed(seed));
        for key in keys {
            update(&mut state, Command::Run(KEYS[key]), &mut env);
        }
        let end = (state.article().expect("open").sidecar.clone(), state.records.entities.clone());
        let marks_end = state.article().expect("open").marks.total();
        while resolve(Undo, &state).is_ok() {
            update(&mut state, Command::Undo, &mut env);
        }
        prop_assert_eq!(&state.article().expect("open").sidecar, &Sidecar::default());
        prop_assert_eq!(&state.records.entities, &Entities::default());
        prop_assert_eq!(state.article().expect("open").marks.total(), 0);
        while resolve(Redo, &state).is_ok() {
            update(&mut state, Command::Redo, &mut env);
        }
        prop_assert_eq!(&state.article().expect("open").sidecar, &end.0);
        prop_assert_eq!(&state.records.entities, &end.1);
        prop_assert_eq!(state.article().expect("open").marks.total(), marks_end);
    }
}

#[test]
fn a_value_under_a_wrong_id_is_refused_and_changes_nothing() {
    let mut sidecar = Sidecar::default();
    let edit = Edit::Annotation(
        "x".into(),
        Some(Box::new(annotation("y", Layer::Claim, ""))),
    );
    assert!(sidecar.apply(edit).is_err());
    assert_eq!(sidecar, Sidecar::default());
}

#[test]
fn a_tombstone_leads_to_the_record_that_took_it_in() {
    let entity = |id: &str, into: Option<&str>| Entity {
        id: id.into(),
        name: id.to_uppercase(),
        aliases: Vec::new(),
        kind: EntityKind::Person,
        roles: Vec::new(),
        note: String::new(),
        merged_into: into.map(Id::from),
        extra: Extra::default(),
    };
    let by_id: ById<Entity> = [
        entity("a", Some("b")),
        entity("b", None),
        entity("c", Some("c")),
    ]
    .into_iter()
    .map(|e| (e.id.clone(), e))
    .collect();
    let entities = Entities {
        by_id,
        ..Entities::default()
    };
    assert_eq!(
        entities.resolve(&"a".into()).map(|e| e.name.as_str()),
        Some("B")
    );
    assert!(entities.resolve(&"c".into()).is_some(), "a circle ends");
}
