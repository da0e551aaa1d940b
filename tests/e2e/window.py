"""Drives the real binary in a real window under Xvfb: display, keys, mouse, clipboard, screenshots.

Knows nothing of what is tested. Needs Xvfb, openbox, xdotool and xclip; the window is found by its title, and its
title tells when everything is saved (a bullet stands before it while something is not).
"""

import os
import signal
import subprocess
import time
from pathlib import Path


class Display:
    """An X server of our own with a window manager, and a home folder that holds nothing of the user's."""

    def __init__(self, home: Path, size="1280x800"):
        self.home = home
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        # The number comes in pieces; a pipe that is closed before the last one ends the server.
        with os.fdopen(read) as pipe:
            self.name = ":" + pipe.readline().strip()
        runtime = home / "run"
        runtime.mkdir(mode=0o700)
        self.env = {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home), "DISPLAY": self.name,
            "XDG_RUNTIME_DIR": str(runtime), "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_STATE_HOME": str(home / "state"), "XDG_DATA_HOME": str(home / "data"),
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        self.manager = subprocess.Popen(["openbox"], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5)

    def close(self):
        for process in (self.manager, self.server):
            process.terminate()
            process.wait()


class Window:
    """The program in a window."""

    def __init__(self, display: Display, binary: Path, *arguments):
        self.display = display
        self.log = open(display.home / "log.txt", "ab")
        self.process = subprocess.Popen([str(binary), *map(str, arguments)], env=display.env,
                                        stdout=self.log, stderr=self.log)
        self.id = self.wait("a window", lambda: self.tool("search", "--onlyvisible", "--name", "Pressmark").split("\n")[0])
        self.tool("windowactivate", "--sync", self.id)

    def tool(self, *arguments):
        done = subprocess.run(["xdotool", *arguments], env=self.display.env, capture_output=True, text=True)
        return done.stdout.strip()

    def wait(self, what, ready, seconds=30):
        """Waits until something is so, and returns what it is."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                said = (self.display.home / "log.txt").read_text(errors="replace")[-2000:]
                raise AssertionError(f"the program ended with {self.process.returncode} while waiting for {what}:\n{said}")
            value = ready()
            if value:
                return value
            time.sleep(0.05)
        self.shot("failed")
        raise AssertionError(f"waited {seconds} s for {what}; the title is “{self.title()}”")

    def title(self):
        return self.tool("getwindowname", self.id)

    def wait_open(self, name):
        """Waits until an article is shown."""
        self.wait(f"“{name}” to open", lambda: name in self.title())
        time.sleep(0.4)

    def wait_saved(self):
        """Waits until the window says that everything is saved."""
        time.sleep(0.3)
        # A window that has just died has no title, and has saved nothing.
        self.wait("everything to be saved", lambda: self.title() and not self.title().startswith("•"))

    def keys(self, *keys):
        """Presses keys one after the other, as a hand would."""
        for key in keys:
            self.tool("key", "--clearmodifiers", key)
            time.sleep(0.09)

    def type(self, text):
        self.tool("type", "--delay", "30", text)
        time.sleep(0.2)

    def drag(self, x0, y0, x1, y1):
        """Selects with the mouse."""
        self.tool("mousemove", "--window", self.id, str(x0), str(y0))
        time.sleep(0.1)
        self.tool("mousedown", "1")
        for step in range(1, 9):
            x, y = x0 + (x1 - x0) * step // 8, y0 + (y1 - y0) * step // 8
            self.tool("mousemove", "--window", self.id, str(x), str(y))
            time.sleep(0.04)
        self.tool("mouseup", "1")
        time.sleep(0.2)

    def click(self, x, y, times=1):
        self.tool("mousemove", "--window", self.id, str(x), str(y))
        time.sleep(0.1)
        self.tool("click", "--repeat", str(times), "--delay", "60", "1")
        time.sleep(0.25)

    def copied(self):
        """What Ctrl+C puts on the clipboard."""
        self.keys("ctrl+c")
        time.sleep(0.25)
        done = subprocess.run(["xclip", "-selection", "clipboard", "-o"], env=self.display.env,
                              capture_output=True, timeout=10)
        return done.stdout.decode("utf-8")

    def shot(self, name):
        """Keeps a picture, where the tools for it are there."""
        folder = os.environ.get("SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            subprocess.run(["import", "-window", "root", f"{folder}/{name}.png"], env=self.display.env)

    def kill(self):
        """Ends the program as a power cut would: without a chance to do anything."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def quit(self):
        self.keys("ctrl+q")
        self.process.wait(timeout=20)
        return self.process.returncode
