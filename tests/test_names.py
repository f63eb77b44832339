"""Names of people and meetings: one name however it is spelt, and none that passes for another."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from mubiao.model import Act, Remark, SaveKind
from mubiao.period import Period
from mubiao.plain_text import clean_name, folded
from mubiao.plan.loader import read_plan
from mubiao.problems import Problem
from mubiao.store import Store
from mubiao.views.history import spellings
from tests.actors import named
from tests.acts import GDP, JOBS, NOON, PLAN, add_row, refusal
from tests.real import PLAN_FILE

SPELLINGS = [
    "Li Wei",
    "li wei",
    "LI  WEI ",
    "Ｌｉ　Ｗｅｉ",
    "Li\u00a0Wei",
    "Li\u200b Wei",
    "Li Wei\u2060",
]
SPELLINGS += [
    "\ufeffLi Wei",
    "Li W\u00adei",
    "Li Wei\ufe0f",
    "𝐋𝐢 Wei",
    "Li\u3164Wei".replace("\u3164", "\u2009"),
]
SEEDS = [
    "seed",
    "Seed",
    " SEED ",
    "ｓｅｅｄ",
    "s\u200beed",
    "sееd",
    "ѕееԁ",
    "ЅЕЕD",
    "ꜱᴇᴇᴅ",
    "𝐬𝐞𝐞𝐝",
    "ꓢꓰꓰꓓ",
]
SEEDS += ["ꮪꭼꭼꭰ", "seed\ufe00", "se\u3164ed", "ⓢⓔⓔⓓ", "ѕeed", "seeԁ"]


def cleaned(text: str) -> tuple[str, list[str]]:
    problems: list[Problem] = []
    return clean_name(text, "name", 80, problems), [problem.text for problem in problems]


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_name_is_one_however_it_is_spelt(name: str) -> None:
    assert folded(name) == "li wei"


def test_a_name_is_stored_as_it_was_typed_composed_and_without_what_nobody_sees() -> None:
    assert cleaned(" Zoe\u0308\u200b  LI ") == ("Zoë  LI", [])
    assert folded("Zoe\u0308") == folded("ZOË")


PEOPLE = ["王芳 Wang", "田中さん", "カーペンター Ken", "이위Wei", "李ㄨㄟ", "Пётр Ilyich", "Ангела"]
PEOPLE += ["Nguyễn Văn Ánh", "O'Brien-Müller", "Ｌi Wei", "2020年7月会 Q2", "PM2.5 µg/m³"]
PEOPLE += ["李\U000e0100", "محمد علی", "संजय"]


@pytest.mark.parametrize("name", PEOPLE)
def test_people_and_meetings_are_called_in_any_script(name: str) -> None:
    assert cleaned(name)[1] == []


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("Wаng", "Cyrillic, Latin"),
        ("Αnna", "Greek, Latin"),
        ("王Ваng", "Cjk, Cyrillic, Latin"),
        ("かな이", "Hangul, Hiragana"),
    ],
)
def test_a_word_does_not_mix_scripts_that_look_alike(name: str, scripts: str) -> None:
    [problem] = cleaned(name)[1]
    assert f"({scripts})" in problem


def test_nobody_is_called_as_the_published_figures_are(store: Store) -> None:
    for name in SEEDS:
        act = refusal(partial(add_row, store, PLAN, GDP, name, NOON))
        assert "stands for the published figures" in act or "mixes letters" in act, name
    assert store.authors(PLAN) == {}


def test_a_save_is_undone_by_the_same_person_in_another_spelling(store: Store) -> None:
    row = add_row(store, PLAN, GDP, "Li Wei", NOON)
    [save] = store.saves(PLAN)
    undone = store.undo(PLAN, save.id, Act(named("ｌi  WEI"), NOON, "u"))
    assert store.undo(PLAN, save.id, Act(named("Li\u200b Wei"), NOON, "u")) == undone
    other = add_row(store, PLAN, JOBS, "Li Weı", NOON)  # a dotless i is another letter
    assert (row, other) == (1, 3)
    last = store.saves(PLAN)[0].id
    why = refusal(lambda: store.undo(PLAN, last, Act(named("Li Wei"), NOON, "v")))
    assert "only who saved it" in why


def test_a_meeting_has_one_name_however_it_is_spelt(store: Store) -> None:
    day = date(2020, 7, 31)
    store.hold(PLAN, "July  Meeting", day, Act(named("Li"), NOON), plan_text="x")
    for name in ("july meeting", "Ｊuly Meeting", "July\u200b Meeting"):
        why = refusal(
            lambda name=name: store.hold(PLAN, name, day, Act(named("Li"), NOON), plan_text="x")
        )
        assert "already" in why


def test_a_remark_said_twice_in_two_spellings_is_one(store: Store) -> None:
    remark = Remark("gdp", Period.parse("2020"), "As expected.", date(2021, 4, 1))
    rows = {store.remark(PLAN, remark, Act(named(name), NOON)) for name in SPELLINGS}
    assert len(rows) == 1
    assert store.remark(PLAN, replace(remark, text="No."), Act(named("Li Wei"), NOON)) not in rows


def test_names_stored_before_are_one_person_and_the_seed_stands_alone() -> None:
    names = ["li wei", "Li Wei", SaveKind.SEED.value, "ｓｅｅｄ", "wang"]
    assert spellings(names) == {
        "Li Wei": ("Li Wei", "li wei"),
        "seed": ("seed",),
        "wang": ("wang",),
        "ｓｅｅｄ": ("ｓｅｅｄ",),
    }


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u3164"])
def test_a_plan_holds_no_character_that_nobody_sees(sign: str, tmp_path: Path) -> None:
    text = PLAN_FILE.read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "地区生产总值" in row)
    file = tmp_path / PLAN_FILE.name
    file.write_text(text.replace("地区生产总值", f"地区{sign}生产总值", 1), encoding="utf-8")
    refused = [one for one in read_plan(file).problems if "not allowed" in one.text]
    assert [(one.line, one.values["code"]) for one in refused] == [(line, f"U+{ord(sign):04X}")]
