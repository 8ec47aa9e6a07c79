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
    import streamlit as st

    from lib.ui.shell import (
        page_documents,
        recording_routes,
        security_headers,
        server_lifespan,
        upload_routes,
    )

    app = st.App(
        __file__,
        routes=[
            *page_documents.page_routes(),
            *recording_routes.recording_routes(),
            *upload_routes.upload_routes(),
        ],
        middleware=security_headers.middleware(),
        lifespan=server_lifespan.lifespan,
    )
