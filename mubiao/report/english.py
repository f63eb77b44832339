"""The indicators that other plans name, if they can in English, for one that has Chinese names.

Only by the same name: of Chinese names that are nearly alike, some promise opposite ends of a task
(开工, 完工).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from mubiao.model import Plan, Target

_DOES = re.compile("^(?:完成|实施|推进|全市|本市|全省|全年)+")
_HAN = re.compile("[\u4e00-\u9fff]")


def known_indicators(plans: Iterable[Plan]) -> Mapping[str, Target]:
    """The plans' targets by their plain Chinese names, of each rather one with an English name."""
    targets = (target for plan in plans for target in plan.targets)
    return {plain_name(t.name.zh): t for t in sorted(targets, key=has_english_name)}


def has_english_name(target: Target) -> bool:
    """Whether a target has an English name."""
    return not _HAN.search(target.name.en)


def plain_name(name: str) -> str:
    """A Chinese name without the words that only say that something is done, or where."""
    return _DOES.sub("", unicodedata.normalize("NFKC", name)).strip()
