//! Cases that are no files but something that happens to the app: what drives each, and whether it holds.
//!
//! A test of this binary is run again by itself; a part of `tests/faults/run.py` is run with a sample of its faults.
//! Neither counts where it was left out.

use std::collections::HashMap;
use std::process::Command as Process;
use std::time::Instant;

use super::Faults;

/// What drives a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum By {
    /// A test, by its path.
    Test(&'static str),
    /// A part of `tests/faults/run.py`.
    Part(&'static str),
}
use By::{Part, Test};

const DRIVERS: [(&str, &[By]); 24] = [
    (
        "d01_two_instances",
        &[
            Part("two"),
            Test("saving::two_who_save_at_the_same_time_lose_nothing"),
            Test("saving::whoever_opens_a_folder_sees_who_has_it_open"),
        ],
    ),
    ("d02_kill9_any_moment", &[Part("kill")]),
    ("d03_power_loss", &[Part("power")]),
    (
        "d04_enospc_every_step",
        &[
            Part("places"),
            Part("syscalls"),
            Test(
                "mishaps::a_full_or_protected_disk_keeps_the_old_file_and_takes_the_new_one_when_it_can",
            ),
        ],
    ),
    ("d05_quota_edquot", &[Part("limits")]),
    (
        "d06_fsync_eio",
        &[
            Part("limits"),
            Test("rescuing::written_but_not_confirmed_is_not_saved_and_is_written_again"),
        ],
    ),
    ("d07_dirfsync_einval", &[Part("limits")]),
    (
        "d08_folder_removed_while_open",
        &[
            Test("mishaps::what_was_tagged_in_a_folder_that_is_removed_is_kept"),
            Test("saving::a_folder_that_is_gone_is_not_made_again"),
        ],
    ),
    (
        "d09_folder_renamed",
        &[
            Test(
                "mishaps::a_folder_that_goes_away_is_not_made_again_and_its_tags_are_saved_when_it_is_back",
            ),
            Test("mishaps::what_was_kept_for_a_folder_is_offered_where_it_was_renamed_to"),
        ],
    ),
    (
        "d10_article_edited_while_open",
        &[Test(
            "mishaps::an_article_that_is_edited_while_it_is_open_keeps_the_text_that_was_annotated",
        )],
    ),
    (
        "d11_sidecar_edited_while_open",
        &[
            Test("rescuing::decisions_of_both_sides_are_merged_one_by_one"),
            Test("late_answers::undo_after_a_merge_does_not_take_back_what_somebody_else_wrote"),
            Test("saving::what_somebody_else_wrote_is_handed_back_and_stays"),
        ],
    ),
    (
        "d12_readonly_remount",
        &[
            Part("places"),
            Test(
                "mishaps::a_full_or_protected_disk_keeps_the_old_file_and_takes_the_new_one_when_it_can",
            ),
        ],
    ),
    (
        "d13_clock_backwards_1y",
        &[Test(
            "mishaps::a_clock_that_goes_back_hides_no_change_and_makes_none",
        )],
    ),
    (
        "d14_lock_file_stale",
        &[Test(
            "mishaps::the_lock_of_a_window_that_crashed_holds_up_nobody",
        )],
    ),
    (
        "d15_network_ns",
        &[Part("network"), Test("offline::no_network_crate_is_linked")],
    ),
    ("d16_sigterm_sighup_logout", &[Part("signals")]),
    ("d17_rlimit_nofile_32", &[Part("limits")]),
    ("d18_rlimit_fsize", &[Part("limits")]),
    ("d19_oom_rlimit_as_400m", &[Part("limits")]),
    (
        "d20_export_target_exists",
        &[
            Test("cli::what_exists_is_replaced_only_by_force"),
            Test("mishaps::an_export_never_takes_an_articles_place"),
        ],
    ),
    (
        "d21_export_dir_symlink_swap",
        &[Test("mishaps::an_export_writes_through_no_link")],
    ),
    ("d22_panic_in_ui", &[Part("signals")]),
    (
        "d23_undo_after_external_merge",
        &[
            Test("late_answers::undo_after_a_merge_does_not_take_back_what_somebody_else_wrote"),
            Test("late_answers::undo_after_a_merge_leaves_no_link_without_ends"),
        ],
    ),
    ("d24_closedir_eio", &[Part("limits")]),
];

/// Runs the drivers, each once.
#[derive(Default)]
pub struct Drivers(HashMap<By, Option<String>>);

impl Drivers {
    /// What is wrong with a case, and which drivers say so.
    pub fn examine(&mut self, id: &str) -> (Faults, String) {
        let Some((_, drivers)) = DRIVERS.iter().find(|(case, _)| *case == id) else {
            return (vec!["nothing drives it".to_owned()], String::new());
        };
        let mut faults = Faults::new();
        for by in *drivers {
            let found = self.0.entry(*by).or_insert_with(|| drive(*by));
            faults.extend(found.clone());
        }
        let names = drivers.iter().map(|by| match by {
            Test(name) => (*name).to_owned(),
            Part(name) => format!("tests/faults/run.py {name}"),
        });
        (faults, names.collect::<Vec<_>>().join(", "))
    }
}

/// Returns what went wrong.
fn drive(by: By) -> Option<String> {
    let itself = std::env::current_exe().expect("this test");
    let since = Instant::now();
    let mut process = match by {
        Test(name) => {
            let mut test = Process::new(itself);
            test.args([name, "--exact", "--nocapture"]);
            test
        }
        Part(name) => {
            let mut part = Process::new("python3");
            part.args(["tests/faults/run.py", "--quick", "--driver"]);
            part.arg(itself).arg(name);
            part
        }
    };
    let output = process
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let is_left_out = said.contains("skipped:") || said.contains("left out here");
    let is_fine = match by {
        Test(_) => output.status.success() && said.contains("1 passed"),
        Part(_) => output.status.success(),
    };
    if let Part(_) = by {
        let seconds = since.elapsed().as_secs();
        println!(
            "     {} ({seconds} s)",
            said.lines().next().unwrap_or_default()
        );
    }
    (!is_fine || is_left_out).then(|| {
        let err = String::from_utf8_lossy(&output.stderr);
        format!("{by:?}: {said}{err}")
    })
}
