"""A process that follows the runs of a library, for tests that kill it: url, folder, API, halt.

`halt` names where it stops for good, as if it were about to be killed there: "post" before a
recording is sent, "save" before an answer is written.
"""

import sys
import threading
from pathlib import Path

from lib.interhuman import ApiKey, Client
from lib.library import Library
from lib.recordings import Recordings
from lib.runner import Runner, keeper

keeper.BEAT, keeper.DEAD, keeper.TIDY = 0.2, 3.0, 1.0


def halted(name):
    def halt(*_, **__):
        print(name, flush=True)
        threading.Event().wait()

    return halt


def main(url, folder, api, halt=""):
    if halt == "post":
        Client.analyze = Client.submit = halted("post")
    if halt == "save":
        Library.save = halted("save")
    client = Client(ApiKey("ih_live_sandbox"), base_url=api)
    Runner(lambda: client, Library(url), Recordings(Path(folder))).wake()
    print("up", flush=True)
    sys.stdin.read()  # the end of its input is its end


if __name__ == "__main__":
    main(*sys.argv[1:])
