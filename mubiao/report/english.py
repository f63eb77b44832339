"""English names for indicators that other plans name in both languages.

Only for the same name: of Chinese names that are nearly alike, some promise opposite ends of a
task (开工, 完工).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from mubiao.model import Plan

_DOES = re.compile("^(?:完成|实施|推进|全市|本市|全省|全年)+")
_HAN = re.compile("[\u4e00-\u9fff]")


def english_names(plans: Iterable[Plan]) -> Mapping[str, str]:
    """The English names of the plans' indicators by their plain Chinese ones."""
    names = (target.name for plan in plans for target in plan.targets)
    return {plain_name(name.zh): name.en for name in names if not _HAN.search(name.en)}


def plain_name(name: str) -> str:
    """A Chinese name without the words that only say that something is done, or where."""
    return _DOES.sub("", unicodedata.normalize("NFKC", name)).strip()
