//! Made-up articles whose every letter is known by its number, and an editor who changes them.
//!
//! The words are invented or everyday; the sentences mean nothing. What counts is that words, names and whole sentences
//! repeat as they do in news, and that after any edit it is known where each letter of the original went.

use std::collections::HashMap;

use fastrand::Rng;

/// Small words, which repeat all the time.
const SMALL: &str =
    "the a of in to and for on with at by from that which as over under after before";

/// Words with a meaning.
const LARGE: &str = "harbour council ferry budget strike mayor winter bridge teachers vote signal pump grain depot \
    engine tariff clinic roof market inspector ledger tunnel quarry orchard lantern copper station warden archive \
    flood repair permit canal freight timber pier lease auditor nurses railway closure delay promise complaint \
    closed opened raised refused delayed counted repaired promised blamed visited signed ordered moved sold \
    northern quiet costly early public broken empty steep narrow second rival annual unpaid hidden brief \
    slowly twice again yesterday rarely nearby together abroad soon hardly velmar dorrin ostgate quellin harvenmoor";

/// Names of people and places.
const NAMES: &str = "Ines Marlo|Tovik Hale|Zoë Quarnfeld|Bram Oster|Lidia Venn|Pell Arkwright|Sunna Dray|Corvin Ashe|\
    Nordhaven|Velmar Bay|Ostgate|the Harbour Board|the Quellin Institute|O’Dorrin";

/// One letter: what it is, and its number in the original, if it stood there.
#[derive(Debug, Clone, Copy)]
pub struct Letter {
    /// What it is.
    c: char,
    /// Its number among the letters of the original that are not white space.
    from: Option<usize>,
    /// Whether it is a copy: where its original was cut or changed, it stands for it.
    is_copy: bool,
}

type Word = Vec<Letter>;
type Sentence = Vec<Word>;
type Paragraph = Vec<Sentence>;

/// An article that remembers where its letters come from.
#[derive(Debug, Clone)]
pub struct Draft {
    paragraphs: Vec<Paragraph>,
}

/// A draft's text, and where in it the letters of the original are.
pub struct Printed {
    /// The text.
    pub text: String,
    /// Where each letter of the original is, in bytes; copies behind it.
    pub places: HashMap<usize, Vec<usize>>,
}

impl Draft {
    /// Writes an article of news length; `repeats` says whether sentences and paragraphs come again in it.
    pub fn write(rng: &mut Rng, repeats: bool) -> Self {
        let paragraphs = (0..rng.usize(15..30))
            .map(|_| (0..rng.usize(1..5)).map(|_| sentence(rng)).collect())
            .collect();
        let mut draft = Self { paragraphs };
        if repeats {
            for _ in 0..rng.usize(4..8) {
                let from = rng.usize(..draft.paragraphs.len());
                for _ in 0..rng.usize(1..4) {
                    draft.copy_from(from, rng);
                }
            }
        }
        draft.number();
        draft
    }

    /// Writes a long article.
    pub fn write_long(rng: &mut Rng, bytes: usize) -> Self {
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        let mut written = 0;
        while written < bytes {
            let paragraph: Paragraph = (0..rng.usize(1..5)).map(|_| sentence(rng)).collect();
            written += paragraph
                .iter()
                .flatten()
                .map(|word| word.len() + 1)
                .sum::<usize>()
                + 1;
            paragraphs.push(paragraph);
        }
        let mut draft = Self { paragraphs };
        draft.number();
        draft
    }

    fn number(&mut self) {
        let letters = self.paragraphs.iter_mut().flatten().flatten().flatten();
        for (number, letter) in letters.enumerate() {
            letter.from = Some(number);
        }
    }

    /// The text with the places of the original's letters.
    pub fn print(&self) -> Printed {
        let mut text = String::new();
        let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
        for paragraph in &self.paragraphs {
            let mut words = paragraph.iter().flatten().peekable();
            while let Some(word) = words.next() {
                for letter in word {
                    if let Some(number) = letter.from {
                        let all = places.entry(number).or_default();
                        let rank = if letter.is_copy { all.len() } else { 0 };
                        all.insert(rank, text.len());
                    }
                    text.push(letter.c);
                }
                if words.peek().is_some() {
                    text.push(' ');
                }
            }
            text.push_str("\n\n");
        }
        Printed { text, places }
    }

    /// One change such as an editor makes.
    pub fn edit(&mut self, rng: &mut Rng) {
        if self.paragraphs.len() < 3 {
            let new = vec![sentence(rng)];
            self.paragraphs.push(new);
            return;
        }
        let at = rng.usize(..self.paragraphs.len());
        match rng.usize(0..18) {
            0 | 1 => self.in_words(rng, |words, at, rng| replace(&mut words[at], &large(rng))),
            2 => self.in_words(rng, |words, at, rng| {
                for _ in 0..rng.usize(1..4) {
                    words.insert(at, letters(any_word(rng)));
                }
            }),
            3 => self.in_words(rng, |words, at, rng| {
                let end = (at + rng.usize(1..4)).min(words.len());
                words.drain(at..end);
            }),
            4 => self.in_words(rng, |words, at, rng| {
                let at_letter = rng.usize(..words[at].len());
                let letter = rng.lowercase();
                if words[at][at_letter].c != letter {
                    words[at][at_letter] = new_letter(letter);
                }
            }),
            5 => {
                let new = sentence(rng);
                self.put_sentence(rng, new);
            }
            6 => drop(self.take_sentence(rng)),
            7 => {
                let new = (0..rng.usize(1..4)).map(|_| sentence(rng)).collect();
                self.paragraphs.insert(at, new);
            }
            8 => drop(self.paragraphs.remove(at)),
            9 => {
                let moved = self.paragraphs.remove(at);
                let to = rng.usize(..=self.paragraphs.len());
                self.paragraphs.insert(to, moved);
            }
            10 => {
                let moved = self.take_sentence(rng);
                self.put_sentence(rng, moved);
            }
            11 => {
                let copy = self.copy_from(at, rng);
                for letter in copy.iter_mut().flatten() {
                    letter.is_copy = true;
                }
            }
            12 => self.take_twin(rng),
            13 => {
                let tail = self.paragraphs[at].clone();
                let cut = rng.usize(..=tail.len());
                self.paragraphs[at].truncate(cut);
                self.paragraphs.insert(at + 1, tail[cut..].to_vec());
            }
            14 if at + 1 < self.paragraphs.len() => {
                let next = self.paragraphs.remove(at + 1);
                self.paragraphs[at].extend(next);
            }
            15 => {
                // Rewritten: every other word is another, and what looks the same is not what was marked.
                let mut rewritten = unnumbered(self.take_sentence(rng));
                for word in rewritten.iter_mut().step_by(2) {
                    *word = letters(any_word(rng));
                }
                self.put_sentence(rng, rewritten);
            }
            16 => {
                for letter in self.paragraphs[at].iter_mut().flatten().flatten() {
                    if matches!(letter.c, '“' | '”') {
                        *letter = new_letter('"');
                    }
                }
            }
            _ => {
                // A block that many pages carry, after any paragraph.
                let block = "Read more about the strike in our weekly letter.";
                let words = block.split(' ').map(letters).collect();
                self.paragraphs.insert(at, vec![words]);
            }
        }
        for paragraph in &mut self.paragraphs {
            paragraph.retain(|sentence| !sentence.is_empty());
        }
        self.paragraphs.retain(|paragraph| !paragraph.is_empty());
    }

    /// Puts a sentence of a paragraph into another one too. Not into its own: of two that stand together nobody could
    /// say which is the copy.
    fn copy_from(&mut self, at: usize, rng: &mut Rng) -> &mut Sentence {
        let sentences = &self.paragraphs[at];
        let copy = sentences[rng.usize(..sentences.len())].clone();
        let to = (at + rng.usize(1..self.paragraphs.len())) % self.paragraphs.len();
        let others = &mut self.paragraphs[to];
        let nth = rng.usize(..=others.len());
        others.insert(nth, copy);
        &mut others[nth]
    }

    fn take_sentence(&mut self, rng: &mut Rng) -> Sentence {
        let at = rng.usize(..self.paragraphs.len());
        let paragraph = &mut self.paragraphs[at];
        paragraph.remove(rng.usize(..paragraph.len()))
    }

    /// One of two sentences that say the same goes; the other stays and is not it.
    fn take_twin(&mut self, rng: &mut Rng) {
        let spell = |sentence: &Sentence| -> String {
            let letters = sentence.iter().flatten();
            letters.map(|letter| letter.c).collect()
        };
        let mut seen: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (at, paragraph) in self.paragraphs.iter().enumerate() {
            for (nth, sentence) in paragraph.iter().enumerate() {
                seen.entry(spell(sentence)).or_default().push((at, nth));
            }
        }
        let mut twins: Vec<(usize, usize)> = seen
            .into_values()
            .filter(|all| all.len() > 1)
            .flatten()
            .collect();
        twins.sort_unstable();
        if !twins.is_empty() {
            let (at, nth) = twins[rng.usize(..twins.len())];
            self.paragraphs[at].remove(nth);
        }
    }

    fn put_sentence(&mut self, rng: &mut Rng, sentence: Sentence) {
        let at = rng.usize(..self.paragraphs.len());
        let paragraph = &mut self.paragraphs[at];
        paragraph.insert(rng.usize(..=paragraph.len()), sentence);
    }

    fn in_words(&mut self, rng: &mut Rng, change: impl FnOnce(&mut Sentence, usize, &mut Rng)) {
        let at = rng.usize(..self.paragraphs.len());
        let paragraph = &mut self.paragraphs[at];
        let at = rng.usize(..paragraph.len());
        let words = &mut paragraph[at];
        let at = rng.usize(..words.len());
        change(words, at, rng);
    }
}

fn sentence(rng: &mut Rng) -> Sentence {
    let mut text = String::new();
    for at in 0..rng.usize(5..19) {
        if at > 0 {
            text.push_str(if rng.usize(0..9) == 0 { ", " } else { " " });
        }
        text.push_str(&any_word(rng));
    }
    let sentence = match rng.usize(0..5) {
        0 => format!("“{text},” said {}.", name(rng)),
        1 => format!("{} said: “{text}.”", name(rng)),
        2 => format!("“{text}.”"),
        _ => format!("{} {text}.", name(rng)),
    };
    sentence.split(' ').map(letters).collect()
}

fn any_word(rng: &mut Rng) -> String {
    match rng.usize(0..12) {
        0..5 => one_of(rng, SMALL.split_whitespace().collect()),
        5..11 => large(rng),
        _ => name(rng)
            .split(' ')
            .next_back()
            .unwrap_or_default()
            .to_owned(),
    }
}

fn large(rng: &mut Rng) -> String {
    one_of(rng, LARGE.split_whitespace().collect())
}

fn name(rng: &mut Rng) -> String {
    one_of(rng, NAMES.split('|').collect())
}

fn one_of(rng: &mut Rng, words: Vec<&str>) -> String {
    words[rng.usize(..words.len())].to_owned()
}

fn letters(word: impl AsRef<str>) -> Word {
    word.as_ref().chars().map(new_letter).collect()
}

/// Sets another word; the same word stays the one it was.
fn replace(word: &mut Word, by: &str) {
    if !word.iter().map(|letter| letter.c).eq(by.chars()) {
        *word = letters(by);
    }
}

fn new_letter(c: char) -> Letter {
    Letter {
        c,
        from: None,
        is_copy: false,
    }
}

fn unnumbered(mut sentence: Sentence) -> Sentence {
    for letter in sentence.iter_mut().flatten() {
        letter.from = None;
    }
    sentence
}
