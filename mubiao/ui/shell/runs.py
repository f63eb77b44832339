"""What Streamlit does anew on each run although nothing of it changes, done once for a server.

This leans on names of Streamlit's own; `tests/test_runs.py` compares what is sent.
"""

from functools import cache

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.pages_manager import PagesManager

_fill = app_session._populate_theme_msg  # noqa: SLF001 - nothing public keeps the theme


def prepare() -> None:
    """Before the first run: the theme is put together once, and the list of pages is always that
    of the entry script, not at first that of the folder of pages.

    The theme alone took a third of the time of a run that changed nothing: six times over all 367
    options of Streamlit.
    """
    PagesManager.uses_pages_directory = False
    app_session._populate_theme_msg = _copy  # noqa: SLF001 - as above
    config.on_config_parsed(_filled.cache_clear, force_connect=True)


def _copy(msg: CustomThemeConfig, section: str = "theme") -> None:
    if (filled := _filled(section)).ByteSize():
        msg.MergeFrom(filled)


@cache
def _filled(section: str) -> CustomThemeConfig:
    message = CustomThemeConfig()
    _fill(message, section)
    return message
