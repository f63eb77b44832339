"""The entry: `streamlit run dashboard.py`. Only the list of pages; each page sets itself up."""

import streamlit as st

st.navigation(
    [
        # Twice: a link copied on a fresh server, before this file has run, calls it /overview.
        st.Page("pages/overview.py", url_path="start", default=True),
        st.Page("pages/overview.py", url_path="overview"),
        st.Page("pages/target.py", url_path="target"),
        st.Page("pages/record.py", url_path="record"),
        st.Page("pages/history.py", url_path="history"),
        st.Page("pages/sources.py", url_path="sources"),
    ],
    position="hidden",
).run()
