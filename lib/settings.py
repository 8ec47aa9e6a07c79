"""Settings from the secrets and the environment, with a problem for each wrong one.

The caller passes the two mappings; no file and no variable is read here.
"""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lib.errors import Problem
from lib.model import API_URL, GIB

CREDENTIAL_NAMES = ("api_key", "key_id", "key_secret")
API_VERSIONS = ("v1", "v2")
LIBRARY_FILE = Path("data") / "library.db"  # where no address is set
LIBRARY_VARIABLES = {
    "url": "LIBRARY_URL",
    "keep_recordings": "LIBRARY_KEEP_RECORDINGS",
    "retention_days": "LIBRARY_RETENTION_DAYS",
}
LIBRARY_URL_SETTINGS = (
    "[library]",
    "[library] url",
    "LIBRARY_URL",
)  # where a problem keeps the library from opening
PASSPHRASE_VARIABLE = "ACCESS_PASSPHRASE"  # noqa: S105  the name of it
FRAMED_BY_VARIABLE = "ACCESS_FRAMED_BY"
ACCESS_SETTINGS = (  # where a problem keeps everybody out: a passphrase may be meant there
    "secrets.toml",
    "[access]",
    "[access] passphrase",
    PASSPHRASE_VARIABLE,
)
RECORDINGS_VARIABLES = {
    "max_gigabytes": "RECORDINGS_MAX_GIGABYTES",
    "reserve_gigabytes": "RECORDINGS_RESERVE_GIGABYTES",
}
MAX_GIGABYTES = 4.0  # of a recording that is uploaded, where nothing is set
RESERVE_GIGABYTES = 0.25  # of the disk, left to the library by uploads
MOST_GIGABYTES = 1000.0  # that either may be set to
NO_RETENTION = ("", "0", "off", "false")
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
SWITCH_VALUES = {"true": True, "yes": True, "on": True, "1": True}
SWITCH_VALUES |= {"": False, "false": False, "no": False, "off": False, "0": False}
MAX_RETENTION_DAYS = 36_500  # days


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings: how the API is reached, what the library keeps, and who may come in.

    Either `api_key`, or `key_id` and `key_secret`, or none of them (sandbox mode). With
    `problems` nothing is sent to the API.
    """

    api_key: str = field(default="", repr=False)
    key_id: str = field(default="", repr=False)
    key_secret: str = field(default="", repr=False)
    base_url: str = API_URL
    api: str = "v1"
    library_url: str = field(default="", repr=False)  # a database's address may hold a password
    keep_recordings: bool = False  # as long as their sessions (background.retention)
    retention_days: int | None = None  # after which a session is deleted; None: never
    passphrase: str = field(default="", repr=False)  # without one, everybody may come in
    framed_by: tuple[str, ...] = ()  # other origins whose pages may show the app inside them
    max_upload_bytes: int = int(MAX_GIGABYTES * GIB)  # of one recording
    reserve_bytes: int = int(RESERVE_GIGABYTES * GIB)  # of the disk, that uploads leave free
    problems: tuple[Problem, ...] = ()

    @property
    def secrets(self) -> tuple[str, ...]:
        """The credentials that are set, which no answer may show."""
        return tuple(filter(None, (self.api_key, self.key_secret, self.key_id)))

    @property
    def sandbox(self) -> bool:
        """Whether the embedded sandbox is used, as there are no credentials for the API."""
        return not (self.api_key or self.key_id or self.key_secret or self.problems)

    @property
    def access_problem(self) -> Problem | None:
        """A problem because of which nobody may come in: a passphrase may be set, or is to be."""
        problems = (problem for problem in self.problems if problem.setting in ACCESS_SETTINGS)
        return next(problems, None)


def _setting_problem(setting: str, what: str, next_step: str) -> Problem:
    return Problem(what, next_step, setting=setting)


UNREADABLE = _setting_problem(
    "secrets.toml",
    "The secrets cannot be read: they are not valid TOML.",
    "Look for a missing quote or bracket; secrets.toml.example shows how it should look.",
)


def load(secrets: Mapping[str, object], environ: Mapping[str, str]) -> Settings:
    """Settings from the tables of the secrets (`[interhuman]`, …), else from the environment.

    Secrets win. Credentials are taken from one place as a set, so that a key in the secrets is
    never paired with half of another one in the environment.
    """
    library, library_problems = _read_library(secrets.get("library", {}), environ)
    passphrase, access_problems = _read_passphrase(secrets.get("access", {}), environ)
    framed_by, frame_problems = _read_framed_by(secrets.get("access", {}), environ)
    limits, limit_problems = _read_recordings(secrets.get("recordings", {}), environ)
    other_problems = (*library_problems, *access_problems, *frame_problems, *limit_problems)
    others: dict[str, Any] = {
        "passphrase": passphrase,
        "framed_by": framed_by,
        **library,
        **limits,
    }
    table = secrets.get("interhuman", {})
    if not isinstance(table, Mapping):
        problems = (_table_problem("interhuman"), *other_problems)
        return Settings(**others, problems=problems)
    values = {name: _read_text(table.get(name)) for name in (*CREDENTIAL_NAMES, "base_url", "api")}
    names = {name: f"[interhuman] {name}" for name in values}
    if not any(values[name] for name in CREDENTIAL_NAMES):
        for name in CREDENTIAL_NAMES:
            values[name] = _read_text(environ.get(_variable_name(name)))
            names[name] = _variable_name(name)
    for name in ("base_url", "api"):
        if not values[name]:
            values[name] = _read_text(environ.get(_variable_name(name)))
            names[name] = _variable_name(name)
    base_url = (values["base_url"] or API_URL).rstrip("/")
    api = (values["api"] or "v1").lower()
    problems = (
        *_credential_problems(values, names),
        *_api_problems(api, names["api"]),
        *_url_problems(base_url, names["base_url"]),
        *other_problems,
    )
    if problems:  # nothing of them can be sent anywhere by mistake
        return Settings(**others, problems=problems)
    return Settings(
        api_key=values["api_key"],
        key_id=values["key_id"],
        key_secret=values["key_secret"],
        base_url=base_url,
        api=api,
        **others,
    )


def _variable_name(name: str) -> str:
    return f"INTERHUMAN_{name.upper()}"


def _read_text(value: object) -> str:
    return str(value).strip() if value is not None else ""


def _table_problem(name: str) -> Problem:
    return _setting_problem(
        f"[{name}]",
        f"The secrets hold “{name}” as a single value, not as a table.",
        f"Write a line [{name}] and the settings below it, as in secrets.toml.example.",
    )


def _read_library(
    table: object, environ: Mapping[str, str]
) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of Settings that are about the library, and what is wrong with them."""
    if not isinstance(table, Mapping):
        return {"keep_recordings": True}, [_table_problem("library")]
    values, names = {}, {}
    for name, variable in LIBRARY_VARIABLES.items():
        secret = _read_text(table.get(name))
        values[name] = secret or _read_text(environ.get(variable))
        names[name] = f"[library] {name}" if secret else variable
    keep, days = values["keep_recordings"].lower(), values["retention_days"]
    has_days = days.isdecimal() and 0 < int(days) <= MAX_RETENTION_DAYS
    problems = []
    if not _is_database_url(values["url"]):
        problems.append(_setting_problem(names["url"], *_DATABASE_REMEDY))
    if keep not in SWITCH_VALUES:
        problems.append(_setting_problem(names["keep_recordings"], *_SWITCH_REMEDY))
    if days not in NO_RETENTION and not has_days:
        problems.append(_setting_problem(names["retention_days"], *_DAYS_REMEDY))
    fields = {
        "library_url": values["url"],
        "keep_recordings": SWITCH_VALUES.get(keep, True),  # in doubt nothing is deleted
        "retention_days": int(days) if has_days else None,
    }
    return fields, problems


def _read_recordings(
    table: object, environ: Mapping[str, str]
) -> tuple[dict[str, int], list[Problem]]:
    """The fields of Settings that limit uploads, and what is wrong; a wrong one limits as usual."""
    if not isinstance(table, Mapping):
        return {}, [_table_problem("recordings")]
    fields, problems = {}, []
    for name, variable in RECORDINGS_VARIABLES.items():
        secret = _read_text(table.get(name))
        text = secret or _read_text(environ.get(variable))
        gigabytes = _read_gigabytes(text)
        if gigabytes is not None and (gigabytes > 0 or name == "reserve_gigabytes"):
            fields[_FIELDS[name]] = round(gigabytes * GIB)
        elif text:
            setting = f"[recordings] {name}" if secret else variable
            problems.append(_setting_problem(setting, *_GIGABYTES_REMEDIES[name]))
    return fields, problems


def _read_gigabytes(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 <= number <= MOST_GIGABYTES else None


def _read_passphrase(table: object, environ: Mapping[str, str]) -> tuple[str, tuple[Problem, ...]]:
    """The passphrase, "" for none, and what is wrong with it."""
    if not isinstance(table, Mapping):
        return "", (_table_problem("access"),)
    secret = table.get("passphrase")
    passphrase = _read_text(secret) or _read_text(environ.get(PASSPHRASE_VARIABLE))
    if isinstance(secret, Mapping | list):
        return "", (_setting_problem("[access] passphrase", *_PASSPHRASE_REMEDY),)
    if table.keys() - {"framed_by"} and secret is None and not passphrase:  # its name is misspelt
        return "", (_setting_problem("[access]", *_NO_PASSPHRASE_REMEDY),)
    return passphrase, ()


def _read_framed_by(
    table: object, environ: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The origins that may frame the app, and what is wrong with them; one wrong one ends all."""
    value = table.get("framed_by") if isinstance(table, Mapping) else None
    name = FRAMED_BY_VARIABLE if value is None else "[access] framed_by"
    if value is None:
        value = environ.get(FRAMED_BY_VARIABLE, "")
    texts = value if isinstance(value, list) else [value]
    origins = tuple(part for text in texts for part in _read_text(text).replace(",", " ").split())
    if all(map(_is_origin, origins)):
        return origins, ()
    return (), (_setting_problem(name, *_ORIGIN_REMEDY),)


def _is_origin(text: str) -> bool:
    """Whether it is a scheme, a host and at most a port, and nothing that a header would split."""
    return re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?", text) is not None


def _is_database_url(url: str) -> bool:
    scheme, mark, _ = url.partition("://")
    return not url or (mark != "" and scheme.partition("+")[0] in DATABASE_SCHEMES)


_DATABASE_REMEDY = (
    "This is not the address of a database that can be used.",
    "Set it to sqlite:////folder/library.db or postgresql://user:password@host/name, or remove it.",
)
_SWITCH_REMEDY = (
    "It is neither true nor false.",
    "Set it to true to keep recordings as long as their sessions, or remove it.",
)
_PASSPHRASE_REMEDY = (
    "It is not text, so nobody could enter it.",
    "Set it to a sentence in quotes, or remove it to let in everybody who has the link.",
)
_NO_PASSPHRASE_REMEDY = (
    "The table holds no passphrase, so nobody can get in.",
    'Write passphrase = "..." below it, or remove it to let in everybody who has the link.',
)
_ORIGIN_REMEDY = (
    "It names what is no origin of a page.",
    "Set it to one or more addresses like https://pages.example.org, without a path, or remove it.",
)
_DAYS_REMEDY = (
    f"It is not a whole number of days from 1 to {MAX_RETENTION_DAYS:,}.",
    "Set it to the days after which a session is deleted, or remove it to keep all.",
)

_FIELDS = {"max_gigabytes": "max_upload_bytes", "reserve_gigabytes": "reserve_bytes"}
_GIGABYTES_REMEDIES = {
    "max_gigabytes": (
        f"It is not a number of gigabytes above 0 and up to {MOST_GIGABYTES:,.0f}.",
        "Set it to what one recording may have, such as 4 or 0.5, or remove it.",
    ),
    "reserve_gigabytes": (
        f"It is not a number of gigabytes from 0 to {MOST_GIGABYTES:,.0f}.",
        "Set it to what uploads leave free on the disk, such as 0.25, or remove it.",
    ),
}


def _credential_problems(values: Mapping[str, str], names: Mapping[str, str]) -> list[Problem]:
    key, pair_id, pair_secret = (values[name] for name in CREDENTIAL_NAMES)
    if key and (pair_id or pair_secret):
        return [
            _setting_problem(
                names["api_key"],
                "An API key and a key pair are both set.",
                f"Keep one: remove {names['api_key']}, or remove {names['key_id']} "
                f"and {names['key_secret']}.",
            )
        ]
    if pair_id and not pair_secret:
        return [_half_pair_problem(names["key_secret"], names["key_id"])]
    if pair_secret and not pair_id:
        return [_half_pair_problem(names["key_id"], names["key_secret"])]
    unsendable = [name for name in CREDENTIAL_NAMES if not _fits_a_header(values[name])]
    return [
        _setting_problem(
            names[name],
            "It holds a line break or another character that a key never has.",
            "Copy the key again, without quotes or line breaks inside it.",
        )
        for name in unsendable
    ]


def _fits_a_header(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _half_pair_problem(missing: str, present: str) -> Problem:
    return _setting_problem(
        missing,
        f"A key pair has two halves, and only {present} is set.",
        f"Set {missing} as well, or use api_key alone.",
    )


def _api_problems(api: str, name: str) -> list[Problem]:
    if api in API_VERSIONS:
        return []
    return [_setting_problem(name, "This is not a version of the API.", "Set it to v1 or to v2.")]


def _url_problems(base_url: str, name: str) -> list[Problem]:
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    remedy = f"Set it to an address like {API_URL}, or remove it."
    if parts.scheme not in ("http", "https") or not host:
        return [_setting_problem(name, "This is not an http(s) address.", remedy)]
    if parts.username or parts.password or parts.query or parts.fragment:
        return [
            _setting_problem(
                name,
                "The address carries a user name, a query or a fragment.",
                "Give scheme, host and, where needed, a port: credentials have settings of "
                "their own.",
            )
        ]
    if parts.scheme == "http" and not _is_loopback(host):
        return [
            _setting_problem(
                name,
                "Plain http would send the credentials and the recording unprotected.",
                "Use https. Plain http is accepted for this machine alone (127.0.0.1, localhost).",
            )
        ]
    return []


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
