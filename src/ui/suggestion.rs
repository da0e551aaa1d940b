//! A suggestion in words: what it is, how far to trust it, who would say it, and why.
//!
//! For strip, panel, tooltip and screen reader, so that all of them say the same. What becomes of it is `app`'s.

use crate::app::{OpenArticle, SUGGESTED, State, Suggestion, shorten};
use crate::model::{Form, Layer, Span};
use crate::suggest::Attribution;

/// Characters of a speaker's words that find room on a line.
const SPEAKER: usize = 60;
/// Characters of the suggestion's own words that are read out.
const SPOKEN: usize = 160;

/// Whether a suggestion is to be seen: nobody has decided it, its kind is switched on, and it could be accepted.
pub fn is_shown(state: &State, article: &OpenArticle, suggestion: &Suggestion) -> bool {
    article.readonly.is_none() && state.shows(suggestion)
}

/// How many of a layer wait for a decision.
pub fn waiting(state: &State, article: &OpenArticle, layer: Layer) -> usize {
    if article.readonly.is_some() || !state.suggests(layer) {
        return 0;
    }
    article.suggestions.open(layer)
}

/// What it is and how far to trust it: "Suggested quote, sure".
pub fn title(suggestion: &Suggestion) -> String {
    let layer = suggestion.layer.name();
    format!("Suggested {layer}, {}", suggestion.confidence.name())
}

/// The attribution behind a suggested quote.
pub fn rule<'a>(article: &'a OpenArticle, suggestion: &Suggestion) -> Option<&'a Attribution> {
    let found = article.analysis.as_ref()?;
    let is_quote = suggestion.layer == Layer::Quote;
    found.attributions.get(suggestion.rank).filter(|_| is_quote)
}

/// The attribution that passes a suggested quote on.
pub fn relay<'a>(article: &'a OpenArticle, suggestion: &Suggestion) -> Option<&'a Attribution> {
    let found = article.analysis.as_ref()?;
    found.attributions.get(suggestion.relay?)
}

/// Whether a suggested quote stands in quotation marks.
pub fn form(article: &OpenArticle, suggestion: &Suggestion) -> Form {
    rule(article, suggestion).map_or(Form::Indirect, |rule| rule.form)
}

/// Who would say a suggested quote; `None` when the article names nobody.
pub fn speaker(article: &OpenArticle, suggestion: &Suggestion) -> Option<String> {
    let names = article.speaker_names(suggestion);
    names.first().map(|name| shorten(name, SPEAKER))
}

/// Who would have passed a suggested quote on.
pub fn relayer(article: &OpenArticle, suggestion: &Suggestion) -> Option<String> {
    let source = relay(article, suggestion)?.source?;
    Some(shorten(article.source.slice(source), SPEAKER))
}

/// The full name of a suggested person.
pub fn person<'a>(article: &'a OpenArticle, suggestion: &Suggestion) -> Option<&'a str> {
    let people = &article.analysis.as_ref()?.people;
    let is_person = suggestion.layer == Layer::Person;
    let mention = people.mentions.get(suggestion.rank).filter(|_| is_person)?;
    Some(people.name(mention.person))
}

/// The proposed type of a suggested claim; empty when the rules propose none.
pub fn claim_type(article: &OpenArticle, suggestion: &Suggestion) -> &'static str {
    let claims = article.analysis.as_ref().map(|found| &found.claims);
    let claim = claims.and_then(|claims| claims.get(suggestion.rank));
    let is_claim = suggestion.layer == Layer::Claim;
    claim.filter(|_| is_claim).map_or("", |claim| claim.kind)
}

/// Why the rules suggest it, in a sentence.
pub fn why<'a>(article: &'a OpenArticle, suggestion: &Suggestion) -> &'a str {
    let Some(found) = &article.analysis else {
        return "";
    };
    let rank = suggestion.rank;
    let why = match suggestion.layer {
        Layer::Quote => found.attributions.get(rank).map(|rule| rule.why.as_str()),
        Layer::Person => found.people.mentions.get(rank).map(|mention| mention.why),
        _ => found.claims.get(rank).map(|claim| claim.why.as_str()),
    };
    why.unwrap_or_default()
}

/// Its words; between fragments "…".
pub fn words(article: &OpenArticle, suggestion: &Suggestion) -> String {
    let slice = |span: &Span| article.source.slice(*span);
    let parts: Vec<&str> = suggestion.spans.iter().map(slice).collect();
    parts.join(" … ")
}

/// What it says about its words, one line each: speaker, who passed it on, name, type, reason.
pub fn lines(article: &OpenArticle, suggestion: &Suggestion) -> Vec<String> {
    let mut lines = Vec::new();
    match suggestion.layer {
        Layer::Quote => {
            lines.push(match speaker(article, suggestion) {
                Some(name) => format!("Said by {name}"),
                None => "No source stated".to_owned(),
            });
            lines.extend(relayer(article, suggestion).map(|name| format!("Relayed by {name}")));
        }
        Layer::Person => lines.extend(person(article, suggestion).map(str::to_owned)),
        _ => {
            let kind = claim_type(article, suggestion);
            if !kind.is_empty() {
                lines.push(format!("Type: {kind}"));
            }
        }
    }
    lines
}

/// Its place among those that are still to be decided, from 1, and how many there are.
pub fn place(state: &State, article: &OpenArticle, at: usize) -> (usize, usize) {
    let shown = SUGGESTED.into_iter().filter(|layer| state.suggests(*layer));
    let open = shown.filter_map(|layer| article.suggestions.open_ones(layer));
    let before: usize = open.map(|open| open.rank(&at)).sum();
    (before + 1, state.open_suggestions())
}

/// The whole of the suggestion that has the focus, for a screen reader.
pub fn spoken(state: &State, article: &OpenArticle, at: usize) -> Option<String> {
    let suggestion = article.suggestions.get(at)?;
    let mut parts = vec![
        title(suggestion),
        shorten(&words(article, suggestion), SPOKEN),
    ];
    // A name that is known under the same words is said once.
    let told = parts[1].clone();
    parts.extend(
        lines(article, suggestion)
            .into_iter()
            .filter(|line| *line != told),
    );
    let (nth, of) = place(state, article, at);
    parts.push(format!("{nth} of {of}."));
    let mut spoken = String::new();
    for part in parts {
        if !spoken.is_empty() {
            // A sentence brings its own full stop.
            let is_closed = spoken.ends_with(['.', '!', '?', '…', '”', '"']);
            spoken.push_str(if is_closed { " " } else { ". " });
        }
        spoken.push_str(&part);
    }
    Some(spoken)
}

/// What X says of it.
pub const fn rejection(layer: Layer) -> &'static str {
    match layer {
        Layer::Quote => "not a quote",
        Layer::Person => "not a person",
        _ => "not worth checking",
    }
}
