"""How outlooks and lights of a closed year came out, as tables with the number of cases."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from mubiao.i18n import Language
from mubiao.model import Target
from mubiao.outlook import LIGHTS, Case, Hindsight, Light
from mubiao.period import Period, month_of
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.rules import RuleTable
from mubiao.wording.words import STATUS


def hindsight_tables(phrasebook: Phrasebook, past: Hindsight) -> tuple[RuleTable, ...]:
    """The outlook's error by series, and what became of each light, once the year is over."""
    tables = (_outlooks(phrasebook, past.cases), _lights(phrasebook, past.lights))
    return tuple(table for table in tables if table.rows)


def _outlooks(phrasebook: Phrasebook, cases: Sequence[Case]) -> RuleTable:
    """A row a series, as errors in different units have no common mean."""
    t = phrasebook.t
    by_target: dict[str, list[Case]] = {}
    for case in cases:
        by_target.setdefault(case.target.id, []).append(case)
    rows = [_series(phrasebook, some[0].target, some) for some in by_target.values()]
    if cases:
        rows.append((t("all"), str(len(cases)), "", "", closer(phrasebook.language, cases)))
    errors = (t("Mean error of the outlook"), t("Mean error “as the year so far”"))
    heads = (t("Series"), t("Cases"), *errors, t("Outlook closer"))
    return RuleTable(t("How close the outlook came"), heads, tuple(rows))


def _series(phrasebook: Phrasebook, target: Target, cases: Sequence[Case]) -> tuple[str, ...]:
    errors = (
        [abs(case.value - case.end) for case in cases],
        [abs(case.so_far - case.end) for case in cases],
    )
    means = (round(sum(some, Fraction(0)) / len(some), 1) for some in errors)
    texts = (phrasebook.difference(mean, target) for mean in means)
    return (phrasebook.name(target.id), str(len(cases)), *texts, closer(phrasebook.language, cases))


def closer(language: Language, cases: Iterable[Case]) -> str:
    """In how many cases the outlook came closer to the end than the year so far."""
    nearer = [abs(case.value - case.end) < abs(case.so_far - case.end) for case in cases]
    return language.t("in {n} of {total}", n=sum(nearer), total=len(nearer))


def _lights(phrasebook: Phrasebook, lights: Sequence[Light]) -> RuleTable:
    """A row a month, a column a light: how many with it were kept in the end, and how many not."""
    t = phrasebook.t
    by_day: dict[Period, list[str]] = {}
    for light in lights:
        month = month_of(light.day)
        text = t("kept {kept} · missed {missed}", kept=light.achieved, missed=light.missed)
        by_day.setdefault(month, []).append(text if light.achieved + light.missed else "–")
    rows = ((phrasebook.period(month), *texts) for month, texts in by_day.items())
    heads = (t("At the end of"), *(t(STATUS[light]) for light in LIGHTS))
    return RuleTable(t("What became of each light"), heads, tuple(rows))
