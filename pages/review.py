"""Review: one session, its signals and its quality in step with the video."""

from lib.ui.shell import page_chrome

page_chrome.draw_chrome(compact=True)  # on screen while the rest still loads

from lib.ui.review import (
    current_session,
    feedback,
    header,
    layout,
    loaded_session,
    score_cards,
    section_tabs,
)

session = current_session.open_session()
with loaded_session.load_once(session) as loaded:
    header.draw_header(session)
    score_cards.draw_score_cards(session)
    layout.draw_room(loaded)
    feedback.draw_feedback(session)
    section_tabs.draw_sections(loaded)
