"""A key as an API may echo it, and answers that echo it in every text."""

import base64
import copy

from tests.interhuman.examples import FAILED, V1, V2

KEY = "ih_live_Zq8vR3xW-p5Lk2Nd7Tb4Yc6"


def base64_forms(text):
    """Base64 in which the text begins at each of the three places of a group, and for URLs."""
    for before in (b"", b"u", b"u:"):
        form = base64.b64encode(before + text.encode())
        yield form.decode()
        yield form.translate(bytes.maketrans(b"+/", b"-_")).decode().rstrip("=")


ECHOES = {
    "whole": KEY,
    "in a sentence": f"The header was 'Bearer {KEY}'.",
    "its start": f"The key {KEY[:12]}… is not known",
    "its end": f"…{KEY[-8:]}",
    "its middle": f"({KEY[9:17]})",
    "twice": KEY + KEY,
    "cut twice": f"{KEY[:9]}…{KEY[-9:]}",
    **{f"base64 {n}": f"Basic {form}" for n, form in enumerate(base64_forms(KEY))},
    "base64, cut": next(base64_forms(KEY))[5:-5],
}


def pieces(key=KEY):
    """What must be nowhere: eight characters in a row, of the key and of its base64."""
    return {
        form[at : at + 8]
        for form in (key, *(form.rstrip("=")[4:-4] for form in base64_forms(key)))
        for at in range(len(form) - 7)
    }


def found(text, key=KEY):
    return sorted(piece for piece in pieces(key) if piece in text)


def with_texts(answer, echo, *, kept=()):
    """The answer with the echo in place of each text, but for members named in `kept`."""
    if isinstance(answer, dict):
        return {
            name: value if name in kept else with_texts(value, echo, kept=kept)
            for name, value in answer.items()
        }
    if isinstance(answer, list):
        return [with_texts(item, echo, kept=kept) for item in answer]
    return echo if isinstance(answer, str) or answer is None else answer


def answers(echo):
    """Every kind of answer with the echo in each text of it, by name: status and body."""
    kept = ("job_id", "status", "error_id")
    noted = {**copy.deepcopy(V1), "note": "", echo: {"of": ""}}
    noted["feedback"]["reason"] = ""
    error = {"error_id": "", "message": "", "correlation_id": "", "link": "", "detail": ""}
    return {
        "v1": (200, with_texts(noted, echo)),
        "v2": (200, with_texts({**V2, "note": ""}, echo, kept=kept)),
        "v2 failed": (200, with_texts({**FAILED, "error": error}, echo, kept=kept)),
        "v2 failed, with its id": (200, with_texts({**FAILED, "note": ""}, echo, kept=kept)),
        "without an analysis": (200, with_texts(error, echo)),
        "no job": (200, with_texts({"job_id": "", "status": "", **error}, echo)),
        "a text": (200, echo),
        **{
            f"refusal {status}": (status, with_texts(error, echo))
            for status in (302, 400, 401, 403, 404, 413, 422, 429, 500, 502, 503)
        },
        "refusal with its id": (429, with_texts({**error, "error_id": "ih3003"}, echo, kept=kept)),
    }
