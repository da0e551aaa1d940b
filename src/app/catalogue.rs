//! Every command there is, with its name, its keys and one sentence of help.
//!
//! Menus, tooltips, the palette, the help page and the README's key table all read this list. What a command does to
//! the state at hand is decided by `resolve`; which keys are in force is `keymap`'s.

macro_rules! commands {
    ($($kind:ident $group:ident $name:literal [$($key:literal)*] $help:literal;)*) => {
        /// A command as it can be listed: without its target.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum CommandKind {
            $(#[doc = $help] $kind,)*
        }

        impl CommandKind {
            /// All commands, in the order of menus.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// Its name in the settings file.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$kind => stringify!($kind),)* }
            }

            /// Its name in menus.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// Where it stands in the menus.
            pub const fn group(self) -> Group {
                match self { $(Self::$kind => Group::$group,)* }
            }

            /// The keys that it has unless the person changed them; the first is taught.
            pub const fn keys(self) -> &'static [&'static str] {
                match self { $(Self::$kind => &[$($key,)*],)* }
            }

            /// What it does, in one sentence.
            pub const fn help(self) -> &'static str {
                match self { $(Self::$kind => $help,)* }
            }
        }
    };
}

/// A menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Folder, export, settings.
    File,
    /// Undo, copy, notes.
    Edit,
    /// The tags themselves.
    Tag,
    /// Moving about.
    Go,
    /// Finding words, and going to places by name or number.
    Find,
    /// What is shown.
    View,
    /// Learning.
    Help,
}

impl Group {
    /// All menus in their order.
    pub const ALL: [Self; 7] = [
        Self::File,
        Self::Edit,
        Self::Tag,
        Self::Go,
        Self::Find,
        Self::View,
        Self::Help,
    ];

    /// Its title.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Tag => "Tag",
            Self::Go => "Go",
            Self::Find => "Find",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

commands! {
    OpenFolder File "Open folder…" ["Ctrl+O"] "Opens a folder of article text files.";
    OpenSample File "Open the sample" [] "Opens the bundled sample articles.";
    Refresh File "Read the folder again" ["F5"] "Looks for new, changed and removed articles.";
    Export File "Export…" ["Ctrl+E"] "Writes the annotations of this folder for another program.";
    Outside File "Missing articles and copies…" [] "Shows articles that are not there any more, and copies of files with tags that programs which sync folders made.";
    SaveNow File "Save now" ["Ctrl+S"] "Says when everything was saved; saving happens by itself.";
    Settings File "Settings…" ["Ctrl+,"] "Your name, the theme, how the text is set, the keys.";
    Quit File "Quit" ["Ctrl+Q"] "Closes Pressmark when everything is saved.";

    Undo Edit "Undo" ["Ctrl+Z"] "Takes back the last step.";
    Redo Edit "Redo" ["Ctrl+Shift+Z" "Ctrl+Y"] "Does again what was taken back.";
    Copy Edit "Copy" ["Ctrl+C"] "Copies the selected or focused text.";
    CopyCited Edit "Copy with its source" ["Ctrl+Shift+C"] "Copies the words with who says them, the article and the paragraph.";
    Delete Edit "Remove" ["Delete" "Backspace"] "Removes the annotation.";
    Note Edit "Note" ["N"] "Writes a note on the annotation, or on the text that has the focus.";
    Verdict Edit "Verdict" ["V"] "Sets the verdict on a claim.";
    Evidence Edit "Evidence…" [] "Adds a piece of evidence to a claim: what it is, what it says, where and when you saw it.";
    Retag Edit "Retag" ["T"] "Turns the annotation into one of another layer, or gives it another code.";
    Attach Edit "Attach here" ["H"] "Puts the annotation that lost its place on the selected or focused words.";
    ConfirmMoved Edit "Confirm all that moved" ["Ctrl+Shift+H"] "Takes the new places of all tags whose very words were found elsewhere, as one step.";
    OtherEdge Edit "Other edge" ["B"] "Changes which edge Shift and the arrows move.";
    MarkDone Edit "Done, next article" ["M"] "Marks the article as done (or in work again) and goes on to the next one that is not.";
    ClearTags Edit "Clear all tags of this article" [] "Removes every tag of this article, as one step.";

    Claim Tag "Claim" ["C"] "Tags a claim.";
    Person Tag "Person" ["P"] "Tags a named person.";
    Source Tag "Source: who says this?" ["S"] "Says who speaks: tags a source, or links the quote or claim to one; 0 in its list: no source stated.";
    Quote Tag "Quote" ["Q"] "Tags a quote with cue and speaker as the rules find them; again: the whole sentence.";
    Cue Tag "Cue" ["U"] "Makes the selected or focused words the quote’s cue; on a quote, lists what may be its cue (0: none).";
    Relay Tag "Relayed by" ["R"] "Says who passed the quote on.";
    AboutWhom Tag "About whom" ["L"] "Says which person a claim is about.";
    Describe Tag "Describe" ["I"] "Says what a source is in this article (identified how, what kind, for whom; again: why unnamed), or a claim’s type, priority and state.";
    AddFragment Tag "Add a fragment" ["Shift+Q" "Shift+C" "Shift+P" "Shift+S"] "Adds the words to the annotation that last had the focus.";
    AllOccurrences Tag "All occurrences" ["A" "*"] "Shows every other place of these words in the article: digits leave one out, Enter tags the rest.";
    AllInFolder Tag "All occurrences in the folder…" ["Ctrl+Shift+A"] "Looks for these words in every article, and tags all that you do not leave out, as one step.";
    Code Tag "Code…" ["E"] "Tags with a code of the folder’s codebook, by its name; a new name makes a new code. On a claim: adds evidence.";
    CodeByDigit Tag "Code by digit" ["1" "2" "3" "4" "5" "6" "7" "8" "9"] "Tags with the code that has this digit in the folder’s codebook.";
    Codebook Tag "Codebook…" ["Ctrl+B"] "Shows the folder’s codes: what they mean, when to use them, their colours and digits.";
    Repeat Tag "Repeat" ["."] "Repeats the last tag on what has the focus.";
    Accept Tag "Accept or edit" ["Enter"] "Accepts the suggestion, or the new place of a tag that moved, and goes on to the next; on another annotation, goes to its editor.";
    Reject Tag "Reject" ["X"] "Rejects the suggestion, or removes the tag that lost its place, and goes on to the next; takes back a proposed quote, or unlinks the speaker.";
    AcceptSure Tag "Accept all sure ones in view" ["Ctrl+Shift+Enter"] "Accepts every suggestion in view that is sure, as one step.";

    SplitSentence Tag "Split the sentence" ["/"] "Begins a new sentence at the word that has the focus, or where the selection begins.";
    JoinSentences Tag "Join with the next sentence" ["+"] "Makes one sentence of this and the next.";
    QuoteOrNot Tag "Quote or not" ["\""] "Says that these quotation marks hold no quote, or that these words are one.";

    ParagraphDown Go "Next paragraph" ["ArrowDown"] "Moves to the next paragraph.";
    ParagraphUp Go "Previous paragraph" ["ArrowUp"] "Moves to the previous paragraph.";
    Right Go "Next sentence, word or letter" ["ArrowRight"] "Moves on at the level of the focus.";
    Left Go "Previous sentence, word or letter" ["ArrowLeft"] "Moves back at the level of the focus.";
    ExtendRight Go "Extend to the right" ["Shift+ArrowRight"] "Moves the edge of the selection, or of the annotation, to the right.";
    ExtendLeft Go "Extend to the left" ["Shift+ArrowLeft"] "Moves the edge of the selection, or of the annotation, to the left.";
    ExtendDown Go "Extend by a paragraph" ["Shift+ArrowDown"] "Moves the edge of the selection to the next paragraph’s end.";
    ExtendUp Go "Extend back by a paragraph" ["Shift+ArrowUp"] "Moves the edge of the selection to the paragraph’s start.";
    ExtendToEnd Go "Extend to the sentence’s end" ["Shift+End"] "Extends to the sentence’s end without its full stop.";
    ExtendToStart Go "Extend to the sentence’s start" ["Shift+Home"] "Extends to the sentence’s start.";
    Finer Go "Finer" ["W"] "Goes from the sentence to its words, from the word to its letters.";
    NextQuote Go "Next quote" ["J" "]"] "Goes to the next passage in quotation marks.";
    PreviousQuote Go "Previous quote" ["K" "["] "Goes to the previous passage in quotation marks.";
    NextAnnotation Go "Next annotation or suggestion" ["Tab"] "Goes to the next annotation or suggestion.";
    PreviousAnnotation Go "Previous annotation or suggestion" ["Shift+Tab"] "Goes to the previous annotation or suggestion.";
    Cycle Go "Through what overlaps" ["O"] "Goes through the annotations that lie over each other here.";
    GoRecord Go "Record and back" ["G"] "Goes to the person or organisation behind this, and back to the same letter.";
    NextProblem Go "Next problem" ["F8"] "Goes to the next quote without a speaker, tag without a certain place, claim to check again, or conflict of a merge.";
    NextArticle Go "Next article" ["Ctrl+PageDown"] "Opens the next article.";
    PreviousArticle Go "Previous article" ["Ctrl+PageUp"] "Opens the previous article.";
    PageDown Go "Page down" ["Space" "PageDown"] "Scrolls on by a page.";
    PageUp Go "Page up" ["Shift+Space" "PageUp"] "Scrolls back by a page.";
    Start Go "Start of the article" ["Home" "Ctrl+Home"] "Goes to the first paragraph.";
    End Go "End of the article" ["End" "Ctrl+End"] "Goes to the last paragraph.";
    Back Go "One step back" ["Escape"] "Leaves the pick list, the field, the find bar, the selection, the letter, the word, the annotation: one step at a time.";

    Find Find "Find in the article…" ["Ctrl+F"] "Finds words in this article; selected words are taken over.";
    FindNext Find "Next hit" ["F3"] "Goes to the next hit; with words selected, finds those.";
    FindPrevious Find "Previous hit" ["Shift+F3"] "Goes to the previous hit.";
    FindWord Find "Whole words" ["Alt+W"] "Finds what was typed only where it begins and ends a word.";
    FindCase Find "Match case" ["Alt+C"] "Tells capitals from small letters when finding.";
    FindAccents Find "Match accents" ["Alt+A"] "Tells é from e, and ’ from ', when finding.";
    FindRegex Find "Regular expression" ["Alt+R"] "Reads what was typed as a pattern: \\d+ finds numbers, ^ is a line’s start.";
    GoTo Find "Go to a place…" ["Ctrl+G"] "Goes to a paragraph by its number, to a percentage, or to a tag or heading by its words.";
    PlaceBack Find "Back to the place before" ["Alt+ArrowLeft"] "Goes back to where you were before the last jump.";
    PlaceForward Find "Forward again" ["Alt+ArrowRight"] "Goes forward to where you were before going back.";
    NextUntagged Find "Next paragraph without a tag" ["Ctrl+ArrowDown"] "Goes to the next paragraph in which nothing is tagged.";
    NextUnfinished Find "Next unfinished article" ["Ctrl+Shift+PageDown"] "Opens the next article that is not done, and leaves this one as it is.";

    Palette View "Go to anything, do anything…" ["Ctrl+P" "Ctrl+Shift+P"] "Finds commands, articles, people, tags and paragraphs by a few letters.";
    FilterArticles View "Filter articles" ["Ctrl+Shift+L"] "Goes to the filter over the list of articles.";
    NextRegion View "Next region" ["F6"] "Goes on to the list, the text or the panel.";
    PreviousRegion View "Previous region" ["Shift+F6"] "Goes back to the panel, the text or the list.";
    OpenMenu View "Menu of what has the focus" ["Shift+F10" "Menu"] "Opens the menu that a right click opens, on the text or the row that has the focus.";
    ToggleList View "Article list" ["Ctrl+1"] "Shows or hides the list of articles.";
    TogglePanel View "Annotation panel" ["Ctrl+2"] "Shows or hides the panel of annotations.";
    Beside View "Two articles side by side" ["Ctrl+D" "Ctrl+\\"] "Opens the next article beside this one; again: closes the other one.";
    OtherArticle View "The other article" ["Ctrl+Tab"] "Goes to the other one of two articles that stand side by side.";
    OnlyText View "Only the text" ["F11"] "Fills the screen with the text and nothing else; Esc brings the rest back.";
    SuggestQuotes View "Suggest quotes" ["Ctrl+3"] "Shows or hides suggested quotes with their speakers.";
    SuggestPeople View "Suggest people" ["Ctrl+4"] "Shows or hides suggested names of persons.";
    SuggestClaims View "Suggest claims" ["Ctrl+5"] "Shows or hides sentences that may be worth checking.";
    ZoomIn View "Larger" ["Ctrl+Plus" "Ctrl+Equals"] "Makes everything larger.";
    ZoomOut View "Smaller" ["Ctrl+Minus"] "Makes everything smaller.";
    ZoomReset View "Normal size" ["Ctrl+0"] "Shows everything in its normal size.";
    ToggleTheme View "Light or dark" ["Ctrl+Shift+T"] "Changes between the light and the dark theme.";

    Tour Help "Tour of the sample" [] "Shows round in six short steps, over the bundled sample articles.";
    Help Help "Help and keys" ["F1"] "Shows the help page.";
    Notices Help "What happened" [] "Shows the messages of this run.";
    About Help "About Pressmark" [] "Shows the version and the licences.";
}
