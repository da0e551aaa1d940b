"""Parts of run.py about the process itself: what it may use, who asks it to end, and that it reaches no network."""

import random
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from driver import ROOT, TEST, Place, Run, drive, report

# Enough for a window, and far less than the largest file of the folder.
MEMORY = 400 << 20


def limits(driver, quick):
    """Few open files, small files, little memory, a quota, folders that will not sync, folders that will not close."""
    wrong, runs = [], 0

    def one(name, before, ends, **options):
        """A run under `before` that must end in one of these ways, and a run without, which must be fine."""
        nonlocal runs
        runs += 2
        with tempfile.TemporaryDirectory() as base:
            place = Place(base)
            log = Path(base) / "log"
            first = drive(driver, place, [{"LOG": str(log), "FOLDER": str(place.folder)}.get(word, word) for word in before], **options)
            found = place.faults(first, everything=True)
            if not first.end.startswith(ends):
                found.append(f"ended with “{first.end}”")
            found += fsync_again(log)
            second = drive(driver, place, COUNT=1, FIRST=20)
            found += place.faults(second)
            if not second.end.startswith("saved"):
                found.append(f"the next start ended with “{second.end}”")
            wrong.extend((name, fault) for fault in found)
            return first

    def strace(*inject):
        words = ["strace", "-f", "-qq", "-o", "LOG", "-e", "trace=openat,fsync,close,rename"]
        return words + [word for what in inject for word in ("-e", f"inject={what}")]

    for files in (32, 24, 16) if quick else range(40, 8, -2):
        ends = ("saved",) if files >= 32 else ("saved", "kept", "unsaved", "not opened")
        one(f"{files} open files", ["prlimit", f"--nofile={files}:{files}"], ends, COUNT=4, PATIENCE=400)
    # Room for the first saves of a growing sidecar, and not for the last.
    for size in (2000, 3000) if quick else range(1500, 6000, 500):
        run = one(f"files of {size} bytes", ["prlimit", f"--fsize={size}"], ("unsaved", "kept"), COUNT=20, PATIENCE=100)
        if not run.tagged:
            wrong.append((f"files of {size} bytes", "nothing was tagged"))

    # One arena, so that what is counted is what is used.
    little = ["env", "MALLOC_ARENA_MAX=1", "prlimit", f"--as={MEMORY}"]
    with tempfile.TemporaryDirectory() as base:
        runs += 1
        place = Place(base)
        with open(place.folder / "huge.txt", "wb") as file:
            file.truncate(4 << 30)
        with open(place.folder / "0.txt.ann.json", "wb") as file:
            file.truncate(300 << 20)
        run = drive(driver, place, little, COUNT=1)
        wrong.extend(("little memory", fault) for fault in run.panics)
        if not run.end or run.tagged:
            wrong.append(("little memory", f"ended with “{run.end}”, {len(run.tagged)} tagged beside an unread sidecar"))

    saved, unsure = ("saved",), ("unsaved Unconfirmed", "kept Unconfirmed", "unsaved Failed", "kept Failed")
    for call in ("fsync", "rename"):
        one(f"quota, {call}", strace(f"{call}:error=EDQUOT:when=1..4"), saved, COUNT=3)
    for first in (1, 3) if quick else range(1, 12):
        one(f"fsync, broken at {first}", strace(f"fsync:error=EIO:when={first}"), saved, COUNT=3)
    # File, folder, file, folder: every second one is a folder's.
    for error in ("EINVAL", "EOPNOTSUPP"):
        one(f"folders that cannot sync, {error}", strace(f"fsync:error={error}:when=2+2"), saved, COUNT=3)
    run = one("folders that fail to sync", strace("fsync:error=EIO:when=2+2"), unsure, COUNT=2, PATIENCE=400)
    if run.saved:
        wrong.append(("folders that fail to sync", f"{len(run.saved)} called saved"))
    closed = 0
    for nth in range(1, 4 if quick else 12):
        before = [*strace(f"close:error=EIO:when={nth}"), "-P", "FOLDER"]
        closed += one(f"close, broken at {nth}", before, saved, COUNT=2).closing
    return report("limits", runs, wrong, f"; {closed} folders that would not close")


def fsync_again(log):
    """A failed fsync may have dropped what it failed to write: the same descriptor is never asked again."""
    failed, found = set(), []
    for line in log.read_text(errors="replace").splitlines() if log.exists() else ():
        call = re.match(r"(\d+) +(\w+)\((\d+)\) += (-?\d+)", line)
        if not call:
            continue
        _, name, file, result = call.groups()
        if name == "close":
            failed.discard(file)
        elif name == "fsync" and file in failed:
            found.append(f"fsync again: {line}")
        elif name == "fsync" and result == "-1" and "EIO" in line:
            failed.add(file)
    return found


def hear_all():
    """Whoever was started in the background or by nohup ignores some signals, and so would its children."""
    for which in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(which, signal.SIG_DFL)


def signals(driver, quick):
    """The ways in which a desktop asks a program to end: what was tagged is there, and the program is gone at once."""
    times = 8 if quick else 60
    chance, wrong, tagged = random.Random(5), [], 0
    for number in range(times):
        which = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)[number % 3]
        with tempfile.TemporaryDirectory() as base:
            place = Place(base, length=401)
            process = subprocess.Popen(
                [driver, *TEST], env=place.environment(COUNT=400, PATIENCE=30000),
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=hear_all,
            )
            time.sleep(0.3 + chance.random())
            process.send_signal(which)
            begun = time.monotonic()
            out, err = process.communicate()
            seconds = time.monotonic() - begun
            run = Run(out.decode(errors="replace"), err.decode(errors="replace"))
            found = place.faults(run)
            if seconds > 0.5:
                found.append(f"it took {seconds:.1f} s to end")
            # Each tag is saved as soon as it is made: the one in hand at most is not there.
            missing = run.tagged - place.annotations()
            if len(missing) > 1:
                found.append(f"{len(missing)} tags are not there")
            tagged += len(run.tagged)
            wrong.extend((which.name, fault) for fault in found)
    # And the way in which it ends itself: a panic of the window's own thread, with saves under way on a slow disk.
    slow = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=300000"]
    for before, patience in ((slow, 400), ([], 3000)):
        times += 2
        with tempfile.TemporaryDirectory() as base:
            place = Place(base)
            run = drive(driver, place, before, COUNT=6, PATIENCE=patience, PANIC=1)
            missing = run.tagged - place.annotations()
            panics, run.panics = run.panics, []
            found = place.faults(run)
            if len(panics) != 1 or len(run.tagged) != 6 or (missing and not before):
                found.append(f"{len(panics)} panics, {len(run.tagged)} tagged, {len(missing)} of them not there")
            after = drive(driver, place, COUNT=1, FIRST=20)
            found += place.faults(after)
            if not after.end.startswith("saved"):
                found.append(f"the next start ended with “{after.end}”")
            wrong.extend(("panic", fault) for fault in found)
    return report("signals", times, wrong, f", {tagged} tags made before")


def network(driver, quick):
    """All tests pass in a network without interfaces, and no call of theirs makes a socket that leaves the machine."""
    with tempfile.TemporaryDirectory() as base:
        log = Path(base) / "log"
        watch = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", str(log), "-e", "trace=socket,socketpair,connect"]
        alone = ["unshare", "-n"]
        if subprocess.run([*alone, "true"], stderr=subprocess.DEVNULL).returncode:
            print("network: left out here, the network cannot be taken away (unshare -n)")
            return False
        # The hostile folders are run by whoever runs this, and `cargo` itself is no part of the program.
        tests = [driver, "--skip", "bad_input", "--skip", "no_network_crate"]
        done = subprocess.run(
            [*alone, *watch, *tests], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1800,
        )
        out = done.stdout.decode(errors="replace")
        calls = log.read_text(errors="replace").splitlines()
    failed = re.findall(r"^test (\S+) \.\.\. FAILED$", out, re.M)
    # Watched call by call, with all others at once, a test that waits for the clock may be late: alone it is not.
    alone_too = [name for name in failed if subprocess.run([*alone, driver, "--exact", name], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode]
    wrong = [("tests", name) for name in alone_too]
    if done.returncode and not failed:
        wrong.append(("tests", out[-300:]))
    wrong += [("socket", line) for line in calls if re.search(r"AF_(?!UNIX)\w+", line)]
    passed = re.search(r"(\d+) passed", out)
    return report("network", 1, wrong, f", {passed and passed[1]} tests passed, {len(calls)} calls about sockets")
