"""The sandbox's fixed credentials, and the tokens it issues.

The two keys below open nothing but a sandbox on this machine.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping

from lib.sandbox.errors import Refused

KEY = "ih_live_sandbox"
KEY_WITHOUT_SCOPE = "ih_live_noscope"
KEY_ID = "sandbox"
KEY_SECRET = "sandbox"  # noqa: S105  public by design: it opens nothing real

UPLOAD_SCOPE = "interhumanai.upload"
STREAM_SCOPE = "interhumanai.stream"
ISSUED_SCOPES = {
    UPLOAD_SCOPE: UPLOAD_SCOPE,
    STREAM_SCOPE: STREAM_SCOPE,
    "interhumanai.realtime": "interhumanai.realtime",
    "interhumanai.upload.inter-2": UPLOAD_SCOPE,
    "interhumanai.upload.inter-2-audio": UPLOAD_SCOPE,
    "interhumanai.stream.inter-2": STREAM_SCOPE,
    "interhumanai.stream.inter-2-audio": STREAM_SCOPE,
}


class Tokens:
    """The tokens that are valid; each expires `seconds` after it was issued."""

    def __init__(self, *, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seconds = seconds
        self._valid: dict[str, tuple[float, frozenset[str]]] = {}
        self._lock = threading.Lock()

    def issue(self, scopes: frozenset[str]) -> str:
        """A new random token that holds `scopes`."""
        now = self._clock()
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._valid = {old: grant for old, grant in self._valid.items() if grant[0] > now}
            self._valid[token] = (now + self._seconds, scopes)
        return token

    def scopes(self, token: str) -> frozenset[str] | None:
        """The scopes of `token`; None when it is unknown or has expired."""
        with self._lock:
            end, scopes = self._valid.get(token, (0.0, frozenset[str]()))
        return scopes if self._clock() < end else None

    def exchange(self, request: object) -> dict[str, object]:
        """The reply to a key pair that asks for a token.

        Raises:
            Refused: ih2005 without a secret, ih2002 without an id, ih2001 for a wrong pair,
                ih4005 for scopes that are not a list of names, ih2003 for one that is not granted.
        """
        pair = request if isinstance(request, Mapping) else {}
        if not pair.get("key_secret"):
            raise Refused("ih2005")
        if not pair.get("key_id"):
            raise Refused("ih2002")
        if (pair["key_id"], pair["key_secret"]) != (KEY_ID, KEY_SECRET):
            raise Refused("ih2001")
        granted = _grant_scopes(pair.get("scopes"))
        return {
            "access_token": self.issue(frozenset(granted)),
            "token_type": "Bearer",
            "expires_in": round(self._seconds),
            "scope": " ".join(granted),
        }

    def admit(self, authorization: str | None) -> None:
        """Return if a request with this Authorization header may upload.

        Raises:
            Refused: ih2002 without a credential, ih2001 for a wrong one, ih2003 without scope.
        """
        scheme, _, credential = (authorization or "").partition(" ")
        if not credential.strip():
            raise Refused("ih2002")
        if scheme.lower() != "bearer":
            raise Refused("ih2001")
        if credential == KEY:
            return
        scopes = frozenset[str]() if credential == KEY_WITHOUT_SCOPE else self.scopes(credential)
        if scopes is None:
            raise Refused("ih2001")
        if UPLOAD_SCOPE not in scopes:
            raise Refused("ih2003")


def _grant_scopes(scopes: object) -> list[str]:
    if not isinstance(scopes, list) or not scopes:
        raise Refused("ih4005", "scopes must be a non-empty array.")
    if not all(isinstance(scope, str) and scope in ISSUED_SCOPES for scope in scopes):
        raise Refused("ih2003")
    return list(dict.fromkeys(ISSUED_SCOPES[scope] for scope in scopes))
