"""Reading what people and files bring, the CSV contract, and which rows stand on a day."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.counting import standing
from mubiao.model import Entry, Nature, Observation, Qualifier, Stage, Unit, Withdrawal
from mubiao.observation.contract import COLUMNS, read_csv, write_csv
from mubiao.observation.draft import Draft, read_draft
from mubiao.period import EXAMPLES, Period
from mubiao.plain_text import NOTE_LIMIT, SOURCE_LIMIT
from mubiao.problems import Problem, Refused
from tests.real import real_plan
from tests.samples import observation, plan_of, target

PLAN = plan_of(
    target("gdp", measure="rate", comparator="about", value="6", better="higher", tolerance="0.5"),
    target("jobs", measure="count", comparator="at_least", value="280000", unit="people"),
    target("line", measure="stage", comparator="done"),
    target("early", measure="stage", comparator="done", due=date(2020, 2, 29)),
)
TODAY = date(2021, 3, 31)
JOBS = Draft("jobs", "2020", "26.1万", "", "", "2021-03-22", "北京日报", "")
HEADER = ",".join(COLUMNS)


def problems_of(today: date = TODAY, /, **texts: str) -> list[tuple[str, str]]:
    """The field and the message of each problem that a draft of new jobs then has."""
    with pytest.raises(Refused) as caught:
        read_draft(replace(JOBS, **texts), PLAN, today)
    return [(problem.field, problem.text) for problem in caught.value.problems]


def read(*lines: str) -> tuple[list[Observation], list[tuple[int, str, str]]]:
    """What a CSV with these lines below its header holds: observations, problems."""
    seen, problems = read_csv("\n".join((HEADER, *lines)), PLAN, "actuals.csv", TODAY)
    assert {problem.file for problem in problems} <= {"actuals.csv"}
    return seen, [(problem.line, problem.field, problem.text) for problem in problems]


def header_problems(text: str | bytes) -> list[Problem]:
    seen, problems = read_csv(text, PLAN, "actuals.csv", TODAY)
    assert seen == []
    return problems


def test_a_draft_is_read_in_base_units() -> None:
    assert read_draft(JOBS, PLAN, TODAY) == Observation(
        target="jobs",
        period=Period.parse("2020"),
        value=Decimal(261000),
        known_on=date(2021, 3, 22),
        qualifier=Qualifier.EXACT,
        nature=Nature.FINAL,
        source="北京日报",
    )


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        # Value and qualifier may come together or apart.
        ({"value": "28万人以上"}, {"value": 280000, "qualifier": Qualifier.AT_LEAST}),
        (
            {"value": "280,000 people", "qualifier": "at_least"},
            {"value": 280000, "qualifier": Qualifier.AT_LEAST},
        ),
        ({"value": "约28万", "qualifier": "about"}, {"qualifier": Qualifier.ABOUT}),
        (
            {"target": "gdp", "value": "（3.2）%", "qualifier": "exact"},
            {"value": Decimal("-3.2"), "qualifier": Qualifier.EXACT},
        ),
        # An empty nature is final for a full year or a stage.
        ({"period": "2020"}, {"nature": Nature.FINAL}),
        ({"period": "2020-01..2020-12"}, {"nature": Nature.FINAL}),
        ({"period": "2020-H1"}, {"nature": Nature.PRELIMINARY}),
        ({"period": "2020-12-31"}, {"nature": Nature.PRELIMINARY}),
        ({"target": "line", "period": "2020-06-30", "value": "在建"}, {"nature": Nature.FINAL}),
        # A milestone takes a stage.
        *(
            ({"target": "line", "value": word, "qualifier": "exact"}, {"value": Stage.COMPLETE})
            for word in ("完成", "Complete", "complete")
        ),
        # An estimate may be known before its period ends.
        ({"nature": "estimate", "known_on": "2020-01-01"}, {"nature": Nature.ESTIMATE}),
        ({"nature": "estimate", "known_on": "2020-12-30"}, {"nature": Nature.ESTIMATE}),
        # A note may have lines; texts lose the spaces around them.
        ({"source": " 统计局 ", "note": " a\r\nb\rc "}, {"source": "统计局", "note": "a\nb\nc"}),
    ],
)
def test_a_draft_is_read_as_people_mean_it(texts: dict[str, str], read: dict[str, object]) -> None:
    seen = read_draft(replace(JOBS, **texts), PLAN, TODAY)
    assert {name: getattr(seen, name) for name in read} == read


@pytest.mark.parametrize(
    ("target_id", "period", "value"),
    [
        ("jobs", "２０２０－０３", "1"),  # typed with a Chinese keyboard
        ("jobs", "2020-03", "1"),  # drawn, not judged
        ("jobs", "2019-12..2020-02", "1"),
        ("jobs", "2021-12-31", "1"),
        ("early", "2021-02-28", "complete"),
        ("early", "2026-11-27", "complete"),  # kept late, in whichever year
    ],
)
def test_a_period_touches_the_year_or_is_a_day_after_it(
    target_id: str, period: str, value: str
) -> None:
    draft = replace(JOBS, target=target_id, period=period, value=value, known_on="2026-11-28")
    assert read_draft(draft, PLAN, date.max).target == target_id


@pytest.mark.parametrize("period", ["2019", "2021-Q1", "2019-12-31", "2021-01"])
def test_another_period_is_outside_the_plan_year(period: str) -> None:
    assert problems_of(date.max, period=period, known_on="2022-02-01") == [
        ("period", f"{period} is outside 2020; expected a period of it, or a day after it")
    ]


DAY_WANTED = "is not a day; expected the day it became known, such as 2020-07-20"
BROKEN = "“a\N{REPLACEMENT CHARACTER}b” holds a line break or a control character"
DONE_IN_DECEMBER = {"target": "line", "value": "完成", "period": "2020-12-30"}


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"target": " "}, "the target is missing; choose one of the plan"),
        ({"target": "gpd"}, "“gpd” is not a target of the plan sample-2020"),
        (
            {"period": "März 2020"},
            f"“März 2020” is not a period; expected one that exists, such as {EXAMPLES}",
        ),
        ({"value": "-5"}, "-5 is below 0, but this is a count"),
        ({"value": "5%"}, "“%” behind the number is not the unit; expected people, or no unit"),
        (
            {"target": "line", "value": "完成", "qualifier": "about"},
            "the stage of a milestone is always exact",
        ),
        (
            {"qualifier": "circa"},
            "“circa” is unknown here; expected one of exact, at_least, at_most, about, or nothing",
        ),
        (
            {"value": "28万以上", "qualifier": "exact"},
            "the value says at_least, the qualifier exact; expected one of them",
        ),
        (
            {"nature": "rumour"},
            "“rumour” is unknown here; expected one of estimate, preliminary, final, or nothing",
        ),
        ({"known_on": "2021-W12-1"}, f"“2021-W12-1” {DAY_WANTED}"),
        ({"known_on": "2021-02-30"}, f"“2021-02-30” {DAY_WANTED}"),
        ({"known_on": "2021-04-01"}, "2021-04-01 is in the future; expected 2021-03-31 or earlier"),
        (
            {"known_on": "2020-12-30"},
            "2020 ends on 2020-12-31; only an estimate can have been known on 2020-12-30",
        ),
        (
            {"nature": "estimate", "known_on": "2019-12-31"},
            "a figure of 2020 cannot have been known on 2019-12-31, before it began",
        ),
        (
            {**DONE_IN_DECEMBER, "known_on": "2020-12-29"},
            "a figure of 2020-12-30 cannot have been known on 2020-12-29, before it began",
        ),
        ({"source": " "}, "the source is missing; say who published the figure"),
        ({"source": "s" * (SOURCE_LIMIT + 1)}, "the text has 301 characters; expected at most 300"),
        ({"note": "n" * (NOTE_LIMIT + 1)}, "the text has 2001 characters; expected at most 2000"),
        ({"source": "a\nb"}, f"{BROKEN}; expected plain text"),
        ({"note": "a\x07b"}, f"{BROKEN}; expected plain text"),
    ],
)
def test_what_is_wrong_is_told_of_the_field_given_last(texts: dict[str, str], message: str) -> None:
    assert problems_of(**texts) == [(list(texts)[-1], message)]


def test_every_problem_is_told_at_once() -> None:
    everything = dict.fromkeys(COLUMNS, "\x00")
    fields = {field for field, _ in problems_of(**everything)}
    assert fields == {*COLUMNS}
    assert {field for field, _ in problems_of(**dict.fromkeys(COLUMNS, ""))} == {
        *("target", "period", "value", "known_on", "source")
    }


@pytest.mark.parametrize(
    ("value", "told"),
    [
        *((text, ["target", "value"]) for text in ("1e5", "N/A", "1.2.3", "15亩 20亩", "a", "1,2")),
        *((text, ["target"]) for text in ("28万人", "5%", "(3.2)", "约3公里", "under_way", "-3")),
    ],
)
def test_of_an_unknown_target_only_what_is_no_value_of_any_is_told(
    value: str, told: list[str]
) -> None:
    assert [field for field, _ in problems_of(target="nobody", value=value)] == told


@given(st.lists(st.text(max_size=12), min_size=8, max_size=8), st.sampled_from(sorted(PLAN.by_id)))
def test_any_draft_is_an_observation_or_a_refusal(texts: list[str], target_id: str) -> None:
    for draft in (Draft(*texts), replace(JOBS, target=target_id, value=texts[2], note=texts[7])):
        try:
            seen = read_draft(draft, PLAN, TODAY)
        except Refused as refusal:
            told = [(problem.field, problem.text) for problem in refusal.problems]
            assert all(field in COLUMNS and text for field, text in told)
        else:
            assert seen.target in PLAN.by_id


def test_the_contract_is_read_with_line_numbers() -> None:
    seen, problems = read(
        "gdp,2020-Q1,-6.6,,,2020-04-24,北京市统计局,",
        "",
        'jobs,2020,280000,at_least,,2021-01-24,a,"two\nlines"',
        ",,,,,,,",
        "line,2020-06-30,under_way,,,2020-06-30,a,",
    )
    assert problems == []
    assert [(o.row, o.target, o.value, o.nature) for o in seen] == [
        (2, "gdp", Decimal("-6.6"), Nature.PRELIMINARY),
        (4, "jobs", Decimal(280000), Nature.FINAL),
        (7, "line", Stage.UNDER_WAY, Nature.FINAL),
    ]
    assert (seen[1].qualifier, seen[1].note) == (Qualifier.AT_LEAST, "two\nlines")


def test_every_problem_of_every_line_is_told_and_right_lines_are_kept() -> None:
    seen, problems = read(
        "gdp,2020-Q1,N/A,,,2020-04-24,a,",
        "jobs,2020,28万,,,2021-01-24,a,",
        "jobs,2020,5,,,2021-01-24,a,",
        "nobody, 2020,1.5,,,２０２１-01-24,,",
        "line,2020-06-30,完成,,,2020-06-30,a,",
        "jobs,2020,1,,,2021-01-24,a",
    )
    assert [o.row for o in seen] == [4]
    assert problems == [
        (2, "value", "“N/A” is not a plain decimal; expected one such as 280000 or -3.2"),
        (3, "value", "“28万” is not a plain decimal; expected one such as 280000 or -3.2"),
        (5, "period", "“ 2020” has spaces or full-width characters; expected “2020”"),
        (
            *(5, "known_on"),
            "“２０２１-01-24” has spaces or full-width characters; expected “2021-01-24”",
        ),
        (5, "target", "“nobody” is not a target of the plan sample-2020"),
        (
            *(6, "value"),
            "“完成” is not a stage; expected one of not_started, under_way, complete, cancelled",
        ),
        (7, "", "the line has 7 cells; expected 8"),
    ]


def test_columns_may_stand_in_any_order_but_must_be_the_contracts() -> None:
    lines = [
        "note,source,known_on,nature,qualifier,value,period,target",
        "n,s,2021-01-24,,,5,2020,jobs",
    ]
    seen, problems = read_csv("\n".join(lines), PLAN, "a.csv", TODAY)
    assert problems == []
    assert (seen[0].target, seen[0].note) == ("jobs", "n")
    told = header_problems("target,period,Value,qualifier,nature,known_on,source,note,note\n")
    assert [(p.line, p.field, p.text) for p in told] == [
        (1, "Value", f"“Value” is not a column; expected {HEADER}"),
        (1, "value", "column value stands 0 times in the header; expected once"),
        (1, "note", "column note stands 2 times in the header; expected once"),
    ]


@pytest.mark.parametrize("text", ["", b"", "\ufeff"])
def test_an_empty_file_lacks_every_column(text: str | bytes) -> None:
    assert [problem.field for problem in header_problems(text)] == list(COLUMNS)


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_utf_8_with_or_without_a_mark(start: bytes) -> None:
    content = f"{HEADER}\r\njobs,2020,5,,,2021-01-24,统计局,\r\n".encode()
    seen, problems = read_csv(start + content, PLAN, "a.csv", TODAY)
    assert problems == []
    assert seen[0].source == "统计局"


def test_another_encoding_is_told_with_its_line() -> None:
    content = f"{HEADER}\njobs,2020,5,,,2021-01-24,统计局,\n".encode("gb18030")
    (problem,) = header_problems(content)
    assert (problem.file, problem.line) == ("actuals.csv", 2)
    assert problem.text.endswith("is not UTF-8; save the file as CSV in UTF-8")


def test_an_open_quotation_mark_is_told_with_its_line() -> None:
    seen, problems = read("jobs,2020,5,,,2021-01-24,a,", 'jobs,2020,6,,,2021-01-24,"a,')
    assert [o.row for o in seen] == [2]
    assert [(line, text) for line, _, text in problems] == [
        (3, "the line is not CSV (unexpected end of data); check its quotation marks")
    ]


@pytest.mark.parametrize("text", ["=1+2", "+a", "-a", "@a", "'=a", "''-a", "'quoted", "a=b"])
def test_a_text_like_a_formula_leaves_as_text_and_comes_back(text: str) -> None:
    seen = replace(observation("gdp", "2020-Q1", "-6.6", "2020-04-24"), source=text, note=text)
    written = write_csv([seen])
    cells = written.splitlines()[1].split(",")
    assert cells[2] == "-6.6"
    assert cells[6][0] not in "=+-@"
    assert read_csv(written, PLAN, "a.csv", TODAY) == ([replace(seen, row=2)], [])


@pytest.mark.parametrize("start", ["\t", "\r"])
def test_a_text_that_begins_with_a_tab_or_return_is_escaped(start: str) -> None:
    seen = replace(observation("gdp", "2020-Q1", "1", "2020-04-24"), note=f"{start}=1")
    assert f"'{start}=1" in write_csv([seen])


def clean(limit: int) -> st.SearchStrategy[str]:
    """Texts as `read_draft` leaves them: no spaces around, nothing that controls or is not seen."""
    characters = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
    hard = st.sampled_from(["=", "'=", "'", '"', ",", "，", "-1"])
    return st.builds(lambda a, b: (a + b).strip()[:limit].strip(), hard, st.text(characters))


NUMBERS = st.decimals(
    min_value=-999999, max_value=999999, allow_nan=False, allow_infinity=False, places=6
)
OBSERVATIONS = st.builds(
    Observation,
    target=st.just("gdp"),
    period=st.sampled_from(["2020", "2020-H1", "2020-01..2020-09", "2020-06-30"]).map(Period.parse),
    value=NUMBERS,
    known_on=st.dates(date(2020, 12, 31), TODAY),
    qualifier=st.sampled_from(Qualifier),
    nature=st.sampled_from(Nature),
    source=clean(SOURCE_LIMIT).filter(bool),
    note=st.lists(clean(60), max_size=4).map(lambda lines: "\n".join(lines).strip()),
) | st.builds(
    Observation,
    target=st.just("line"),
    period=st.just(Period.parse("2020-06-30")),
    value=st.sampled_from(Stage),
    known_on=st.dates(date(2020, 6, 30), TODAY),
    nature=st.sampled_from(Nature),
    source=st.just("s"),
)


@given(st.lists(OBSERVATIONS, max_size=5), st.booleans())
def test_what_is_written_is_read_again_as_it_was(seen: list[Observation], as_bytes: bool) -> None:  # noqa: FBT001
    text = write_csv(seen)
    back, problems = read_csv(text.encode() if as_bytes else text, PLAN, "a.csv", TODAY)
    assert problems == []
    assert [replace(o, row=0) for o in back] == seen
    assert [o.period.text for o in back] == [o.period.text for o in seen]
    assert [str(o.value) for o in back] == [str(o.value) for o in seen]


LINES = st.lists(st.text(max_size=10), max_size=9).map(",".join)


@given(st.lists(LINES, max_size=4).map("\n".join) | st.text(max_size=60))
def test_any_text_is_observations_or_problems(text: str) -> None:
    for content in (text, f"{HEADER}\n{text}"):
        seen, problems = read_csv(content, PLAN, "a.csv", TODAY)
        assert all(problem.text and problem.line for problem in problems)
        assert all(o.row > 1 for o in seen)


@given(st.binary(max_size=60))
def test_any_bytes_are_observations_or_problems(content: bytes) -> None:
    seen, problems = read_csv(content, PLAN, "a.csv", TODAY)
    assert seen == []
    assert all(problem.text and problem.line for problem in problems)


FIRST = observation("jobs", "2020", "1", "2021-01-10", row=1)


def corrected(row: int, replaces: int, known_on: str) -> Observation:
    seen = observation("jobs", "2020", str(row), known_on, row=row)
    return replace(seen, replaces=replaces)


def withdrawn(row: int, replaces: int, known_on: str) -> Withdrawal:
    return Withdrawal("jobs", replaces, date.fromisoformat(known_on), "typed twice", row=row)


CHAIN = (FIRST, corrected(2, 1, "2021-02-10"), withdrawn(3, 2, "2021-03-10"))


@pytest.mark.parametrize(
    ("history", "as_of", "rows"),
    [
        ((), "2021-12-31", []),
        (CHAIN, "2021-01-09", []),
        (CHAIN, "2021-01-10", [1]),
        (CHAIN, "2021-02-09", [1]),
        (CHAIN, "2021-02-10", [2]),
        (CHAIN, "2021-03-10", []),
        # A wrong known_on is corrected to an earlier day: on it, the correction alone stands.
        ((FIRST, corrected(2, 1, "2021-01-02")), "2021-01-05", [2]),
        ((FIRST, corrected(2, 1, "2021-01-02")), "2021-12-31", [2]),
        # The second correction is known before the first: it hides what both replace.
        ((FIRST, corrected(2, 1, "2021-03-01"), corrected(3, 2, "2021-02-01")), "2021-02-01", [3]),
        ((FIRST, corrected(2, 1, "2021-03-01"), corrected(3, 2, "2021-02-01")), "2021-03-01", [3]),
        ((FIRST, corrected(2, 1, "2021-03-01"), withdrawn(3, 2, "2021-02-01")), "2021-02-01", []),
        # Two figures of one period may stand side by side; METHOD says which one counts.
        ((FIRST, replace(FIRST, row=2)), "2021-12-31", [1, 2]),
        # Not recorded yet, as in a preview: nothing stands for row 0.
        ((FIRST, replace(FIRST, row=0), replace(FIRST, row=0)), "2021-12-31", [0, 0, 1]),
    ],
)
def test_a_row_stands_until_what_replaces_it_is_known(
    history: tuple[Entry, ...], as_of: str, rows: list[int]
) -> None:
    for ordered in (history, history[::-1]):
        assert [o.row for o in standing(ordered, date.fromisoformat(as_of))] == rows


@pytest.mark.parametrize(
    ("target", "is_refused"), [("model-villages", True), ("gdp-growth", False), ("cpi", False)]
)
def test_of_things_there_cannot_be_less_than_none(target: str, *, is_refused: bool) -> None:
    draft = Draft(target=target, period="2020-H1", value="-5", known_on="2020-07-20", source="x")
    expected = pytest.raises(Refused, match="-5 is below 0") if is_refused else nullcontext()
    with expected:
        read_draft(draft, real_plan(), date.max)


def test_a_level_in_percentage_points_may_be_below_nought() -> None:
    assert Unit(zh="个", en="villages", one="village").is_thing
    assert not Unit(zh="个百分点", en="percentage points", one="percentage point").is_thing
    assert not Unit(zh="亿元", en="100 million yuan").is_thing
