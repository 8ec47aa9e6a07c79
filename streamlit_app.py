"""Signal Review: the app that the server serves, and the frame around its pages.

The server imports this file once; each run of a viewer's page executes it as a script. Where a
passphrase is set, nothing is drawn or done before it.
"""

if __name__ == "__main__":
    from lib.ui.shell import (
        links,
        navigation,
        page_chrome,
        passphrase,
        services,
    )

    navigation.configure()
    links.mount_link_script()
    admitted = passphrase.is_admitted()
    page = navigation.navigation(hidden=not admitted)
    with page_chrome.page_frame():
        if admitted:
            try:
                passphrase.keep_token()
                page.run()
            finally:  # a page that leads elsewhere ends with an exception
                services.start()  # where no server has: the app is run as a plain script
        else:
            page_chrome.draw_entrance()
else:
    from functools import partial

    import streamlit as st

    from lib.ui.shell import (
        page_documents,
        recording_routes,
        review_routes,
        security_headers,
        server_lifespan,
        upload_routes,
    )

    # What the Review page imports: most of a second, which its first visitor need not wait for.
    REVIEW = (
        "lib.ui.review.current_session",
        "lib.ui.review.feedback",
        "lib.ui.review.header",
        "lib.ui.review.layout",
        "lib.ui.review.loaded_session",
        "lib.ui.review.score_cards",
        "lib.ui.review.section_tabs",
    )

    app = st.App(
        __file__,
        routes=[
            *page_documents.page_routes(),
            *recording_routes.recording_routes(),
            *review_routes.review_routes(),
            *upload_routes.upload_routes(),
        ],
        middleware=security_headers.middleware(),
        lifespan=partial(server_lifespan.lifespan, modules=REVIEW),
    )
