"""A drafted plan reviewed beside its report: steps, refusals, and the file that they make."""

import re
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest
from yaml import safe_load

from mubiao.i18n import in_both
from mubiao.model import Review
from mubiao.plan.edits import head_of
from mubiao.plan.loader import read_plan
from mubiao.problems import Refused
from mubiao.report.completeness import check_report
from mubiao.report.corrections import fields_of, keys_text
from mubiao.report.decisions import (
    as_nothing,
    as_promise,
    completion,
    explained,
    headed,
    merged,
    next_figure,
    split,
)
from mubiao.report.drafting import required_draft
from mubiao.report.planfile import plan_text
from mubiao.report.review import Reviewed, by_doubt, doubts, read, reviewed, written
from mubiao.series import known_indicators, plain_name
from mubiao.views.review import item_of, passage_of
from tests.acts import refusal
from tests.real import PLAN_FILE, real_plan, real_report
from tests.samples import ZH

MADE_UP = """
青川市政府工作报告
——2026年1月20日在青川市第三届人民代表大会第一次会议上
一、2025年工作回顾
过去一年，粮食产量为95万吨，一般公共预算收入增长5.1%。
二、2026年主要任务
今年经济社会发展主要预期目标是：地区生产总值增长6%左右，城镇新增就业2.5万人以上，居民收入增长与经济增长同步。
（一）建设现代化产业体系
新建改建农村公路120公里，培育产值10亿元以上企业5家。公交站点500米内覆盖率达到90%。
推进3个园区、120个项目建设，12345热线办结率达到95%。
"""
STATED = in_both("what is there already, or happens anyhow")


def begun(text: str = MADE_UP) -> Reviewed:
    draft = required_draft(text, None, "report.txt")
    return reviewed(text, plan_text(draft, "qingchuan-2026", in_both), "plan.yaml")


def named(review: Reviewed, name: str) -> str:
    """The id of the target whose Chinese name holds this."""
    [target] = [target.id for target in review.plan.targets if name in target.name.zh]
    return target


def accepted(review: Reviewed, target: str, **texts: str) -> Reviewed:
    return review.accepted(target, {**fields_of(review.entry(target)[1]), **texts})


def left(review: Reviewed) -> list[str]:
    """The figures that nothing accounts for."""
    return [figure.text for figure in review.figures if not review.claims.get(figure)]


def test_a_reviewed_draft_is_complete_by_proof_and_nothing_in_it_is_open(tmp_path: Path) -> None:
    review = begun()
    every = len(review.figures)
    assert (review.decided() < every, left(review), review.issues) == (True, [], [])
    while by_doubt(review):
        review = accepted(review, item_of(by_doubt(review)[0]))
    assert review.decided() == every
    path = tmp_path / "qingchuan-2026.yaml"
    path.write_text(review.file_text(), encoding="utf-8")
    file = read_plan(path)
    assert file.plan
    assert not any(target.review for target in file.plan.targets)
    assert check_report(file.plan, review.report, file.lines) == ()


DECISIONS: dict[str, Callable[[Reviewed, str], Reviewed]] = {
    "nothing": lambda r, target: r.stepped(as_nothing(r, target, STATED)),
    "merge": lambda r, target: r.stepped(merged(r, target)),
    "split": lambda r, target: r.stepped(split(r, target, in_both)),
    "accept": accepted,
}


def test_each_decision_on_each_target_is_sound_and_can_be_taken_back() -> None:
    review = begun(real_report(2026).read_text(encoding="utf-8"))
    done = dict.fromkeys(DECISIONS, 0)
    for name, decide in DECISIONS.items():
        for target in review.plan.targets:
            try:
                after = decide(review, target.id)
            except Refused:
                continue  # what cannot be done is said, and has done nothing
            done[name] += 1
            assert after.undone().data == review.data
            assert name == "merge" or left(after) == []
            if done[name] % 4 == 1:
                assert read(written(after)).data == after.data
            if done[name] == 1:  # ruamel.yaml takes its time
                targets = safe_load(after.file_text())["targets"]
                assert [t["id"] for t in targets] == [t.id for t in after.plan.targets]
    assert done["accept"] == len(review.plan.targets)
    assert done["nothing"] >= len(review.plan.targets) - 1  # one is what another keeps step with
    assert done["merge"] > 10
    assert done["split"] > len(review.plan.targets) / 2


def test_nothing_promise_merge_and_split_move_figures_and_lose_none() -> None:
    review = begun()
    road = named(review, "农村公路")
    gone = DECISIONS["nothing"](review, road)
    assert road not in gone.plan.by_id
    assert [e.printed for e in gone.plan.no_promise if e.reason.en == STATED["en"]] == ["120公里"]
    [figure] = [f for f in gone.figures if f.text == "120" and f.unit == "公里"]
    again = gone.stepped(as_promise(gone, figure, in_both))
    [target] = [t for t in again.plan.targets if t.source.printed == "120公里"]
    assert (target.value, target.unit, target.review) == (120, "公里", Review.OPEN)
    # 120 stands twice in the section; neither phrase takes the other's figure.
    assert left(again) == []
    rate = named(review, "覆盖率")
    assert review.plan.by_id[rate].conditions == (500,)
    apart = DECISIONS["split"](review, rate)
    assert apart.plan.by_id[rate].conditions == ()
    assert len(apart.plan.targets) == len(review.plan.targets) + 1
    assert left(apart) == []
    parks = named(review, "园区")
    further = next_figure(review, parks)
    assert further
    one = DECISIONS["merge"](review, parks)
    assert one.plan.by_id[parks].conditions == (120,)
    assert "120个" in one.plan.by_id[parks].source.printed
    assert left(one) == []


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("value", "很多", "很多 is no number"),
        ("value", "7", "the value 7 is not in “增长6%左右”"),
        ("comparator", "below", "the comparator is below"),
        ("due", "年底", "年底 is no day"),
        ("printed", "8%左右", "does not stand in section 2.0"),
        ("baseline_value", "5.1", "the baseline lacks year, printed"),
        ("more", "cadence", "no YAML of the kind"),
        ("more", "cadence: weekly-ish", "cadence"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_by_its_field(
    field: str, text: str, words: str
) -> None:
    review = begun()
    with pytest.raises(Refused) as refusal:
        accepted(review, named(review, "生产总值"), **{field: text})
    wrong = refusal.value.problems
    assert any(words in problem.text for problem in wrong), wrong
    of_field = {problem.field.removeprefix("source.").partition("_")[0] for problem in wrong}
    assert of_field & {field.partition("_")[0], "cadence"}


def test_a_correction_takes_numbers_as_reports_print_them_and_finds_a_baselines_place() -> None:
    review = begun()
    jobs = named(review, "就业")
    after = accepted(review, jobs, value="2.5万", name_en="New urban jobs", due="2026-12-31")
    target = after.plan.by_id[jobs]
    assert (target.value, target.name.en, str(target.due)) == (
        25000,
        "New urban jobs",
        "2026-12-31",
    )
    road = named(review, "农村公路")
    texts = {"baseline_value": "95", "baseline_year": "2025", "baseline_printed": "产量为95万吨"}
    assert "the value 95 is not in" in refusal(lambda: accepted(review, road, **texts))
    after = accepted(review, road, **{**texts, "baseline_value": "95万"})
    baseline = after.plan.by_id[road].baseline
    assert baseline
    assert (baseline.value, baseline.source.section, baseline.source.paragraph) == (
        950000,
        "1.0",
        1,
    )


def test_a_unit_that_is_typed_is_one_of_the_plans_units_then() -> None:
    review = begun()
    after = accepted(review, named(review, "农村公路"), unit="千米")
    assert after.plan.units["千米"].zh == "千米"
    assert "千米" in safe_load(after.file_text())["units"]


def test_comments_and_layout_of_the_file_stay_where_a_decision_does_not_touch_them() -> None:
    review = begun()
    text = re.sub(r"^(- id: .*)$", r"# about \1\n\1  # here", review.plan_text, flags=re.MULTILINE)
    text = text.replace("  review: open\n", "  review: open  # drafted\n")
    review = reviewed(MADE_UP, text, "plan.yaml")
    road, parks = named(review, "农村公路"), named(review, "园区")
    after = accepted(DECISIONS["nothing"](review, parks), road, name_en="Rural roads")
    lines = unified_diff(text.splitlines(), after.file_text().splitlines(), n=0, lineterm="")
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    comments = [line for line in changed if "#" in line and "review: open" not in line]
    # Of what was taken out its own line goes; that above the next one, and all others, stay.
    assert comments == [f"-- id: {parks}  # here"]
    assert f"# about - id: {parks}" in after.file_text()
    assert "+    en: Rural roads" in changed
    undone = after.undone().undone()
    assert undone.file_text() == text


def test_the_shipped_plan_is_written_as_it_is_read() -> None:
    text = PLAN_FILE.read_text(encoding="utf-8")
    review = reviewed(real_report().read_text(encoding="utf-8"), text, PLAN_FILE.name)
    gdp = review.entry("gdp-growth")[1]
    after = review.accepted("gdp-growth", {**fields_of(gdp), "name_en": "Growth of output"})
    before, now = text.splitlines(), after.file_text().splitlines()
    changed = [line for line in unified_diff(before, now, n=0, lineterm="") if line[:1] in "+-"]
    assert len(changed) == 4, changed  # two heads, one line out, one in


def test_what_is_most_doubtful_comes_first() -> None:
    review = begun()
    order = [item_of(one) for one in by_doubt(review)]
    assert doubts(review.plan.by_id[order[0]])
    for doubtful in ("同步", "覆盖率"):
        assert order.index(named(review, doubtful)) < order.index(named(review, "就业"))
    data = {**review.data, "no_promise": []}
    bare = Reviewed(MADE_UP, review.plan_text).stepped(data)
    freed = by_doubt(bare)
    assert len(left(bare)) == sum(item_of(one)[:1].isdigit() for one in freed) > 0
    first = freed[0]
    assert first in bare.figures
    assert left(bare.stepped(explained(bare, bare.figures[0], STATED))) != left(bare)


def test_one_figure_for_several_things_is_doubtful_and_becomes_a_target_for_each() -> None:
    for words, several in (("废水、废气排放均下降3%", True), ("废水排放年均下降3%", False)):
        review = begun(MADE_UP.replace("新建改建农村公路120公里", words))
        made = [one for one in review.plan.targets if one.value == -3]
        assert len(made) == 1 + several
        assert any("one figure for several" in doubt for doubt in doubts(made[0])) is several
        twice = DECISIONS["split"](review, made[0].id)
        again = [one for one in twice.plan.targets if one.value == -3]
        assert {one.source for one in again} == {made[0].source}
        # Each is shown with the passage of the figure, though one alone has its mark.
        shown = [passage_of(twice, one.id, ZH) for one in again]
        marked = [any(piece.kind for piece in one.pieces) for one in shown if one]
        assert marked == [True] * (2 + several)
        assert all("下降3%" in "".join(p.text for p in one.pieces) for one in shown if one)
        assert made[0].name.zh + "2" in {one.name.zh for one in again}
        assert (len(again), left(twice), twice.decided()) == (2 + several, [], review.decided())


def test_a_phrase_without_a_figure_becomes_a_target_that_is_kept_once_it_is_done() -> None:
    text = MADE_UP.replace("推进3个园区", "建成青川大桥，推进3个园区")
    review = begun(text)
    after = review.stepped(completion(review, "建成青川大桥", in_both))
    [bridge] = set(after.plan.targets) - set(review.plan.targets)
    assert (bridge.name.zh, str(bridge.comparator), bridge.source.section) == (
        "建成青川大桥",
        "done",
        "2.1",
    )
    assert bridge in after.open_targets()
    assert "does not stand in the report" in refusal(lambda: completion(review, "大坝", in_both))
    twice = begun(
        text.replace("12345", "建成青川大桥，12345").replace("推进3", "\n建成青川大桥，推进3")
    )
    assert "stands in 2" in refusal(lambda: completion(twice, "建成青川大桥", in_both))


def test_a_target_gets_another_id_and_what_names_it_follows() -> None:
    review = begun()
    output, income = named(review, "生产总值"), named(review, "同步")
    assert review.plan.by_id[income].in_step_with == output
    text = review.plan_text.replace(f"- id: {output}\n", f"# first\n- id: {output}  # draft\n")
    after = accepted(reviewed(MADE_UP, text, "plan.yaml"), output, id="gdp-growth")
    assert after.plan.by_id[income].in_step_with == "gdp-growth"
    assert "# first\n- id: gdp-growth # draft\n" in after.file_text()
    jobs = named(review, "就业")
    with pytest.raises(Refused):
        accepted(after, jobs, id="gdp-growth")


def test_what_a_plan_says_of_itself_is_edited_as_yaml_and_the_rest_of_its_text_stays() -> None:
    review = begun()
    text = review.plan_text.replace("title:\n", "# as printed\ntitle:\n")
    review = reviewed(MADE_UP, text, "plan.yaml")
    head = keys_text(head_of(review.data))
    assert review.stepped(headed(review, head)).steps == ((),)
    own = head.replace("title:\n", "title:\n  en: Qingchuan report\n").replace("timezone", "lag")
    assert "lag" in refusal(lambda: review.stepped(headed(review, own)))
    assert "no YAML" in refusal(lambda: headed(review, "title"))
    named_now = head.replace("title:\n", "title:\n  en: Qingchuan report\n")
    named_now = named_now.replace("timezone: Asia/Shanghai\n", "")
    named_now += "\nowners: [{id: a, name: {zh: 甲}}]"
    after = review.stepped(headed(review, named_now))
    assert after.plan.title.en == "Qingchuan report"
    changed = [
        line[1:].strip()
        for line in unified_diff(text.splitlines(), after.file_text().splitlines(), n=0)
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert changed[:2] == ["en: Qingchuan report", "timezone: Asia/Shanghai"]
    assert reviewed(MADE_UP, after.file_text(), "plan.yaml").plan == after.plan
    assert after.undone().file_text() == text


def test_english_names_come_from_plans_that_name_the_same_indicator() -> None:
    names = {name: t.name.en for name, t in known_indicators([real_plan()]).items()}
    same = real_plan().by_id["gdp-growth"].name
    assert names[plain_name(same.zh)] == same.en
    assert plain_name("完成市级疏堵工程") == "市级疏堵工程"
    assert "老楼加装电梯完工" not in names  # its neighbour by letters promises a start (开工)
    assert all(name.isascii() or not re.search("[\u4e00-\u9fff]", name) for name in names.values())
