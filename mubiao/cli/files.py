"""Files at the command line: importing one with a dry run, exporting the record."""

from datetime import date
from pathlib import Path
from uuid import uuid4

from mubiao import service
from mubiao.i18n import Language
from mubiao.model import Plan, SaveKind
from mubiao.problems import Problem, Refused, Unavailable, message
from mubiao.settings import Settings
from mubiao.spreadsheet import preview
from mubiao.spreadsheet.export import (
    export_csv,
    export_history,
    export_history_xlsx,
    export_xlsx,
)
from mubiao.spreadsheet.importing import Import, Trouble
from mubiao.spreadsheet.refusals import MAX_BYTES
from mubiao.spreadsheet.table import Table, read_table
from mubiao.store import Store


def read(path: Path) -> Table:
    """The table of a file. Raises Unavailable where it cannot be read, Refused for its content."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        told = message("the file cannot be read: {reason}")
        raise Unavailable([Problem(told, {"reason": error.strerror}, str(path))]) from error
    return read_table(str(path), content)


def tried(settings: Settings, store: Store, plan: Plan, table: Table) -> Import:
    """What importing would do to the record as it is now."""
    return service.dry_run(store, plan, table, service.today(settings))


def refuse_wrong(found: Import, words: Language) -> None:
    """Raises Refused with everything that is wrong with the file, if anything is."""
    if found.problems:
        raise Refused(_told(one, words) for one in found.problems)


def _told(one: Trouble, words: Language) -> Problem:
    """A problem of a cell as one line: its place, its column, what stands there, and why."""
    shown = preview.trouble(one, words)
    values = {"column": shown.column, "value": shown.value, "reason": shown.reason}
    told = message("{column} “{value}”: {reason}")
    return Problem(told, values, f"{one.problem.file}:{one.place}", field=one.column)


def lines(table: Table, found: Import, plan: Plan, words: Language) -> str:
    """What the import would do, a row a line, and the counts last."""
    parts = (
        (words.t("changed"), found.changed, preview.changed_line),
        (words.t("new"), found.new, preview.new_line),
    )
    told: list[str] = []
    for kind, rows, shown in parts:
        for row in rows:
            line = shown(row, plan, words)
            told.append(f"{line.row}\t{kind}\t{line.name}\t{line.period}\t{line.text}")
    told += preview.remarks(table, found, words)
    told.append(preview.summary(found, words))
    return "\n".join(told) + "\n"


def save(store: Store, plan: Plan, found: Import, by: str) -> None:
    """Record all of it, or nothing."""
    if found.proposals:
        store.save(
            plan.id,
            found.proposals,
            by=by,
            at=service.now(),
            token=uuid4().hex,
            kind=SaveKind.IMPORT,
        )


def exported(store: Store, plan: Plan, form: str, words: Language, *, history: bool) -> bytes:
    """The record as a file of a format: what stands, or every row ever."""
    if history:
        entries = store.history(plan.id)
        if form == "xlsx":
            return export_history_xlsx(entries, words)
        return export_history(entries, for_excel=False)
    standing = store.as_of(plan.id, date.max)
    if form == "xlsx":
        return export_xlsx(plan, standing, words)
    return export_csv(standing, for_excel=False)


def write(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there as it was."""
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        told = message("the file cannot be written: {reason}")
        raise Unavailable(
            [Problem(told, {"reason": error.strerror or error}, str(path))]
        ) from error
