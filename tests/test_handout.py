import hashlib
import re
from base64 import b64encode
from dataclasses import replace

import html5lib
import pytest

from mubiao.exports import webpage
from mubiao.exports.webpage import handout
from mubiao.views.briefing import Briefing
from mubiao.views.slides import FOCUS_AT_MOST
from tests.briefings import december, july, year_before


def page(*briefings: Briefing) -> str:
    return handout(briefings).decode()


def own(html: str) -> str:
    """The file without Plotly, whose code is not ours."""
    return html.replace(webpage.text(webpage.PLOTLY), "")


def told(html: str) -> str:
    """What stands in the file as text, without scripts and tags."""
    bare = re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", bare)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'")):
        text = text.replace(entity, sign)
    return " ".join(text.replace("&amp;", "&").split())


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("make", [july, december])
def test_the_file_is_valid_and_below_two_megabytes_in_both_languages(make) -> None:  # noqa: ANN001
    made = handout([make("zh"), make("en")])
    assert len(made) < 2_000_000
    html5lib.HTMLParser(strict=True).parse(made.decode())


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_summary_the_stamp_and_every_sentence_that_needs_attention_are_in_it(code: str) -> None:
    shown = july(code, "7月调度会")
    text = told(page(shown))
    expected = [shown.name, shown.stamp, shown.overview.summary, shown.changes_title]
    expected += [subject.row.sentence for subject in shown.attention]
    expected += [chapter.summary for chapter in shown.chapters]
    assert [one for one in expected if flat(one) not in text] == []


def test_what_the_rest_of_the_year_must_bring_is_told_with_commentary_and_judgement() -> None:
    shown = july("zh")
    text = told(page(shown))
    growth = shown.subjects["gdp-growth"]
    assert growth.rest
    assert growth.rest in text
    notes = (*growth.remarks.commentary, *growth.remarks.judgements)
    assert len(notes) == 2
    assert [note.text for note in notes if note.text not in text] == []
    assert [note.by for note in notes if note.by not in text] == []


def test_every_chart_has_its_sentence_and_its_numbers_as_a_table() -> None:
    shown = july("en")
    tree = html5lib.parse(page(shown), namespaceHTMLElements=False)
    figures = tree.findall(".//figure")
    assert len(figures) == len(shown.attention)
    for figure, subject in zip(figures, shown.attention, strict=True):
        chart = figure.find("div")
        assert chart.get("aria-label") == subject.row.sentence
        rows = ["".join(row.itertext()) for row in figure.findall(".//tbody/tr")]
        assert len(rows) == len(subject.numbers)
        points = (*subject.path.judged, *subject.path.drawn)
        assert points
        assert [p.label for p in points if not any(p.label in row for row in rows)] == []
        assert figure.find("details").get("open") is not None  # without a script it stays open


def test_charts_are_drawn_for_as_many_as_are_presented_one_by_one() -> None:
    shown = december("zh")
    assert len(shown.attention) > FOCUS_AT_MOST
    html = page(shown)
    assert 0 < html.count('<div class="chart"') <= FOCUS_AT_MOST
    assert html.count('<article class="subject"') == len(shown.attention)


def test_nothing_outside_is_named_and_the_policy_forbids_it() -> None:
    html = own(page(july("zh"), july("en")))
    assert re.findall(r"https?://", html) == []
    assert re.findall(r"\b(?:src|href)=\"(?!#)", html) == []
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe-eval" not in policy[1]
    assert "unsafe-inline" not in policy[1].partition("script-src")[2]


def test_the_policy_lets_exactly_the_scripts_run_that_are_written_into_the_file() -> None:
    html = page(july("zh"), july("en"))
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    hashes = {b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts}
    allowed = set(re.findall(r"sha256-([^&]+)&#39;", html))
    assert len(scripts) == 3
    assert hashes == allowed


def test_with_two_languages_there_is_a_switch_with_one_there_is_none() -> None:
    both, one = page(july("en"), july("zh")), page(july("en"))
    assert re.findall(r'id="(show-[a-z]+)"', both) == ["show-en", "show-zh"]
    assert '<html lang="en">' in both
    assert both.count("<main ") == 2
    assert 'class="shows"' not in one
    assert one.count("<main ") == 1
    tree = html5lib.parse(both, namespaceHTMLElements=False)
    ids = [part.get("id") for part in tree.iter() if part.get("id")]
    assert len(ids) == len(set(ids))
    targets = {link.get("href")[1:] for link in tree.iter("a")}
    assert targets - set(ids) == set()


def test_the_same_briefing_gives_the_same_bytes() -> None:
    assert handout([july("zh")]) == handout([july("zh")])


def test_what_to_know_of_a_meeting_stands_in_the_opening_once() -> None:
    told = ("As seen on 3 August.", "The plan has changed.")
    page = handout((replace(july("en"), notes=told),)).decode()
    assert [page.count(note) for note in told] == [1, 1]
    assert page.index(told[0]) < page.index(told[1]) < page.index('class="lead"')


def test_years_that_share_no_indicator_are_told_without_a_table_of_them() -> None:
    whole = july("en", beside=(year_before(),))
    assert whole.years
    shared = page(whole)
    alone = page(replace(whole, years=replace(whole.years, series=())))
    table = '<table class="mb-series"'
    assert (table in shared, table in alone) == (True, False)
    assert whole.years.title in alone
