"""The frame of a page that is opened while another one is still loading."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
TWO_VIEWERS = """
import sys, threading, time
import plotly.graph_objects
from lib.ui.shell import page_chrome
first = threading.Thread(target=__import__, args=("pandas",))
first.start()
while "pandas" not in sys.modules:
    time.sleep(0.001)
assert not hasattr(sys.modules["pandas"], "Series")
page_chrome._load_chart_code()
first.join()
"""


def test_a_second_viewer_does_not_meet_what_is_half_loaded_for_the_first():
    process = subprocess.run(
        [sys.executable, "-c", TWO_VIEWERS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
