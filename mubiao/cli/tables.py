"""Targets and judgements as text for a terminal, in aligned columns."""

from collections.abc import Iterator, Sequence
from datetime import date

from mubiao.duty import Debt
from mubiao.model import Assessment, Target, Token
from mubiao.text_metrics import columns_of
from mubiao.views.overview import TargetRow, overview
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.reminders import lateness
from mubiao.wording.roles import token_cells

_GAP = "  "


def targets_text(phrasebook: Phrasebook) -> str:
    """The plan for people: by section, what each target asks and what the report prints."""
    plan, pick = phrasebook.plan, phrasebook.language.pick

    def cells(target: Target) -> tuple[str, ...]:
        return target.id, pick(target.name), phrasebook.asks(target), f"“{target.source.printed}”"

    blocks = [
        (f"{section.id} {pick(section.name)}", [cells(t) for t in own])
        for section in plan.sections
        if (own := [t for t in plan.targets if t.section == section.id])
    ]
    table = _aligned([row for _, rows in blocks for row in rows])
    lines = [pick(plan.title)]
    for heading, rows in blocks:
        lines += ["", heading, *(f"{_GAP}{next(table)}" for _ in rows)]
    return "\n".join(lines) + "\n"


def assess_text(phrasebook: Phrasebook, assessments: Sequence[Assessment], as_of: date) -> str:
    """The judgement for people: how many of each status, then by section each target's status
    and figure, with the sentence under it where there is a figure.
    """
    view = overview(phrasebook, assessments, as_of)
    table = _aligned([_cells(row) for section in view.sections for row in section.rows])
    lines = [view.title, view.summary]
    for section in view.sections:
        lines += ["", f"{section.id} {section.name}"]
        for row in section.rows:
            lines.append(f"{_GAP}{next(table)}")
            if row.value:
                lines.append(f"{_GAP * 3}{row.sentence}")
    return "\n".join(lines) + "\n"


def due_text(phrasebook: Phrasebook, debts: Sequence[Debt], day: date) -> str:
    """What is owed, for people: by unit each report, since when; the late ones first."""
    language = phrasebook.language

    def cells(debt: Debt) -> tuple[str, ...]:
        period = phrasebook.period(debt.period)
        return phrasebook.name(debt.target.id), period, *lateness(phrasebook, debt)

    units = dict.fromkeys(debt.target.owner for debt in debts)
    blocks = [(unit, [d for d in debts if d.target.owner == unit]) for unit in units]
    table = _aligned([cells(debt) for _, own in blocks for debt in own])
    targets = len({debt.target.id for debt in debts})
    owed = language.ngettext(
        "As of {day}: {n} report of {targets} is owed.",
        "As of {day}: {n} reports of {targets} are owed.",
        len(debts),
        day=language.day(day),
        targets=language.ngettext("{n} target", "{n} targets", targets),
    )
    lines = [owed]
    for unit, own in blocks:
        lines += ["", phrasebook.owner(unit), *(f"{_GAP}{next(table)}" for _ in own)]
    return "\n".join(lines) + "\n"


def tokens_text(phrasebook: Phrasebook, tokens: Sequence[Token], day: date) -> str:
    """The tokens for people, one a line."""
    rows = [token_cells(phrasebook, token, day) for token in tokens]
    return "".join(f"{one}\n" for one in _aligned(rows))


def _cells(row: TargetRow) -> tuple[str, ...]:
    figure = f"{row.value} {row.unit}" if row.unit else row.value
    return row.mark.text, row.name, figure, row.known


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines with their columns aligned; nothing follows the last column."""
    widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip()
