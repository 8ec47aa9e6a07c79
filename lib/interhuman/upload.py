"""A multipart upload that is read from disk a block at a time, never whole.

Knows requests-toolbelt and the file; knows no connection.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from requests_toolbelt import MultipartEncoder

from lib.errors import LocalFileError
from lib.interhuman.progress import Sending, Sent, Watch
from lib.media_types import MEDIA_TYPES

BLOCK_BYTES = 256 * 1024  # sent at a time


class Body:
    """The multipart form with the recording, as a file-like object, which reports its progress.

    When the next block is read, the one before was sent; `done` is true once all were.
    """

    def __init__(self, encoder: MultipartEncoder, watch: Watch) -> None:
        self._encoder = encoder
        self._watch = watch
        self.len = encoder.len  # the name that requests, too, looks for
        self.sent = 0
        self.done = False

    def read(self, size: int = -1) -> bytes:
        """The next block; empty at the end."""
        self._watch(Sending(self.sent, self.len))
        try:
            block: bytes = self._encoder.read(size)
        except OSError as error:
            raise LocalFileError from error
        self.sent += len(block)
        if not block and not self.done:
            self.done = True
            self._watch(Sent())
        return block


@dataclass(frozen=True, slots=True)
class Upload:
    """A recording on disk and the other fields of its form."""

    path: Path
    fields: tuple[tuple[str, str], ...]

    @contextmanager
    def opened(self, watch: Watch) -> Iterator[tuple[Body, str]]:
        """Open the file; yields the body to send and its content type.

        Raises:
            LocalFileError: The file is missing, empty, or cannot be read.
        """
        suffix = self.path.suffix.lower()
        media_type = MEDIA_TYPES.get(suffix)
        # Only a known suffix is sent: a file name may name people or hold anything.
        name = f"recording{suffix}" if media_type else "recording"
        try:
            file = self.path.open("rb")
        except (OSError, ValueError) as error:
            raise LocalFileError from error
        with file:
            if not os.fstat(file.fileno()).st_size:
                raise LocalFileError("The recording is empty.")
            file_part = (name, file, media_type or "application/octet-stream")
            fields = [(key, text.encode("utf-8", "replace")) for key, text in self.fields]
            encoder = MultipartEncoder([*fields, ("file", file_part)])
            yield Body(encoder, watch), encoder.content_type
