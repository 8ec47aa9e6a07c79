"""Who may call: the sandbox's fixed credentials and the tokens it mints.

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

UPLOAD = "interhumanai.upload"
STREAM = "interhumanai.stream"
ISSUED_AS = {
    UPLOAD: UPLOAD,
    STREAM: STREAM,
    "interhumanai.realtime": "interhumanai.realtime",
    "interhumanai.upload.inter-2": UPLOAD,
    "interhumanai.upload.inter-2-audio": UPLOAD,
    "interhumanai.stream.inter-2": STREAM,
    "interhumanai.stream.inter-2-audio": STREAM,
}


class Tokens:
    """The tokens that are alive; each one ends `seconds` after it was minted."""

    def __init__(self, *, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seconds = seconds
        self._alive: dict[str, tuple[float, frozenset[str]]] = {}
        self._lock = threading.Lock()

    def mint(self, scopes: frozenset[str]) -> str:
        """A new random token that holds `scopes`."""
        now = self._clock()
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._alive = {name: held for name, held in self._alive.items() if held[0] > now}
            self._alive[token] = (now + self._seconds, scopes)
        return token

    def scopes(self, token: str) -> frozenset[str] | None:
        """What `token` may do; None when it is unknown or has ended."""
        with self._lock:
            end, scopes = self._alive.get(token, (0.0, frozenset[str]()))
        return scopes if self._clock() < end else None

    def exchange(self, request: object) -> dict[str, object]:
        """The reply to a key pair that asks for a token.

        Raises:
            Refused: ih2005 without a secret, ih2002 without an id, ih2001 for a wrong pair,
                ih4005 for scopes that are not a list of names, ih2003 for one not held.
        """
        pair = request if isinstance(request, Mapping) else {}
        if not pair.get("key_secret"):
            raise Refused("ih2005")
        if not pair.get("key_id"):
            raise Refused("ih2002")
        if (pair["key_id"], pair["key_secret"]) != (KEY_ID, KEY_SECRET):
            raise Refused("ih2001")
        granted = _granted(pair.get("scopes"))
        return {
            "access_token": self.mint(frozenset(granted)),
            "token_type": "Bearer",
            "expires_in": round(self._seconds),
            "scope": " ".join(granted),
        }

    def admit(self, authorization: str | None) -> None:
        """Let a request with this Authorization header upload.

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
        if UPLOAD not in scopes:
            raise Refused("ih2003")


def _granted(scopes: object) -> list[str]:
    if not isinstance(scopes, list) or not scopes:
        raise Refused("ih4005", "scopes must be a non-empty array.")
    if not all(isinstance(scope, str) and scope in ISSUED_AS for scope in scopes):
        raise Refused("ih2003")
    return list(dict.fromkeys(ISSUED_AS[scope] for scope in scopes))
