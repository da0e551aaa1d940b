//! The one integration binary: egui links once.

mod anchoring;
mod app_laws;
mod cli;
mod decoding;
mod editing;
mod editing_laws;
mod exchange;
mod flows;
mod folder;
mod readme;
mod sample;
mod saving;
mod segment_laws;
mod segmenting;
mod sidecar;
mod suggesting;
mod tidy;
mod ui;

mod support {
    pub mod driver;
    pub mod marks;
}
