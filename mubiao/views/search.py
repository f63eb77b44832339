"""Finding what a person names in either language: targets (by synonyms and unit too), sections,
units, meetings and slides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mubiao.i18n import Language
from mubiao.model import Meeting, Plan
from mubiao.plain_text import folded
from mubiao.problems import message

AT_MOST = 12
_KINDS = {
    "section": message("Section"),
    "owner": message("Unit"),
    "meeting": message("Meeting"),
    "slide": message("Slide"),
}
_SLIDES = ("slide", "幻灯片", "演示")


@dataclass(frozen=True, slots=True)
class Findable:
    """A thing that can be found: its page, the choices that lead there, its name with a `note` of
    what it is, and its `words`, folded.
    """

    page: Literal["target", "overview", "owes", "meeting", "present"]
    choices: tuple[tuple[str, str], ...]
    name: str
    note: str
    words: tuple[str, ...]


def findables(plan: Plan, meetings: Iterable[Meeting], language: Language) -> tuple[Findable, ...]:
    """All that can be found of a plan, in the order in which equally good ones are listed."""
    kinds = {kind: language.t(text) for kind, text in _KINDS.items()}
    pick, targets, slides = language.pick, [], []
    for target in plan.targets:
        name, section = pick(target.name), pick(plan.section_names[target.section])
        owner = plan.owners_by_id.get(target.owner or "")
        words = _folded(target.name.zh, target.name.en, target.source.printed, *target.synonyms)
        known = (*words, *_folded(*(owner.names if owner else ())))
        targets.append(Findable("target", (("target", target.id),), name, section, known))
        words = tuple(f"{kind} {word}" for kind in _SLIDES for word in words)
        way = (("slide", f"target-{target.id}"),)
        slides.append(Findable("present", way, name, kinds["slide"], words))
    sections = []
    for number, title in plan.section_names.items():
        text, words = f"{number} {pick(title)}", _folded(title.zh, title.en, number)
        sections.append(Findable("overview", (("section", number),), text, kinds["section"], words))
    held = []
    for one in meetings:
        day, note = one.as_of.isoformat(), f"{kinds['meeting']} · {language.day(one.as_of)}"
        of_meeting = (("meeting", str(one.id)), ("as_of", day))
        held.append(Findable("meeting", of_meeting, one.name, note, _folded(one.name, day)))
    units = [
        Findable("owes", (("owner", o.id),), pick(o.name), kinds["owner"], _folded(*o.names))
        for o in plan.owners
    ]
    return (*units, *targets, *sections, *held, *slides)


def _folded(*texts: str) -> tuple[str, ...]:
    return tuple(map(folded, texts))


def search(things: Sequence[Findable], text: str) -> list[Findable]:
    """The best matches of a typed text, at most `AT_MOST`: first the name itself, then what begins
    with it, has it inside, has all its parts; a target stands for its slide.
    """
    wanted = folded(text)
    parts = wanted.split()
    ranked = [(_rank(one.words, wanted, parts), one) for one in things] if parts else []
    best = sorted((pair for pair in ranked if pair[0] is not None), key=lambda pair: pair[0] or 0)
    targets = {
        f"target-{target}" for _, one in best for kind, target in one.choices if kind == "target"
    }
    hits = [one for _, one in best if one.page != "present" or one.choices[0][1] not in targets]
    return hits[:AT_MOST]


def _rank(words: Sequence[str], wanted: str, parts: Sequence[str]) -> int | None:
    """How well names fit a text, 0 best; None where they do not."""
    if wanted in words:
        return 0
    if any(word.startswith(wanted) for word in words):
        return 1
    if any(wanted in word for word in words):
        return 2
    whole = " ".join(words)
    return 3 if all(part in whole for part in parts) else None
