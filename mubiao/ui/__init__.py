"""The dashboard's own widgets: the only part of the package that imports Streamlit."""

import gc

# What the server has loaded by now stays for good. Not looking through all of it again makes
# loading the rest a quarter faster, and spares each rerun the same pause.
gc.freeze()
