"""Signal Review: the frame around the pages, and the passphrase before them."""

from lib.ui.shell import garbage_collection, links, navigation, page_chrome, passphrase, services

navigation.configure()
links.mount_link_script()
admitted = passphrase.is_admitted()
page = navigation.navigation(hidden=not admitted)
if admitted:
    try:
        passphrase.keep_token()
        page.run()
        page_chrome.draw_footer()
    finally:  # a page that leads elsewhere ends with an exception
        services.start_background()
        garbage_collection.freeze_startup_objects()
else:
    page_chrome.draw_entrance()
