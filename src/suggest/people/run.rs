//! Runs of capitalised words that may be a name, with titles cut off.
//!
//! Leaves the decision whether a run is a person to `evidence` and `link`.
//! *Limitations*: in headings in title case only known names and pairs with a known given name are offered.

use super::evidence::{self, Evidence};
use crate::model::{Block, BlockKind, EntityKind, Segments, Span};
use crate::suggest::learnt::Learnt;
use crate::suggest::lexicon::{Class, Language};
use crate::suggest::token::{Kind, Token, is_title_case};

/// One run of words that may name a person.
#[derive(Debug, Clone)]
pub(super) struct Run<'a> {
    /// The whole run.
    pub(super) span: Span,
    /// Its first word.
    pub(super) first: Span,
    /// The word that people use alone: the last, "Jr." not counted.
    pub(super) last: Span,
    /// Number of words.
    pub(super) words: usize,
    /// What speaks for and against a person.
    pub(super) evidence: Evidence,
    /// The name of the folder's record, when it is one.
    pub(super) record: Option<&'a str>,
    /// The record that its last word alone is a name of: of "Ola Venn", where Venn is an alias of Mara Venn.
    pub(super) namesake: Option<&'a str>,
}

/// Words that a name never holds unless it begins with a known given name.
const NO_NAME: Class = Class::CLOSED.and(Class::CALENDAR);

/// Adds the runs of one block.
pub(super) fn collect<'a>(
    text: &str,
    language: Language,
    segments: &Segments,
    block: &Block,
    tokens: &[Token],
    learnt: &'a Learnt,
    out: &mut Vec<Run<'a>>,
) {
    let shouting = tokens
        .iter()
        .filter(|token| token.kind == Kind::Word)
        .all(|token| token.upper || !token.capital);
    let title_case =
        matches!(block.kind, BlockKind::Headline | BlockKind::Heading) && is_title_case(tokens);
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = confirmed(text, tokens, at, learnt, out) {
            at = end;
            continue;
        }
        let initial = starts_sentence(text, segments, tokens, at);
        if !begins_name(tokens, at, initial, shouting) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut namesake = None;
        while let Some(next) = continues_name(text, tokens, end, shouting) {
            if let Some((count, known)) = learnt.name(words(text, &tokens[end..])) {
                let is_surname = count == 1 && known.kind == EntityKind::Person;
                let mut before = tokens[at..end].iter();
                if !is_surname || !before.all(|token| may_be_given(text, language, token)) {
                    break;
                }
                namesake = Some((tokens[end].span, known.name));
            }
            end = next;
        }
        let from = out.len();
        let context = evidence::Context {
            text,
            tokens,
            initial,
            credit: matches!(block.kind, BlockKind::Credit | BlockKind::Byline),
        };
        match language {
            Language::English if title_case => title_case_runs(&context, at, end, out),
            Language::English => english_run(&context, at, end, out),
            Language::German => german_runs(&context, at, end, out),
        }
        if let Some((span, name)) = namesake
            && let Some(run) = out[from..].iter_mut().find(|run| run.last == span)
        {
            if run.words == 1 {
                run.record = Some(name);
                run.evidence = Evidence::confirmed(run.evidence.titled);
            } else {
                run.namesake = Some(name);
            }
        }
        at = end;
    }
}

/// Whether a word before a surname of the records can make it somebody else's: Ola Venn, not Minister Venn.
fn may_be_given(text: &str, language: Language, token: &Token) -> bool {
    const OTHERWISE: Class = NO_NAME
        .and(Class::TITLE)
        .and(Class::ROLE)
        .and(Class::SPEAKER)
        .and(Class::ORG)
        .and(Class::ORG_NOUN)
        .and(Class::PLACE)
        .and(Class::DEMONYM)
        .and(Class::OPENER)
        .and(Class::CUE);
    token.is(Class::GIVEN)
        || is_initial(text, token)
        || language == Language::English && !token.is(OTHERWISE)
}

fn words<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = &'a str> + Clone {
    tokens.iter().map(|token| &text[token.span.range()])
}

/// The end of a name that the folder's records hold, if one begins here; a person's is kept as a run.
fn confirmed<'a>(
    text: &str,
    tokens: &[Token],
    at: usize,
    learnt: &'a Learnt,
    out: &mut Vec<Run<'a>>,
) -> Option<usize> {
    if !tokens[at].capital {
        return None;
    }
    let (count, confirmed) = learnt.name(words(text, &tokens[at..]))?;
    let end = at + count;
    if confirmed.kind == EntityKind::Person {
        let titled = at > 0 && tokens[at - 1].is(Class::TITLE.and(Class::ROLE));
        out.push(Run {
            span: tokens[at].span.hull(tokens[end - 1].span),
            first: tokens[at].span,
            last: tokens[end - 1].span,
            words: count,
            evidence: Evidence::confirmed(titled),
            record: Some(confirmed.name),
            namesake: None,
        });
    }
    Some(end)
}

/// Whether the word opens a sentence, a quotation or what follows a colon, where a capital says nothing.
fn starts_sentence(text: &str, segments: &Segments, tokens: &[Token], at: usize) -> bool {
    let start = tokens[at].span.start();
    if at == 0 {
        return true;
    }
    if tokens[at - 1].is_mark(&[
        '.', '!', '?', ':', '"', '“', '„', '”', '‘', '\'', '«', '»', '(', '–', '—', '•', '*', '…',
    ]) {
        return true;
    }
    segments
        .sentences
        .binary_search_by_key(&start, |sentence| sentence.start())
        .is_ok()
        || text[..start].ends_with('\n')
}

fn begins_name(tokens: &[Token], at: usize, initial: bool, shouting: bool) -> bool {
    let token = &tokens[at];
    if token.kind != Kind::Word || !token.capital {
        return false;
    }
    let next_capital = tokens
        .get(at + 1)
        .is_some_and(|next| next.kind == Kind::Word && next.capital);
    let named = token.is(Class::GIVEN);
    if token.upper
        && !shouting
        && !named
        && !token.is(Class::SURNAME)
        && !is_shouted_name(tokens, at)
    {
        return false;
    }
    if token.is(NO_NAME) {
        // "in June Holm won"
        let dated = token.is(Class::CALENDAR)
            && at
                .checked_sub(1)
                .is_some_and(|before| tokens[before].is(Class::PREPOSITION.and(Class::TIME)));
        return named && next_capital && !initial && !dated;
    }
    if initial && token.is(Class::OPENER) && !named {
        return false;
    }
    !(initial && token.manner)
}

/// JOHN SMITH in running text: two shouted words, one of them a known name.
fn is_shouted_name(tokens: &[Token], at: usize) -> bool {
    let neighbours = [at.checked_sub(1), Some(at + 1)];
    neighbours
        .into_iter()
        .flatten()
        .filter_map(|near| tokens.get(near))
        .any(|near| near.upper && near.is(Class::GIVEN))
}

/// The end of the run when the token at `end` belongs to it.
fn continues_name(text: &str, tokens: &[Token], end: usize, shouting: bool) -> Option<usize> {
    let token = tokens.get(end)?;
    let before = tokens[end - 1].span.end();
    let gap = text.get(before..token.span.start())?;
    if gap.is_empty() || !gap.chars().all(char::is_whitespace) || gap.matches('\n').count() > 1 {
        return None;
    }
    if token.kind != Kind::Word {
        return None;
    }
    if token.is(Class::PARTICLE) && !token.capital {
        let next = (end + 1..tokens.len().min(end + 3))
            .find(|next| !tokens[*next].is(Class::PARTICLE) || tokens[*next].capital)?;
        return (tokens[next].capital && tokens[next].kind == Kind::Word).then_some(next + 1);
    }
    if !token.capital || token.is(NO_NAME) && !token.is(Class::GIVEN) {
        return None;
    }
    if tokens[end - 1].upper != token.upper && !shouting {
        // "FBI Director": an acronym is no part of a name; "J.R. Moss" and "McKAY" are rare enough.
        let initials = |token: &Token| {
            text[token.span.range()].contains('.') || token.is(Class::JUNIOR.and(Class::PARTICLE))
        };
        if !(initials(&tokens[end - 1]) || initials(token)) {
            return None;
        }
    }
    Some(end + 1)
}

fn push(
    context: &evidence::Context<'_>,
    first: usize,
    end: usize,
    titled: bool,
    out: &mut Vec<Run<'_>>,
) {
    let tokens = context.tokens;
    let mut last = end - 1;
    while last > first && tokens[last].is(Class::JUNIOR) {
        last -= 1;
    }
    out.push(Run {
        span: tokens[first].span.hull(tokens[end - 1].span),
        first: tokens[first].span,
        last: tokens[last].span,
        words: last + 1 - first,
        evidence: evidence::weigh(context, first, end, titled),
        record: None,
        namesake: None,
    });
}

/// Cuts titles, offices, nations and institutions off the front, then keeps the rest as one run.
fn english_run(context: &evidence::Context<'_>, at: usize, end: usize, out: &mut Vec<Run<'_>>) {
    let tokens = context.tokens;
    let mut first = at;
    let mut titled = false;
    for index in at..end - 1 {
        let token = &tokens[index];
        let own_name = token.is(Class::GIVEN)
            && (index + 2 == end || tokens[index + 1].is(Class::SURNAME))
            && index == first;
        if token.is(Class::TITLE.and(Class::ROLE)) && !own_name {
            first = index + 1;
            titled = true;
        }
    }
    // "State Hillary …", "New York Giants quarterback": what stands before a given name is no part of it.
    let foreign = Class::ORG_NOUN
        .and(Class::ORG)
        .and(Class::PLACE)
        .and(Class::DEMONYM)
        .and(Class::OPENER);
    let given = (first + 1..end - 1).find(|index| tokens[*index].is(Class::GIVEN));
    if let Some(given) = given
        && tokens[first..given]
            .iter()
            .all(|token| token.is(foreign) && !token.is(Class::GIVEN))
    {
        first = given;
    }
    while first + 1 < end && tokens[first].is(Class::DEMONYM) && !tokens[first].is(Class::GIVEN) {
        first += 1;
    }
    if context.initial
        && first + 1 < end
        && tokens[first].is(Class::OPENER)
        && !tokens[first].is(Class::GIVEN)
    {
        first += 1;
    }
    if first < end {
        push(context, first, end, titled, out);
    }
}

/// In a heading in title case only single words, and pairs that begin with a given name.
fn title_case_runs(context: &evidence::Context<'_>, at: usize, end: usize, out: &mut Vec<Run<'_>>) {
    let tokens = context.tokens;
    let mut index = at;
    while index < end {
        let pair = index + 1 < end
            && tokens[index].is(Class::GIVEN)
            && !tokens[index + 1].is(Class::SPEAKER
                .and(Class::CUE)
                .and(Class::PLACE)
                .and(Class::OPENER));
        let verb = Class::CUE.and(Class::AUXILIARY).and(Class::PLAIN_VERB);
        if !pair && tokens[index].is(verb) && !tokens[index].is(Class::GIVEN.and(Class::SURNAME)) {
            index += 1;
            continue;
        }
        let titled = index > at && tokens[index - 1].is(Class::TITLE);
        let next = if pair { index + 2 } else { index + 1 };
        push(context, index, next, titled, out);
        index = next;
    }
}

/// In German every noun has a capital: a name needs a given name or an office before it.
fn german_runs(context: &evidence::Context<'_>, at: usize, end: usize, out: &mut Vec<Run<'_>>) {
    let tokens = context.tokens;
    let common = Class::SPEAKER
        .and(Class::PLACE)
        .and(Class::ORG)
        .and(Class::CALENDAR);
    let mut index = at;
    while index < end {
        let token = &tokens[index];
        if token.is(Class::GIVEN) {
            let mut stop = index + 1;
            while stop < end
                && (tokens[stop].is(Class::GIVEN) || is_initial(context.text, &tokens[stop]))
            {
                stop += 1;
            }
            // "von der Aa", but "Petra der Zeitung".
            let article =
                |at: usize| matches!(&context.text[tokens[at].span.range()], "der" | "den" | "zu");
            while stop < end
                && !(article(stop) && tokens[stop - 1].capital)
                && tokens[stop].is(Class::PARTICLE)
                && !tokens[stop].capital
            {
                stop += 1;
            }
            if stop < end && tokens[stop].capital && !tokens[stop].is(common) {
                stop += 1;
            }
            let titled = index > at && tokens[index - 1].is(Class::TITLE.and(Class::ROLE));
            push(context, index, stop, titled, out);
            index = stop;
            continue;
        }
        let before = index.checked_sub(1).map(|at| &tokens[at]);
        let office = index > at && is_office(context.text, &tokens[index - 1]);
        let spoken = before.is_some_and(|before| before.is(Class::SAY) && !before.capital);
        let named =
            |token: &Token| token.capital && !token.is(common) && !is_office(context.text, token);
        let pair = index + 1 < end && named(&tokens[index + 1]);
        // "Von Levke Brandtner"; "Tadeus Wrobelski": two nouns in a row are rare, and none ends so.
        let signed = pair && context.credit;
        let family = pair && evidence::ends_like_a_family_name(context.text, &tokens[index + 1]);
        if (office || spoken || signed || family) && named(token) {
            // "Ministerin Orla Venn", "sagte Venn": no article, so no common noun.
            let stop = if pair { index + 2 } else { index + 1 };
            push(context, index, stop, office, out);
            if let Some(run) = out.last_mut() {
                run.evidence.points += 3;
                run.evidence.speaks |= spoken;
            }
            index = stop;
            continue;
        }
        if end - at == 1 {
            push(context, index, index + 1, false, out);
        }
        index += 1;
    }
}

fn is_initial(text: &str, token: &Token) -> bool {
    let word = &text[token.span.range()];
    word.ends_with('.') && word.chars().count() == 2
}

/// German words for an office, many of them compounds: "Verkehrsministerin", "Vorstandschef".
fn is_office(text: &str, token: &Token) -> bool {
    const ENDINGS: [&str; 18] = [
        "chef",
        "minister",
        "sprecher",
        "präsident",
        "forscher",
        "leiter",
        "vorsitzende",
        "vorsitzender",
        "direktor",
        "meister",
        "führer",
        "professor",
        "anwalt",
        "kanzler",
        "inhaber",
        "kläger",
        "geklagte",
        "geklagter",
    ];
    // "Behördensprecher", "Watch-Sprecher"
    let word = text[token.span.range()].to_lowercase();
    let word = word.strip_suffix("in").unwrap_or(&word);
    token.is(Class::TITLE.and(Class::ROLE))
        || token.kind == Kind::Word
            && ENDINGS
                .iter()
                .any(|ending| word.len() > ending.len() && word.ends_with(ending))
}
