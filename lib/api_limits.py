"""What the API takes, and how long it keeps a result (contract, sections 5 and 6), once each.

Knows only the base. Sentences about a limit are made of these, so that none says another number.
"""

from __future__ import annotations

from lib.model import MIB
from lib.timecode import spell_duration

MAX_BYTES = 32 * MIB  # of a recording
MAX_SECONDS = 30 * 60  # V2's default limit; V1 states none
MIN_SECONDS = 3.0
V2_WINDOW_SECONDS = 5.0  # of an answer, in all that is published; each answer states its own
RESULT_SECONDS = 60 * 60  # for which the result of a V2 job is kept

MAX_SIZE = f"{MAX_BYTES // MIB} MiB"
MAX_LENGTH = spell_duration(MAX_SECONDS)
MIN_LENGTH = spell_duration(MIN_SECONDS)
RESULT_LENGTH = spell_duration(RESULT_SECONDS)
