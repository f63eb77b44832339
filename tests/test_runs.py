"""What Streamlit would do anew on each run: what is sent is the same."""

from collections.abc import Iterator

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session
from streamlit.runtime.pages_manager import PagesManager

from mubiao.ui.shell import runs

FILL = app_session._populate_theme_msg  # noqa: SLF001 - what is replaced


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    monkeypatch.setattr(app_session, "_populate_theme_msg", FILL)
    config.get_config_options(force_reparse=True)  # that of our own file
    runs.prepare()
    yield
    config.get_config_options(force_reparse=True)


def theme() -> NewSession:
    """The theme as a run sends it, in the order in which Streamlit fills it."""
    message = NewSession()
    for section in ("", "light", "dark", "sidebar", "light.sidebar", "dark.sidebar"):
        part = message.custom_theme
        for name in filter(None, section.split(".")):
            part = getattr(part, name)
        app_session._populate_theme_msg(  # noqa: SLF001 - as Streamlit calls it
            part, f"theme.{section}".rstrip(".")
        )
    return message


def test_the_theme_that_is_kept_is_the_one_that_streamlit_puts_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, again = theme(), theme()
    monkeypatch.setattr(app_session, "_populate_theme_msg", FILL)
    assert theme() == first == again
    assert first.custom_theme.light.primary_color == "#1f4e79"
    assert not first.custom_theme.HasField("sidebar")


def test_another_theme_in_the_settings_is_sent() -> None:
    assert theme().custom_theme.light.primary_color == "#1f4e79"
    config.get_config_options(
        force_reparse=True, options_from_flags={"theme.light.primaryColor": "#123456"}
    )
    assert theme().custom_theme.light.primary_color == "#123456"


def test_no_page_is_run_but_by_the_entry_script() -> None:
    assert PagesManager.uses_pages_directory is False
