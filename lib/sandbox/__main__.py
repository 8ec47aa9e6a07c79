"""Run the sandbox as a program (`python -m lib.sandbox`) until it is interrupted or ended."""

from __future__ import annotations

import argparse
import signal
import threading

from lib.sandbox.server import Sandbox


def main() -> None:
    """Serve, and print the address once ready."""
    parser = argparse.ArgumentParser(prog="python -m lib.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=9100, help="0 takes a free one")
    port: int = parser.parse_args().port
    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    try:
        sandbox = Sandbox(port=port).start()
    except (OSError, OverflowError) as error:
        parser.exit(1, f"The sandbox cannot listen on port {port}: {error}\n")
    print(f"Sandbox ready at {sandbox.url}", flush=True)  # noqa: T201  the one line it prints
    interrupted.wait()
    sandbox.stop()


if __name__ == "__main__":
    main()
