"""HTML that no text can break out of, links that keep choices, colours that can be read."""

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from mubiao.model import Status
from mubiao.ui.shell import markup
from mubiao.ui.shell.address import Address
from mubiao.ui.shell.markup import Citation
from mubiao.views.detail import ActualRow
from mubiao.views.overview import Count, Overview, SectionRows, StatusMark, TargetRow
from mubiao.wording.explanation import Step

# Stands for any text; no drawn text holds it.
HERE = "\ue000"
HOSTILE = ("<b>", "</span>", "</li>", "<!--", "-->", "<?", "&amp;", "&", "'", '"', "<", ">", " x=")
texts = st.lists(
    st.sampled_from(HOSTILE) | st.characters(exclude_characters=HERE, codec="utf-8"),
    min_size=1,
    max_size=12,
).map("".join)


def mark_of(text: str, status: Status = Status.AT_RISK) -> StatusMark:
    return StatusMark(status, "▲", text)


def row_of(text: str) -> TargetRow:
    """A row in which every text is this one."""
    return TargetRow(
        id="one",
        name=text,
        asks=text,
        section="2.0",
        mark=mark_of(text),
        value=text,
        unit=text,
        period=text,
        remarks=(text, text),
        sentence=text,
        search=text,
    )


def actual_of(text: str) -> ActualRow:
    return ActualRow(
        row=7,
        period=text,
        value=text,
        nature=text,
        known_on=text,
        source=text,
        note=text,
        recorded=text,
        state="shown",
        state_word=text,
        open=True,
    )


def overview_of(text: str) -> Overview:
    counts = (Count(mark_of(text), 2, text), Count(mark_of(text, Status.MISSED), 0, text))
    section = SectionRows("2.0", text, (row_of(text),))
    return Overview(text, text, text, counts, section, (row_of(text),), (section,))


def section_of(text: str) -> SectionRows:
    return SectionRows(text, text, (row_of(text), row_of(text)))


PARTS: dict[str, Callable[[str], str]] = {
    "brand": markup.brand,
    "notice": lambda t: markup.notice(t, t, [t, t]),
    "status": lambda t: markup.status(mark_of(t)),
    "opening": lambda t: markup.opening(overview_of(t)),
    "heading": lambda t: markup.heading(t, t),
    "bullet_key": lambda t: markup.bullet_key({"bar": t, "goal": t}),
    "figure": lambda t: markup.figure(row_of(t)),
    "name": lambda t: markup.name(row_of(t), {"one": t}),
    "bullet_rows": lambda t: markup.bullet_rows([row_of(t)], {"one": t}),
    "attention_rows": lambda t: markup.attention_rows([row_of(t)] * 14, {"one": t}, t),
    "section_rows": lambda t: markup.section_rows(section_of(t), {"one": t}),
    "target_opening": lambda t: markup.target_opening(row_of(t)),
    "steps": lambda t: markup.steps([Step(t, t)]),
    "pairs": lambda t: markup.pairs([(t, t)]),
    "passage": lambda t: markup.passage(t, t, t),
    "table": lambda t: markup.table([t, t], [[t, t], [t, t]]),
    "folded_table": lambda t: markup.folded_table(t, [t, t], [[t, t], [t, t]]),
    "actual_line": lambda t: markup.actual_line(actual_of(t)),
    "title": lambda t: markup.title(t, t),
    "meeting": lambda t: markup.meeting([t, t]),
    "empty": markup.empty,
    "standing": lambda t: markup.standing(mark_of(t), t, t),
    "problems": lambda t: markup.problems([t, t]),
    "effect": lambda t: markup.effect(t, mark_of(t), mark_of(t), t),
    "citations": lambda t: markup.citations(t, t, [Citation(t, t, t, t), Citation(t, t, t, "")]),
    "bullets": lambda t: markup.bullets([t, t]),
}


class Tree(HTMLParser):
    """What a browser makes of a piece of HTML: tags with attributes, and texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == [], "a tag is left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag with its attributes."""
        self.parts += [self.text, (tag, attrs)]
        self.text = ""
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Keep the end of the tag that was opened last."""
        assert self.open.pop() == tag
        self.parts += [self.text, f"/{tag}"]
        self.text = ""

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data

    def handle_comment(self, data: str) -> None:
        """Keep a comment, which no part has."""
        self.parts.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        """Keep a declaration, which no part has."""
        self.parts.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        """Keep an instruction, which no part has."""
        self.parts.append(("instruction", data))


def filled(parts: object, text: str) -> object:
    """The same tree with a text in the place of HERE."""
    if isinstance(parts, str):
        return parts.replace(HERE, text)
    if isinstance(parts, list | tuple):
        return type(parts)(filled(part, text) for part in parts)
    return parts


def tags(html: str, name: str) -> list[dict[str, str | None]]:
    return [
        dict(part[1]) for part in Tree(html).parts if isinstance(part, tuple) and part[0] == name
    ]


def test_every_part_that_makes_html_is_tried_below() -> None:
    made = {
        name
        for name, part in vars(markup).items()
        if callable(part)
        and getattr(part, "__module__", "") == markup.__name__
        and not name.startswith("_")
        and part.__annotations__.get("return") is str
    }
    assert made - {"href", "strip"} == PARTS.keys()


@pytest.mark.parametrize("name", PARTS)
@given(text=texts)
@example(text="</b><script>alert(1)</script>&amp;\" onclick='x'")
def test_a_text_stays_a_text_whatever_is_in_it(name: str, text: str) -> None:
    """The tags and attributes are those of a harmless text, and the text is read back whole."""
    html = PARTS[name](text)
    assert Tree(html).parts == filled(Tree(PARTS[name](HERE)).parts, text)


@given(st.dictionaries(texts, texts, max_size=5))
def test_a_link_keeps_its_choices_whatever_they_say(choices: dict[str, str]) -> None:
    address = markup.href("target", choices)
    (link,) = tags(markup.name(row_of("x"), {"one": address}), "a")
    split = urlsplit(link["href"] or "")
    assert split.path == "target"
    assert dict(parse_qsl(split.query, strict_parsing=bool(choices))) == choices


def test_a_link_without_choices_is_the_page_alone() -> None:
    assert markup.href("sources", {}) == "sources"


def test_each_row_links_to_its_own_target_in_the_same_tab() -> None:
    rows = [row_of("a")]
    links = {"one": "target?lang=en&target=one"}
    pieces = (
        markup.bullet_rows(rows, links),
        markup.attention_rows(rows, links, "more"),
        markup.section_rows(SectionRows("2.0", "s", tuple(rows)), links),
    )
    for html in pieces:
        (link,) = tags(html, "a")
        assert link == {"href": links["one"], "target": "_self"}


def test_what_promises_nothing_is_not_a_link() -> None:
    lines = [Citation("p", "6%", "GDP", "target?target=gdp"), Citation("p", "5G", "a name", "")]
    html = markup.citations("2.0", "Headline", lines)
    assert [link["href"] for link in tags(html, "a")] == ["target?target=gdp"]
    assert "<em>a name</em>" in html


def test_a_status_is_colour_shape_and_word() -> None:
    html = markup.status(StatusMark(Status.OFF_TRACK, "◆", "off track"))
    assert html == (
        '<span class="mb-status mb-off_track"><i aria-hidden="true">◆</i> off track</span>'
    )


def test_the_strip_shows_the_counts_that_are_not_zero() -> None:
    counts = [
        Count(mark_of("achieved", Status.ACHIEVED), 3, "3 achieved"),
        Count(mark_of("missed", Status.MISSED), 0, "0 missed"),
        Count(mark_of("no data", Status.NO_DATA), 12, "12 without data"),
    ]
    html = markup.strip(counts)
    bars = [span["style"] for span in tags(html, "span") if "style" in span]
    assert bars == ["flex-grow:3", "flex-grow:12"]
    assert "missed" not in html
    assert "<b>12</b>" in html


@pytest.mark.parametrize(("many", "folded"), [(0, 0), (12, 0), (13, 1), (40, 1)])
def test_all_but_the_first_rows_that_need_attention_are_folded_away(many: int, folded: int) -> None:
    html = markup.attention_rows([row_of("x")] * many, {"one": "target"}, "more")
    assert len(tags(html, "details")) == folded
    assert len(tags(html, "li")) == many
    assert len(tags(html.partition("<details>")[0], "li")) == min(many, markup.ATTENTION_AT_FIRST)


@pytest.mark.parametrize("html", [markup.notice("a", "b"), markup.problems(["a"])])
def test_what_went_wrong_is_announced_to_a_screen_reader(html: str) -> None:
    assert 'role="alert"' in html


def test_nothing_is_written_for_what_is_not_there() -> None:
    bare = TargetRow("one", "n", "a", "2.0", mark_of("m"), "", "", "", (), "s", "")
    assert tags(markup.figure(bare), "b") == []
    assert "<ul>" not in markup.notice("a", "b")
    assert tags(markup.heading("a"), "small") == []


# The address


def address_script() -> None:
    """What a page sees of the address, left where the test finds it."""
    import streamlit  # noqa: PLC0415 - AppTest runs the body alone

    from mubiao.ui.shell import address as module  # noqa: PLC0415 - as above

    streamlit.session_state["read"] = module.read()
    streamlit.session_state["kept"] = module.carried(target="cpi")
    module.write("plan", "")
    module.write("lang", "zh")


def visited(**asked: str) -> AppTest:
    app = AppTest.from_function(address_script)
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_the_address_is_read_and_goes_along_to_another_page() -> None:
    app = visited(
        plan="beijing-2020",
        lang="en",
        as_of="2020-07-31",
        target="gdp",
        status="missed,at_risk",
        section="2.5",
        q="大气 air",
        correct="12",
        view="one",
        month="2020-06",
        missing="1",
        person="Li Wei",
        to="2020-07-30",
        rows="200",
        since="2020-06-30",
        meeting="3",
        slide="target-cpi",
        every="20",
        theme="dark",
        **{"from": "2020-07-01"},
    )
    assert app.session_state["read"] == Address(
        plan="beijing-2020",
        lang="en",
        as_of=date(2020, 7, 31),
        target="gdp",
        statuses=(Status.AT_RISK, Status.MISSED),
        section="2.5",
        search="大气 air",
        correct=12,
        view="one",
        month="2020-06",
        missing=True,
        person="Li Wei",
        first=date(2020, 7, 1),
        last=date(2020, 7, 30),
        rows=200,
        since=date(2020, 6, 30),
        meeting=3,
        slide="target-cpi",
        every=20,
        theme="dark",
    )
    assert app.session_state["kept"] == {
        "plan": "beijing-2020",
        "lang": "en",
        "as_of": "2020-07-31",
        "target": "cpi",
        "view": "one",
        "month": "2020-06",
        "meeting": "3",
        "every": "20",
        "theme": "dark",
    }
    assert "plan" not in app.query_params
    assert app.query_params["lang"] == "zh"


@pytest.mark.parametrize(
    ("correct", "as_of"),
    [
        ("-1", "2020-02-30"),
        ("1.5", "yesterday"),
        ("٣", "0001-01-01"),
        ("9" * 5000, "9999-12-31"),
        ("x", ""),
    ],
    ids=["negative", "fraction", "other digits", "thousands of digits", "text"],
)
def test_what_the_address_cannot_mean_is_passed_over(correct: str, as_of: str) -> None:
    app = visited(as_of=as_of, correct=correct, status="red,,missed", lang="fr")
    read = app.session_state["read"]
    assert (read.as_of, read.correct, read.statuses) == (None, None, (Status.MISSED,))
    assert read.lang in ("zh", "en")
