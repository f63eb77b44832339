"""The dashboard's own widgets: the only part of the package that imports Streamlit."""
