"""Signal Review: the frame around the pages."""

from lib.ui.shell import garbage_collection, navigation, page_chrome, services

navigation.configure()
try:
    navigation.navigation().run()
    page_chrome.draw_footer()
finally:  # a page that leads elsewhere ends with an exception
    services.start_background()
    garbage_collection.freeze_startup_objects()
