"""How many targets have each status, as people see it: with its shape and word, in a sentence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mubiao.duty import coverage
from mubiao.i18n import Language
from mubiao.model import Assessment, Flag, Status
from mubiao.plain_text import capitalised
from mubiao.problems import message
from mubiao.wording import words

_PARTS = {
    Status.ACHIEVED: message("{n} of them late"),
    Status.NO_DATA: message("{n} of them awaiting the final report"),
}


@dataclass(frozen=True, slots=True)
class StatusMark:
    """A status as people see it: always shape and word, and an id that has a colour."""

    status: Status
    shape: str
    word: str

    @property
    def text(self) -> str:
        """Shape and word, as they stand in plain text."""
        return f"{self.shape} {self.word}"


@dataclass(frozen=True, slots=True)
class Count:
    """How many targets have a status; `remark` says how many of the achieved are late, how many of
    those not reported lack only their final figure, owe a report, or owe none yet; "" for none.
    `part` are the late, or those without a final figure; `owed` owe a report.
    """

    mark: StatusMark
    number: int
    text: str
    part: int = 0
    remark: str = ""
    owed: int = 0

    @property
    def later(self) -> int:
        """Of those not reported: how many owe no report yet."""
        return self.number - self.part - self.owed if self.mark.status is Status.NO_DATA else 0


def mark(status: Status, language: Language) -> StatusMark:
    """A status with its shape and word."""
    return StatusMark(status, words.SHAPE[status], language.t(words.STATUS[status]))


def count(assessments: Iterable[Assessment], language: Language) -> tuple[Count, ...]:
    """How many targets have each status, best first; never one score out of unlike things."""
    judged = list(assessments)
    numbers = Counter(a.status for a in judged)
    owed = {Status.NO_DATA: coverage(judged).owed}
    parts = {
        Status.ACHIEVED: sum(Flag.LATE in a.flags for a in judged),
        Status.NO_DATA: sum(
            a.status is Status.NO_DATA and a.observation is not None for a in judged
        ),
    }

    def counted(status: Status) -> Count:
        number, part, own = numbers[status], parts.get(status, 0), mark(status, language)
        text = language.t("{n} {status}", n=number, status=own.word)
        remarks = [language.t(_PARTS[status], n=part)] if part else []
        if remarks:
            text = language.t("{text}, {remark}", text=text, remark=remarks[0])
        made = Count(own, number, text, part, owed=owed.get(status, 0))
        return replace(made, remark=language.phrases(remarks + _due_or_later(made, language)))

    return tuple(map(counted, Status))


def standing(counts: Iterable[Count], language: Language) -> str:
    """How the targets stand: "22 of 163 promises have been reported: 7 achieved; 141 have not"."""
    return language.clauses(filter(None, halves(counts, language)))


def halves(counts: Iterable[Count], language: Language) -> tuple[str, str]:
    """The two clauses of `standing`, the second one "" where all or none are reported."""
    *judged, unreported = counts
    texts = [entry.text for entry in judged if entry.number]
    if unreported.part:
        texts.append(language.t("{n} awaiting the final report", n=unreported.part))
    missing = unreported.number - unreported.part
    total = sum(entry.number for entry in judged) + unreported.number
    reported = total - missing
    if not reported:
        head = language.t("none of {total} promises has been reported", total=total)
        return _unreported(head, unreported, language), ""
    head = language.ngettext(
        "{n} of {total} promises has been reported",
        "{n} of {total} promises have been reported",
        reported,
        total=total,
    )
    text = language.labelled(head, language.phrases(texts))
    if not missing:
        return text, ""
    others = language.ngettext("{n} has not", "{n} have not", missing)
    return text, _unreported(others, unreported, language)


def _unreported(head: str, unreported: Count, language: Language) -> str:
    """How many targets are not reported, and how many of them are due."""
    if not unreported.later:
        return language.phrases((head, language.t("though due")))
    if not unreported.owed:
        return language.phrases((head, language.t("as not due yet")))
    return language.labelled(head, language.phrases(_due_or_later(unreported, language)))


def _due_or_later(unreported: Count, language: Language) -> list[str]:
    parts = (
        (message("{n} overdue"), unreported.owed),
        (message("{n} not due yet"), unreported.later),
    )
    return [language.t(form, n=number) for form, number in parts if number]


def section_summary(counts: Iterable[Count], language: Language) -> str:
    """The sentence of a chapter: "4 of 9 promises have been reported: 4 achieved; 5 have not."."""
    text = language.t("{text}.", text=standing(counts, language))
    return capitalised(text)
