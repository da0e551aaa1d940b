//! What speaks for and against a run of words being a person, as points.
//!
//! The points were set by hand; two make a person of several words, three of one. What only the whole article can tell (the surname alone
//! further down) is added in `link`.

use crate::suggest::lexicon::Class;
use crate::suggest::token::{Kind, Token};

/// Where a run stands.
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// The run opens a sentence.
    pub(super) initial: bool,
    /// The block is a credit or a byline.
    pub(super) credit: bool,
}

/// The verdict of one run by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    /// Points for a person.
    pub(super) points: i32,
    /// The strongest reason.
    pub(super) why: &'static str,
    /// A title or an office stands before it.
    pub(super) titled: bool,
    /// A title, an office or an explanation stands beside it.
    pub(super) introduced: bool,
    /// Can never be a person by itself: a place, an organisation, a common word.
    pub(super) barred: bool,
    /// Its only or last word is a family name of the lexicon.
    pub(super) known: bool,
    /// It begins with a given name of the lexicon.
    pub(super) given: bool,
    /// It says something.
    pub(super) speaks: bool,
}

impl Evidence {
    /// Of a name that the folder's records hold: nothing more is asked.
    pub(super) fn confirmed(titled: bool) -> Self {
        Self {
            points: ENOUGH,
            why: "A name of your records",
            titled,
            introduced: titled,
            barred: false,
            known: true,
            given: false,
            speaks: false,
        }
    }
}

/// Points from which a run of several words is a person.
pub(super) const ENOUGH: i32 = 2;

/// The same for a single word that nothing introduced: what "said" something may be a firm.
pub(super) const ENOUGH_ALONE: i32 = 3;

const FAMILY_ENDINGS: [&str; 34] = [
    "ov", "ova", "ev", "eva", "ski", "sky", "skiy", "skyy", "ska", "son", "sson", "sen", "stein",
    "berg", "mann", "ez", "escu", "enko", "oglu", "oğlu", "yan", "wicz", "ić", "vic", "vić",
    "shvili", "feld", "baum", "opoulos", "idis", "witz", "sohn", "elli", "ini",
];

/// Endings of family names that no German noun has.
const FOREIGN_ENDINGS: [&str; 12] = [
    "ski", "sky", "ska", "wicz", "enko", "oglu", "oğlu", "escu", "shvili", "opoulos", "vić", "ova",
];

/// Whether a word is a family name by its ending, also where every noun has a capital.
pub(super) fn ends_like_a_family_name(text: &str, token: &Token) -> bool {
    let word = &text[token.span.range()];
    let mut endings = FOREIGN_ENDINGS.iter();
    endings.any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
}

/// Weighs the tokens `first..end`.
pub(super) fn weigh(context: &Context<'_>, first: usize, end: usize, titled: bool) -> Evidence {
    let tokens = context.tokens;
    let run = &tokens[first..end];
    let mut points = 0;
    let mut why = "Capitalised like a name";
    let mut add = |more: i32, reason: &'static str| {
        if more >= 2 && points < 4 {
            why = reason;
        }
        points += more;
    };
    let head = &run[0];
    let last = run
        .iter()
        .rev()
        .find(|token| !token.is(Class::JUNIOR))
        .unwrap_or(head);
    let given = head.is(Class::GIVEN);
    let known = last.is(Class::SURNAME);
    if given {
        add(4, "Begins with a first name");
    }
    if titled {
        add(4, "Title or office before the name");
    } else if role_before(tokens, first) {
        add(3, "Role before the name");
    }
    if known {
        add(2, "A well-known family name");
    }
    let behind_slash = first > 0 && tokens[first - 1].is_mark(&['/']);
    if context.credit && !behind_slash || written_by(context.text, tokens, first) {
        add(3, "Credit or byline");
    }
    if run
        .iter()
        .any(|token| token.is(Class::JUNIOR) || is_initial(context.text, token))
        && run.len() > 1
    {
        add(3, "Initial or “Jr.” in the name");
    }
    if run[1..]
        .iter()
        .any(|token| token.is(Class::PARTICLE) && !token.capital)
    {
        add(3, "Name with a particle");
    }
    let word = &context.text[last.span.range()];
    if FAMILY_ENDINGS
        .iter()
        .any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
        || is_mac(word)
    {
        add(1, "Ends like a family name");
    }
    if is_double(word) {
        add(2, "Double family name");
    }
    let explained = explained_after(context.text, tokens, end);
    if explained {
        add(3, "Explained by what follows the name");
    }
    // ", the keeper of the weir": an office that no list holds.
    let office = tokens.get(end).is_some_and(|mark| mark.is_mark(&[',']))
        && tokens
            .get(end + 1)
            .is_some_and(|token| token.is(Class::DETERMINER) && !token.capital)
        && tokens.get(end + 2).is_some_and(|token| {
            let word = &context.text[token.span.range()];
            !token.capital
                && (word.ends_with("er") || word.ends_with("or") || word.ends_with("ist"))
        });
    if office && !explained && run.len() > 1 {
        add(2, "Explained by what follows the name");
    }
    let speaks = speaks(tokens, first, end);
    if speaks {
        add(2, "Says something");
    }
    let place = Class::ORG.and(Class::PLACE).and(Class::DEMONYM);
    for token in run {
        if token.is(place) && !(token.is(Class::GIVEN) && token.span == head.span) {
            points -= 4;
        } else if token.is(Class::ORG_NOUN) && !token.is(Class::GIVEN) {
            points -= 6;
        } else if token.is(Class::ROLE
            .and(Class::DOCUMENT)
            .and(Class::OPENER)
            .and(Class::UNNAMED))
            && !token.is(Class::GIVEN)
        {
            points -= 3;
        }
    }
    if first > 0 {
        let before = &tokens[first - 1];
        if before.is(Class::DETERMINER) && !titled {
            points -= 4;
        }
        let word = &context.text[before.span.range()];
        if matches!(word, "in" | "at" | "near" | "In" | "At" | "im" | "aus") && !titled {
            points -= 2;
        }
    }
    let long = run
        .iter()
        .filter(|token| token.capital && !is_initial(context.text, token))
        .count();
    if long > 2 && !given && !titled {
        points -= i32::try_from(long).unwrap_or(9) - 2;
    }
    let plain = |token: &Token| token.class.is_plain() && !token.upper && token.span.len() > 2;
    if run.len() == 2 && run.iter().all(plain) && !context.initial {
        points += 1;
    }
    if run.len() > 1 && acts(context.text, tokens, end) {
        points += 1;
    }
    if first > 0 && tokens[first - 1].kind == Kind::Possessive {
        points += 1;
    }
    if behind_slash {
        points -= 4;
    }
    // "the Lantern" is a paper, not Mr Lantern.
    let article = first > 0
        && matches!(
            &context.text[tokens[first - 1].span.range()],
            "the" | "The" | "a" | "an"
        );
    let common = place.and(Class::ORG_NOUN).and(Class::CALENDAR);
    let barred = run.len() == 1 && !titled && (article || run[0].is(common));
    Evidence {
        points,
        why,
        titled,
        introduced: titled || explained || role_before(tokens, first),
        barred,
        known,
        given,
        speaks,
    }
}

fn is_initial(text: &str, token: &Token) -> bool {
    let word = &text[token.span.range()];
    word.ends_with('.')
        && word.chars().filter(|c| c.is_alphabetic()).count() <= 2
        && word.chars().next().is_some_and(char::is_uppercase)
        && !token.is(Class::PLACE)
}

/// "Olwen-Hughes".
fn is_double(word: &str) -> bool {
    word.split_once('-').is_some_and(|(left, right)| {
        let capital = |part: &str| part.starts_with(char::is_uppercase) && part.chars().count() > 2;
        capital(left) && capital(right)
    })
}

fn is_mac(word: &str) -> bool {
    let rest = word
        .strip_prefix("Mc")
        .or_else(|| word.strip_prefix("Mac"))
        .or_else(|| word.strip_prefix("O’"))
        .or_else(|| word.strip_prefix("O'"));
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// "spokeswoman Ada Holm", "her brother Ada Holm", "the author, Ada Holm,".
fn role_before(tokens: &[Token], first: usize) -> bool {
    let role = Class::ROLE.and(Class::TITLE);
    let Some(before) = first.checked_sub(1).map(|at| &tokens[at]) else {
        return false;
    };
    if before.is(role) {
        return true;
    }
    before.is_mark(&[',']) && first > 1 && tokens[first - 2].is(role) && !tokens[first - 2].capital
}

/// ", 45,", ", a nurse", ", who", "(R-Ohio)".
fn explained_after(text: &str, tokens: &[Token], end: usize) -> bool {
    let Some(mark) = tokens.get(end) else {
        return false;
    };
    let Some(next) = tokens.get(end + 1) else {
        return false;
    };
    if mark.is_mark(&['(']) {
        return tokens
            .get(end + 2)
            .is_some_and(|after| after.is_mark(&[')', '-']) && next.span.len() <= 2)
            || next.kind == Kind::Number;
    }
    if !mark.is_mark(&[',', '–', '—']) {
        return false;
    }
    if matches!(text.get(next.span.range()), Some("who" | "whose")) {
        return true;
    }
    if next.kind == Kind::Number && next.span.len() == 2 {
        return tokens
            .get(end + 2)
            .is_none_or(|after| after.is_mark(&[',', '.', ';']));
    }
    let role = Class::ROLE.and(Class::TITLE);
    let near = &tokens[end + 1..tokens.len().min(end + 8)];
    let stop = near
        .iter()
        .position(|token| token.is_mark(&[',', '.', ';', ':']))
        .unwrap_or(near.len());
    let near = &near[..stop];
    near.first()
        .is_some_and(|token| token.is(Class::DETERMINER.and(role)) || !token.capital)
        && near.iter().any(|token| token.is(role))
        && !near
            .iter()
            .any(|token| token.is(Class::AUXILIARY.and(Class::PLAIN_VERB)))
}

/// "(Reporting by …", "By …", "edited by …" with "and" between two names.
fn written_by(text: &str, tokens: &[Token], first: usize) -> bool {
    let low = first.saturating_sub(4);
    let Some(by) = (low..first)
        .rev()
        .find(|at| matches!(&text[tokens[*at].span.range()], "by" | "By" | "Von"))
    else {
        return false;
    };
    let work = by
        .checked_sub(1)
        .map_or("", |at| &text[tokens[at].span.range()])
        .to_lowercase();
    matches!(
        work.as_str(),
        "" | "reporting"
            | "editing"
            | "edited"
            | "written"
            | "writing"
            | "photo"
            | "photograph"
            | "image"
            | "words"
            | "pictures"
            | "interview"
    )
}

/// A verb follows: "Holm won".
fn acts(text: &str, tokens: &[Token], end: usize) -> bool {
    tokens.get(end).is_some_and(|next| {
        let word = &text[next.span.range()];
        !next.capital
            && next.kind == Kind::Word
            && (next.is(Class::AUXILIARY.and(Class::PLAIN_VERB))
                || word.ends_with("ed")
                || word == "of")
    })
}

fn speaks(tokens: &[Token], first: usize, end: usize) -> bool {
    let finite = Class::THIRD_FORM.and(Class::PAST_FORM);
    let verbal = Class::SAY
        .and(Class::TELL)
        .and(Class::ASK)
        .and(Class::STATE);
    let says = |token: &Token| token.is(verbal) && !token.capital && token.is(finite);
    let after = tokens.get(end).is_some_and(says)
        || tokens
            .get(end)
            .is_some_and(|token| token.is(Class::AUXILIARY) || token.is(Class::ADVERB))
            && tokens.get(end + 1).is_some_and(says);
    let before = first
        .checked_sub(1)
        .is_some_and(|at| tokens[at].is(Class::SAY) && tokens[at].is(finite));
    after || before
}
