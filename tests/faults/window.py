"""Lets a save of the real window fail for good, breaks a sample of its system calls, and kills it at random moments.

usage: window.py BINARY [KILLS]
Needs what tests/e2e needs, and strace. Prints a line a part, and ends with 1 when something was lost.
"""

import json
import random
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
from window import Display, Window  # noqa: E402

TEXT = "Harbour notes\n\n" + "\n\n".join(f"The crew of boat {n} counted {n} crates on Monday." for n in range(1, 200)) + "\n"


def annotations(folder):
    sidecar = folder / "notes.txt.ann.json"
    return json.loads(sidecar.read_bytes())["annotations"] if sidecar.exists() else []


def tag(window, count):
    """Claims, one a paragraph."""
    window.tool("key", "--clearmodifiers", "--delay", "60", *["Down", "c"] * count)


def tag_and_save(window, folder, count):
    """Claims, and the window says that they are saved. Keys that it has not read yet are not what it says that of."""
    before = len(annotations(folder))
    for number in range(1, count + 1):
        tag(window, 1)
        window.wait("the key to be read", lambda: window.title().startswith("•") or len(annotations(folder)) >= before + number)
    window.wait_saved()


# Call, fault, which of the saver's: a failed one is tried again by itself, a killed window leaves what was saved.
SAMPLE = [
    (call, fault, nth)
    for call, faults in {
        "fsync": ["error=EIO", "error=ENOSPC", "signal=KILL"],
        "rename": ["error=EIO", "error=EACCES", "signal=KILL"],
        "openat": ["error=EMFILE"],
        "write": ["error=ENOSPC", "signal=KILL"],
    }.items()
    for fault in faults
    for nth in ((2, 4) if call != "openat" else (5, 9))
]


def broken():
    """A sample of the system calls of a save fails below the window."""
    wrong, ends = [], {"saved": 0, "died": 0}
    for call, fault, nth in SAMPLE:
        with tempfile.TemporaryDirectory() as base:
            home, folder = Path(base) / "home", Path(base) / "news"
            home.mkdir()
            folder.mkdir()
            (folder / "notes.txt").write_text(TEXT)
            display = Display(home)
            try:
                window = Window(display, BINARY, folder)
                window.wait_open("Harbour notes")
                saver = next(
                    task.name for task in Path(f"/proc/{window.process.pid}/task").iterdir()
                    if (task / "comm").read_text().strip() == "Saving"
                )
                # Only the saver: what fails below the window's own drawing is not about saving.
                tracer = subprocess.Popen([
                    "strace", "-qq", "-o", "/dev/null", "-p", saver, "-e", f"trace={call}",
                    "-e", f"inject={call}:{fault}:when={nth}",
                ], stderr=subprocess.DEVNULL)
                time.sleep(0.5)
                count = 0
                try:
                    for _ in range(4):
                        tag_and_save(window, folder, 1)
                        count += 1
                    ends["saved"] += 1
                except AssertionError:
                    if window.process.poll() is None:
                        raise
                    ends["died"] += 1
                tracer.terminate()
                tracer.wait()
                if window.process.poll() is None:
                    window.kill()
                there = len(annotations(folder))
                if there < count:
                    wrong.append(f"{call} {fault} #{nth}: {there} of {count} are there")
                if "panicked" in (home / "log.txt").read_text(errors="replace"):
                    wrong.append(f"{call} {fault} #{nth}: a panic")
            except (AssertionError, ValueError) as error:
                wrong.append(f"{call} {fault} #{nth}: {error}")
            finally:
                display.close()
    told = ", ".join(f"{end} ({count})" for end, count in ends.items())
    print(f"window, broken calls: {len(SAMPLE)} runs, {len(wrong)} faults, ended {told}", flush=True)
    return wrong


def killed(times):
    """What the window called saved is there after kill -9, and the next window opens it."""
    chance, wrong, acknowledged = random.Random(3), [], 0
    for number in range(times):
        with tempfile.TemporaryDirectory() as base:
            home, folder = Path(base) / "home", Path(base) / "news"
            home.mkdir()
            folder.mkdir()
            (folder / "notes.txt").write_text(TEXT)
            display = Display(home)
            try:
                window = Window(display, BINARY, folder)
                window.wait_open("Harbour notes")
                count = chance.randrange(2, 7)
                tag_and_save(window, folder, count)
                acknowledged += count
                # More, and in the middle of them the end.
                tag(window, chance.randrange(0, 4))
                time.sleep(chance.random() * 0.03)
                window.kill()
                there = len(annotations(folder))
                if there < count:
                    wrong.append(f"kill {number}: {there} of {count} are there")
                if (folder / "notes.txt").read_text() != TEXT:
                    wrong.append(f"kill {number}: the article was changed")
            except (AssertionError, ValueError) as error:
                wrong.append(f"kill {number}: {error}")
            finally:
                display.close()
    print(f"window, killed: {times} runs, {len(wrong)} faults, {acknowledged} annotations acknowledged before", flush=True)
    return wrong


def rescued():
    """What could not be saved is offered by the next window, and Enter brings it back."""
    wrong = []
    with tempfile.TemporaryDirectory() as base:
        home, folder = Path(base) / "home", Path(base) / "news"
        home.mkdir()
        folder.mkdir()
        (folder / "notes.txt").write_text(TEXT)
        display = Display(home)
        try:
            window = Window(display, BINARY, folder)
            window.wait_open("Harbour notes")
            tag_and_save(window, folder, 2)
            sidecar = folder / "notes.txt.ann.json"
            sidecar.chmod(stat.S_IRUSR)
            tag(window, 2)
            time.sleep(1)
            window.shot("not-saved")
            if not window.title().startswith("•"):
                wrong.append("the title says that everything is saved")
            window.kill()
            sidecar.chmod(stat.S_IRUSR | stat.S_IWUSR)
            window = Window(display, BINARY, folder)
            window.wait_open("Harbour notes")
            window.shot("offered")
            if len(annotations(folder)) != 2:
                wrong.append("something was written before the answer")
            window.keys("Return")
            window.wait_saved()
            window.shot("brought-back")
            if len(annotations(folder)) != 4:
                wrong.append(f"{len(annotations(folder))} of 4 annotations are there")
            other = Window(display, BINARY, folder)
            time.sleep(1)
            other.shot("second-window")
            other.kill()
            window.quit()
        except AssertionError as error:
            wrong.append(str(error))
        finally:
            display.close()
    print(f"window, rescued: 1 run, {len(wrong)} faults", flush=True)
    return wrong


if __name__ == "__main__":
    BINARY = Path(sys.argv[1]).resolve()
    faults = rescued() + broken() + killed(int(sys.argv[2]) if len(sys.argv) > 2 else 20)
    for fault in faults:
        print("  " + fault)
    sys.exit(bool(faults))
