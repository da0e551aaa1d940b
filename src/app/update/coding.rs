//! Codes: giving them to words, and changing the folder's codebook.

use super::Cx;
use crate::app::codes::{CODE, CodeChange};
use crate::app::focus::Direction;
use crate::app::pick::{Choice, PickItem};
use crate::app::wording::quoted;
use crate::model::{AttrValue, CODE_COLOURS, Code, Codebook, Edit, Id, Layer, Origin, Span};

/// The layers that T offers, in this order.
const LAYERS: [Layer; 5] = [
    Layer::Claim,
    Layer::Person,
    Layer::Source,
    Layer::Quote,
    Layer::Note,
];

impl Cx<'_> {
    /// Tags what is selected or has the focus with a code.
    pub(super) fn tag_code(&mut self, id: &Id) {
        let code = self.state.codes.book.get(id).filter(|code| !code.removed);
        let Some(code) = code.cloned() else {
            return self.say("That code is not in the codebook any more.");
        };
        self.tag_with(&code, Vec::new());
    }

    /// Tags with the code of a digit, or says which digits have codes and how to make one.
    pub(super) fn tag_digit(&mut self, digit: u8) {
        if let Some(code) = self.state.codes.book.of_key(digit).cloned() {
            return self.tag_with(&code, Vec::new());
        }
        let there = match self.state.codes.digits() {
            digits if digits.is_empty() => "No digit has a code yet.".to_owned(),
            digits => format!("No code has the digit {digit}. Codes: {digits}."),
        };
        self.say(format!("{there} E makes one, Ctrl+B shows the codebook."));
    }

    pub(super) fn repeat_code(&mut self) {
        match self.state.codes.last.clone() {
            Some(last) => self.tag_code(&last),
            None => self.say("No code was given yet."),
        }
    }

    /// Makes a code and tags with it, as one step.
    pub(super) fn tag_new_code(&mut self, name: &str) {
        if let Some((code, edit)) = self.new_code(name) {
            self.tag_with(&code, vec![edit]);
        }
    }

    /// Gives annotations a code.
    pub(super) fn recode(&mut self, ids: &[Id], code: &Id) {
        if let Some(code) = self.state.codes.book.get(code).cloned() {
            self.retag(ids, Layer::Code, Some(&code), Vec::new());
            self.state.codes.last = Some(code.id);
        }
    }

    /// Makes a code and gives it to annotations, as one step.
    pub(super) fn recode_new(&mut self, ids: &[Id], name: &str) {
        if let Some((code, edit)) = self.new_code(name) {
            self.retag(ids, Layer::Code, Some(&code), vec![edit]);
            self.state.codes.last = Some(code.id);
        }
    }

    fn tag_with(&mut self, code: &Code, mut edits: Vec<Edit>) {
        let Some(article) = self.state.article() else {
            return self.say("No article is open.");
        };
        if article.readonly.is_some() {
            return self.say("This article is read only.");
        }
        let spans = article.target();
        if spans.is_empty() {
            return self.say("Nothing is selected and nothing has the focus.");
        }
        self.state.codes.last = Some(code.id.clone());
        let name = quoted(&code.name);
        if let Some(there) = self.same_code(code, &spans) {
            self.after_tag(&there, Layer::Code);
            return self.say(format!("These words have the code {name} already."));
        }
        let Some(mut annotation) = self.new_annotation(Layer::Code, &spans, Origin::Hand) else {
            return;
        };
        let value = AttrValue::from(code.id.as_str());
        annotation.attrs.set(CODE, Some(value));
        let id = annotation.id.clone();
        let words = quoted(&annotation.exact());
        edits.push(Edit::Annotation(id.clone(), Some(Box::new(annotation))));
        if self.commit(&format!("code {words} as {name}"), edits) {
            self.after_tag(&id, Layer::Code);
        }
    }

    /// An annotation with this code on exactly these spans.
    pub(super) fn same_code(&self, code: &Code, spans: &[Span]) -> Option<Id> {
        let article = self.state.article()?;
        let block = article.block_at(spans.first()?.start());
        let found = article.marks_in(block).filter(|m| m.layer == Layer::Code);
        found
            .filter_map(|m| article.annotation(&m.id))
            .filter(|a| self.state.codes.of(a).is_some_and(|c| c.id == code.id))
            .find(|a| a.spans().eq(spans.iter().copied()))
            .map(|a| a.id.clone())
    }

    /// The codes as answers, those with digits first. `with_digits`: each is reached by its own.
    pub(super) fn code_items(&self, with_digits: bool) -> Vec<PickItem> {
        let mut codes: Vec<&Code> = self.state.codes.book.current().collect();
        codes.sort_by_key(|code| code.key.unwrap_or(u8::MAX));
        let items = codes.into_iter().map(|code| PickItem {
            label: code.name.clone(),
            detail: code.definition.clone(),
            choice: Choice::Code(code.id.clone(), code.key.filter(|_| with_digits)),
        });
        items.collect()
    }

    /// "New code “…”", where the codebook has none of that name and may be changed.
    pub(super) fn new_code_item(&self, name: &str) -> Option<PickItem> {
        let codes = &self.state.codes;
        let is_known = codes.book.current().any(|code| is_same(&code.name, name));
        (!name.is_empty() && !is_known && codes.readonly.is_none()).then(|| PickItem {
            label: format!("New code “{name}”"),
            detail: String::new(),
            choice: Choice::NewCode(name.to_owned()),
        })
    }

    /// Layers and codes that annotations may get: of a coded passage, codes first.
    pub(super) fn retag_items(&self, ids: &[Id]) -> Vec<PickItem> {
        let mut now: Vec<Layer> = ids.iter().filter_map(|id| self.layer_of(id)).collect();
        now.dedup();
        let are_codes = now == [Layer::Code];
        let layers = LAYERS.into_iter().filter(|layer| now != [*layer]);
        let layers = layers.map(|layer| PickItem {
            label: layer.name().to_owned(),
            detail: String::new(),
            choice: Choice::Layer(layer),
        });
        let mut items = self.code_items(are_codes);
        if are_codes {
            items.extend(layers);
        } else {
            items.splice(0..0, layers);
        }
        items
    }

    /// A code of a new name, with a digit and a colour that are free, and the edit that makes it. One that was taken
    /// out comes back.
    fn new_code(&mut self, name: &str) -> Option<(Code, Edit)> {
        let name = name.trim();
        let book = &self.state.codes.book;
        if name.is_empty() {
            self.say("A code needs a name.");
            return None;
        }
        if book.current().any(|code| is_same(&code.name, name)) {
            self.say(format!("There is a code {} already.", quoted(name)));
            return None;
        }
        let mut codes = book.codes.clone();
        let key = book.free_key();
        let removed = codes.iter_mut().find(|code| is_same(&code.name, name));
        if let Some(code) = removed {
            code.removed = false;
            code.key = key;
            let code = code.clone();
            return Some((code, Edit::Codes(codes)));
        }
        let colour = free_colour(book);
        let code = Code {
            key,
            colour: colour.to_owned(),
            ..Code::new(self.mint(), name.to_owned())
        };
        codes.push(code.clone());
        Some((code, Edit::Codes(codes)))
    }

    /// One step of work on the codebook.
    pub(super) fn change_codes(&mut self, change: CodeChange) {
        if self.state.folder.is_none() {
            return self.say("The codebook belongs to a folder: open one first.");
        }
        let mut codes = self.state.codes.book.codes.clone();
        let at = |id: &Id| self.state.codes.book.codes.iter().position(|c| c.id == *id);
        let name = match change {
            CodeChange::New(name) => {
                if let Some((code, edit)) = self.new_code(&name) {
                    self.commit(&format!("add the code {}", quoted(&code.name)), vec![edit]);
                }
                return;
            }
            CodeChange::Set(code) => {
                let Some(at) = at(&code.id) else {
                    return;
                };
                let old = &codes[at];
                let name = step(old, &code);
                let clashes = codes.iter().any(|other| {
                    other.id != code.id && !other.removed && is_same(&other.name, &code.name)
                });
                if code.name.trim().is_empty() || (old.name != code.name && clashes) {
                    return self.say(format!(
                        "{} keeps its name: a code needs one of its own.",
                        quoted(&old.name)
                    ));
                }
                codes[at] = Code {
                    key: old.key,
                    ..*code
                };
                name
            }
            CodeChange::Key(id, key) => {
                let Some(at) = at(&id) else {
                    return;
                };
                let had = codes[at].key;
                for other in codes.iter_mut().filter(|c| key.is_some() && c.key == key) {
                    other.key = had;
                }
                codes[at].key = key;
                let name = quoted(&codes[at].name);
                match key {
                    Some(key) => format!("give {name} the digit {key}"),
                    None => format!("take the digit of {name}"),
                }
            }
            CodeChange::Move(id, way) => {
                let shown: Vec<usize> = (0..codes.len()).filter(|i| !codes[*i].removed).collect();
                let here = at(&id).and_then(|at| shown.iter().position(|i| *i == at));
                let there = here.and_then(|here| match way {
                    Direction::Forward => shown.get(here + 1),
                    Direction::Back => shown.get(here.checked_sub(1)?),
                });
                let (Some(here), Some(there)) = (here, there) else {
                    return;
                };
                codes.swap(shown[here], *there);
                format!("move the code {}", quoted(&codes[*there].name))
            }
            CodeChange::Remove(id) => {
                let Some(at) = at(&id) else {
                    return;
                };
                codes[at].removed = true;
                codes[at].key = None;
                // What lay under it lies where it lay.
                let parent = codes[at].parent.clone();
                for code in codes.iter_mut().filter(|c| c.parent.as_ref() == Some(&id)) {
                    code.parent.clone_from(&parent);
                }
                format!("take {} out of the codebook", quoted(&codes[at].name))
            }
        };
        if codes != self.state.codes.book.codes {
            self.commit(&name, vec![Edit::Codes(codes)]);
        }
    }
}

/// What a change of a code is called, by what it changes.
fn step(old: &Code, new: &Code) -> String {
    let name = quoted(&old.name);
    if old.name != new.name {
        format!("rename the code {name} to {}", quoted(&new.name))
    } else if old.colour != new.colour {
        format!("colour the code {name}")
    } else if old.parent != new.parent {
        format!("put the code {name} elsewhere")
    } else {
        format!("describe the code {name}")
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// The first colour that the fewest codes have.
fn free_colour(book: &Codebook) -> &'static str {
    let uses = |hex: &str| book.current().filter(|c| c.colour == hex).count();
    let least = CODE_COLOURS.iter().min_by_key(|colour| uses(colour.hex));
    least.map_or("", |colour| colour.hex)
}
