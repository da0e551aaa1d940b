//! The evidence of a claim: a list of objects under one attribute, read for the editor and written back as it was, with
//! every field that we do not know.

use serde_json::value::RawValue;

use super::json::{attrs, list};
use super::json_write::pairs;
use crate::model::{AttrValue, Attrs};

/// The attribute that holds it.
pub const EVIDENCE: &str = "evidence";

/// The pieces of evidence of a claim, in their order; `None` when the value is not a list of objects.
pub fn read_evidence(claim: &Attrs) -> Option<Vec<Attrs>> {
    let Some(value) = claim.get(EVIDENCE) else {
        return Some(Vec::new());
    };
    let AttrValue::Json(raw) = value else {
        return None;
    };
    let raw: &RawValue = serde_json::from_str(raw).ok()?;
    list(raw)?.into_iter().map(attrs).collect()
}

/// The value of the attribute; nothing where there is no evidence.
pub fn evidence_value(pieces: &[Attrs]) -> Option<AttrValue> {
    let each: Vec<String> = pieces.iter().map(|piece| pairs(piece.iter())).collect();
    (!each.is_empty()).then(|| AttrValue::Json(format!("[{}]", each.join(","))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_knows_is_written_back_as_it_was() {
        let raw = r#"[{"kind":"report","ref":"Harbour \"Office\"","x":[1.10,{"y":12345678901234567890123}]},{}]"#;
        let mut claim = Attrs::default();
        claim.set(EVIDENCE, Some(AttrValue::Json(raw.to_owned())));
        let pieces = read_evidence(&claim).expect("a list");
        assert_eq!(pieces[0].text("ref"), Some("Harbour \"Office\""));
        assert_eq!(
            evidence_value(&pieces),
            Some(AttrValue::Json(raw.to_owned()))
        );
    }

    #[test]
    fn what_is_no_list_of_objects_is_left_alone() {
        for raw in ["3", "[1]", "{}", "[{}"] {
            let mut claim = Attrs::default();
            claim.set(EVIDENCE, Some(AttrValue::Json(raw.to_owned())));
            assert_eq!(read_evidence(&claim), None, "{raw}");
        }
        assert_eq!(read_evidence(&Attrs::default()), Some(Vec::new()));
        assert_eq!(evidence_value(&[]), None);
    }
}
