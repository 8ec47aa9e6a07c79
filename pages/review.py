"""Review: one session, its signals and its quality in step with the video."""

from lib.ui import frame

frame.show(charts=True)  # on screen while the rest still loads

from lib.ui import desk, handover, header, opened, room, timelines

session = opened.session()
header.show(session)
header.scores(session)
room.show(session)
timelines.speech(session)
timelines.engagement(session)
timelines.quality(session)
handover.feedback(session)
desk.show(session)
