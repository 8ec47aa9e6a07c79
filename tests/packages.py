"""Programs that the tests need, from the system's package manager where that is allowed."""

import os
import shutil
import subprocess


def install(name: str) -> None:
    """Install a package of Debian's as root, with no question asked; else do nothing."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", name]
        subprocess.run(command, check=False, env=quiet)
