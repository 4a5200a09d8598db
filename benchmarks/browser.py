"""A headless Chromium that opens pages of this repository, driven over WebDriver.

It needs `chromium` and `chromedriver`, and no package.
"""

import contextlib
import functools
import http.server
import json
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.ports import free_ports

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
FAKE_CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def lacking():
    """Returns why no browser can be opened here, in a sentence; "" where one can."""
    found = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    return f"{' and '.join(found)} must be installed." if found else ""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *words):
        """Leaves out what was asked for."""


@contextlib.contextmanager
def served(folder=ROOT):
    """Yields the address where a folder is served, on this machine alone."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Browser:
    """A tab of a headless Chromium, as a context.

    Args:
        size: width and height of the window in pixels.
    """

    def __init__(self, size=(1280, 900)):
        self._size = size

    def __enter__(self):
        (port,) = free_ports()
        words = ["chromedriver", f"--port={port}"]
        self._driver = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._at = f"http://127.0.0.1:{port}"
        try:
            self.until(lambda: self._alive(), 20)
            flags = [*FLAGS, *FAKE_CAMERA, f"--window-size={self._size[0]},{self._size[1]}"]
            options = {"browserName": "chrome", "goog:chromeOptions": {"args": flags}}
            made = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": options}})
        except BaseException:
            self._driver.kill()
            raise
        self._at += f"/session/{made['sessionId']}"
        return self

    def __exit__(self, *wrong):
        try:
            self._ask("DELETE", "")
        finally:
            self._driver.terminate()
            self._driver.wait(20)

    def _alive(self):
        try:
            return self._ask("GET", "/status")["ready"]
        except OSError:
            return False

    def _ask(self, method, path, content=None):
        body = json.dumps(content or {}).encode() if method == "POST" else None
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._at + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as wrong:
            raise ValueError(json.load(wrong)["value"]["message"]) from None

    def open(self, address):
        """Opens a page."""
        self._ask("POST", "/url", {"url": address})

    def run(self, script, *values):
        """Returns what a script returns, which reads `values` as `arguments`."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(values)})

    def give(self, selector, path):
        """Gives a file to the input that a CSS selector finds."""
        found = self._ask("POST", "/element", {"using": "css selector", "value": selector})
        (element,) = found.values()
        self._ask("POST", f"/element/{element}/value", {"text": str(path)})

    def picture(self):
        """Returns what the window shows, as base64 of a PNG."""
        return self._ask("GET", "/screenshot")

    @staticmethod
    def until(true, seconds=30):
        """Returns what `true()` returns at last, or raises a ValueError when time is up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := true():
                return found
            time.sleep(0.1)
        raise ValueError(f"What was waited for did not come in {seconds} seconds.")
