"""One rule of the plan file, one test. Broken plans are the sound one with one edit."""

import json
import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml

from mubiao.model import Comparator, Measure, Plan, Text, Unit
from mubiao.plan.loader import find_plans, read_plan
from mubiao.plan.schema import plan_schema, write_schema

ROOT = Path(__file__).resolve().parents[1]
PLANS = ROOT / "data" / "plans"
SOUND = (ROOT / "tests" / "plans" / "sound.yaml").read_text(encoding="utf-8")

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a plan file and return its path."""

    def written(content: str | bytes) -> Path:
        path = tmp_path / "plan.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def line_of(text: str, part: str) -> int:
    """The line in which a part of a text stands; it must stand there once."""
    assert text.count(part) == 1, part
    return text[: text.index(part)].count("\n") + 1


def problems_of(path: Path) -> list[tuple[int, str]]:
    file = read_plan(path)
    plan, problems = file.plan, file.problems
    assert plan is None
    assert all(problem.file == str(path) for problem in problems)
    return [(problem.line, problem.text) for problem in problems]


def only_problem(path: Path) -> tuple[int, str]:
    [problem] = problems_of(path)
    return problem


def sound(write: Write, text: str = SOUND) -> Plan:
    file = read_plan(write(text))
    plan, problems = file.plan, file.problems
    assert problems == ()
    assert plan is not None
    return plan


def test_a_sound_plan_has_no_problems(write: Write) -> None:
    ids = [target.id for target in sound(write).targets]
    assert ids == ["gdp", "income", "energy", "alleys", "unemployment", "line"]


def test_numbers_keep_their_digits_days_are_dates_and_yes_is_a_text(write: Write) -> None:
    plan = sound(write, SOUND.replace("en: GDP growth", "en: yes"))
    assert str(plan.by_id["unemployment"].value) == "5.0"
    assert plan.by_id["energy"].value == Decimal(-17)
    assert plan.delivered == date(2020, 1, 12)
    assert plan.by_id["gdp"].name.en == "yes"


def test_an_optional_key_may_be_left_empty(write: Write) -> None:
    plan = sound(write, SOUND.replace("    value: 200\n", "    value: 200\n    owner:\n"))
    assert plan.by_id["alleys"].owner is None


def test_a_byte_order_mark_is_no_problem(write: Write) -> None:
    assert read_plan(write(b"\xef\xbb\xbf" + SOUND.encode())).problems == ()


def test_each_part_has_its_line(write: Write) -> None:
    lines = read_plan(write(SOUND)).lines
    assert lines.line(("targets", 3, "value")) == line_of(SOUND, "value: 200")
    assert lines.line(("targets", 3, "baseline")) == line_of(SOUND, "id: alleys")


# Broken plans: what is replaced by what, in which line the problem is, and what it says. The line
# is the one in which the third text stands after the edit.

BASELINE = '{value: 1, year: 2019, source: {section: "1.0", paragraph: 1, printed: x}}'
EDITS = [
    # keys
    ("    cadence: monthly\n", "    cadense: monthly\n", "cadense", "did you mean cadence?"),
    ("headline: ", "zzz: 1\nheadline: ", "zzz", "unknown key zzz; expected one of: id, year"),
    ("headline: ", "headline: '2.0'\nheadline: ", None, "headline is given twice"),
    ("place: {zh: 市, en: City}\n", "", "id: sample", "the key place is missing"),
    ("delivered: 2020-01-12\n", "", "id: sample", "the key delivered is missing"),
    ("    measure: count\n", "", "id: alleys", "the key measure is missing"),
    # the published figures: a CSV in the plans' folder or beside it
    *(
        ("year: 2020", f"year: 2020\nactuals: {path}", f"actuals: {path}", "expected figures.csv")
        for path in ("/etc/x.csv", "../../x.csv", "a/../../x.csv", "../.git/x.csv", "x.txt")
    ),
    ("year: 2020", "year: 2020\nactuals: '..\\x.csv'", "actuals:", "expected figures.csv"),
    # the days of release
    *(
        (
            "year: 2020",
            f"year: 2020\ncalendars:\n  - id: b\n    name: {{zh: 历, en: b}}\n    days: {days}",
            "days:",
            says,
        )
        for days, says in (
            ("{2020-Q5: 2020-07-16}", "2020-Q5 is no period; expected one of 2020"),
            ("{2020-Q2: 2020-06-30}", "2020-06-30 is not after the last day of 2020-Q2"),
            ("{2020-Q2: soon}", "days.2020-Q2 must be a day written YYYY-MM-DD"),
            ("{2020-Q2: 2020-07-16, 2020-H1: 2020-07-17}", "2020-H1 ends on the day on which 2020"),
        )
    ),
    ("    value: 200\n", "    value: 200\n    calendar: b\n", "calendar: b", "calendars have no b"),
    ("    measure: stage\n", "    measure: stage\n    calendar: b\n", "calendar: b", "not for the"),
    # kinds of values
    ("timezone: Asia/Shanghai", "timezone: CST+8", "timezone", "such as Asia/Shanghai"),
    ("value: 200", 'value: "200"', 'value: "200"', "must be a plain decimal number"),
    ("value: 200", "value: many", "value: many", "must be a plain decimal number"),
    ("value: 200", "value: [200]", "value: [200]", "found […]"),
    *(
        ("value: 200", f"value: {text}", f"value: {text}", f"{text[:40]} is not a plain decimal")
        for text in ("0200", "1_000", "0x1F", "3:20", ".inf", "-.inf", ".nan", "2.0e+2", "+200")
    ),
    ("value: 200", "value: " + "9" * 40, "9" * 40, "is not a plain decimal number"),
    ("value: 200", "value: 2e2", "value: 2e2", "must be a plain decimal number"),
    ("value: 200", "value: yes", "value: yes", "must be a plain decimal number"),
    ("year: 2020", "year: 2020.5", "year: 2020.5", "year must be a whole number"),
    ("year: 2020", "year: 2", "year: 2", "year is 2; expected at least 1900"),
    ("en: GDP growth", "en: 5", "en: 5", "name.en must be a text, in quotes"),
    ("en: GDP growth", "en: 2020-01-12", "en: 2020-01-12", "name.en must be a text"),
    ("en: GDP growth", "en: ''", "en: ''", "name.en is empty"),
    ("en: GDP growth", "en: ", "en: }", "name.en is empty"),
    ("en: GDP growth", 'en: "a\\x07"', "a\\x07", "U+0007 is not allowed"),
    ("delivered: 2020-01-12", "delivered: 5", "delivered: 5", "must be a day written YYYY-MM-DD"),
    ("-01-12", "-01-12 10:00:00", "10:00:00", "must be a day written"),
    ("delivered: 2020-01-12", "delivered: 2020-02-30", "2020-02-30", "there is no day 2020-02-30"),
    ("place: {zh: 市, en: City}", "place: City", "place: City", "must be a mapping of keys"),
    ("no_promise:\n", "no_promise: none\nx:\n", "no_promise: none", "no_promise must be a list"),
    ("cadence: monthly", "cadence: daily", "cadence: daily", "weekly, monthly, quarterly"),
    ("measure: count", "measure: counted", "counted", "count, rate, level, since_base, stage"),
    ("id: alleys", "id: Alleys", "id: Alleys", 'id is "Alleys"; expected'),
    ("paragraph: 9", "paragraph: -9", "paragraph: -9", "paragraph is -9; expected at least 0"),
    ("printed: 打造200条", "printed: " + "打" * 41, "打" * 41, "expected at most 40 characters"),
    ('headline: "2.0"', "headline: 2.0", "headline: 2.0", "headline must be a text, in quotes"),
    ('headline: "2.0"', 'headline: "two"', 'headline: "two"', "expected 2.0"),
    ("0.9, 1]", "0.9, one]", "profile:", "profile[11] must be a plain decimal number"),
    ("no_promise:\n", "no_promise:\n  - 5\n", "  - 5\n", "no_promise[0] must be a mapping"),
    ("targets:\n", "targets:\n  - 5\n", "  - 5\n", "targets[0] must be a mapping"),
    # what fits the measure and the comparator
    ("or: done", "or: below", "or: below\n    cad", "fit the measure stage; expected one of: done"),
    ("value: 200", "value: 0", "value: 0", "the value of a count must be more than 0; found 0"),
    ("value: 200", "value: -2", "value: -2", "the value of a count must be more than 0"),
    ("    value: 200\n", "", "id: alleys", "the key value is missing"),
    ("    unit: alleys\n", "", "id: alleys", "the key unit is missing"),
    ("unit: alleys", "unit: alley", "unit: alley", "the unit alley is not in the plan's units"),
    *(
        ("value: 200", f"value: 200\n    {key}", f"{key}\n    unit: alleys", says)
        for key, says in [
            ("better: lower", "better: lower contradicts"),
            ("tolerance: 1", "tolerance is only for"),
            ("band: 1", "band is not for the measure count"),
            ("base_year: 2015", "base_year is not for the measure count"),
            ("judged: all_year", "all_year is not for counts"),
            ("in_step_with: gdp", "in_step_with is only for these comparators"),
            ("due: 2019-12-31", "due is 2019-12-31"),
        ]
    ),
    *(
        ("comparator: done", f"comparator: done\n    {key}", f"{key}\n    cadence: y", says)
        for key, says in [
            ("value: 1", "a milestone (measure stage) has no value"),
            ('unit: "%"', "a milestone (measure stage) has no unit"),
            (f"baseline: {BASELINE}", "a milestone (measure stage) has no baseline"),
        ]
    ),
    ("    base_year: 2015\n", "", "id: energy", "the key base_year is missing; the measure"),
    ("base_year: 2015", "base_year: 2020", "base_year: 2020", "a year before the plan's year"),
    (
        "    better: higher\n    tolerance: 0.5\n    cadence: quarterly",
        "    tolerance: 0.5\n    cadence: quarterly",
        "id: gdp\n",
        "the key better is missing",
    ),
    ("    in_step_with: gdp\n", "", "id: income", "the key in_step_with is missing"),
    ("in_step_with: gdp", "in_step_with: gnp", "in_step_with: gnp", "there is no such target"),
    ("in_step_with: gdp", "in_step_with: income", "in_step_with: income", "held against itself"),
    ("in_step_with: gdp", "in_step_with: line", "in_step_with: line", "whose measure is another"),
    ("in_step_with: gdp", "in_step_with: gdp\n    value: 1", "value: 1\n", "no value of its own"),
    ("value: 200", "value: 200\n    upper: 210", "upper: 210", "upper is only for these"),
    ("value: 200", "value: 200\n    stretch: 190", "stretch: 190", "better than 200"),
    ("at_least", "between\n    upper: 200", "upper: 200", "more than value, which is 200"),
    *(
        ("year: 2020\n", f"year: 2020\nperiod: {{first: {first}, last: {last}}}\n", None, says)
        for first, last, says in [
            ("2020-04-06", "2021-04-05", "begins on the first day of a month"),
            ("2020-04-01", "2021-04-30", "expected 2021-03-31"),
        ]
    ),
    (
        "year: 2020\n",
        "year: 2020\nperiod: {first: 2019-07-01, last: 2020-06-30}\n",
        "year: 2020\n",
        "in which the plan's period begins",
    ),
    (
        "judged: all_year",
        "judged: all_year\n    due: 2020-02-29",
        "due: 2020-02-29",
        "none could ever count",
    ),
    (
        "    tolerance: 0.5\n    cadence: quarterly",
        "    tolerance: 0.5\n    cadence: weekly",
        "cadence: weekly",
        "a rate is of months",
    ),
    ("at_least", "between", "id: alleys", "the key upper is missing"),
    ("at_least", "exactly\n    better: lower", "better: lower", "contradicts the comparator"),
    ("year: 2019", "year: 2020", "      year: 2020", "baseline.year is 2020; expected a year"),
    # profiles
    (
        "value: 6\n",
        "value: 6\n    profile: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]\n",
        "profile: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]",
        "profile is not for the measure rate",
    ),
    ("profile: [0, 0,", "profile: [0,", "profile:", "profile has 11 items; expected at least 12"),
    ("profile: [0, 0,", "profile: [0, 0, 0,", "profile:", "more items than the 12 expected"),
    ("0.9, 1]", "0.9, 0.95]", "profile:", "the last one 1"),
    ("profile: [0, 0,", "profile: [0.5, 0,", "profile:", "none smaller than the one before"),
    ("profile: [0, 0,", "profile: [-1, 0,", "profile:", "12 shares between 0 and 1"),
    ("    base_year: 2015\n", "    base_year: 2015\n    measure: rate\n", None, "given twice"),
    # the plan as a whole
    ("id: alleys", "id: energy", None, "the id energy is given twice"),
    (
        '- {id: "2.1"',
        '- {id: "2.0", name: {zh: 又, en: Again}}\n  - {id: "2.1"',
        "又",
        "the id 2.0 is given twice",
    ),
    ('headline: "2.0"', 'headline: "2.7"', 'headline: "2.7"', "the headline section 2.7 is not in"),
    ("on_track: 0.10", "on_track: 0.30", "on_track: 0.30", "expected less than at_risk"),
    ("on_track: 0.10", "on_track: 1.5", "on_track: 1.5", "expected at most 1"),
    # YAML itself
    ("en: City", "en: &c City", "&c", "an anchor (&c) is not allowed"),
    ("en: City", "en: *c", "*c", "an alias (*c) is not allowed"),
    ("en: City", "en: !!str City", "!!str", "a tag (tag:yaml.org,2002:str) is not allowed"),
    ("en: City", "en: !x City", "!x", "a tag (!x) is not allowed"),
    ("    value: 200", "\tvalue: 200", "\tvalue: 200", "the indentation contains a tab"),
    ("    value: 200", "  \t  value: 200", "value: 200", "the indentation contains a tab"),
    ("value: 200", "value: 200: 5", "200: 5", "not valid YAML: mapping values are not allowed"),
    ("value: 200", "? [a]\n    : 200", "? [a]", "a key must be plain text"),
    ("value: 200", "value: " + "[" * 30 + "]" * 30, "[[[", "the nesting is deeper than 20 levels"),
    ("no_promise:\n", "---\nno_promise:\n", "---", "a second document begins"),
    ("en: City", "en: Ci\x07ty", "\x07", "U+0007 is not allowed"),
]


@pytest.mark.parametrize(("old", "new", "marker", "says"), EDITS)
def test_a_broken_plan_names_the_line_and_what_is_wrong_and_not_over_and_over(
    write: Write, old: str, new: str, marker: str | None, says: str
) -> None:
    assert SOUND.count(old) == 1, old
    text = SOUND.replace(old, new)
    problems = problems_of(write(text))
    assert len(problems) <= 2
    assert says in " · ".join(message for _, message in problems)
    line = next(line for line, message in problems if says in message)
    # Without a marker it is the last line that has the new text: a second one of its kind.
    place = text.rindex(new.strip().rsplit("\n", 1)[-1]) if marker is None else text.index(marker)
    assert line == text[:place].count("\n") + 1


@pytest.mark.parametrize(
    ("printed", "value", "tolerance"),
    [
        ("增长6%左右", "6", "0.5"),
        ("20.5%左右", "20.5", "0.05"),
        ("28万人左右", "280000", "5000"),
        ("与上年持平", "0", "0.5"),
    ],
)
def test_a_tolerance_that_nobody_has_set_is_half_a_unit_of_the_last_printed_digit(
    write: Write, printed: str, value: str, tolerance: str
) -> None:
    text = SOUND.replace("    tolerance: 0.5\n", "", 1)
    text = text.replace("    value: 6\n", f"    value: {value}\n", 1)
    text = text.replace("printed: 增长6%左右", f"printed: {printed}", 1)
    assert sound(write, text).targets[0].tolerance == Decimal(tolerance)


def test_every_problem_of_a_plan_comes_at_once_in_the_order_of_the_lines(write: Write) -> None:
    text = SOUND
    for old, new in [
        ("year: 2020\n", "year: soon\n"),
        ("measure: level", "measure: count"),
        ("comparator: below", "comparator: done"),
        ("cadence: half_yearly", "cadense: half_yearly"),
        ("value: 200", "value: -200\n    tolerance: 5\n    value: 7"),
        ("printed: 建成通车", "printed: ''"),
        ("in_step_with: gdp", "in_step_with: nobody"),
    ]:
        text = text.replace(old, new)
    found = problems_of(write(text))
    lines = [line for line, _ in found]
    assert lines == sorted(lines)
    said = " · ".join(said for _, said in found)
    for part in (
        "year must be a whole number",
        "the comparator done does not fit the measure count",
        "all_year is not for counts",
        "the key cadence is missing",
        "unknown key cadense",
        "value is given twice",
        "must be more than 0; found -200",
        "tolerance is only for",
        "source.printed is empty",
        "there is no such target",
    ):
        assert part in said
    assert len(found) == 10


def test_the_rules_are_checked_in_a_target_with_damaged_keys(write: Write) -> None:
    text = SOUND.replace("zh: 示范街巷", "zh: 5").replace("value: 200", "value: 0")
    assert [said.split(";")[0] for _, said in problems_of(write(text))] == [
        "name.zh must be a text, in quotes if it looks like a number or day",
        "the value of a count must be more than 0",
    ]


def test_a_key_that_is_damaged_is_not_called_missing_too(write: Write) -> None:
    text = SOUND.replace("value: 200", "value: lots")
    assert "plain decimal number" in only_problem(write(text))[1]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", 1, "the file is empty"),
        ("# nothing yet\n", 1, "the file is empty"),
        ("---\n", 2, "the file is empty"),
        ("null\n", 1, "the file is empty"),
        ("5\n", 1, "plan must be a mapping of keys; found 5"),
        ("- a\n- b\n", 1, "plan must be a mapping of keys"),
        ("a: [\n", 2, "not valid YAML"),
        (b"a: 1\nb: \xff\n", 2, "not UTF-8"),
        (SOUND.encode("utf-16"), 1, "not UTF-8"),
        ("a: 'x\n\n", 3, "not valid YAML"),
        ("%YAML 9.0\n---\na: 1\n", 1, "not valid YAML"),
    ],
)
def test_what_is_no_plan_is_told(write: Write, content: str | bytes, line: int, says: str) -> None:
    found_line, said = problems_of(write(content))[0]
    assert says in said
    assert found_line == line


def test_what_is_no_ordinary_file_is_a_problem_and_is_not_read(tmp_path: Path) -> None:
    assert only_problem(tmp_path / "none.yaml") == (1, "there is no such file")
    assert only_problem(tmp_path) == (1, "this is a folder; expected a file")
    assert "not an ordinary file" in only_problem(Path("/dev/zero"))[1]


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 5000, "plan.yaml/below.yaml"])
def test_a_path_that_cannot_be_read_is_a_problem(write: Write, name: str) -> None:
    assert "cannot be read" in only_problem(write(SOUND).parent / name)[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_a_problem(write: Write) -> None:
    path = write(SOUND)
    path.chmod(0)
    assert "cannot be read" in only_problem(path)[1]


def test_a_file_over_2_mb_is_a_problem_whatever_is_in_it(write: Write) -> None:
    path = write(SOUND)
    os.truncate(path, 2 * 1024 * 1024 + 1)
    assert only_problem(path) == (1, "the file is larger than 2 MB; expected at most 2 MB")


def test_a_file_of_2_mb_is_read(write: Write) -> None:
    filled = SOUND.encode() + b"#"
    assert read_plan(write(filled.ljust(2 * 1024 * 1024, b"x"))).problems == ()


def test_a_tab_in_a_blank_line_is_named_too(write: Write) -> None:
    line = line_of(SOUND, "units:")
    found = only_problem(write(SOUND.replace("units:\n", "  \t\nunits:\n")))
    assert found == (line, "the indentation contains a tab; indent with spaces")


def test_a_tab_before_a_value_or_a_comment_is_no_indentation(write: Write) -> None:
    text = SOUND.replace("value: 200", "value:\t200\t# lanes")
    assert read_plan(write(text)).problems == ()


# Whatever else a file holds: tests/faults/test_fuzz.py, with both loaders too.
@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_both_yaml_loaders_give_the_same_plan_and_lines(
    write: Write, monkeypatch: pytest.MonkeyPatch, loader: object
) -> None:
    monkeypatch.setattr("mubiao.plan.yamlfile._LOADER", loader)
    file = read_plan(write(SOUND))
    assert file.problems == ()
    assert file.lines.line(("targets", 5, "due")) == line_of(SOUND, "due: 2020-06-30")
    assert "not valid YAML" in only_problem(write('a: "\\U00110000"'))[1]


def test_the_schema_beside_the_plans_is_current(tmp_path: Path) -> None:
    write_schema(tmp_path / "schema.json")
    current = (tmp_path / "schema.json").read_text(encoding="utf-8")
    command = (
        'python -c "from pathlib import Path; from mubiao.plan.schema import write_schema; '
        "write_schema(Path('data/plans/plan.schema.json'))\""
    )
    stored = (PLANS / "plan.schema.json").read_text(encoding="utf-8")
    assert stored == current, f"the schema is out of date; run: {command}"


def test_the_schema_writes_values_as_plain_numbers_and_days_as_text() -> None:
    schema = plan_schema()
    target = schema["$defs"]["Target"]["properties"]
    assert {"type": "number"} in target["value"]["anyOf"]
    assert {"type": "number", "minimum": 0} in target["tolerance"]["anyOf"]
    assert schema["properties"]["delivered"]["type"] == "string"
    assert schema["properties"]["thresholds"]["default"] == {"on_track": 0.1, "at_risk": 0.3}
    assert set(schema["$defs"]["Comparator"]["enum"]) == set(Comparator)
    assert set(schema["$defs"]["Measure"]["enum"]) == set(Measure)


@pytest.mark.parametrize("path", find_plans(PLANS), ids=lambda path: path.name)
def test_the_schema_accepts_each_plan_in_the_folder(path: Path) -> None:
    # An editor sees days as text, as JSON has no others.
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(data, default=str)), plan_schema())


def test_the_schema_refuses_an_unknown_key() -> None:
    data = json.loads(json.dumps(yaml.safe_load(SOUND), default=str))
    data["targets"][0]["cadense"] = "monthly"
    with pytest.raises(jsonschema.ValidationError, match="cadense"):
        jsonschema.validate(data, plan_schema())


@pytest.mark.parametrize("path", find_plans(PLANS), ids=lambda path: path.name)
def test_each_plan_in_the_folder_loads_without_a_problem(path: Path) -> None:
    file = read_plan(path)
    plan, problems = file.plan, file.problems
    assert [f"{problem.file}:{problem.line}: {problem.text}" for problem in problems] == []
    assert plan is not None


@pytest.mark.parametrize(
    ("whole", "text"),
    [
        ("road", "part_of names road, but there is no such target"),
        ("gdp", "part_of is for milestones alone, and names a milestone"),
        ("line", "part_of line: a milestone cannot be a step of itself"),
    ],
)
def test_a_step_is_part_of_another_milestone(write: Write, whole: str, text: str) -> None:
    plan = SOUND.replace("  - id: line\n", f"  - id: line\n    part_of: {whole}\n")
    assert only_problem(write(plan)) == (line_of(plan, f"part_of: {whole}"), text)


def test_milestones_cannot_be_steps_of_each_other(write: Write) -> None:
    line = SOUND[SOUND.index("  - id: line\n") : SOUND.index("no_promise:")]
    step = line.replace("id: line", "id: step\n    part_of: line")
    plan = SOUND.replace(line, line + step)
    assert sound(write, plan).by_id["step"].part_of == "line"
    ring = plan.replace("id: line\n", "id: line\n    part_of: step\n")
    assert [text for _, text in problems_of(write(ring))] == [
        "part_of step: a milestone cannot be a step of itself",
        "part_of line: a milestone cannot be a step of itself",
    ]


def test_a_text_in_one_language_stands_for_both() -> None:
    assert Text.model_validate({"zh": "市"}) == Text(zh="市", en="市")
    assert Unit.model_validate({"en": "km"}).zh == "km"
