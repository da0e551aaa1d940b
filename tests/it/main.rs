//! The one integration binary: egui links once.
