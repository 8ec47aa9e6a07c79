"""What tells a review from what it was before: a short text that changes with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from lib.model import Added, Review

BYTES = 12  # no two states of one review that anybody compares are alike by chance


def review_version(review: Review) -> str:
    """The version of what reviewers added to a session, the same in each process.

    The transcript counts for nothing: it is long, and need not be read for this.
    """
    added = (review.notes, review.verdicts, review.claims, review.coded)
    told = [_values(each) for each in added]
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=BYTES).hexdigest()


def _values(items: Iterable[Added]) -> list[list[str]]:
    return [[str(getattr(one, name)) for name in one.__dataclass_fields__] for one in items]
