"""The entry: `streamlit run dashboard.py`.

Streamlit imports it once as the server starts, for what lives as long as the server, and runs it as
a script for each page: only the list of pages, as each page sets itself up.
"""

import streamlit as st

from mubiao.ui.shell import later

if __name__ == "__main__":
    later.load()
    # Kept for the session: a page looks up its file as it is made, all of them a tenth of a rerun.
    if "pages" not in st.session_state:
        st.session_state["pages"] = [
            # Twice: a link copied on a fresh server, before this file has run, calls it /overview.
            st.Page("pages/overview.py", url_path="start", default=True),
            st.Page("pages/overview.py", url_path="overview"),
            st.Page("pages/target.py", url_path="target"),
            st.Page("pages/record.py", url_path="record"),
            st.Page("pages/owes.py", url_path="owes"),
            st.Page("pages/meeting.py", url_path="meeting"),
            st.Page("pages/present.py", url_path="present"),
            st.Page("pages/history.py", url_path="history"),
            st.Page("pages/years.py", url_path="years"),
            st.Page("pages/sources.py", url_path="sources"),
            st.Page("pages/review.py", url_path="review"),
            st.Page("pages/access.py", url_path="access"),
        ]
    st.navigation(st.session_state["pages"], position="hidden").run()
else:
    from mubiao.ui.shell import daily_work, document, door, runs

    runs.prepare()
    base = document.base()
    app = st.App(
        __file__,
        lifespan=daily_work.with_server,
        middleware=door.middleware(),
        routes=[
            *document.routes(),
            *later.routes(base, "mubiao.ui.shell.control_names", "/names.js"),
            *later.routes(base, "mubiao.ui.shell.finder", "/find"),
            *later.routes(base, "mubiao.ui.shell.sign_in", "/sign-in", "/sign-out"),
            *later.routes(base, "mubiao.ui.shell.watch", "/healthz", "/metrics"),
            *later.routes(base, "mubiao.api.routes", "/api/{rest:path}"),
        ],
    )
