"""HTML for the page, in which text from outside is escaped and never interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape

from lib.model import GIB, MIB


def element(text: str, *, tag: str = "p", css: str = "") -> str:
    """An HTML element that shows `text` to the letter. `tag` and `css` are ours."""
    return f'<{tag} class="{css}">{escape(text)}</{tag}>'


def download_link(text: str, address: str, *, name: str) -> str:
    """A link that downloads what lies at an address of ours, as a file of this name."""
    target = f'href="{escape(address)}" download="{escape(name)}"'
    return f'<a class="sr-download" {target}>{escape(text)}</a>'


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """An HTML table; every cell shows its text to the letter."""
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    lines = ("".join(f"<td>{escape(str(cell))}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table class="sr-plain"><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>'


def time_button(
    to: float, time: str, name: str, text: str = "", *, span: int | None = None, note: bool = False
) -> str:
    """A button that seeks to a time [s], and opens a span or the notes there, in the browser."""
    target = ' data-note="yes"' if note else "" if span is None else f' data-span="{span}"'
    return (
        f'<li><button type="button" class="sr-moment" data-go="{to:.3f}"{target}>'
        f'<span class="sr-time">{escape(time)}</span><span class="sr-rule">{escape(name)}</span>'
        f"<span>{escape(text)}</span></button></li>"
    )


def time_list(lines: Iterable[str]) -> str:
    """An HTML list of what `time_button` returned."""
    return f'<ol class="sr-moments">{"".join(lines)}</ol>'


def plain_labels(options: Iterable[str]) -> dict[str, str]:
    """A plain label for each option; no two are the same."""
    labels: dict[str, str] = {}
    used: set[str] = set()
    counts: dict[str, int] = {}  # of each label, so that thousands of one are numbered at once
    for option in options:
        label = plain = plain_label(option)
        while label in used:
            counts[plain] = counts.get(plain, 1) + 1
            label = f"{plain} {counts[plain]}"
        used.add(label)
        labels[option] = label
    return labels


def plain_label(text: str) -> str:
    """The words of a text from outside, for a label that Streamlit reads as Markdown."""
    return " ".join(re.sub(r"[^\w\s-]|_", " ", text).split())[:40] or "unnamed"


def format_bytes(count: int) -> str:
    """Bytes as GiB or MiB with one decimal, KiB when small, and to the byte below one of those."""
    if count < 1024:  # noqa: PLR2004  a KiB
        return f"{count} byte{'s' * (count != 1)}"
    if count >= GIB:
        return f"{count / GIB:.1f} GiB"
    return f"{count / MIB:.1f} MiB" if count >= MIB / 10 else f"{count / 1024:.0f} KiB"


def format_limit(count: int) -> str:
    """A limit of bytes as people set it: "4 GiB", "512 MiB", "61 MiB"; rounded down."""
    size, unit = (GIB, "GiB") if count >= GIB else (MIB, "MiB")
    return f"{count * 100 // size / 100:g} {unit}"


def format_moment(when: datetime) -> str:
    """A date and time in UTC, marked as such: the server does not know the viewer's zone."""
    return f"{when:%Y-%m-%d %H:%M} UTC"


def format_elapsed(seconds: float) -> str:
    """Whole seconds as m:ss."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes}:{rest:02d}"


def model_name(api: str, model: str) -> str:
    """The API version and the model, as shown to the analyst."""
    return f"{api.upper()} · {model}"
