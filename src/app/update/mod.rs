//! What a command does to the state, and what an event does.
//!
//! Decides and asks; carries nothing out. One file for each kind of thing that is done.

mod beside;
mod candidates;
mod coding;
mod commit;
mod copies;
mod editing;
mod events;
mod everywhere;
mod evidence;
mod finding;
mod folder;
mod jumping;
mod linking;
mod moving;
mod occurrences;
mod outside;
mod overruling;
mod picking;
mod quoting;
mod records;
mod remembering;
mod renaming;
mod rescuing;
mod retagging;
mod saved;
mod settings;
mod settling;
mod sharing;
mod suggesting;
mod tagging;
mod touring;
mod typing;
mod view;
mod walking;

pub use settings::{LEADINGS, MEASURES, SIZES, begin};

use self::jumping::is_jump;
use super::command::Command;
use super::effect::{Effect, Event};
use super::notice::{Message, Notice, Severity};
use super::ports::Env;
use super::resolve::resolve;
use super::state::State;

/// Carries out a command: changes the state and returns the wanted I/O.
pub fn update(state: &mut State, command: Command, env: &mut Env) -> Vec<Effect> {
    let mut cx = Cx {
        state,
        env,
        effects: Vec::new(),
    };
    cx.run(command);
    cx.follow_find();
    cx.follow_page();
    cx.effects
}

/// Takes in what came back.
pub fn handle(state: &mut State, event: Event, env: &mut Env) -> Vec<Effect> {
    let mut cx = Cx {
        state,
        env,
        effects: Vec::new(),
    };
    cx.take(event);
    cx.follow_find();
    cx.follow_page();
    cx.effects
}

/// A command or an event at work.
struct Cx<'a> {
    state: &'a mut State,
    env: &'a mut Env,
    effects: Vec<Effect>,
}

impl Cx<'_> {
    fn run(&mut self, command: Command) {
        // What a key means is decided below: a run of nudges is one step.
        if !matches!(
            command,
            Command::Run(_)
                | Command::Nudge(..)
                | Command::SetNote(..)
                | Command::InView(_)
                | Command::InViewBeside(_)
                | Command::Within(..)
                | Command::Narrow(_)
                | Command::Undrawn
        ) {
            self.state.history.seal();
        }
        let from = is_jump(&command).then(|| self.state.place()).flatten();
        match command {
            Command::Run(kind) => match resolve(kind, self.state) {
                Ok(command) => {
                    let depth = self.state.history.depth();
                    self.run(command);
                    self.watch_typing(kind, depth);
                    self.follow_tour(kind);
                }
                Err(why) => why.clone_into(&mut self.state.said),
            },

            Command::AskFolder => self.effects.push(Effect::AskFolder),
            Command::Open(path) => self.open(path),
            Command::OpenSample => self.effects.push(Effect::WriteSample),
            Command::Refresh => self.refresh(),
            Command::OpenArticle(key) => self.open_article(key),
            Command::Within(key, command) => self.within(&key, *command),
            Command::OpenBeside(key) => self.open_beside(key),
            Command::OtherArticle => self.other_article(),
            Command::CloseBeside(key) => self.close_beside(&key),
            Command::StepArticle(way) => self.step_article(way),
            Command::Filter(text) => self.filter(text),
            Command::StartTour => self.start_tour(),
            Command::NextTourStep => self.next_step(),
            Command::EndTour => self.end_tour(),
            Command::CancelWork => self.cancel_work(),
            Command::Reread { encoding } => self.reread(encoding),

            Command::Step(level, way) => self.step(level, way),
            Command::FocusAt(offset, level) => self.focus_at(offset, level),
            Command::FocusAnnotation(id) => self.focus_annotation(&id),
            Command::FocusSuggestion(at) => self.focus_suggestion(at),
            Command::StepQuote(way) => self.step_quote(way),
            Command::StepAnnotation(way) => self.step_annotation(way),
            Command::Select { anchor, head } => self.select(anchor, head),
            Command::Extend(level, way) => self.extend(level, way),
            Command::ExtendTo(way) => self.extend_to(way),
            Command::Finer => self.finer(),
            Command::Back => self.back(),
            Command::OtherEdge => self.other_edge(),
            Command::Cycle => self.cycle(),
            Command::GoRecord => self.go_record(),
            Command::NextProblem => self.next_problem(),
            Command::Page(way) => self.page(way),

            Command::OpenFind => self.open_find(),
            Command::CloseFind => self.close_find(),
            Command::SetQuery(query) => self.set_query(query),
            Command::StepHit(way) => self.step_hit(way),
            Command::GoTo(offset) => self.go_to(offset),
            Command::GoToAnnotation(id) => self.go_to_annotation(&id),
            Command::Visit(way) => self.visit(way),
            Command::NextUntagged => self.next_untagged(),
            Command::NextUnfinished => self.next_unfinished(),

            Command::Tag(layer, spans) => self.tag(layer, &spans),
            Command::ProposeQuote(spans) => self.propose_quote(spans),
            Command::WholeSentence => self.whole_sentence(),
            Command::TagSpeaker(spans) => self.tag_speaker(&spans),
            Command::AcceptSuggestion(at) => self.accept_suggestion(at),
            Command::AcceptHere(at) => self.accept_here(at),
            Command::RejectSuggestion(at) => self.reject_suggestion(at),
            Command::AcceptSure => self.accept_sure(),
            Command::AddFragment(id, spans) => self.add_fragment(&id, &spans),
            Command::SetCue(id, spans) => self.set_cue(&id, &spans),
            Command::Nudge(id, way) => self.nudge(&id, way),
            Command::Retag(ids, layer) => self.retag(&ids, layer, None, Vec::new()),
            Command::Delete(ids) => self.delete(&ids),
            Command::Choose(ids) => self.choose(ids),
            Command::TagCode(id) => self.tag_code(&id),
            Command::TagDigit(digit) => self.tag_digit(digit),
            Command::ChangeCodes(change) => self.change_codes(change),
            Command::ClearTags => self.clear_tags(),
            Command::Repeat => self.repeat(),
            Command::AllOccurrences(id) => self.all_occurrences(&id),
            Command::Everywhere(id) => self.look_everywhere(&id),
            Command::LeaveOutEverywhere(article, passage) => {
                self.leave_out_everywhere(article, passage);
            }
            Command::TagEverywhere => self.tag_everywhere(),

            Command::OpenPick(purpose) => self.open_pick(purpose),
            Command::Describe(subject, at) => self.describe(&subject, &at),
            Command::Pick(index) => self.pick(Some(index)),
            Command::PickZero => self.pick(None),
            Command::FilterPick(text) => self.filter_pick(text),
            Command::WalkPick(way) => self.walk_pick(way),
            Command::PickAll => self.pick_all(),
            Command::ClosePick => {
                self.close_pick();
            }
            Command::NoSource(id) => self.no_source(&id),
            Command::Unlink(from, kind, to) => self.unlink(&from, &kind, &to),
            Command::SetRecord(id, record) => self.set_record(&id, record),
            Command::RenameRecord(id, name) => self.rename_record(&id, &name),

            Command::AddEvidence(id) => self.add_evidence(&id),
            Command::RemoveEvidence(id, at) => self.remove_evidence(&id, at),
            Command::SetAttr(subject, key, value) => self.set_attr(&subject, key, value),
            Command::SetNote(id, text) => self.set_note(&id, text),
            Command::EditNote => self.edit_note(),
            Command::SetStatus(status) => self.set_status(status),
            Command::MarkDone => self.mark_done(),
            Command::Reattach(id, spans) => self.reattach(&id, &spans),
            Command::ConfirmPlace(id) => self.confirm_place(&id),
            Command::ConfirmMoved => self.confirm_moved(),
            Command::KeepBoth(id) => self.keep_both(&id),
            Command::ConfirmDecision(at) => self.confirm_decision(at),
            Command::DropDecision(at) => self.drop_decision(at),
            Command::PutAway(at) => self.put_away(at),
            Command::FocusProblem(problem) => self.focus_problem(&problem),

            Command::SplitSentence(at) => self.split_sentence(at),
            Command::JoinSentences(first, next) => self.join_sentences(first, next),
            Command::MakeQuote(spans) => self.make_quote(&spans),
            Command::UnmakeQuote(runs) => self.unmake_quote(&runs),

            Command::Undo => self.undo_or_redo(true),
            Command::UndoStep(depth) if depth == self.state.history.depth() => {
                self.undo_or_redo(true);
            }
            Command::UndoStep(_) => {
                self.say("Something was done since: Ctrl+Z takes back step by step.");
            }
            Command::Redo => self.undo_or_redo(false),
            Command::SaveNow => self.save_now(),
            Command::MoveTags(renamed) => {
                self.move_tags(renamed);
            }
            Command::MergeCopy(copy) => self.take_copy(copy),
            Command::LeaveCopy(copy) => self.leave_copy(&copy),
            Command::BringBack => self.bring_back(),
            Command::DropRescued => self.drop_rescued(),
            Command::Copy(text) => {
                self.state.said = "Copied.".to_owned();
                self.effects.push(Effect::Copy(text));
            }
            Command::AskExport(format) => self.effects.push(Effect::AskExportFolder(format)),
            Command::Export {
                format,
                to,
                replace,
            } => self.export(format, to, replace),

            other => self.run_view(other),
        }
        if let Some(from) = from {
            self.left(from);
        }
    }

    /// Says something in the corner and in the list. The same thing again is not another message.
    fn notify(&mut self, message: Message) {
        let at = self.env.wall_clock();
        let same = |n: &&mut Notice| {
            !n.dismissed
                && (&n.summary, &n.details, &n.hint)
                    == (&message.summary, &message.details, &message.hint)
        };
        if message.severity == Severity::Problem
            && let Some(notice) = self.state.notices.iter_mut().find(same)
        {
            notice.at = at;
            return;
        }
        let id = self.state.notices.last().map_or(1, |n| n.id + 1);
        // What the status bar said before may not be true any more.
        match message.severity {
            Severity::Info => self.state.said.clone_from(&message.summary),
            _ => self.state.said.clear(),
        }
        self.state.notices.push(Notice {
            id,
            severity: message.severity,
            summary: message.summary,
            details: message.details,
            hint: message.hint,
            action: message.action,
            at,
            dismissed: false,
        });
    }

    /// Puts away notices that are not true any more. They stay in the list.
    fn withdraw(&mut self, is_over: impl Fn(&Notice) -> bool) {
        for notice in self
            .state
            .notices
            .iter_mut()
            .filter(|notice| is_over(notice))
        {
            notice.dismissed = true;
        }
    }

    /// Says in the status bar what was done, or why not.
    fn say(&mut self, text: impl Into<String>) {
        self.state.said = text.into();
    }
}
