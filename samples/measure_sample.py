"""Measure sample.mp4 as the app measures any recording, and write recording_measurement.json.

Run from the repository's root, once there is another clip: `python -m samples.measure_sample`.
"""

from __future__ import annotations

import json

from lib.interchange.measurement_json import dump_measurement
from lib.interchange.sample_session import CLIP, MEASUREMENT_FILE
from lib.recordings.measurement import measure_recording

if __name__ == "__main__":
    facts = dump_measurement(measure_recording(CLIP))
    MEASUREMENT_FILE.write_text(f"{json.dumps(facts)}\n", encoding="utf-8")
