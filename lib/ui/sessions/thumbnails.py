"""What the list of sessions shows of each recording: a still of its picture, where it has one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from lib.errors import AppError
from lib.recordings.thumbnail import has_no_picture, make_thumbnail, thumbnail_of
from lib.ui.shell import services, signed_addresses

SOUND = "sound"


def stills_of(session_ids: Iterable[str]) -> dict[str, str]:
    """By the id of a session, the address of its thumbnail, SOUND, or nothing.

    A thumbnail that is not there is made from now on; meanwhile its address answers with nothing.
    To list a session is no use of its recording, which would keep it longer.
    """
    return {session_id: _still_of(session_id) for session_id in session_ids}


def _still_of(session_id: str) -> str:
    try:
        recording = services.recordings().file_of_session(session_id)
    except AppError:  # a list without pictures is complete
        return ""
    address = recording and signed_addresses.thumbnail_address(session_id)
    if not recording or not address:
        return ""
    if has_no_picture(recording):
        return SOUND
    if thumbnail_of(recording) is None:
        make = partial(make_thumbnail, recording)
        progress = services.companion_maker().request(recording, "thumbnail", make, in_list=True)
        if progress.problem:
            return ""
    return address
