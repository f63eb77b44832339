"""The rows of a proposal in words: the same on every page and at the command line."""

from collections.abc import Iterable
from dataclasses import replace

from mubiao.model import Observation
from mubiao.problems import message
from mubiao.proposal.proposal import Proposal
from mubiao.proposal.rows import Outcome, ProposalRow
from mubiao.wording.phrasebook import Phrasebook, before_after, inline
from mubiao.wording.words import FIELDS


def row_text(row: ProposalRow, phrasebook: Phrasebook) -> str:
    """What a row would do to the record, or why it does nothing; then its notes."""
    if row.figure is None:
        return ""
    match row.outcome:
        case Outcome.SAME:
            text = phrasebook.actual(row.figure)
        case Outcome.OUTDATED:
            text = _outdated(row.figure, row.was, phrasebook)
        case _:
            text = _changes(row.figure, row.replaces, phrasebook)
            if row.replaces is None:
                text = _new(row.figure, row.beside, phrasebook)
    return inline(text, *map(phrasebook.problem, row.notes))


def reasons(row: ProposalRow, phrasebook: Phrasebook) -> tuple[str, ...]:
    """Why a row has its outcome, a sentence each; none for what is simply new or recorded already.

    What refuses it, or else whose figures stand against it, what is to be confirmed, what is good
    to know.
    """
    if row.problems:
        return tuple(map(phrasebook.problem, row.problems))
    text = sides(row, phrasebook) if row.outcome is Outcome.CLASH else ""
    if row.outcome in (Outcome.OUTDATED, Outcome.CORRECTS) and row.figure:
        text = row_text(replace(row, notes=()), phrasebook)
    return tuple(filter(None, (text, *map(phrasebook.problem, (*row.warnings, *row.notes)))))


def sides(row: ProposalRow, phrasebook: Phrasebook) -> str:
    """The figures of a conflict in one line: base, theirs, the file's."""
    if row.conflict is None or row.figure is None:
        return ""
    base, t = row.conflict.base, phrasebook.t
    figures = [(t("The file was made from"), base)]
    figures += [(t("Recorded meanwhile"), entry) for entry in row.conflict.theirs]
    figures.append((t("In the file"), replace(row.figure, row=0)))
    return phrasebook.language.clauses(
        phrasebook.language.labelled(
            label,
            t("nothing recorded")
            if entry is None
            else inline(phrasebook.value(entry), phrasebook.origin(entry)),
        )
        for label, entry in figures
    )


def summary(proposal: Proposal, phrasebook: Phrasebook) -> str:
    """The counts in one line; of what is rare, only where there is any."""
    text = phrasebook.t(
        "New: {new} · changed: {changed} · unchanged: {unchanged} · wrong: {wrong}",
        new=len(proposal.new),
        changed=len(proposal.corrections),
        unchanged=len(proposal.of(Outcome.SAME)),
        wrong=sum(len(row.problems) for row in proposal.refused),
    )
    rare = {
        message("outdated: {n}"): len(proposal.of(Outcome.OUTDATED)),
        message("to decide: {n}"): len(proposal.clashes),
        message("kept as recorded: {n}"): len(proposal.kept),
        message("left out: {n}"): len(proposal.left_out),
    }
    return inline(text, *(phrasebook.t(msgid, n=n) for msgid, n in rare.items() if n))


def replaced(old: Observation, phrasebook: Phrasebook) -> str:
    """What an entry replaces: the figure, how settled it was, its number."""
    return phrasebook.t(
        "replaces {figure}, {nature}, no. {row}",
        figure=phrasebook.actual(old),
        nature=phrasebook.nature(old),
        row=old.row,
    )


def _new(figure: Observation, beside: Observation | None, phrasebook: Phrasebook) -> str:
    """A new figure with its source and note, and what another one of its period says."""
    language = phrasebook.language
    day = language.day(figure.known_on)
    text = phrasebook.t("{value}, known on {day}", value=phrasebook.actual(figure), day=day)
    origin = (figure.source, " ".join(figure.note.split()))
    if beside is None:
        return inline(text, *origin)
    text = phrasebook.t(
        "{text}; recorded before: {value}, known on {day}",
        text=text,
        value=phrasebook.actual(beside),
        day=language.day(beside.known_on),
    )
    return inline(text, *origin)


def _changes(figure: Observation, was: Observation | None, phrasebook: Phrasebook) -> str:
    """A correction: each thing that changes, old → new; how exact a value is goes with it."""
    pairs = {
        field: [say(was), say(figure)]
        for field, say in (
            ("value", phrasebook.actual),
            ("nature", phrasebook.nature),
            ("source", lambda one: one.source),
            ("note", lambda one: one.note),
        )
        if was is not None
    }
    nothing = phrasebook.t("nothing")
    return phrasebook.language.clauses(
        phrasebook.language.labelled(
            phrasebook.t(FIELDS[field]), before_after(old or nothing, new or nothing)
        )
        for field, (old, new) in pairs.items()
        if old != new
    )


def _outdated(figure: Observation, stands: Observation | None, phrasebook: Phrasebook) -> str:
    """A row that nobody edited, and what the record has in its place."""
    if stands is None:
        value = phrasebook.actual(figure)
        return phrasebook.t("outdated: {value} was withdrawn since", value=value)
    return phrasebook.t(
        "outdated: the record has a later figure, {value}, no. {row}",
        value=phrasebook.actual(stands),
        row=stands.row,
    )


def ranges(numbers: Iterable[int]) -> str:
    """Row numbers, runs of them joined: 4–9, 12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
