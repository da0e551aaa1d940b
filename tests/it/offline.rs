//! Nothing reaches a network: no crate that could is linked, and no code of ours asks for one.
//!
//! The other half is in `tests/e2e/offline`: the real window without any network, with its system calls watched.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::driver::Driver;

/// Crates that speak a network's protocols, find names in it, or hand addresses to a browser.
const NETWORK: &[&str] = &[
    "actix-web",
    "attohttpc",
    "awc",
    "axum",
    "curl",
    "curl-sys",
    "git2",
    "h2",
    "h3",
    "hickory-resolver",
    "http",
    "hyper",
    "hyper-util",
    "isahc",
    "minreq",
    "native-tls",
    "open",
    "opener",
    "openssl",
    "openssl-sys",
    "opentelemetry",
    "quinn",
    "reqwest",
    "rustls",
    "self_update",
    "sentry",
    "socket2",
    "ssh2",
    "surf",
    "tungstenite",
    "ureq",
    "webbrowser",
    "webpki-roots",
    "ws",
];

/// Runtimes that could open sockets. The desktop's own bus needs none of them here.
const RUNTIMES: &[&str] = &["async-std", "smol", "tokio"];

/// What code of ours would say to reach out: sockets, other programs, links.
const WORDS: &[&str] = &[
    "std::net",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
    "process::Command",
    "Command::new",
    "open_url",
    "OpenUrl",
    "hyperlink(",
    "Hyperlink",
    "xdg-open",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The crates that are linked into the program, as `cargo tree` lists them.
fn lines(more: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--offline", "--edges", "normal"])
        .args(more)
        .current_dir(root())
        .output()
        .expect("cargo tree");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{err}");
    String::from_utf8(output.stdout).expect("names")
}

/// Their names.
fn linked() -> BTreeSet<String> {
    let lines = lines(&["--prefix", "none", "--format", "{p}"]);
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

fn among<'a>(names: &[&'a str], tree: &BTreeSet<String>) -> Vec<&'a str> {
    names
        .iter()
        .copied()
        .filter(|name| tree.contains(*name))
        .collect()
}

#[test]
fn no_network_crate_is_linked() {
    let here = linked();
    assert!(here.contains("eframe"), "the tree was read");
    assert_eq!(among(NETWORK, &here), [""; 0]);
    assert_eq!(among(RUNTIMES, &here), [""; 0]);
    // What watches the folder waits for it with mio, which has sockets only as its feature `net`.
    let mio = lines(&["--prefix", "none", "--format", "{p} {f}"]);
    let mio = mio.lines().find(|line| line.starts_with("mio "));
    let mio = mio.expect("mio is linked");
    assert!(mio.contains("os-poll") && !mio.contains("net"), "{mio}");
}

#[test]
fn no_network_crate_waits_in_the_lock_file() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let names = lock.lines().filter_map(|line| line.strip_prefix("name = "));
    let names: BTreeSet<String> = names
        .map(|name| name.trim_matches('"').to_owned())
        .collect();
    assert!(names.contains("eframe"), "the file was read");
    assert_eq!(among(NETWORK, &names), [""; 0]);
}

#[test]
fn no_code_of_ours_reaches_out() {
    let mut folders = vec![root().join("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            let words = WORDS.iter().filter(|word| text.contains(**word));
            found.extend(words.map(|word| format!("{}: {word}", path.display())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_address_in_an_article_is_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "See https://example.org/a and <a href=\"http://example.org\">here</a>.\n";
    fs::write(folder.path().join("a.txt"), text).expect("an article");
    let mut window = Driver::open(folder.path());
    window.keys("↓ → Enter C Enter").settle();
    let asked = &window.harness.output().platform_output.commands;
    let opens = |command: &egui::OutputCommand| matches!(command, egui::OutputCommand::OpenUrl(_));
    assert!(!asked.iter().any(opens), "{asked:?}");
}
