//! The one integration binary: egui links once.

mod anchoring;
mod app_laws;
mod attributing;
mod bad_input;
mod beside;
mod choosing;
mod cli;
mod cli_suggest;
mod coding;
mod colours;
mod deciding;
mod decoding;
mod describing;
mod editing;
mod editing_laws;
mod evidence;
mod exchange;
mod faulty;
mod finding;
mod flows;
mod folder;
mod fuzzing;
mod golden;
mod hearing;
mod jumping;
mod late_answers;
mod menus;
mod mishaps;
mod occurrences;
mod offline;
mod overruling;
mod overruling_laws;
mod readme;
mod reanchoring;
mod remembering;
mod rescuing;
mod sample;
mod saving;
mod segment_laws;
mod segmenting;
mod settings;
mod settling;
mod sidecar;
mod steps;
mod suggesting;
mod tidy;
mod touring;
mod ui;
mod walking;
mod watching;

mod support {
    pub mod attributions;
    pub mod desk;
    pub mod driver;
    pub mod marks;
}
