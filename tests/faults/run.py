"""Breaks the system under the app and looks at what the files hold then. Needs Linux; most of it strace, some of it root.

usage: run.py [--quick] [--driver BINARY] [PART…]

parts (all of them without one):
  syscalls  every system call × error × nth call, by strace, and KILL at each, over: open, tag, save, export
  kill      kill -9 at random moments
  power     power cuts: an ext4 of our own goes down without writing what it still has in memory
  two       two processes that annotate one folder at the same time
  places    a full disk, read-only folders, a state folder that is full too
  limits    few open files, small files, little memory, a quota, folders that will not sync or close
  signals   the ways in which a desktop asks a program to end
  network   all tests without a network, and no socket that leaves the machine
Prints a line a part, with its figures, and ends with 1 when anything was lost, torn or panicked.
"""

import argparse
import collections
import concurrent.futures
import fcntl
import json
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from driver import TEST, Place, Run, build, drive, parallel, report
from process import limits, network, signals

# What a save, a load, a scan and an export are made of. Memory and threads are not the disk's.
CALLS = {
    "openat": ["EACCES", "EIO", "EMFILE", "ENOSPC", "EINTR"],
    "read": ["EIO", "EINTR"],
    "pread64": ["EIO"],
    "write": ["EIO", "ENOSPC", "EINTR"],
    "close": ["EIO"],
    "fsync": ["EIO", "ENOSPC", "EINVAL"],
    "rename": ["EIO", "EACCES", "ENOSPC", "EXDEV"],
    "statx": ["EIO", "EACCES"],
    "fstat": ["EIO"],
    "getdents64": ["EIO"],
    "unlink": ["EIO", "EACCES"],
    "mkdir": ["EACCES", "ENOSPC"],
    "fchmod": ["EPERM", "EIO"],
    "fchown": ["EPERM"],
    "flock": ["EIO", "ENOLCK"],
    "readlink": ["EIO"],
    "lseek": ["EIO"],
}


def syscalls(driver, quick):
    """Every call × error × nth, and KILL at each."""
    stock = tempfile.TemporaryDirectory()
    # Two articles, one of them annotated before, and records.
    drive(driver, Place(stock.name, articles=2), COUNT=3)

    def begun(base):
        shutil.copytree(stock.name, base, dirs_exist_ok=True)
        return Place(base, articles=2)

    with tempfile.TemporaryDirectory() as base:
        place = begun(base)
        options = {"COUNT": 3, "FIRST": 5, "ARTICLES": 2, "EXPORT": place.out}
        log = Path(base) / "log"
        drive(driver, place, ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=" + ",".join(CALLS)], **options)
        # Counted for each thread, as strace does when it injects.
        counts = collections.Counter(
            match.groups() for match in re.finditer(r"^(\d+) +(\w+)\(", log.read_text(), re.M)
        )
    most = collections.Counter()
    for (_, call), count in counts.items():
        most[call] = max(most[call], count)
    jobs = [
        (call, fault, nth)
        for call, errors in CALLS.items()
        for nth in range(1, most[call] + 1)
        for fault in [*(f"error={e}" for e in errors), "signal=KILL"]
    ]
    if quick:
        wanted = [job for job in jobs if job[0] in ("fsync", "rename")]
        others = [job for job in jobs if job not in wanted]
        jobs = random.Random(1).sample(wanted, min(20, len(wanted))) + random.Random(1).sample(others, 20)

    def one(job):
        call, fault, nth = job
        with tempfile.TemporaryDirectory() as base:
            place = begun(base)
            there = place.annotations()
            before = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={nth}"]
            try:
                run = drive(driver, place, before, COUNT=3, FIRST=5, ARTICLES=2, EXPORT=place.out)
            except subprocess.TimeoutExpired:
                return job, ["hangs"], None
            # What was saved before is not lost either.
            run.saved |= there
            faults = place.faults(run, everything=True)
            return job, faults, run

    wrong, ends, closing = [], collections.Counter(), 0
    for job, faults, run in parallel(one, jobs):
        wrong += [("{} {} #{}".format(*job), fault) for fault in faults]
        if run:
            ends[" ".join(run.end.split()[:2]) or "died"] += 1
            closing += run.closing
    stock.cleanup()
    calls = ", ".join(f"{count} {call}" for call, count in most.most_common())
    print(f"calls of the busiest thread: {calls}")
    more = ", ended " + ", ".join(f"{end} ({count})" for end, count in ends.most_common())
    return report("syscalls", len(jobs), wrong, more + f"; {closing} folders that would not close")


def kill(driver, quick):
    """kill -9 at random moments."""
    times = 20 if quick else 500
    chance = random.Random(7)
    moments = [chance.random() for _ in range(times)]

    def one(moment):
        with tempfile.TemporaryDirectory() as base:
            place = Place(base, length=401)
            process = subprocess.Popen(
                [driver, *TEST], env=place.environment(COUNT=400, PATIENCE=30000),
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            # From the start of the program to some hundred saves into the work.
            time.sleep(0.02 + moment * 1.5)
            process.send_signal(signal.SIGKILL)
            out, err = process.communicate()
            run = Run(out.decode(errors="replace"), err.decode(errors="replace"))
            faults = place.faults(run)
            # And whoever comes next opens it as if nothing had been, and tags what no run before could have tagged.
            after = drive(driver, place, COUNT=1, FIRST=400)
            faults += place.faults(after)
            if not after.end.startswith("saved"):
                faults.append(f"the next start ended with “{after.end}”")
            return faults, len(run.saved), len(run.tagged)

    wrong, saved, tagged = [], [], []
    for at, (faults, acknowledged, begun) in enumerate(parallel(one, moments)):
        wrong += [(f"kill {at}", fault) for fault in faults]
        saved.append(acknowledged)
        tagged.append(begun)
    amid = sum(a < b for a, b in zip(saved, tagged))
    return report("kill", times, wrong, f", {sum(saved)} annotations acknowledged before, {amid} killed amid a save")


def power(driver, quick):
    """Power cuts on an ext4 in a file. What it has not been told to make durable is gone."""
    shut_down, without_its_log = 0x8004587D, struct.pack("I", 2)
    times = 3 if quick else 40
    chance = random.Random(11)
    wrong, acknowledged, amid, done = [], 0, 0, 0
    with tempfile.TemporaryDirectory() as base:
        image, disk = Path(base) / "image", Path(base) / "disk"
        disk.mkdir()
        for at in range(times):
            with open(image, "wb") as file:
                file.truncate(48 << 20)
            mount = ["mount", "-o", "loop", image, disk]
            made = shutil.which("mkfs.ext4") and subprocess.run(["mkfs.ext4", "-q", image]).returncode == 0
            if not made or subprocess.run(mount, stderr=subprocess.DEVNULL).returncode:
                print("power: left out here, it needs a loop device and the rights to mount it")
                return True
            try:
                place = Place(disk, length=400)
                os.sync()
                with tempfile.TemporaryDirectory() as state:
                    process = subprocess.Popen(
                        [driver, *TEST], env=place.environment(COUNT=400, STATE=state),
                        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                    )
                    time.sleep(0.1 + chance.random() * 1.5)
                    folder = os.open(disk, os.O_RDONLY)
                    fcntl.ioctl(folder, shut_down, without_its_log)
                    os.close(folder)
                    process.kill()
                    out, err = process.communicate()
                run = Run(out.decode(errors="replace"), err.decode(errors="replace"))
                subprocess.run(["umount", disk], check=True)
                subprocess.run(mount, check=True)
                wrong.extend((f"cut {at}", fault) for fault in place.faults(run))
                acknowledged += len(run.saved)
                amid += len(run.saved) < len(run.tagged)
                done += 1
            finally:
                subprocess.run(["umount", disk], check=True)
    return report("power", done, wrong, f", {acknowledged} annotations acknowledged before, {amid} cut amid a save")


def two(driver, quick):
    """Two processes that annotate one folder at the same time."""
    each = 60 if quick else 500
    with tempfile.TemporaryDirectory() as base:
        place = Place(base, length=2 * each)
        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            runs = list(pool.map(
                lambda first: drive(driver, place, timeout=1800, COUNT=each, FIRST=first, STEP=2, PATIENCE=60000), (0, 1),
            ))
        seconds = time.monotonic() - begun
        wrong = [(f"process {n}", fault) for n, run in enumerate(runs) for fault in place.faults(run, everything=True)]
        there = len(place.annotations())
        if there != 2 * each:
            wrong.append(("both", f"{there} annotations of {2 * each} are there"))
        return report("two", 2, wrong, f", {each} annotations each, {there} there, {seconds:.0f} s")


def places(driver, quick):
    """Disks that are full, folders that may not be written: kept, offered, brought back."""
    wrong, runs, left_out = [], 0, []

    def mend(name, place, first, repaired):
        """After a run that could not save, the place is repaired and the next start brings everything back."""
        nonlocal runs
        runs += 2
        wrong.extend((name, fault) for fault in place.faults(first, everything=True))
        if not first.tagged or not first.end.startswith("kept"):
            wrong.append((name, f"ended with “{first.end}” after {len(first.tagged)} tags"))
        repaired()
        second = drive(driver, place, COUNT=0)
        wrong.extend((name, fault) for fault in place.faults(second, everything=True))
        missing = first.tagged - place.annotations()
        if missing or not second.end.startswith("saved") or place.kept():
            wrong.append((name, f"{len(missing)} not brought back; ended with “{second.end}”"))

    def mounted(name, arguments, use):
        with tempfile.TemporaryDirectory() as base:
            place = Place(base)
            if subprocess.run(["mount", *arguments(place)], stderr=subprocess.DEVNULL).returncode:
                left_out.append(name)
                return
            try:
                use(name, place)
            finally:
                subprocess.run(["umount", place.folder], check=True)

    def full(name, place):
        (place.folder / "0.txt").write_text(place.text)
        drive(driver, place, COUNT=2)
        ballast = place.folder / "ballast"
        with open(ballast, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"0" * 1024)
            except OSError:
                pass
        mend(name, place, drive(driver, place, COUNT=6, FIRST=10, PATIENCE=400), ballast.unlink)

    def read_only(name, place):
        subprocess.run(["mount", "-o", "remount,ro,bind", place.folder], check=True)
        again = lambda: subprocess.run(["mount", "-o", "remount,rw,bind", place.folder], check=True)
        mend(name, place, drive(driver, place, COUNT=6, PATIENCE=400), again)

    mounted("full disk", lambda p: ["-t", "tmpfs", "-o", "size=512k", "tmpfs", p.folder], full)
    mounted("read-only mount", lambda p: ["--bind", p.folder, p.folder], read_only)

    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    if os.geteuid() != 0 or shutil.which("setpriv"):
        with tempfile.TemporaryDirectory() as base:
            place = Place(base)
            place.state.mkdir()
            for folder in (place.base, place.state):
                folder.chmod(0o777)
            place.folder.chmod(0o555)
            runner = Path(base) / "driver"
            shutil.copy(driver, runner)
            first = drive(str(runner), place, nobody, COUNT=6, PATIENCE=400)
            mend("folder without permission", place, first, lambda: place.folder.chmod(0o777))
    else:
        left_out.append("folder without permission")

    with tempfile.TemporaryDirectory() as base:
        runs += 1
        place = Place(base)
        before = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:error=ENOSPC"]
        run = drive(driver, place, before, COUNT=2, FIRST=20, PATIENCE=400)
        wrong.extend(("nowhere to keep it", fault) for fault in place.faults(run))
        if not run.end.startswith("unsaved"):
            wrong.append(("nowhere to keep it", f"ended with “{run.end}”"))
    more = f"; left out here: {', '.join(left_out)}" if left_out else ""
    return report("places", runs, wrong, more)


PARTS = {part.__name__: part for part in (syscalls, kill, power, two, places, limits, signals, network)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a sample of each part, in well under a minute")
    parser.add_argument("--driver", help="the test binary, if it is built already")
    parser.add_argument("part", nargs="*", choices=[[], *PARTS])
    arguments = parser.parse_args()
    driver = arguments.driver or build()
    begun = time.monotonic()
    fine = [PARTS[part](driver, arguments.quick) for part in arguments.part or PARTS]
    print(f"{sum(fine)} of {len(fine)} parts without a fault, {time.monotonic() - begun:.0f} s")
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
