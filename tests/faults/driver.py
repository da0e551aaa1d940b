"""What all parts of run.py share: the driver (tests/it/faulty.rs), the folder it works on, and what is wrong with it afterwards."""

import collections
import concurrent.futures
import json
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEST = ["faulty::drive", "--exact", "--ignored", "--nocapture", "--test-threads=1"]
# The standard library panics when a folder cannot be closed; jobs catch that, and the window says so.
CLOSING = re.compile(r"unexpected error during closedir")
# The service that watches the folder panics where it cannot wake its own thread; that is caught as well, and told.
WATCHING = re.compile(r"panicked at \S*/notify-[\d.]+/src/inotify\.rs")


def build():
    """The test binary that holds the driver."""
    told = subprocess.run(
        ["cargo", "test", "--test", "it", "--no-run", "--message-format=json"],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout
    found = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    return next(m["executable"] for m in found if m.get("executable") and m["target"]["name"] == "it")


def words(count):
    return "Harbour notes\n\n" + " ".join(f"word{n:04}" for n in range(count)) + ".\n"


class Place:
    """A folder of articles, a state folder, and what the driver is told about them."""

    def __init__(self, base, articles=1, length=40):
        self.base = Path(base)
        self.folder, self.state, self.out = (self.base / name for name in ("news", "state", "out"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.text = words(length)
        for number in range(articles):
            (self.folder / f"{number}.txt").write_text(self.text)

    def environment(self, **options):
        known = {"FOLDER": self.folder, "STATE": self.state, **options}
        return {**os.environ, "RUST_BACKTRACE": "0", **{f"PRESSMARK_FAULTS_{k}": str(v) for k, v in known.items()}}

    def annotations(self):
        """The ids in all sidecars; raises when one of them is torn."""
        ids = set()
        for file in self.folder.glob("*.ann.json"):
            ids |= {a["id"] for a in json.loads(file.read_bytes())["annotations"]}
        records = self.folder / "pressmark.entities.json"
        if records.exists():
            json.loads(records.read_bytes())
        return ids

    def kept(self):
        """The ids in the recovery store."""
        ids = set()
        for file in (self.state / "recovery").glob("*.json"):
            ids |= {a["id"] for a in json.loads(file.read_bytes())["content"].get("annotations", [])}
        return ids

    def faults(self, run, everything=False):
        """What is wrong after a run: torn files, lost annotations, touched articles, panics."""
        wrong = []
        try:
            there = self.annotations()
        except (ValueError, KeyError) as error:
            return [f"torn: {error}"]
        lost = run.saved - there
        if lost:
            wrong.append(f"{len(lost)} acknowledged lost")
        if everything and run.end and "unsaved" not in run.end:
            missing = run.tagged - there - self.kept()
            if missing:
                wrong.append(f"{len(missing)} neither saved nor kept, though it ended with “{run.end}”")
        if any(file.read_text() != self.text for file in self.folder.glob("*.txt")):
            wrong.append("an article was changed")
        for file in self.out.glob("*.csv"):
            if not file.read_bytes().endswith(b"\n"):
                wrong.append(f"torn: {file.name}")
        return wrong + run.panics


class Run:
    """What the driver told."""

    def __init__(self, out, err):
        lines = out.splitlines()
        told = lambda word: {line.split()[-1] for line in lines if re.fullmatch(rf"(.*\s)?{word} \S+", line)}
        self.saved, self.tagged = told("saved"), told("tagged")
        ends = [line for line in lines if "end " in line]
        self.end = ends[-1].split("end ", 1)[1] if ends else ""
        panics = [line for line in err.splitlines() if "panicked at" in line]
        self.panics = ["panic: " + line for line in panics if not WATCHING.search(line)]
        self.closing = len(CLOSING.findall(err))
        if self.closing:
            self.panics = self.panics[self.closing:]


def drive(driver, place, before=(), timeout=60, **options):
    done = subprocess.run(
        [*before, driver, *TEST], env=place.environment(**options),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout,
    )
    return Run(done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def parallel(work, jobs):
    with concurrent.futures.ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        yield from pool.map(work, jobs)


def report(part, runs, wrong, more=""):
    kinds = collections.Counter(re.sub(r"\d+", "n", fault.split(":")[0]) for _, fault in wrong)
    print(f"{part}: {runs} runs, {len(wrong)} faults{more}", flush=True)
    for (what, fault) in wrong[:20]:
        print(f"  {what}: {fault}")
    if kinds:
        print("  " + ", ".join(f"{kind} ({count})" for kind, count in kinds.items()))
    return not wrong
