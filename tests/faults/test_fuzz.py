"""Whatever comes in: a value or a reasoned refusal, never an unhandled exception.

100 examples each by default, 10,000 at full length.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation

from mubiao.exports.circular import try_template
from mubiao.exports.circular.own import own_template
from mubiao.exports.data.listing import actuals_csv
from mubiao.exports.deck.template import open_template
from mubiao.exports.workbook.to_fill_in import workbook
from mubiao.i18n import CODES, Language, language
from mubiao.model import Qualifier
from mubiao.observation.values import MAX_DIGITS, TOO_LARGE, parse_figure
from mubiao.period import Period
from mubiao.plan.loader import read_plan
from mubiao.problems import Problem, Refused
from mubiao.proposal.row_texts import row_text, summary
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.table import read_table
from mubiao.wording.phrasebook import Phrasebook
from tests.faults.figures import REFUSED, TAKEN
from tests.samples import observation
from tests.sheets import GDP, HEAD, JOBS, PLAN, TODAY, actuals_xlsx, dry_run, xlsx

pytestmark = [
    # At full length a workbook takes its time.
    pytest.mark.timeout(900),
    # openpyxl warns of what it passes over; with a damaged file that is no news.
    pytest.mark.filterwarnings("ignore::UserWarning:openpyxl"),
]

SOUND = (Path(__file__).parents[1] / "plans" / "sound.yaml").read_text(encoding="utf-8")
FORMULAS = ("=", "+", "-", "@", "\t")  # a return cannot be recorded
SIGNS = "0123456789.,-+−()（）%％ ~≥≤≈万亿千百人约至少以上下左右内eE/０９．，nainf"
LIKE_VALUES = st.text(alphabet=SIGNS, max_size=14) | st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "-", "−", "约", "≥", "不低于", "+", "（"]),
    st.decimals(-(10**9), 10**9, places=2) | st.integers(-(10**16), 10**16),
    st.sampled_from(["", "万", "亿", "千", " million", "%", "人"]),
    st.sampled_from(["", "以上", "左右", "）", "人", " "]),
)
LIKE_PERIODS = st.text(alphabet="0123456789-.HQ年月０", max_size=18) | st.builds(
    "{}{}{}".format,
    st.integers(1990, 2040) | st.integers(0, 10_001),
    st.sampled_from(["", "-H1", "-H3", "-Q4", "-03", "-13", "-2", "-02-29", "-06-30"]),
    st.sampled_from(["", "..2020-09", "..2020-13", "..0001-01", "-30", "-31", " "]),
)
CELLS = (
    LIKE_VALUES
    | LIKE_PERIODS
    | st.text(max_size=12)
    | st.sampled_from(
        (
            *("gdp", "jobs", "line", "target", "2020", "2020-H1", "2021-03-22", "28万", "complete"),
            *("=1+1", "'=1", "-3.2", "5%", "１２．５", "N/A", "-", "暂无", "人", ""),
            *("exact", "final"),
            *('"', "\n", ";", "\ufeff", "_x0000_", "\ud800", "x" * 5000, "9" * 400),
        )
    )
)


def told(problems: Iterable[Problem]) -> None:
    """Each problem can be said in both languages."""
    assert all(language(code).problem(problem) for problem in problems for code in CODES)


def tried(what: str, act: Callable[[], None]) -> tuple[Problem, ...]:
    """Count what came of an example; anything but a refusal with reasons, returned, fails."""
    problems: tuple[Problem, ...] = ()
    try:
        act()
    except Refused as refusal:
        problems = refusal.problems
        REFUSED[what] += 1
    else:
        TAKEN[what] += 1
        return ()
    assert problems
    told(problems)
    return problems


@given(LIKE_VALUES | st.text(max_size=30), st.sampled_from([(), ("人", "people"), ("%",)]))
@example("at leaſt 5", ())
@example("1" * 5000, ())
def test_values(text: str, units: tuple[str, ...]) -> None:
    def read() -> None:
        figure = parse_figure(text, units)
        assert abs(figure.value) < TOO_LARGE
        assert len(f"{abs(figure.value):f}".replace(".", "").lstrip("0")) <= MAX_DIGITS
        assert figure.qualifier is None or figure.qualifier in Qualifier

    assert [problem.field for problem in tried("values", read)] in ([], ["value"])


@given(LIKE_PERIODS | st.text(max_size=20))
def test_periods(text: str) -> None:
    try:
        period = Period.parse(text)
    except ValueError:  # what its docstring promises; the callers say the reason
        REFUSED["periods"] += 1
        return
    assert period.first <= period.last
    assert str(period) == period.text == text
    TAKEN["periods"] += 1


def said(found: Import, words: Language) -> list[str]:
    texts = [summary(found, Phrasebook(PLAN, words)), *found.reading_notes(words)]
    texts += [one.texts(words)[-1] for one in found.troubles]
    return texts + [row_text(row, Phrasebook(PLAN, words)) for row in found.rows if row.figure]


def imported(what: str, name: str, content: bytes) -> None:
    """Read and try a file; its wrong rows count as refused."""

    def read() -> None:
        found = dry_run(read_table(name, content), PLAN, KNOWN, TODAY)
        assert all(text for code in CODES for text in said(found, language(code)))
        assert found.troubles or all(p.entry.target in PLAN.by_id for p in found.submissions)
        if found.troubles:
            raise Refused(one.problem for one in found.troubles)

    tried(what, read)


KNOWN = [
    observation("jobs", "2020", "261000", "2021-03-22", row=1),
    observation("gdp", "2020-H1", "-3.2", "2020-07-27", row=2),
]
SOUND_ROW = ("gdp", "2020", "2.1", "", "", "2021-01-20", "统计局", "")
ODD_ROWS = st.dictionaries(st.integers(0, 7), CELLS, max_size=2).map(
    lambda odd: [odd.get(at, cell) for at, cell in enumerate(SOUND_ROW)]
)
ROWS = st.lists(ODD_ROWS | st.lists(CELLS, max_size=9), max_size=3)
TEXTS = (actuals_csv(KNOWN), actuals_csv(KNOWN).decode("utf-8-sig").encode("gb18030"))
PIECES = (
    *(b"<c", b"</c>", b'r="A1"', b'r="XFD1048576"', b'r="A99999999999"', b't="s"', b't="d"'),
    *(b"<v>", b"1e999", b"nan", b"-1", b"99999999999999999999", b"0", b"<f>", b"&lt;", b'"', b">"),
    *(b't="inlineStr"', b'<f t="array">', b's="99999"', b"=", b",", b"\n", b"\x00", b"\xff", b'""'),
    *(b"target", b"value", "数值".encode(), "28万".encode(), b"2020-13", b"'", b";", b"\t"),
    b"_x0000_",
)
MORE = settings(max_examples=max(250, settings.default.max_examples))


@st.composite
def edited(draw: st.DrawFn, content: bytes) -> bytes:
    """Some bytes with a few places cut out, doubled, overwritten or filled with odd pieces."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        odd = st.sampled_from(PIECES) | st.binary(max_size=20) | st.just(content[start:end] * 2)
        content = content[:start] + draw(odd) + content[end:]
    return content


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A CSV file: odd cells or any text below a header in some coding, or a sound one edited."""
    kind = draw(st.integers(0, 4))
    if kind == 0:
        head = "target,period,value,known_on,note\njobs,"
        return (head + draw(st.text(max_size=300))).encode("utf-8", "surrogatepass")
    if kind < 3:
        coding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
        out = io.StringIO()
        csv.writer(out, delimiter=draw(st.sampled_from(",;\t"))).writerows([HEAD, *draw(ROWS)])
        return out.getvalue().encode(coding, "replace")
    return draw(st.sampled_from(TEXTS).flatmap(edited) | st.binary(max_size=300))


@MORE
@given(texts())
def test_csv_imports(content: bytes) -> None:
    imported("CSV imports", "a.csv", content)


def _parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


BOOKS = (
    xlsx(HEAD, JOBS, GDP),
    actuals_xlsx(PLAN, KNOWN, language("zh")),
    workbook(Phrasebook(PLAN, language("en")), KNOWN, None),
)
SHEET = "xl/worksheets/sheet1.xml"


def _cell(at: int, text: str) -> str:
    plain = "".join(sign for sign in text if sign.isprintable()).translate(
        {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
    )
    # Numbers as Excel keeps them, everything else as a text.
    kind = "n" if plain.replace(".", "", 1).isdecimal() and plain.isascii() else "inlineStr"
    inner = f"<v>{plain}</v>" if kind == "n" else f"<is><t>{plain}</t></is>"
    return f'<c r="{chr(65 + at)}{{row}}" t="{kind}">{inner}</c>'


def _sheet(rows: list[list[str]]) -> bytes:
    lines = [
        f'<row r="{number}">'
        + "".join(_cell(at, text).replace("{row}", str(number)) for at, text in enumerate(cells))
        + "</row>"
        for number, cells in enumerate([HEAD, *rows], 1)
    ]
    vocabulary = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f'<worksheet xmlns="{vocabulary}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    return data.encode("utf-8", "replace")


@st.composite
def books(draw: st.DrawFn) -> bytes:
    """A workbook: odd cells, parts that are edited or missing, or its own bytes edited."""
    kind, book = draw(st.integers(0, 9)), draw(st.sampled_from(BOOKS))
    if kind == 0:
        return draw(edited(book) | st.binary(max_size=300).map(lambda rest: b"PK\x03\x04" + rest))
    parts = _parts(book)
    if kind < 5:
        parts[SHEET] = _sheet(draw(ROWS))
    else:
        for name in draw(st.sets(st.sampled_from(sorted(parts)), min_size=1, max_size=2)):
            parts[name] = draw(edited(parts[name]))
        if kind == 9:
            del parts[draw(st.sampled_from(sorted(parts)))]
    return _zipped(parts)


@MORE
@given(books())
def test_xlsx_imports(content: bytes) -> None:
    imported("XLSX imports", "a.xlsx", content)


def _template() -> bytes:
    out = io.BytesIO()
    Presentation().save(out)
    return out.getvalue()


TEMPLATE_PIECES = st.sampled_from(
    (
        *(b"<p:ph/>", b"<p:sp>", b"</p:sp>", b'type="title"', b'type="x"', b'idx="99999999999"'),
        b'idx="-1"',
        *(b"<a:off x='1'/>", b'cx="-1"', b'cx="99999999999999"', b'r:id="rId1"', b'r:id="no"'),
        *(b"<", b">", b"&", b'"', b"\x00", b"\xff", b"", b'sz="x"', b'Target="../../../etc"'),
        *(b"{{", b"}}", b"{%tr", b"{%p if x %}", b"%}", b"{#", b"{{ title.x[0] }}", b"<w:tr>"),
    )
)


@st.composite
def templates(draw: st.DrawFn, template: Mapping[str, bytes]) -> bytes:
    """A template with odd pieces in place of a few bytes, and parts that are missing."""
    parts = dict(template)
    noted = [name for name in parts if name.endswith(("xml", "rels"))]
    for _ in range(draw(st.integers(1, 4))):
        name, share = draw(st.sampled_from(noted)), draw(st.floats(0, 1))
        at, length = round(share * len(parts[name])), draw(st.integers(0, 40))
        piece = draw(TEMPLATE_PIECES | st.binary(max_size=12))
        parts[name] = parts[name][:at] + piece + parts[name][at + length :]
    if draw(st.integers(0, 9)) == 0:
        del parts[draw(st.sampled_from(sorted(parts)))]
    return _zipped(parts)


@settings(max_examples=max(20, settings.default.max_examples // 5))
@given(templates(_parts(_template())))
def test_templates(content: bytes) -> None:
    tried("templates", lambda: open_template(content))


@settings(max_examples=max(20, settings.default.max_examples // 5))
@given(templates(_parts(own_template())))
def test_templates_of_word(content: bytes) -> None:
    tried("templates of Word", lambda: try_template(content))


YAML = st.sampled_from(
    (
        *("- ", ": ", "{", "}", "[", "]", "&a ", "*a", "!x ", "? ", "|\n", ">\n", "'", '"', "#"),
        *("\n", "  ", "\t", "---\n", "...\n", "%", "null", "0", "-1.5", "2020-13-45", "\\uD800"),
        "\\U00110000",
        *("value", "targets", "\u3000", "\x85", "\u2028", "\ufeff", "目标", "9" * 5000, "[" * 40),
    )
)


@st.composite
def plans(draw: st.DrawFn) -> bytes:
    """A plan file: a sound one edited in a few places, pieces of YAML, or anything."""
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return draw(st.binary(max_size=200))
    if kind == 1:
        return "".join(draw(st.lists(YAML, max_size=30))).encode("utf-8", "surrogatepass")
    text = SOUND
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + draw(YAML | st.text(max_size=10) | CELLS) + text[end:]
    return text.encode("utf-8", "surrogatepass")


# Both of PyYAML's: where there is no libyaml, the slow one must do.
@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_plan_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loader: object) -> None:
    monkeypatch.setattr("mubiao.plan.yamlfile._LOADER", loader)
    plan_file = tmp_path / "plan.yaml"

    @given(plans())
    def load(content: bytes) -> None:
        plan_file.write_bytes(content)
        file = read_plan(plan_file)
        plan, problems = file.plan, file.problems
        assert (plan is None) == bool(problems)
        assert all(problem.file == str(plan_file) and problem.line >= 1 for problem in problems)
        assert all(isinstance(problem, Problem) and problem.text for problem in problems)
        told(problems)
        (REFUSED if plan is None else TAKEN)["plan files"] += 1

    load()


@settings(max_examples=max(10, settings.default.max_examples // 10))
@given(st.lists(st.tuples(st.sampled_from(FORMULAS), st.text(max_size=20)), min_size=10))
def test_text_that_begins_like_a_formula_leaves_as_text(texts: list[tuple[str, str]]) -> None:
    seen = [
        replace(KNOWN[0], source=sign + "".join(c for c in rest if c.isprintable()), note=sign)
        for sign, rest in texts
    ]
    rows = csv.reader(io.StringIO(actuals_csv(seen).decode("utf-8-sig"), newline=""))
    assert [row for row in rows if row[6].startswith(FORMULAS)] == []
    book = load_workbook(io.BytesIO(actuals_xlsx(PLAN, seen, language("en"))))
    cells = [cell for line in book.worksheets[0].iter_rows() for cell in line]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    TAKEN["texts like a formula"] += len(texts)
