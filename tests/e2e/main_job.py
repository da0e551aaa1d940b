"""The main job in a real window: open, select with the mouse, tag, note, undo, be killed, start again, export.

usage: main_job.py BINARY
Prints one line a check and ends with "N passed, M failed".
"""

import csv
import hashlib
import html
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from window import Display, Window

ARTICLES = {
    "1-plain.txt": (
        "Bridge at Elmsund closes for repairs\n"
        "The old bridge at Elmsund will close for six weeks from Monday, Karin Halvorsen, the harbour engineer, said on Friday.\n"
        "“We found 214 loose bolts,” Halvorsen told reporters. “Nobody should lose sleep, but nobody should drive over it either.”\n"
        "According to the county, about 9,000 cars cross the bridge every day.\n"
    ).encode(),
    "2-emoji.txt": (
        "Goat on the market square 🐐\n"
        "A goat named Zoë\u0308 stood on the square for three hours 👩‍👩‍👧, Ola Nyga\u030ard, the mayor, said.\n"
        "“It ate 12 cabbages 🥬🥬,” Nyga\u030ard said. “We were charmed.”\n"
    ).encode(),
    "3-crlf.txt": (
        "Ferry fares rise\r\n"
        "Fares rise by 4 per cent in May, Ferdinand Roux told the council.\r\n"
        "“It is the fuel,” Roux said.\r\n"
    ).encode(),
    "4-utf16.txt": "\ufeff".encode("utf-16-le") + (
        "Library keeps its hours 📚\r\n"
        "The library stays open until ten, Iris Adeyemi said on Tuesday.\r\n"
        "“People read late,” Adeyemi said.\r\n"
    ).encode("utf-16-le"),
}

HEADLINES = {
    "1-plain.txt": "Bridge at Elmsund",
    "2-emoji.txt": "Goat on the market",
    "3-crlf.txt": "Ferry fares rise",
    "4-utf16.txt": "Library keeps its hours",
}

results = []


def check(what, is_so, detail=""):
    results.append(bool(is_so))
    print(("ok   " if is_so else "FAIL ") + what + (f": {detail}" if detail and not is_so else ""), flush=True)


def fingerprint(path):
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns


def read_sidecar(path):
    """The ten lines a stranger would write."""
    sidecar = json.loads(path.read_text(encoding="utf-8"))
    article = path.with_name(sidecar["article"]["file"])
    text = open(article, encoding=sidecar["article"]["encoding"]).read().removeprefix("\ufeff")
    parts = [f for a in sidecar["annotations"] for f in a["at"] + a.get("cue", [])]
    wrong = [f for f in parts if text[f["start"]:f["end"]] != f["exact"]]
    return sidecar, text, wrong


def tag_article(window):
    """A claim, a person and a source by mouse and key, a note, undo and redo."""
    # A drag along a row of the second paragraph, a double click on one of its words, a triple click on its sentence.
    window.drag(330, 172, 640, 172)
    window.keys("c")
    window.keys("n")
    window.type("ask the county")
    window.keys("Escape", "Escape")
    window.wait_saved()
    window.click(450, 172, times=2)
    window.keys("p")
    window.click(360, 172, times=3)
    window.keys("q")
    window.wait_saved()
    window.click(400, 172, times=2)
    window.keys("s")
    window.keys("Escape")
    window.wait_saved()


def main(binary):
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        folder = base / "articles"
        folder.mkdir()
        for name, data in ARTICLES.items():
            (folder / name).write_bytes(data)
        before = {name: fingerprint(folder / name) for name in ARTICLES}
        home = base / "home"
        home.mkdir()
        display = Display(home)
        try:
            run(binary, folder, display)
        finally:
            display.close()
        after = {name: fingerprint(folder / name) for name in ARTICLES}
        check("article bytes and times are unchanged", before == after)
        exports(binary, folder, base)


def run(binary, folder, display):
    window = Window(display, binary, folder)
    for at, name in enumerate(ARTICLES):
        if at:
            window.keys("ctrl+Next")
        window.wait_open(HEADLINES[name])
        tag_article(window)
        window.shot(f"tagged-{at + 1}")
        sidecar, _, wrong = read_sidecar(folder / f"{name}.ann.json")
        layers = sorted({a["layer"] for a in sidecar["annotations"]})
        check(f"{name}: claim, person or source, quote are there", {"claim", "quote"} <= set(layers) and len(layers) >= 3, layers)
        check(f"{name}: the note was written", any(a.get("note") == "ask the county" for a in sidecar["annotations"]))
        check(f"{name}: every text[start:end] is its exact", not wrong, wrong)
        count = len(sidecar["annotations"])
        window.keys("ctrl+z")
        window.wait_saved()
        undone = len(read_sidecar(folder / f"{name}.ann.json")[0]["annotations"])
        window.keys("ctrl+shift+z")
        window.wait_saved()
        redone, _, wrong = read_sidecar(folder / f"{name}.ann.json")
        check(f"{name}: undo takes the last step back and redo does it again", undone <= count == len(redone["annotations"]) and not wrong)
        check(f"{name}: redo restores the very same annotations", redone["annotations"] == sidecar["annotations"])

    # Killed as soon as the window says Saved; then everything must be there again, in the window.
    last = list(ARTICLES)[-1]
    window.keys("ctrl+Home", "Down", "Right", "c")
    window.wait_saved()
    window.kill()
    saved = {name: read_sidecar(folder / f"{name}.ann.json")[0] for name in ARTICLES}
    window = Window(display, binary)
    window.wait_open(HEADLINES[last])
    check("it opens again where it was", True)
    check("a killed run leaves whole sidecars", all(s["annotations"] for s in saved.values()))
    expected = [" … ".join(f["exact"] for f in a["at"]) for a in saved[last]["annotations"]]
    shown = []
    # Tab stops at suggestions, too: here only what was tagged counts.
    window.keys("ctrl+3", "ctrl+4", "ctrl+5", "ctrl+Home")
    for _ in expected:
        window.keys("Tab")
        shown.append(window.copied())
    window.shot("after-kill")
    check("every annotation that was called Saved is shown again", sorted(shown) == sorted(expected), (shown, expected))
    check("it closes when asked", window.quit() == 0)


def exports(binary, folder, base):
    sidecars = {name: read_sidecar(folder / f"{name}.ann.json") for name in ARTICLES}
    exact = {(name, a["id"], f["exact"]) for name, (s, _, _) in sidecars.items() for a in s["annotations"] for f in a["at"]}
    for form in ("csv", "html", "jsonl"):
        done = subprocess.run([binary, "export", folder, "--format", form, "--out", base / form], capture_output=True, text=True)
        check(f"export as {form} works", done.returncode == 0, done.stderr)
        again = subprocess.run([binary, "export", folder, "--format", form, "--out", base / form], capture_output=True)
        check(f"export as {form} does not overwrite unasked", again.returncode == 2)
    rows = list(csv.DictReader(open(base / "csv" / "spans.csv", encoding="utf-8-sig", newline="")))
    bare = lambda cell: cell[1:] if cell.startswith("'") else cell
    in_csv = {(r["doc"], r["id"], bare(r["text"])) for r in rows if not r["id"].endswith("#cue")}
    check("the CSV holds the same texts", in_csv == exact, in_csv ^ exact)
    wrong = [r for r in rows if sidecars[r["doc"]][1][int(r["start_cp"]):int(r["end_cp"])] != bare(r["text"])]
    check("the CSV's offsets cover them", not wrong, wrong)
    pages = {p.name: p.read_text(encoding="utf-8") for p in (base / "html").iterdir()}
    check("there is a page an article", len(pages) == len(ARTICLES), list(pages))
    whole = {name: next(p for n, p in pages.items() if n.startswith(name.removesuffix(".txt"))) for name in ARTICLES}
    for name, page in whole.items():
        body = re.search(r'<pre id="article"[^>]*>\n?(.*?)</pre>', page, re.S).group(1)
        text = html.unescape(re.sub(r"<[^>]+>", "", body))
        check(f"{name}: the page holds the article's text", text.strip("\n") == sidecars[name][1].strip("\n"))
        ids = set(re.findall(r'data-ids="([^"]*)"', body))
        marked = {i for group in ids for i in group.split()}
        check(f"{name}: every annotation is marked on its page", {a["id"] for a in sidecars[name][0]["annotations"]} <= marked)
    done = subprocess.run([binary, "check", folder], capture_output=True, text=True)
    bad = [line for line in done.stdout.splitlines() if json.loads(line)["severity"] == "error"]
    check("check finds no error", not bad, bad)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    sys.exit(0 if results and all(results) else 1)
