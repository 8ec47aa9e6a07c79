"""Review: one session, its signals and its quality in step with the video."""

from lib.ui.shell import page_chrome

page_chrome.draw_chrome(charts=True)  # on screen while the rest still loads

from lib.ui.review import (
    current_session,
    feedback,
    header,
    layout,
    score_cards,
    section_tabs,
    session_frames,
    timelines,
)

session = current_session.open_session()
header.draw_header(session)
score_cards.draw_score_cards(session)
with session_frames.review_loaded(session):
    layout.draw_room(session)
    timelines.draw_speech(session)
    timelines.draw_engagement(session)
    timelines.draw_quality(session)
    feedback.draw_feedback(session)
    section_tabs.draw_sections(session)
