import csv
import io
import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from lxml.html import HtmlElement, document_fromstring

from mubiao.assessment import assess
from mubiao.cli.answers import Misuse
from mubiao.cli.publish import site_address
from mubiao.exports.data.documents import assess_document, targets_document, to_json
from mubiao.exports.site import SiteContent
from mubiao.exports.site.folder import MANIFEST, Published, publish
from mubiao.exports.site.pages import Edition, files
from mubiao.i18n import language
from mubiao.model import Observation, Stage, Withdrawal
from mubiao.observation.contract import COLUMNS, read_csv
from mubiao.period import Period
from mubiao.problems import Refused, Unavailable
from mubiao.views.overview import overview
from mubiao.wording.phrasebook import Phrasebook
from tests.briefings import JULY, full_year, seen
from tests.commands import deployed, done, fails
from tests.real import real_actuals, real_plan
from tests.sites import by_target, december_site, fake, july_site, pages_of


@cache
def july() -> dict[str, str]:
    return pages_of(july_site())


def html_pages() -> dict[str, str]:
    return {path: text for path, text in july().items() if path.endswith(".html")}


def tree(text: str) -> HtmlElement:
    return document_fromstring(text)


def text_of(html: str) -> str:
    part = tree(html).find("body")
    for script in part.iter("script"):
        script.text = ""
    return " ".join("".join(part.itertext()).split())


def links(path: str, text: str) -> Iterator[tuple[str, str]]:
    """(path, fragment) of every link and asset of a page, from the site's folder."""
    for part in tree(text).iter():
        for name in ("href", "src"):
            if address := part.get(name):
                file, _, fragment = address.partition("#")
                joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
                yield (joined if file else path), fragment


def new_figure() -> Observation:
    """A figure of one target more, known in July."""
    return Observation(
        "convenience-shops" if "convenience-shops" in real_plan().by_id else "water-use",
        Period.parse("2020-H1"),
        Decimal(-1),
        date(2020, 7, 30),
        source="a new source",
        row=900,
    )


def test_there_is_a_page_for_every_target_and_section_in_both_languages() -> None:
    plan = real_plan()
    paths = set(july())
    for code in ("zh", "en"):
        expected = {f"{code}/targets/{target.id}.html" for target in plan.targets}
        expected |= {f"{code}/sections/{section.id}.html" for section in plan.sections}
        expected |= {f"{code}/{name}" for name in ("index.html", "changes.html", "method.html")}
        expected.add(f"{code}/search.js")
        assert {path for path in paths if path.startswith(f"{code}/")} == expected


@pytest.mark.parametrize("content", [july_site(), december_site()], ids=["july", "december"])
def test_every_page_is_valid_html_with_headings_in_order(content) -> None:  # noqa: ANN001
    pages = {path: text for path, text in pages_of(content).items() if path.endswith(".html")}
    of_targets = sorted(path for path in pages if "/targets/" in path)
    for path in {*pages} - {*of_targets} | {*of_targets[::8]}:
        text = pages[path]
        html5lib.HTMLParser(strict=True).parse(text)
        levels = [
            int(part.tag[1]) for part in tree(text).iter() if re.fullmatch("h[1-6]", str(part.tag))
        ]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        steps = pairwise(levels)
        assert [pair for pair in steps if pair[1] > pair[0] + 1] == [], path
        ids = [part.get("id") for part in tree(text).iter() if part.get("id")]
        assert len(ids) == len(set(ids)), path


def test_every_link_is_relative_and_leads_to_a_page_and_place_that_exist() -> None:
    there = {file.path for file in files(july_site())}
    ids = {p: set(re.findall(r' id="([^"]+)"', text)) for p, text in html_pages().items()}
    wrong = [
        (path, file, fragment)
        for path, text in html_pages().items()
        for file, fragment in links(path, text)
        if file not in there or (fragment and fragment not in ids[file])
    ]
    assert wrong == []
    assert [p for p, text in html_pages().items() if re.search(r'(?:href|src)="/', text)] == []


def test_the_policy_of_every_page_allows_its_own_files_only() -> None:
    for path, text in html_pages().items():
        (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="(.*)">', text)
        assert policy.startswith("default-src 'none'; script-src 'self' file:; "), path
        assert "http" not in policy
        # Nothing that could run stands in the page itself.
        assert re.findall(r"<script>| on[a-z]+=", text) == [], path


def test_no_outside_host_is_named_anywhere() -> None:
    named = {
        address
        for path, text in july().items()
        for address in re.findall(r"https?://[^\s\"'<>]+", text)
        if not path.startswith("data/")
    }
    assert named == set()


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_targets_page_tells_all_that_the_views_tell(code: str) -> None:
    text = text_of(july()[f"{code}/targets/gdp-growth.html"])
    seen = july_site().seen
    shown = overview(Phrasebook(real_plan(), language(code)), seen.assessments, seen.as_of)
    row = next(r for section in shown.sections for r in section.rows if r.id == "gdp-growth")
    for expected in (row.name, row.asks, row.sentence, f"{row.mark.shape} {row.mark.word}"):
        assert expected in text
    assert "增长6%左右" in text
    assert "182/366" in text  # the rule with its numbers
    assert "受疫情影响" in text
    assert "与行业部门会商后判断全年难以实现" in text


def test_the_history_shows_what_corrected_and_withdrew_a_figure_and_nothing_known_later() -> None:
    old = next(o for o in real_actuals() if o.target == "gdp-growth" and o.period.text == "2020-H1")
    right = replace(old, row=901, replaces=old.row, value=Decimal("-3.1"), note="revised")
    later = replace(old, row=902, known_on=date(2021, 1, 20), value=Decimal("1.2"), note="later")
    gone = Withdrawal("gdp-growth", 2, date(2020, 7, 1), "wrong table", row=903)
    content = july_site()
    rows = [o for o in real_actuals() if o.target == "gdp-growth"]
    content = replace(content, history=by_target([*rows, right, later, gone]))
    text = text_of(pages_of(content)["en/targets/gdp-growth.html"])
    for part in ("revised", "replaced by no. 901", "wrong table", "withdrawn by no. 903"):
        assert part in text
    assert "later" not in text


def test_no_persons_name_is_published() -> None:
    signed = [replace(o, recorded_by="Wang Fang") for o in real_actuals()]
    pages = pages_of(july_site(observations=signed))
    for name in ("Wang Fang", "王芳", "李强"):
        assert [path for path, text in pages.items() if name in text] == []


def test_every_chart_has_its_sentence_and_a_table_that_is_open_without_scripts() -> None:
    for path, text in html_pages().items():
        for figure in tree(text).iter("figure"):
            assert figure.find("details").get("open") is not None, path
            chart = figure.find("div")
            assert chart is None or len(chart.get("aria-label")) > 10, path
            heads = [head.get("scope") for head in figure.iter("th")]
            assert heads, path
            assert set(heads) == {"row", "col"}, path


def test_a_page_is_small() -> None:
    sizes = {path: len(text.encode()) for path, text in html_pages().items()}
    targets = [size for path, size in sizes.items() if "/targets/" in path]
    assert max(targets) < 20_000
    assert max(sizes.values()) < 120_000


def test_the_search_index_names_every_target_in_both_languages() -> None:
    content = july()["en/search.js"]
    assert content.startswith("window.mubiaoTargets = [")
    index = json.loads(content.removeprefix("window.mubiaoTargets = ").rstrip(";\n"))
    assert [entry[0] for entry in index] == [target.id for target in real_plan().targets]
    assert "地区生产总值" in index[0][4]
    assert "gdp growth" in index[0][4]


def test_a_site_in_one_language_offers_no_other() -> None:
    pages = pages_of(july_site(("en",)))
    assert [path for path in pages if path.startswith("zh/")] == []
    assert [path for path, text in pages.items() if "中文</a>" in text] == []


def test_with_its_address_pages_say_where_they_stand_and_a_sitemap_lists_them() -> None:
    pages = pages_of(july_site(base_url="https://example.org/t/"))
    page = pages["zh/targets/gdp-growth.html"]
    assert 'rel="canonical" href="https://example.org/t/zh/targets/gdp-growth.html"' in page
    assert 'hreflang="en" href="https://example.org/t/en/targets/gdp-growth.html"' in page
    listed = re.findall("<loc>https://example.org/t/([^<]*)</loc>", pages["sitemap.xml"])
    assert set(listed) == {path for path in pages if path.endswith(".html")}


def test_the_open_data_are_the_contracts() -> None:
    content = july_site()
    plan, pages = content.plan, july()
    rows, problems = read_csv(pages["data/observations.csv"], plan, "", JULY)
    assert problems == []
    assert len(rows) == len(content.seen.standing)
    assert {o.known_on <= JULY for o in rows} == {True}
    assert pages["data/targets.json"].encode() == to_json(targets_document(plan))
    judged = to_json(assess_document(plan, content.seen.assessments))
    assert pages["data/assessments.json"].encode() == judged


def test_the_data_package_describes_every_column_and_key() -> None:
    pages = pages_of(july_site(licence="CC-BY-4.0", base_url="https://example.org/"))
    package = json.loads(pages["data/datapackage.json"])
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["sources"][0] == {"title": real_plan().title.zh}
    fields = {
        resource["path"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in package["resources"]
    }
    mark, text = pages["data/observations.csv"][0], pages["data/observations.csv"][1:]
    assert mark == "\ufeff"
    header = next(csv.reader(io.StringIO(text)))
    assert fields["observations.csv"] == header == list(COLUMNS)
    for name in ("targets.json", "assessments.json"):
        assert fields[name] == list(json.loads(pages[f"data/{name}"])[0])
    assert "licenses" not in json.loads(july()["data/datapackage.json"])


def test_publishing_again_writes_nothing(tmp_path: Path) -> None:
    made = files(july_site())
    assert publish(tmp_path / "site", made) == Published(len(made), 0, 0)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert publish(tmp_path / "site", files(july_site())) == Published(0, len(made), 0)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


DAILY = {
    *("assets/day.js", "data/datapackage.json"),
    *(f"{code}/{name}.html" for code in ("zh", "en") for name in ("index", "changes")),
}


def test_the_next_day_with_the_same_figures_changes_only_what_tells_the_day() -> None:
    first = december_site()
    rows, day = full_year(), first.seen.as_of + timedelta(days=1)
    before, after = pages_of(first), pages_of(replace(first, seen=seen(day, rows)))
    assert {path for path in after if before[path] != after[path]} == DAILY


# The contract's sentences name the as-of day, and those of the pages do not.
IN_THE_YEAR = DAILY | {"data/assessments.json"}


def begun() -> tuple[Observation, ...]:
    """The shipped figures, with every second milestone under way: the others have no data."""
    ids = [target.id for target in real_plan().targets if target.is_milestone][::2]
    june, known = Period.parse("2020-06-30"), date(2020, 7, 10)
    stages = [
        Observation(id_, june, Stage.UNDER_WAY, known, row=number)
        for number, id_ in enumerate(ids, 1000)
    ]
    return (*real_actuals(), *stages)


def begun_site(day: date, *more: Observation) -> SiteContent:
    """What was known on a day of these figures and of more."""
    rows = (*begun(), *more)
    return replace(july_site(observations=rows), seen=seen(day, rows))


def published_again(folder: Path, first: SiteContent, then: SiteContent) -> set[str]:
    """The files that publishing a second time wrote again."""
    publish(folder, files(first))
    before = {file.path: (folder / file.path).read_bytes() for file in files(first)}
    done = publish(folder, files(then))
    changed = {path for path, old in before.items() if (folder / path).read_bytes() != old}
    assert done == Published(len(changed), len(before) - len(changed), 0)
    return changed


def test_a_day_later_within_the_year_no_page_of_a_target_is_written_again(tmp_path: Path) -> None:
    first, then = begun_site(JULY), begun_site(JULY + timedelta(days=1))
    assert published_again(tmp_path, first, then) == IN_THE_YEAR


def test_a_day_later_with_a_new_figure_its_pages_and_those_that_list_it_are(tmp_path: Path) -> None:
    new = new_figure()
    then = begun_site(JULY + timedelta(days=1), new)
    then = replace(then, seen=replace(then.seen, changed_at=datetime(2020, 8, 4, tzinfo=UTC)))
    section = real_plan().by_id[new.target].section
    expected = IN_THE_YEAR | {"data/observations.csv"}
    for code in ("zh", "en"):
        expected |= {f"{code}/targets/{new.target}.html", f"{code}/search.js"}
        expected.add(f"{code}/sections/{section}.html")
    assert published_again(tmp_path, begun_site(JULY), then) == expected


def test_a_day_that_changes_a_judgement_changes_the_pages_that_tell_it() -> None:
    before, after = (pages_of(begun_site(day)) for day in (date(2020, 10, 31), date(2020, 11, 1)))
    published = {o.target for o in real_actuals()}
    soon = [o.target for o in begun() if o.target not in published]
    due = [id_ for id_ in soon if real_plan().due(real_plan().by_id[id_]) == date(2020, 12, 31)]
    assert due
    for id_ in due:
        assert "▲ at risk" not in text_of(before[f"en/targets/{id_}.html"])
        assert "▲ at risk" in text_of(after[f"en/targets/{id_}.html"])


def test_pages_without_a_day_count_none_and_the_overview_does() -> None:
    pages = pages_of(begun_site(date(2020, 11, 1)))
    milestones = [target.id for target in real_plan().targets if target.is_milestone]
    with_stage, without = (text_of(pages[f"en/targets/{id_}.html"]) for id_ in milestones[:2])
    assert "due by 31 December 2020." in with_stage
    assert "No actual that can be judged is known yet." in without
    assert "the latest known stage; none is known yet" in without
    told = [path for path, text in pages.items() if "days left" in text or "1 November" in text]
    assert set(told) <= IN_THE_YEAR
    assert "due by 31 December 2020 (days left: 60)." in text_of(pages["en/index.html"])


def test_the_day_is_in_one_file_for_the_feet_and_charts_of_all_pages() -> None:
    said = json.loads(july()["assets/day.js"].removeprefix("window.mubiaoDay = ").rstrip(";\n"))
    assert said["day"] == "2020-07-31"
    assert said["in"]["en"]["foot"] == "As of 31 July 2020"
    assert said["in"]["zh-Hans"]["marks"]["shapes"][0]["x0"] == "2020-07-31"


def test_the_search_index_has_full_width_signs_as_others() -> None:
    content = july_site()
    target = content.plan.targets[0]
    name = target.name.model_copy(update={"en": "ＧＤＰ Ⅳ growth"})
    first = target.model_copy(update={"name": name})
    plan = content.plan.model_copy(update={"targets": (first, *content.plan.targets[1:])})
    look = replace(content.seen, assessments=assess(plan, content.seen.standing, JULY))
    index = Edition(replace(content, plan=plan, seen=look), language("en"))
    found = next(f for f in index.files() if f.path == "en/search.js").content().decode()
    assert "gdp iv growth" in found


def test_a_page_that_is_no_longer_made_goes_and_what_others_put_there_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, [fake("a.html", "a"), fake("deep/er/b.html", "b")])
    (site / "CNAME").write_text("targets", encoding="utf-8")
    (site / "deep" / "own.txt").write_text("own", encoding="utf-8")
    assert publish(site, [fake("a.html", "A")]) == Published(1, 0, 1)
    there = {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}
    assert there == {"a.html", "CNAME", "deep/own.txt", MANIFEST}
    assert not (site / "deep" / "er").exists()


def test_what_is_others_is_refused_as_a_folder_and_left_as_it_is(tmp_path: Path) -> None:
    theirs = tmp_path / "thesis.txt"
    theirs.write_text("mine", encoding="utf-8")
    for folder in (tmp_path, theirs):
        with pytest.raises(Refused, match="not empty"):
            publish(folder, [fake("index.html", "ours")])
    assert list(tmp_path.iterdir()) == [theirs]


@pytest.mark.parametrize("link", [False, True])
def test_what_is_in_the_way_is_refused_before_writing(tmp_path: Path, *, link: bool) -> None:
    """A file of others, or a link that leads nowhere."""
    publish(tmp_path, [fake("a.html", "a")])
    theirs = tmp_path / "b.html"
    theirs.symlink_to(tmp_path / "gone") if link else theirs.write_text("theirs", encoding="utf-8")
    with pytest.raises(Refused, match="in its way"):
        publish(tmp_path, [fake("a.html", "new"), fake("b.html", "ours")])
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "a"
    assert theirs.is_symlink() if link else theirs.read_text(encoding="utf-8") == "theirs"


def test_a_call_that_broke_off_can_be_repeated(tmp_path: Path) -> None:
    site = tmp_path / "site"

    def broken() -> bytes:
        raise OSError(28, "No space left on device")

    half = [fake("a.html", "a"), replace(fake("b.html", ""), content=broken)]
    with pytest.raises(Unavailable, match="No space left"):
        publish(site, half)
    assert publish(site, [fake("a.html", "a"), fake("b.html", "b")]) == Published(1, 1, 0)
    assert not [path for path in site.iterdir() if path.name.startswith(".")]


LISTED = ('["../outside.txt"]', '["/etc/passwd"]', '["a/../../b"]', '"a"', "[1]", '["."]', "[")


@pytest.mark.parametrize("listed", LISTED)
def test_a_damaged_manifest_is_refused_and_removes_nothing(tmp_path: Path, listed: str) -> None:
    (tmp_path / "outside.txt").write_text("mine", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / MANIFEST).write_text(f'{{"files": {listed}}}', encoding="utf-8")
    with pytest.raises(Refused, match="list of published files"):
        publish(site, [fake("a.html", "a")])
    assert (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize("ours", ["deep", "deep/a.html"])
def test_a_link_in_the_place_of_what_was_published_is_refused(ours: str, tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    publish(site, [fake("deep/a.html", "a")])
    (site / ours).rename(outside)
    (site / ours).symlink_to(outside)
    with pytest.raises(Refused, match="in its way"):
        publish(site, [fake("deep/a.html", "new")])
    with pytest.raises(Refused, match="in its way"):
        publish(site, [fake("b.html", "b")])
    assert (site / "deep" / "a.html").read_text() == "a"
    assert (site / ours).is_symlink()


def test_publish_says_what_it_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deployed(monkeypatch, tmp_path)
    site = tmp_path / "site"
    first = done("publish", site, "--as-of", "2021-03-31")
    assert "unchanged: 0, removed: 0" in first
    assert (site / "zh" / "targets" / "gdp-growth.html").exists()
    assert "files written: 0," in done("publish", site, "--as-of", "2021-03-31")
    done("publish", site, "--as-of", "2021-03-31", "--lang", "en")
    assert not (site / "zh").exists()
    assert "not empty" in fails(1, "publish", tmp_path)
    missing = tmp_path / "none"
    assert "--base-url" in fails(2, "publish", missing, "--base-url", "https://x.cn/a b")
    assert not missing.exists()


@pytest.mark.parametrize(
    "address",
    [
        *("example.org", "ftp://example.org", "https://", "http://a/?b", "https://x.cn/#f"),
        *("https://x.cn/?", "https://x.cn/#", "http://["),
    ],
)
def test_an_address_that_is_none_makes_the_call_wrong(address: str) -> None:
    with pytest.raises(Misuse, match="--base-url"):
        site_address(address)


def test_an_address_ends_with_a_slash() -> None:
    assert [site_address(one) for one in ("", "https://x.cn/a", "http://x.cn/")] == [
        "",
        "https://x.cn/a/",
        "http://x.cn/",
    ]
