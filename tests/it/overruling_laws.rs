//! Laws of overruling the segmenter, over text as odd as it comes: whatever is decided and taken back, in whatever order
//! the segmenter answers, segments keep what holds for segments, and undoing everything gives the first ones.

use pressmark::app::{
    Command, CommandKind, Effect, Env, Event, Level, State, handle, resolve, update,
};
use pressmark::model::{QuoteRun, Segments, Sidecar};
use pressmark::text::{segment, segment_with};
use proptest::prelude::*;

use crate::editing::state_with;
use CommandKind::*;

/// Odd text: clusters of several code points, marks without partners, wide signs, blocks of one sentence.
const ODD: &str = "Crane étude 👩‍👩‍👧 opens\n\
    Mara Lind, “the mayor”, said: “Wait. “No,” she said. E\u{301}lan Voss met Vol. Baker (of “Pier 9”).\n\
    「我们关门了。」她说。码头「奇妙」。\n\
    ...\n\
    “One goes on\n\
    “and on,” he said 👍🏽. It's 4.2 m. U.S. it's 'so'.";

/// A state whose segmenter answers when it is told to.
struct Desktop {
    state: State,
    env: Env,
    asked: Vec<Effect>,
}

impl Desktop {
    fn run(&mut self, command: Command) {
        // With time to think between the keys: a burst of them would be one step.
        self.state.burst.keys.clear();
        let effects = update(&mut self.state, command, &mut self.env);
        self.note(effects);
    }

    fn note(&mut self, effects: Vec<Effect>) {
        let jobs = |e: &Effect| matches!(e, Effect::Segment { .. });
        self.asked.extend(effects.into_iter().filter(jobs));
    }

    /// The segmenter answers everything, the newest first.
    fn answer(&mut self) {
        while let Some(asked) = self.asked.pop() {
            let Effect::Segment {
                key,
                source,
                decided,
            } = asked
            else {
                continue;
            };
            let segments = Box::new(segment_with(&source, &decided));
            let event = Event::Segmented(self.state.generation, key, decided, segments);
            let effects = handle(&mut self.state, event, &mut self.env);
            self.note(effects);
        }
    }

    fn segments(&self) -> &Segments {
        &self.state.article().expect("open").segments
    }
}

fn holds(desk: &Desktop) -> Result<(), TestCaseError> {
    let article = desk.state.article().expect("open");
    let text = article.source.as_str();
    let segments = desk.segments();
    let mut end = 0;
    for sentence in &segments.sentences {
        prop_assert!(sentence.start() >= end && !sentence.is_empty());
        prop_assert!(segments.blocks.iter().any(|b| b.span.covers(*sentence)));
        prop_assert_eq!(article.source.snap(*sentence), *sentence);
        prop_assert!(text[end..sentence.start()].trim().is_empty());
        end = sentence.end();
    }
    prop_assert!(text[end..].trim().is_empty());
    let apart = |pair: &[QuoteRun]| pair[0].span.end() <= pair[1].span.start();
    prop_assert!(segments.quotes.windows(2).all(apart));
    prop_assert_eq!(&segments.blocks, &segment(text).blocks);
    for o in &article.sidecar.overrides {
        let span = o.at.span().expect("placed");
        prop_assert_eq!(article.source.slice(span), &*o.at.selector.exact);
        prop_assert!(!span.is_empty() && article.source.snap(span) == span);
    }
    let starts: Vec<usize> = article
        .sidecar
        .overrides
        .iter()
        .map(|o| o.at.selector.start)
        .collect();
    prop_assert!(starts.is_sorted());
    if article.focus.level == Level::Sentence {
        prop_assert!(segments.sentences.contains(&article.focus.span));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn whatever_is_overruled_the_segments_hold_and_undo_gives_the_first_ones(
        acts in prop::collection::vec((0u8..16, 0usize..400, 0usize..60), 0..40)
    ) {
        let mut desk = Desktop { state: state_with(ODD), env: Env::fixed(5), asked: Vec::new() };
        let first = desk.segments().clone();
        for (what, at, length) in acts {
            match what {
                0..=2 => desk.run(Command::Run(SplitSentence)),
                3..=5 => desk.run(Command::Run(JoinSentences)),
                6..=8 => desk.run(Command::Run(QuoteOrNot)),
                9 => desk.run(Command::Run(Undo)),
                10 => desk.run(Command::Run(Redo)),
                11 => desk.run(Command::Select { anchor: at, head: at + length }),
                12 => desk.run(Command::Run(NextQuote)),
                13 => desk.run(Command::FocusAt(at % ODD.len(), Level::Word)),
                14 => desk.run(Command::FocusAt(at % ODD.len(), Level::Sentence)),
                _ => desk.answer(),
            }
            if desk.asked.is_empty() {
                holds(&desk)?;
            }
        }
        desk.answer();
        holds(&desk)?;
        while resolve(Redo, &desk.state).is_ok() {
            desk.run(Command::Run(Redo));
        }
        desk.answer();
        let last = desk.segments().clone();
        while resolve(Undo, &desk.state).is_ok() {
            desk.run(Command::Run(Undo));
        }
        desk.answer();
        prop_assert_eq!(desk.segments(), &first);
        prop_assert_eq!(&desk.state.article().expect("open").sidecar, &Sidecar::default());
        while resolve(Redo, &desk.state).is_ok() {
            desk.run(Command::Run(Redo));
        }
        desk.answer();
        prop_assert_eq!(desk.segments(), &last);
    }

    #[test]
    fn a_key_does_what_it_says(at in 0usize..ODD.len(), word in any::<bool>()) {
        let mut desk = Desktop { state: state_with(ODD), env: Env::fixed(5), asked: Vec::new() };
        let level = if word { Level::Word } else { Level::Letter };
        desk.run(Command::FocusAt(at, level));
        let before = desk.segments().clone();
        if let Ok(command) = resolve(SplitSentence, &desk.state) {
            desk.run(command);
            desk.answer();
            prop_assert_eq!(desk.segments().sentences.len(), before.sentences.len() + 1);
            desk.run(Command::Run(Left));
            desk.run(Command::Run(JoinSentences));
            desk.answer();
            prop_assert_eq!(desk.segments(), &before);
            prop_assert_eq!(&desk.state.article().expect("open").sidecar.overrides, &Vec::new());
        }
        desk.run(Command::FocusAt(at, Level::Sentence));
        if let Ok(command) = resolve(JoinSentences, &desk.state) {
            desk.run(command);
            desk.answer();
            prop_assert_eq!(desk.segments().sentences.len(), before.sentences.len() - 1);
        }
    }
}
