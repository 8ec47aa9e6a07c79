"""The recording that was read last, held open: its parts need not open it once more each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path

from lib.recordings.source import Source, open_source
from lib.recordings.step import Step

_Key = tuple[object, ...]


class SourceCache:
    """Opens sources, and holds the last one; what is read of it is the same as of a new one.

    That is sure only where a container has an index. `close` drops it.
    """

    def __init__(self) -> None:
        self._held: tuple[_Key, Source, ExitStack] | None = None

    @contextmanager
    def open(self, path: Path, step: Step) -> Iterator[Source]:
        """Open the tracks of a recording that a step takes, as `open_source` does.

        Raises:
            EmptyStretchError: there is no such track.
        """
        key = _key_of(path, step)
        held, self._held = self._held, None
        if held and held[0] == key and held[1].seek(Fraction(step.start)):
            _, source, stack = held
        else:
            if held:
                held[2].close()
            stack = ExitStack()
            source = stack.enter_context(open_source(path, step))
        with stack:  # closed where reading it fails
            yield source
            if source.has_index:
                self._held = key, source, stack.pop_all()

    def close(self) -> None:
        """Close what is held."""
        if self._held:
            self._held[2].close()
        self._held = None


def _key_of(path: Path, step: Step) -> _Key:
    """What is the same for two steps that read the same: another file at the path is another."""
    status = path.stat()
    return path, status.st_dev, status.st_ino, status.st_size, step.picture, step.sound_track
