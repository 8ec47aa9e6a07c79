"""How many examples a test of a property gets: all of them in a whole run, few in a quick one."""

import os

from hypothesis import HealthCheck, settings

USUAL = 100  # examples of a test that names no number, in a whole run
PATIENT = {  # no test depends on the machine's speed
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow],
}
settings.register_profile("whole", max_examples=USUAL, **PATIENT)
settings.register_profile("quick", max_examples=USUAL // 10, **PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "whole"))


def examples(count):
    """This many in a whole run, and the same share of it as of all others in a quick one."""
    return max(1, count * settings.default.max_examples // USUAL)
