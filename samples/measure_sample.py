"""Measure sample.mp4 as the app measures any recording, and write recording_quality.json.

Run from the repository's root, once there is another clip: `python -m samples.measure_sample`.
"""

from __future__ import annotations

import json

from lib.interchange.quality_json import dump_quality
from lib.interchange.sample_session import CLIP, QUALITY_FILE
from lib.recordings.quality_check import check_quality

if __name__ == "__main__":
    facts = dump_quality(check_quality(CLIP))
    QUALITY_FILE.write_text(f"{json.dumps(facts)}\n", encoding="utf-8")
