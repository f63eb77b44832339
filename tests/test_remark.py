"""Remarks: what a person may say, and what of it is seen beside the computed status."""

from dataclasses import replace
from datetime import date

import pytest

from mubiao.assessment import assess
from mubiao.model import Remark, Status
from mubiao.observation.remark import RemarkDraft, read_remark
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.views.overview import overview, own_judgements, row, with_judgement
from mubiao.views.remarks import period_spoken_of, remarks_of
from mubiao.wording.phrasebook import Phrasebook
from tests.samples import EN, observation, plan_of
from tests.worked import CPI, LINE

TODAY = date(2020, 7, 31)
PLAN = plan_of(CPI, LINE)
H1 = Period.parse("2020-H1")
SEEN = (observation("cpi", "2020-H1", "2.8", "2020-07-10", row=1),)
BOOK = Phrasebook(PLAN, EN)
ASSESSED = {a.target.id: a for a in assess(PLAN, SEEN, TODAY)}
JUDGEMENT = Remark(
    "cpi",
    H1,
    "Pork may rise again.",
    date(2020, 7, 20),
    Status.AT_RISK,
    date(2020, 8, 31),
    "Li Wei",
    None,
    2,
)
COMMENT = Remark("cpi", H1, "Vouchers were issued.", date(2020, 7, 21), written_by="Wu", row=3)
SOUND = RemarkDraft("cpi", "2020-H1", "Pork may rise again.")
JUDGED = replace(SOUND, judges=True, status="at_risk", until="2020-08-31")


def test_commentary_is_read_with_its_period_and_the_day_of_today() -> None:
    assert read_remark(SOUND, PLAN, TODAY) == Remark("cpi", H1, "Pork may rise again.", TODAY)


def test_a_judgement_is_read_with_status_and_last_day() -> None:
    remark = read_remark(JUDGED, PLAN, TODAY)
    assert (remark.status, remark.until) == (Status.AT_RISK, date(2020, 8, 31))
    last = replace(JUDGED, until=TODAY.isoformat())
    assert read_remark(last, PLAN, TODAY).until == TODAY


@pytest.mark.parametrize(
    ("draft", "field", "told"),
    [
        (replace(SOUND, target="gdp"), "target", "“gdp” is not a target"),
        (replace(SOUND, period="soon"), "period", "“soon” is not a period"),
        (replace(SOUND, text="  "), "text", "say what happened"),
        (replace(SOUND, text="x" * 2001), "text", "2001 characters"),
        (replace(SOUND, text="bell \a"), "text", "control character"),
        (replace(JUDGED, text=""), "text", "the reason is missing"),
        (replace(JUDGED, status=""), "status", "choose how you see"),
        (replace(JUDGED, status="no_data"), "status", "choose how you see"),
        (replace(JUDGED, until=""), "until", "the last day is missing"),
        (replace(JUDGED, until="2020-07-30"), "until", "2020-07-30 is over"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(draft: RemarkDraft, field: str, told: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_remark(draft, PLAN, TODAY)
    [problem] = refusal.value.problems
    assert problem.field == field
    assert told in problem.text


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        read_remark(RemarkDraft("cpi", "", "", judges=True), PLAN, TODAY)
    told = {problem.field for problem in refusal.value.problems}
    assert told == {"period", "status", "until", "text"}


def test_a_judgement_stands_beside_the_computed_status_and_changes_nothing_in_it() -> None:
    shown = remarks_of(BOOK, ASSESSED["cpi"], [JUDGEMENT, COMMENT])
    assert shown.computed.status is Status.ON_TRACK
    [judged] = shown.judgements
    assert (judged.mark.status, judged.by, judged.until) == (
        Status.AT_RISK,
        "Li Wei",
        "31 August 2020",
    )
    [said] = shown.commentary
    assert (said.mark, said.period, said.written) == (None, "the first half", "21 July 2020")


@pytest.mark.parametrize(
    ("until", "holds"), [(date(2020, 7, 31), True), (date(2020, 7, 30), False)]
)
def test_a_judgement_holds_to_the_end_of_its_last_day(until: date, *, holds: bool) -> None:
    remark = replace(JUDGEMENT, until=until)
    shown = remarks_of(BOOK, ASSESSED["cpi"], [remark])
    assert (len(shown.judgements), len(shown.expired)) == ((1, 0) if holds else (0, 1))
    assert own_judgements([remark], TODAY) == ({"cpi": Status.AT_RISK} if holds else {})


def test_the_latest_period_is_commented_first_and_the_newest_judgement_is_the_short_one() -> None:
    older = replace(COMMENT, period=Period.parse("2020-Q1"), row=9)
    shown = remarks_of(BOOK, ASSESSED["cpi"], [COMMENT, older])
    assert [note.row for note in shown.commentary] == [3, 9]
    newer = replace(JUDGEMENT, status=Status.OFF_TRACK, row=8)
    assert own_judgements([newer, JUDGEMENT], TODAY) == {"cpi": Status.OFF_TRACK}


def test_the_lists_of_targets_tell_of_a_judgement_and_keeps_the_status() -> None:
    plain = overview(BOOK, list(ASSESSED.values()), TODAY)
    shown = overview(BOOK, list(ASSESSED.values()), TODAY, {"cpi": Status.AT_RISK})
    told = {r.id: r for section in shown.sections for r in section.rows}
    assert [told[r.id] for r in shown.headline.rows] == list(shown.headline.rows)
    assert "cpi" in {r.id for r in shown.headline.rows}
    assert told["cpi"].remarks[-1] == "own judgement: ▲ at risk"
    assert told["cpi"].mark.status is Status.ON_TRACK
    assert told["line"] == next(r for s in plain.sections for r in s.rows if r.id == "line")


def test_where_there_is_no_figure_the_judgement_stands_alone() -> None:
    line = with_judgement(row(BOOK, ASSESSED["line"]), Status.ON_TRACK, EN)
    assert (line.period, line.remarks) == ("own judgement: ● on track", ("report overdue",))


def test_a_judgement_speaks_of_the_figure_that_counts_or_else_of_the_year() -> None:
    assert period_spoken_of(PLAN, ASSESSED["cpi"]) == H1
    assert period_spoken_of(PLAN, ASSESSED["line"]) == Period.parse("2020")
