"""Walks each persona's day through the real window by keys alone, and checks at every station what must have come of it.

usage: walks.py BINARY [--persona NAME] [--theme light|dark] [--size 1280x800|2560x1440] [--shots DIR]
A station is a name, its keys and a check. Keys are xdotool's names with white space between them; what stands behind a
colon is typed, and | stands for a picture between two keys. The window begins with fresh settings and a copy of the sample. What the program has nothing for yet is
printed as missing, never faked.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from window import Display, Window

SCALE = {"1280x800": "1", "2560x1440": "2"}
# The window fills the screen, so that a picture shows all of it and nothing else.
OPENBOX = """<openbox_config xmlns="http://openbox.org/3.4/rc"><applications><application class="*">
<decor>no</decor><maximized>yes</maximized></application></applications></openbox_config>"""


class Walk:
    """One persona's day: the window, the folder it works on, and what the stations left behind."""

    def __init__(self, binary, base, theme, size, shots):
        self.binary, self.shots, self.folder = binary, shots, base / "articles"
        subprocess.run([binary, "sample", self.folder, "--no-window"], check=True, capture_output=True)
        home = base / "home"
        for name, content in (("openbox/rc.xml", OPENBOX), ("pressmark/settings.json", json.dumps({"theme": theme}))):
            path = home / "config" / name
            path.parent.mkdir(parents=True)
            path.write_text(content)
        self.settings_file = path
        self.display = Display(home, size)
        self.display.env["WINIT_X11_SCALE_FACTOR"] = SCALE[size]
        self.window = Window(self.display, binary)
        self.window.tool("mousemove", "9999", "9999")
        self.window.wait("the window to be there", lambda: "Pressmark" in self.window.title())
        time.sleep(0.5)
        self.keys = self.letters = 0

    def press(self, keys, name):
        for key in shlex.split(keys.format(folder=self.folder)):
            if key == "|":
                self.shot(f"{name}-before")
            elif key.startswith(":"):
                self.window.type(key[1:])
                self.letters += len(key) - 1
            else:
                self.window.keys(key)
                self.keys += 1
                time.sleep(0.06)

    def shot(self, name):
        if self.shots:
            time.sleep(0.4)
            subprocess.run(["import", "-window", "root", str(self.shots / f"{name}.png")], env=self.display.env)

    # What stations look at.

    def open_folder(self):
        return Path(self.settings()["last_folder"] or self.folder)

    def sidecar(self, article):
        path = self.open_folder() / f"{article}.ann.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def tags(self, article, layer, **attrs):
        """The annotations of a layer that have these attributes."""
        tags = self.sidecar(article).get("annotations", [])
        fits = lambda a: all(a.get("attrs", {}).get(key) == value for key, value in attrs.items())
        return [a for a in tags if a["layer"] == layer and fits(a)]

    def evidence(self, article):
        return [piece for claim in self.tags(article, "claim") for piece in claim["attrs"].get("evidence", [])]

    def links(self, article, kind):
        return [r for r in self.sidecar(article).get("relations", []) if r["type"] == kind]

    def cast(self, article, **attrs):
        fits = lambda c: all(c.get("attrs", {}).get(key) == value for key, value in attrs.items())
        return [c for c in self.sidecar(article).get("cast", []) if fits(c)]

    def settings(self):
        return json.loads(self.settings_file.read_text(encoding="utf-8"))

    def codebook(self):
        path = self.open_folder() / "pressmark.codebook.json"
        return json.loads(path.read_text(encoding="utf-8"))["codes"] if path.exists() else []

    def codes(self, article, name):
        ids = [code["id"] for code in self.codebook() if code["name"] == name]
        return [tag for id in ids for tag in self.tags(article, "code", code=id)]

    def exported(self, name):
        """Whether a file of that name was exported and holds something."""
        return any(path.stat().st_size > 1000 for path in self.folder.with_name("articles-export").glob(name))

    def offsets_hold(self, article):
        sidecar = self.sidecar(article)
        places = [f for a in sidecar["annotations"] for f in a["at"]]
        return places and all(sidecar["text"][f["start"]:f["end"]] == f["exact"] for f in places)

    def check(self):
        done = subprocess.run([self.binary, "check", self.folder], capture_output=True, text=True)
        return [line for line in done.stdout.splitlines() if json.loads(line)["severity"] == "error"]

    def title(self):
        return self.window.title()

    def copied(self):
        return self.window.copied()


def station(name, keys, check):
    return name, keys, check


def missing(name, why):
    return name, None, why


OPEN = station("open the folder", 'Tab Tab ":{folder}" Return', lambda w: "articles – Pressmark" in w.title())
NO_TOUR = station("leave the tour", "Escape Right", lambda w: w.copied().startswith("Dockers walk out"))
NIGHT, INQUIRY, GOAT, HARBOUR = "river/flood-night.txt", "river/flood-inquiry.txt", "market-goat.txt", "harbour-strike.txt"


def export(form, arrows, expected):
    """Exports to the place that is proposed; the arrows choose the format."""
    return station(f"export {form}", f"ctrl+e {arrows} | Return", lambda w: w.exported(expected))


PERSONAS = {
    "fact-checker": [
        OPEN,
        NO_TOUR,
        station("go to an article", 'ctrl+p ":flood inq" | Return', lambda w: w.title().startswith("Warning siren")),
        station("only claims", "ctrl+3 ctrl+4", lambda w: not w.settings()["suggest_quotes"] and w.settings()["suggest_claims"]),
        station("next checkable sentence", "Tab", lambda w: w.copied().startswith("More than 400 homes")),
        station("make it a claim", "c", lambda w: len(w.tags(INQUIRY, "claim")) == 1),
        station("type and priority", "i | 1 Escape", lambda w: w.tags(INQUIRY, "claim", type="quantity", priority=1)),
        station("claimant", "s | 1", lambda w: w.links(INQUIRY, "claimed by")),
        station("evidence", 'e ":Fire brigade log, 06:10" | Escape', lambda w: w.evidence(INQUIRY)),
        station("note what was found", 'n ":Fire brigade log, 06:10: 412 addresses." Escape',
                lambda w: any("412" in claim.get("note", "") for claim in w.tags(INQUIRY, "claim"))),
        station("verdict", "v | 2", lambda w: w.tags(INQUIRY, "claim", verdict="mostly true")),
        missing("same claim elsewhere", "Ctrl+Shift+A finds the very words in other articles, but not the same claim in other words"),
        station("next checkable sentence by its suggestion", "Tab Tab Return", lambda w: len(w.tags(INQUIRY, "claim")) == 2),
        station("sign off", "m", lambda w: w.sidecar(INQUIRY).get("status") == "done"),
        export("html", "Down Down", "river__flood-inquiry.html"),
        export("csv", "Up Up", "spans.csv"),
    ],
    "researcher": [
        OPEN,
        NO_TOUR,
        station("codebook", 'ctrl+b :economy Return :harm Return :humour Return | Escape Escape',
                lambda w: [c["key"] for c in w.codebook()] == [1, 2, 3]),
        missing("sample", "no command draws a random sample of a folder's articles"),
        missing("article variables", "outlet, date and the like are kept when a sidecar has them, but cannot be set"),
        station("next unfinished article", "ctrl+shift+Next ctrl+shift+Next ctrl+shift+Next", lambda w: w.title().startswith("A goat took")),
        station("code paragraphs with digits", "Down Down 2 Down 1 Down 2 1", lambda w: len(w.tags(GOAT, "code")) == 4),
        station("memo", 'n ":Harm, but meant as a joke?" Escape',
                lambda w: any("joke" in code.get("note", "") for code in w.tags(GOAT, "code"))),
        station("another code", "t | 3", lambda w: len(w.codes(GOAT, "humour")) == 1 and len(w.codes(GOAT, "economy")) == 1),
        station("take it back", "ctrl+z", lambda w: not w.codes(GOAT, "humour") and len(w.codes(GOAT, "economy")) == 2),
        station("next paragraph without a code", "Escape ctrl+Down e :eco | Return", lambda w: len(w.codes(GOAT, "economy")) == 3),
        station("two articles side by side", "ctrl+d", lambda w: any(place.get("beside") for place in w.settings()["places"].values())),
        station("done", "ctrl+Tab ctrl+d m", lambda w: w.sidecar(GOAT).get("status") == "done"),
        missing("compare coders", "one sidecar an article: a second coder's copy can be merged, not compared"),
        missing("agreement", "no figure of agreement is worked out"),
        export("csv", "", "spans.csv"),
    ],
    "standards editor": [
        OPEN,
        NO_TOUR,
        station("go to an article", 'ctrl+p ":flood inq" | Return', lambda w: w.title().startswith("Warning siren")),
        station("only quotes", "ctrl+4 ctrl+5", lambda w: not w.settings()["suggest_people"] and not w.settings()["suggest_claims"]),
        station("accept what is sure in view", "ctrl+shift+Return", lambda w: len(w.tags(INQUIRY, "quote")) >= 2),
        station("accept one by one", "Return Return Return Return", lambda w: len(w.links(INQUIRY, "said by")) >= 5),
        station("type a source once", "shift+Tab i | 1 0", lambda w: w.cast(INQUIRY, affiliation="government")),
        station("find the anonymous source", "ctrl+f :engineer | Escape Escape Tab Return",
                lambda w: any("engineer" in c["name"] for c in w.cast(INQUIRY, identification="described but unnamed"))),
        station("its kind, and why it is unnamed", "i 1 i | 5", lambda w: w.cast(INQUIRY, anonymity_reason="legal")),
        missing("audit sheet", "no page counts an article's sources; the HTML export lists them with what each is"),
        station("walk the red items", "Escape shift+Tab x Home F8", lambda w: w.copied().startswith("staff had been warned")),
        missing("report for the week", "nothing sums up a folder's articles"),
        export("html", "Down Down", "river__flood-inquiry.html"),
    ],
    "corpus builder": [
        OPEN,
        NO_TOUR,
        missing("pre-annotations", "other tools' formats are not read; sidecars in Pressmark's own format are"),
        missing("strict schema", "the layers and their vocabularies are fixed; codes are free"),
        station("go to an article with emoji", 'ctrl+p :goat Return', lambda w: w.title().startswith("A goat took")),
        station("content, cue and source", "Down Down Down Right Right q", lambda w: w.links(GOAT, "said by") and w.tags(GOAT, "quote")[0].get("cue")),
        station("offsets hold behind emoji", "ctrl+s", lambda w: w.offsets_hold(GOAT)),
        station("next article", 'ctrl+p ":flood inq" | Return', lambda w: w.title().startswith("Warning siren")),
        station("every mention of a name", "Down Down Down Right p a | Return", lambda w: len(w.tags(INQUIRY, "person")) == 3),
        station("and in the whole folder", "ctrl+shift+a | Return", lambda w: w.tags(NIGHT, "person")),
        station("validate", "F8", lambda w: w.check() == []),
        missing("train, dev and test", "an export is one set; nothing splits it"),
        export("jsonl", "Down", "*.jsonl"),
    ],
    "student": [
        station("sample folder", "Tab Return", lambda w: w.title().startswith("Dockers walk out")),
        station("tour: walk", "Tab", lambda w: w.settings()["tour_seen"]),
        station("tour: follow a name", "g g", lambda w: w.title().startswith("Warning siren")),
        station("tour: suggestions", "Tab", lambda w: w.copied() != ""),
        station("tour: decide", "Return", lambda w: w.tags(INQUIRY, "quote")),
        station("tour: tag by hand", "Right c", lambda w: w.tags(INQUIRY, "claim")),
        station("tour: take back", "ctrl+z", lambda w: not w.tags(INQUIRY, "claim")),
        station("help", "F1 | Escape Right c", lambda w: len(w.tags(INQUIRY, "claim")) == 1),
        missing("compare with the model answer", "three sample articles are worked out, but nothing compares"),
    ],
}


def walk(persona, binary, theme, size, shots):
    """Walks through a persona's stations; gives how many passed, how many failed, and how many are missing."""
    with tempfile.TemporaryDirectory() as base:
        it = Walk(binary, Path(base), theme, size, shots)
        passed, failed, gone = 0, 0, 0
        try:
            for number, (name, keys, check) in enumerate(PERSONAS[persona], 1):
                if keys is None:
                    gone += 1
                    print(f"     missing: {name}: {check}")
                    continue
                picture = f"{persona}-{number:02}-{name}-{theme}-{size}".replace(" ", "-")
                it.press(keys, picture)
                is_so = settled(lambda: check(it))
                passed, failed = passed + is_so, failed + (not is_so)
                print(f"{'ok  ' if is_so else 'FAIL'} {name} ({keys})", flush=True)
                it.shot(picture)
        finally:
            it.window.kill()
            it.display.close()
        print(f"{persona}: {passed} passed, {failed} failed, {gone} missing, {it.keys} keys, {it.letters} letters typed")
        return passed, failed, gone


def settled(check, seconds=4):
    """Whether something becomes so: files are written a moment after the key."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.1)
    return False


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binary", type=lambda path: Path(path).resolve())
    arguments.add_argument("--persona", choices=list(PERSONAS), action="append")
    arguments.add_argument("--theme", choices=["light", "dark"], default="light")
    arguments.add_argument("--size", choices=list(SCALE), default="1280x800")
    arguments.add_argument("--shots", type=Path)
    given = arguments.parse_args()
    if given.shots:
        given.shots.mkdir(parents=True, exist_ok=True)
    walks = [walk(p, given.binary, given.theme, given.size, given.shots) for p in given.persona or PERSONAS]
    passed, failed, gone = (sum(column) for column in zip(*walks))
    print(f"walks: {passed} stations passed, {failed} failed, {gone} missing")
    sys.exit(1 if failed else 0)
