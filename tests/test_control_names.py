"""The names of Streamlit's own controls: still its own, and said in every language."""

import re
from pathlib import Path

import pytest
import streamlit

from mubiao.i18n import CODES
from mubiao.ui.shell.control_names import NAMES, by_language

_PLACE = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def front_end() -> str:
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js")
    return "\n".join(script.read_text(encoding="utf-8") for script in scripts)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_name_are_in_the_installed_front_end(name: str, front_end: str) -> None:
    # Word by word, as some names are put together from parts.
    assert all(word in front_end for word in re.findall(r"\w+", _PLACE.sub(" ", name)))


def test_each_name_has_its_own_words_in_each_language_with_the_same_places() -> None:
    names = by_language()
    assert names.keys() == set(CODES)
    for english, chinese in zip(names["en"], names["zh"], strict=True):
        assert english != chinese
        assert sorted(_PLACE.findall(english)) == sorted(_PLACE.findall(chinese))
        # Two names in a language would make the way back ambiguous.
        assert names["zh"].count(chinese) == names["en"].count(english) == 1
