"""A PostgreSQL for the tests: a cluster of their own, from the binaries of this machine."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from tests import packages
from tests.ports import free_port

PASSWORD = "hush-database-pw"  # tests look for it where it must not be
MISSING = (
    "The tests of the library need PostgreSQL, and none could be found or installed. "
    "Install it (Debian, Ubuntu: apt install postgresql), then run make test again."
)
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def find():
    """The folder of initdb and pg_ctl on this machine, or None."""
    if path := shutil.which("initdb"):
        return Path(path).resolve().parent
    programs = Path("/usr/lib/postgresql").glob("*/bin/initdb")  # where Debian keeps every version
    newest = max(programs, key=lambda path: float(path.parts[-3]), default=None)
    return newest and newest.parent


def ensure():
    """The folder of the binaries, installed if need be; ends with a sentence where they cannot."""
    if path := find():
        return path
    packages.install("postgresql")
    return find() or sys.exit(MISSING)


class Cluster:
    """A running cluster in a temporary folder, reached on loopback by user and password."""

    def __init__(self):
        self.binaries = find()
        if self.binaries is None:
            raise FileNotFoundError(MISSING)
        self._connection = None
        self.folder = Path(tempfile.mkdtemp(prefix="library-tests-"))
        self.port = free_port()
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        if os.geteuid() == 0:  # initdb refuses root
            nobody = pwd.getpwnam("nobody")
            for path in (self.folder, secret):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
        options = ["-U", "tests", "-A", "scram-sha-256", "--pwfile", str(secret)]
        self.run("initdb", "-D", "data", "-E", "UTF8", "--locale=C", "-N", *options)
        self.start()

    def run(self, name, *arguments):
        """Run one of the binaries as somebody other than root."""
        command = [str(self.binaries / name), *arguments]
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            as_nobody = [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
            command = ["setpriv", *as_nobody, *command]
        log = (self.folder / "commands.log").open("a")
        with log:
            subprocess.run(
                command, check=True, cwd=self.folder, stdout=log, stderr=log, timeout=120
            )

    def start(self):
        """Let it serve; returns when it does."""
        here = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories=''"
        self.run("pg_ctl", "-D", "data", "-w", "-l", "server.log", "-o", f"{here} {FAST}", "start")

    def stop(self):
        """Let it serve no more, whoever is connected."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self.run("pg_ctl", "-D", "data", "-w", "-m", "fast", "stop")

    def close(self):
        """Stop it and remove all there is of it."""
        self.stop()
        shutil.rmtree(self.folder)

    def url(self, database="postgres"):
        """The address of a database, as hosts hand it out."""
        return f"postgres://tests:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement, database=None):
        """Run one statement, in the database that is always there or another; its rows, if any."""
        if database is not None:
            with psycopg.connect(self.url(database), autocommit=True) as connection:
                return _run(connection, statement)
        if self._connection is None:  # kept: to connect takes as long as to copy a database
            self._connection = psycopg.connect(self.url(), autocommit=True)
        return _run(self._connection, statement)

    def create(self, name, template="template0"):
        """A new database as a copy of another one; its address."""
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, name):
        """Remove a database, whoever is connected."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _run(connection, statement):
    cursor = connection.execute(statement)
    return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    print("Tests of the library use", ensure())
