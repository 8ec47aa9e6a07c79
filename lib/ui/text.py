"""Text for the page. What came from outside is escaped, never interpreted."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

MIB = 1024 * 1024


def block(text: str, *, tag: str = "p", css: str = "") -> str:
    """An HTML element that shows `text` to the letter. `tag` and `css` are ours."""
    return f'<{tag} class="{css}">{escape(text)}</{tag}>'


def plain(outside: str) -> str:
    """Words of `outside` for a label that Streamlit reads as Markdown: no sign has a meaning."""
    return " ".join(re.sub(r"[^\w\s-]|_", " ", outside).split())[:40] or "unnamed"


def size(count: int) -> str:
    """Bytes as MiB with one decimal, or KiB when small."""
    return f"{count / MIB:.1f} MiB" if count >= MIB / 10 else f"{count / 1024:.0f} KiB"


def moment(when: datetime) -> str:
    """A point in time, in UTC and said so: the viewer's zone is not known on the server."""
    return f"{when:%Y-%m-%d %H:%M} UTC"


def elapsed(seconds: float) -> str:
    """Whole seconds as m:ss."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes}:{rest:02d}"


def model_name(api: str, model: str) -> str:
    """The API version and model, as the analyst knows them."""
    return f"{api.upper()} · {model}"
