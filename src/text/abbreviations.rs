//! Words about full stops: abbreviations, and words with which a new sentence likes to begin.
//!
//! Written for news in English, German, French, Spanish and Russian; the lists are lower case and without the last
//! full stop.

use std::sync::LazyLock;

use ahash::{AHashMap, AHashSet};

use super::letters::Lower;

/// The longest abbreviation, in bytes: most words need not be looked up.
const LONGEST: usize = 12;

/// The longest word that sentences like to begin with, in bytes.
const LONGEST_OPENER: usize = 18;

/// What a word says about the full stop behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Something always follows: Mr., Gen., z.B.
    Open,
    /// It may end a sentence, but rarely does before a name: Inc., Calif., U.S.
    Either,
    /// An abbreviation only before a number: No. 5, Jan. 3.
    BeforeNumber,
    /// No abbreviation.
    None,
}

const OPEN: &str = "
    mr mrs ms mx dr prof gen lt col maj capt cmdr sgt cpl pvt adm brig sen sens rep reps gov govs pres rev
    hon supt det insp amb atty asst assoc messrs mme mlle sec dep dir spc pfc dist vs v cf e.g i.e viz
    approx ca incl esp hr fr frl bzw z.b d.h u.a o.ä u.ä z.t i.d.r sog evtl ggf vgl bspw inkl zzgl geb gest
    str dipl ing kath evang ehem stellv vors zit bes lat engl d u o z i s mgr mm sra srta dra gral lic excmo
    ilmo av avda ee т.е т.н т.к т им ул см проф акад ред св напр тов о пр д
";

const EITHER: &str = "
    inc corp co cos ltd llc plc bros jr sr esq assn dept univ intl natl bldg ave blvd rd hwy sq tel ext est
    etc al ret sp spp feat st ste mt ft mon tue tues wed thu thur thurs fri usw usf mio mrd tsd jh jhd abt
    aufl hrsg bd mind max г гг в вв тыс млн млрд руб долл др обл р коп кв стр гл uu ud uds vd cía
";

/// Abbreviations only with a capital: "Ill." is a state, "ill." is not.
const PLACES: &str = "
    ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mich minn mo mont neb nev okla ore pa
    penn tenn tex vt va wash wis wyo ont que
";

const BEFORE_NUMBER: &str = "
    no nos nr n num núm p pp pg vol ch chap fig figs art arts abs sec para ver op jan feb mar apr jun jul
    aug sep sept oct okt nov dec dez janv févr juil déc ene abr ago dic bl rn ст п пп рис табл №
";

const STARTERS: &str = "
    the a an he she it they we you i this that these those there here but and or yet so in on at by for from
    to with without after before during since until under over if when while as because although though
    despite among between against his her its their our my your who what why how where which no not some
    many most more several such both each every all any another other others one two three then now today
    still even only however meanwhile also instead according last earlier later once let is are was were did
    does do has have had will would can could should may might asked just like unlike der die das den dem
    des ein eine einen einem einer er sie es wir ihr ich man dies diese dieser dieses im am auf bei nach vor
    mit von vom zu zum zur aus für durch über unter seit während wegen trotz und aber doch denn auch nur
    noch nun wie als wenn da dort damit dabei dazu danach dafür daher zudem außerdem allerdings jedoch
    inzwischen bereits bisher insgesamt laut seine seiner ihre ihrer nicht kein keine alle viele mehr beide
    hier heute gegen ob dass weil obwohl nachdem zuvor zunächst später ferner unterdessen hierzu weitere le
    la les l un une il elle ils elles ce cet cette ces mais et en dans pour par sur selon après avant depuis
    son sa ses leur leurs nous vous je c qui que quand si el los las una ella ellos por para pero y su sus
    este esta estos según tras desde aunque también se lo al del con sin como cuando он она оно они мы вы я
    это этот эта эти в во на но и а по как с со при для из от к за о об также однако его её ее их не что так
    тогда если когда после у
";

static LEXICON: LazyLock<AHashMap<&str, Abbreviation>> = LazyLock::new(|| {
    let mut lexicon = AHashMap::new();
    let lists = [
        (EITHER, Abbreviation::Either),
        (OPEN, Abbreviation::Open),
        (BEFORE_NUMBER, Abbreviation::BeforeNumber),
    ];
    for (words, kind) in lists {
        lexicon.extend(words.split_whitespace().map(|word| (word, kind)));
    }
    lexicon
});

static OPENERS: LazyLock<AHashSet<&str>> = LazyLock::new(|| STARTERS.split_whitespace().collect());

static STATES: LazyLock<AHashSet<&str>> = LazyLock::new(|| PLACES.split_whitespace().collect());

/// What a word, without its last full stop, says about that stop.
pub(super) fn abbreviation(word: &str) -> Abbreviation {
    if word.len() > LONGEST {
        return Abbreviation::None;
    }
    let lower = Lower::new(word);
    if let Some(&kind) = LEXICON.get(&*lower) {
        kind
    } else if word.starts_with(char::is_uppercase) && STATES.contains(&*lower) {
        Abbreviation::Either
    } else {
        Abbreviation::None
    }
}

/// Whether a sentence likes to begin with this word.
pub(super) fn is_starter(word: &str) -> bool {
    word.len() <= LONGEST_OPENER && OPENERS.contains(&*Lower::new(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_too_long_to_be_looked_up() {
        let lists = [EITHER, OPEN, BEFORE_NUMBER].join(" ");
        for word in lists.split_whitespace() {
            assert_ne!(abbreviation(word), Abbreviation::None, "{word}");
        }
        assert!(STARTERS.split_whitespace().all(is_starter));
    }
}
