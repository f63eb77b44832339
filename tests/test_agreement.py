"""The six kinds of file say the same of one day: each is read back, and all are compared."""

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from xml.etree.ElementTree import Element

import docx
import html5lib
import pytest
from openpyxl import Workbook, load_workbook
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide

from mubiao.duty import coverage, debts
from mubiao.exports.circular import word
from mubiao.exports.data.documents import assess_document, due_document, to_json
from mubiao.exports.data.listing import actuals_csv
from mubiao.exports.deck import deck
from mubiao.exports.webpage import handout
from mubiao.exports.workbook.report import workbook
from mubiao.i18n import language
from mubiao.model import Observation, Status
from mubiao.observation.contract import read_csv
from mubiao.views.briefing import Briefing
from mubiao.views.changes import turned
from mubiao.views.circular import PROGRESS
from mubiao.views.counts import mark
from mubiao.views.owed import owed
from mubiao.views.seen import Seen
from mubiao.views.slides import slides
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.reminders import reminder
from mubiao.wording.words import SHAPE
from tests.assigned import assigned_briefing, assigned_plan, assigned_seen
from tests.briefings import JULY, december, full_year, july, seen
from tests.real import real_plan

SHAPES = tuple(f"{shape} " for shape in SHAPE.values())
NUMBER = re.compile(r"([-−]?)([\d,]+(?:\.\d+)?)\s*(万|亿|million|billion)?")
SCALES = {"": 1, "万": 10**4, "亿": 10**8, "million": 10**6, "billion": 10**9}

DAYS: dict[str, tuple[Callable[[str], Briefing], Callable[[], Seen]]] = {
    "july": (july, lambda: seen(JULY)),
    "december": (december, lambda: seen(date(2021, 1, 31), full_year())),
}
every = pytest.mark.parametrize(("day", "code"), [("july", "zh"), ("december", "en")])


@dataclass(frozen=True)
class Told:
    """What a file says of a target: its status as shape and word, its figure as a text."""

    status: str
    figure: str


def flat(text: str | None) -> str:
    return " ".join((text or "").split())


@cache
def report_of(day: str, code: str) -> Workbook:
    made, then = DAYS[day]
    return load_workbook(io.BytesIO(workbook(real_plan(), then(), [made(code)])))


@cache
def page_of(day: str, code: str) -> Element:
    content = handout([DAYS[day][0](code)]).decode()
    return html5lib.parse(content, namespaceHTMLElements=False)


@cache
def deck_of(day: str, code: str) -> Deck:
    return Presentation(io.BytesIO(deck([DAYS[day][0](code)])))


@cache
def in_json(day: str) -> dict[str, dict[str, object]]:
    document = assess_document(real_plan(), DAYS[day][1]().assessments)
    rows = json.loads(to_json(document), parse_float=Decimal, parse_int=Decimal)
    return {row["target"]: row for row in rows}


@cache
def in_csv(day: str) -> list[Observation]:
    content = actuals_csv(DAYS[day][1]().standing)
    found, problems = read_csv(content, real_plan(), "out.csv", date.max)
    assert not problems
    return found


@cache
def in_workbook(day: str, code: str) -> tuple[dict[str, tuple[object, ...]], list[int]]:
    """The rows of the targets by their names, and the counts of all of them by status."""
    book = report_of(day, code)
    rows = book.worksheets[1].iter_rows(min_row=2, values_only=True)
    counts = [cell.value for cell in book.worksheets[0][6][2:]]
    return {str(row[2]): row for row in rows}, [n for n in counts if isinstance(n, int)]


@cache
def in_page(day: str, code: str) -> tuple[dict[str, Told], dict[str, int]]:
    """The rows of all targets by their names, and the counts that are not zero."""
    page = page_of(day, code)
    told = {}
    for item in _of_class(page, "rows"):
        for row in item:
            (name,), (status,) = _of_class(row, "name"), _of_class(row, "status")
            (figure,) = _of_class(row, "figure")
            parts = [flat(text(part)) for part in figure if part.get("class") != "mb-period"]
            told[flat(text(name[0]))] = Told(flat(text(status)), " ".join(parts))
    (legend, *_) = _of_class(page, "legend")
    numbers = {flat(text(item[0])): int(text(item[1])) for item in legend}
    return told, numbers


def _of_class(element: Element, name: str) -> list[Element]:
    return [one for one in element.iter() if f"mb-{name}" in (one.get("class") or "").split()]


def text(element: Element) -> str:
    return "".join(element.itertext())


@cache
def in_deck(day: str, code: str) -> tuple[dict[str, Told], dict[str, int]]:
    """The rows of the tables of targets by name, and the counts."""
    shown = DAYS[day][0](code)
    made = deck_of(day, code)
    told: dict[str, Told] = {}
    numbers: dict[str, int] = {}
    for number, slide in enumerate(made.slides):
        title = slide.shapes.title.text_frame.text
        for cells in _cells(slide):
            if number == 0:
                parts = [cell.split("\n") for cell in cells if cell]
                numbers |= {flat(word): int(amount) for amount, word in parts}
            elif len(cells) == 5 and cells[4].startswith(SHAPES):
                told[flat(cells[0])] = Told(flat(cells[4]), flat(cells[2]))
            elif title.startswith(shown.overview.headline.name) and cells[-1].startswith(SHAPES):
                # Between the name and the figure its year is drawn.
                name, _, figure, status = (cell.split("\n")[0] for cell in cells)
                known = not status.startswith(SHAPE[Status.NO_DATA])
                told[flat(name)] = Told(flat(status), flat(figure) if known else "")
    return told, numbers


def _cells(slide: Slide) -> Iterator[list[str]]:
    for shape in slide.shapes:
        if isinstance(shape, GraphicFrame) and shape.has_table:
            for row in shape.table.rows:
                yield [cell.text_frame.text.replace("\v", "\n") for cell in row.cells]


def number_in(figure: str) -> Decimal:
    """The number that a figure's text says."""
    found = NUMBER.search(figure)
    assert found is not None, figure
    value = Decimal(found[2].replace(",", "")) * SCALES[found[3] or ""]
    return -value if found[1] else value


@cache
def changes_in_workbook(day: str, code: str) -> list[tuple[str, str]]:
    """What changed: a group's name and a target's, in order."""
    book = report_of(day, code)
    rows = book.worksheets[3].iter_rows(min_row=5, values_only=True)
    return [(flat(str(row[0])), flat(str(row[2]))) for row in rows]


@cache
def changes_in_page(day: str, code: str) -> list[tuple[str, str]]:
    page = page_of(day, code)
    found, group = [], ""
    for one in page.iter():
        if one.get("class") == "turn":
            group = flat(one.text)
        elif one.get("class") == "mb-changes":
            found += [(group, flat(text(row[0]))) for row in one]
    return found


@cache
def changes_in_deck(day: str, code: str) -> list[tuple[str, str]]:
    shown = DAYS[day][0](code)
    found, group = [], ""
    for slide in deck_of(day, code).slides:
        if not slide.shapes.title.text_frame.text.startswith(turned(shown.changes, shown.language)):
            continue
        for cells in list(_cells(slide))[1:]:
            if any(cells[1:3]):
                found.append((group, flat(cells[0])))
            else:
                group = flat(cells[0])
    return found


def changes_presented(day: str, code: str) -> list[tuple[str, str]]:
    """As on the slides of the page that presents."""
    order = slides(DAYS[day][0](code), 8)
    return [(flat(group), flat(row.name)) for each in order for group, row in each.changes]


@every
def test_all_of_them_speak_of_every_target(day: str, code: str) -> None:
    words = language(code)
    names = [words.pick(target.name) for target in real_plan().targets]
    assert len(set(names)) == len(names)
    assert list(in_json(day)) == [target.id for target in real_plan().targets]
    for told in (in_workbook(day, code)[0], in_page(day, code)[0], in_deck(day, code)[0]):
        assert sorted(told) == sorted(names)


@every
def test_each_target_has_the_same_status_in_all_of_them(day: str, code: str) -> None:
    words = language(code)
    rows, page, slides = in_workbook(day, code)[0], in_page(day, code)[0], in_deck(day, code)[0]
    for id_, document in in_json(day).items():
        name = words.pick(real_plan().by_id[id_].name)
        judged = mark(Status(str(document["status"])), words)
        expected = f"{judged.shape} {judged.word}"
        assert [rows[name][8], page[name].status, slides[name].status] == [expected] * 3


@every
def test_each_figure_is_the_same_in_all_of_them(day: str, code: str) -> None:
    words = language(code)
    rows, page, slides = in_workbook(day, code)[0], in_page(day, code)[0], in_deck(day, code)[0]
    listed = {(o.target, o.period.text, o.value) for o in in_csv(day)}
    for id_, document in in_json(day).items():
        name, value = words.pick(real_plan().by_id[id_].name), document["value"]
        # A unit that stands smaller may stand apart.
        assert page[name].figure.replace(" ", "") == slides[name].figure.replace(" ", "")
        if value is None:
            assert (rows[name][5], page[name].figure) == (None, "")
            continue
        assert (id_, document["period"], value) in listed
        if isinstance(value, Decimal):
            assert rows[name][5] == float(value)
            assert number_in(page[name].figure) == number_in(slides[name].figure) == value
        else:
            assert rows[name][5] == page[name].figure


@every
def test_each_sentence_and_share_is_the_same_in_workbook_and_document(day: str, code: str) -> None:
    rows = in_workbook(day, code)[0]
    for id_, document in in_json(day).items():
        row = rows[language(code).pick(real_plan().by_id[id_].name)]
        assert row[13] == document[f"sentence_{code}"]
        for cell, share in ((row[11], document["progress"]), (row[12], document["scheduled"])):
            assert cell == (None if share is None else pytest.approx(float(str(share))))


@every
def test_the_counts_are_the_same_in_all_of_them(day: str, code: str) -> None:
    numbers = Counter(Status(str(row["status"])) for row in in_json(day).values())
    reported = coverage(DAYS[day][1]().assessments)
    late = sum("late" in row["flags"] for row in in_json(day).values())
    apart = [late, reported.owed, reported.not_due]
    assert in_workbook(day, code)[1] == [*(numbers[status] for status in Status), *apart]
    marks = {status: mark(status, language(code)) for status in numbers}
    expected = {f"{marks[s].shape} {marks[s].word}": n for s, n in numbers.items()}
    assert in_page(day, code)[1] == expected
    assert in_deck(day, code)[1] == expected


@every
def test_the_notice_has_the_same_targets_counts_and_debts(day: str, code: str) -> None:
    plan, room, pick = real_plan(), DAYS[day][1](), language(code).pick
    made = docx.Document(io.BytesIO(word(plan, room, [DAYS[day][0](code)])))
    counts, unreported, annex = made.tables[0], made.tables[-2], made.tables[-1]
    progress = {a.target.id: language(code).t(PROGRESS[a.status]) for a in room.assessments}
    rows = [[cell.text for cell in row.cells] for row in annex.rows[1:]]
    said = {
        row[1]: row[4].partition(" (")[0].partition("（")[0] for row in rows if row[0] != row[1]
    }
    assert said == {pick(plan.by_id[id_].name): text for id_, text in progress.items()}
    numbers = Counter(progress.values())
    assert {row.cells[0].text: int(row.cells[1].text) for row in counts.rows[1:]} == {
        language(code).t(text): numbers[language(code).t(text)] for text in PROGRESS.values()
    }
    late = {d.target.id for d in debts(plan, room.assessments) if d.overdue_days}
    if late:
        silent = [int(row.cells[1].text) for row in unreported.rows[1:]]
        behind = [int(row.cells[2].text) for row in unreported.rows[1:]]
        assert sum(silent) == coverage(room.assessments).owed
        assert sum(silent) + sum(behind) == len(late)


@every
def test_what_is_owed_is_the_same_in_all_of_them(day: str, code: str) -> None:
    plan, assessments = real_plan(), DAYS[day][1]().assessments
    days: dict[str, int] = {}
    for row in due_document(debts(plan, assessments)):
        days[row["target"]] = max(days.get(row["target"], 0), row["overdue_days"])
    late = {target: number for target, number in days.items() if number}
    assert late.keys() == {id_ for id_, row in in_json(day).items() if "overdue" in row["flags"]}
    names = {language(code).pick(plan.by_id[id_].name): number for id_, number in late.items()}
    rows = in_workbook(day, code)[0]
    assert {name: row[10] for name, row in rows.items() if row[10]} == names
    known = coverage(assessments)
    numbers = [int(n) for n in re.findall(r"\d+", DAYS[day][0](code).overview.summary)]
    assert numbers[-2:] == [known.owed, known.not_due] or not (known.owed and known.not_due)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_what_each_unit_owes_is_the_same_in_all_of_them(code: str) -> None:
    plan, made, look = assigned_plan(), assigned_briefing(code), assigned_seen()
    book = Phrasebook(plan, language(code))
    owing: dict[str, set[str]] = {}
    late: dict[str, set[str]] = {}
    for row in due_document(debts(plan, look.assessments)):
        name = book.owner(row["owner"])
        owing.setdefault(name, set()).add(row["target"])
        if row["overdue_days"]:
            late.setdefault(name, set()).add(row["target"])
    numbers = {name: (len(owing[name]), len(late.get(name, ()))) for name in owing}
    assert len(numbers) == 20

    # The page and the texts to send.
    view = owed(book, look.assessments, "owner")
    assert {one.name: (one.tally.owed, one.tally.overdue) for one in view.debtors} == numbers
    for one in view.debtors:
        unit = one.id if one.id in plan.owners_by_id else None
        lines = reminder(book, unit, one.debts, JULY).text.splitlines()
        assert len(lines) == 1 + numbers[one.name][0]

    # The sheet: the units, all of it, then each target.
    content = workbook(plan, look, [made])
    sheet = load_workbook(io.BytesIO(content)).worksheets[-1]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert {row[0]: (row[3], row[4]) for row in cells[:20]} == numbers
    total = sum(len(targets) for targets in owing.values())
    assert cells[20][3:5] == [total, sum(len(targets) for targets in late.values())]
    listed = Counter(row[0] for row in cells[23:])
    assert listed == {name: len(targets) for name, targets in owing.items()}
    assert {row[1] for row in cells[23:]} == set().union(*owing.values())

    # Slides: the projector's and the deck's.
    table = made.units
    shown = {row.name: row.coverage.owed for row in table.rows[:-1]}
    assert shown == {name: numbers[name][1] for name in shown}
    file = Presentation(io.BytesIO(deck([made], appendix=False)))
    (slide,) = [s for s in file.slides if s.shapes.title.text_frame.text == view.title]
    in_file = {cells[0]: int(cells[3]) for cells in list(_cells(slide))[1:-1]}
    assert in_file == {row.name: row.coverage.owed for row in table.rows}
    assert table.whole.owed == sum(number for _, number in numbers.values())

    # Overview counts those of which nothing is reported at all.
    silent = {a.target.id for a in look.assessments if a.observation is None}
    overdue = set().union(*late.values())
    assert coverage(look.assessments).owed == len(overdue & silent) == view.whole.silent
    assert view.whole.behind == len(overdue - silent)


@every
def test_the_same_targets_changed_in_the_same_way_in_all_of_them(day: str, code: str) -> None:
    found = DAYS[day][0](code).changes
    assert found.steady
    expected = [(turn.name, row.name) for turn in found.turns for row in turn.rows]
    same = language(code).t("Another figure, the same status")
    expected += [(same, row.name) for row in found.steady]
    for read in (changes_in_workbook, changes_in_page, changes_in_deck, changes_presented):
        assert read(day, code) == [(flat(group), flat(name)) for group, name in expected]


def test_a_promise_in_chinese_is_punctuated_as_chinese() -> None:
    promises = [subject.promise for subject in july("zh").subjects.values()]
    assert all("，“" in promise for promise in promises)
    assert not any(", “" in promise for promise in promises)
