"""HTML of pages and files: no text can break out of any template, and nothing is left out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache, partial
from html.parser import HTMLParser
from inspect import getsource
from itertools import zip_longest
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from jinja2 import meta, nodes

from mubiao import html as rendering
from mubiao.assessment import assess
from mubiao.exports.webpage import handout
from mubiao.html import environment, foreign, part
from mubiao.i18n import Language, language
from mubiao.identity import IdentityKind
from mubiao.model import Actor, Status
from mubiao.theme import Theme
from mubiao.ui.owes.debtors import Row
from mubiao.ui.shell import markup, sign_in
from mubiao.ui.shell.visitor import Visitor
from mubiao.views import owed
from mubiao.views.attention import AttentionRow
from mubiao.views.briefing import Briefing, Subject
from mubiao.views.changes import ChangeRow, Changes
from mubiao.views.charts.paths import Path
from mubiao.views.citations import Citation, CitedSection
from mubiao.views.counts import Count, StatusMark
from mubiao.views.detail import ActualRow, Detail, detail
from mubiao.views.frame import Frame
from mubiao.views.history import Group, HistoryRow
from mubiao.views.key_figures import KeyFigure
from mubiao.views.overview import Overview, SectionRows, TargetRow
from mubiao.views.rail import Stop
from mubiao.views.remarks import Note
from mubiao.views.review import MarkedSection, Passage, Progress
from mubiao.views.slides import Slide, slides
from mubiao.views.trials import Trial, TrialBand
from mubiao.views.unreported import CoverageTable
from mubiao.views.years import Cell, Tally, Ways, Years, years
from mubiao.wording.glossary import Meaning
from tests.briefings import JULY, july, phrasebook, year_before
from tests.real import known, real_actuals, real_plan
from tests.sites import july_site, pages_of
from tests.test_years import THREE

# Stands for any text; no drawn text holds it, nor Chinese, which files in English mark.
HERE = "\ue000"
HOSTILE = ("<b>", "</span>", "</li>", "<!--", "-->", "<?", "&amp;", "&", "'", '"', "<", ">", " x=")
SCRIPT = "</b></style><script>alert(1)</script>&amp;\" onclick='x'"
texts = st.lists(
    st.sampled_from(HOSTILE) | st.characters(max_codepoint=0x2E7F, codec="utf-8"),
    min_size=1,
    max_size=12,
).map("".join)


class _Tree(HTMLParser):
    """What a browser makes of a piece of HTML: tags with attributes, and texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self.text = ""
        self.feed(html)
        self.close()
        self._end()

    def _end(self) -> None:
        """Keep a text, but neither the code in a script or style nor the spaces around tags."""
        if self.text and self.cdata_elem is None:
            self.parts.append(self.text)
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end()
        self.parts.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        """Keep the end of a tag; the code of a script or style is left out."""
        if tag in {"script", "style"}:
            self.text = ""
        self._end()
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.parts.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.parts.append(("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.parts.append(("instruction", data))


def each_text(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - whatever a template is given
    """The same value with each of its texts changed, however deep it lies."""
    again = partial(each_text, change=change)
    match value:
        case Enum():
            return value
        case str():
            return change(value)
        case Links():
            return Links(change(value.address))
        case {"code": _} | {"judged": _}:  # words that are called by name
            return {key: each if key == "code" else again(each) for key, each in value.items()}
        case dict() if type(value) is dict:
            return {again(key): again(each) for key, each in value.items()}
        case tuple() if hasattr(value, "_fields"):
            return type(value)(*map(again, value))
        case list() | tuple():
            return type(value)(map(again, value))
    if is_dataclass(value) and not isinstance(value, type | Language):
        names = [field.name for field in fields(value) if field.init]
        return replace(value, **{name: again(getattr(value, name)) for name in names})
    return value


def filled(value: Any, text: str) -> Any:  # noqa: ANN401 - as above
    """With a text in the place of HERE."""
    return each_text(value, lambda old: old.replace(HERE, text))


def marked(value: Any) -> Any:  # noqa: ANN401 - as above
    """With HERE behind each text, as a target's id, wherever it stands."""
    return each_text(value, lambda old: f"{old}{HERE}")


def assert_filled(html: str, harmless: str, text: str) -> None:
    """The tags and attributes are those of the harmless text, and the text is read back whole."""
    pairs = zip_longest(_Tree(html).parts, filled(_Tree(harmless).parts, text))
    assert next((pair for pair in pairs if pair[0] != pair[1]), None) is None


class Links(dict[str, str]):
    """The same text for every key, and a pair of its own."""

    def __init__(self, address: str) -> None:
        super().__init__({address: address})
        self.address = address

    def __missing__(self, target: str) -> str:
        return self.address


def tags(html: str, name: str) -> list[dict[str, str | None]]:
    parts = _Tree(html).parts
    return [dict(part[1]) for part in parts if isinstance(part, tuple) and part[0] == name]


# Named by annotations of modules that import them for these alone.
TYPES = (ActualRow, Changes, CitedSection, Detail, Frame, KeyFigure, Meaning, Note, Cell)
MODULES = (markup, sign_in)
NO_HTML = {"href", "plain"}
FUNCTIONS: dict[str, Callable[..., str]] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": function
    for module in MODULES
    for name, function in vars(module).items()
    if getattr(function, "__module__", "") == module.__name__
    and getattr(function, "__annotations__", {}).get("return") in {str, "str"}
    and name not in NO_HTML
    and not name.startswith("_")
}


# What modules fill themselves, and with values of which types.
Translate = Callable[..., str]
LINKS, HEADS, FOLD = Mapping[str, str], tuple[str, str, str], (str, bool)
PARTS: dict[str, tuple[Any, ...]] = {
    "overview_head": (Overview, str, Sequence[tuple[str, str, int]], LINKS, str),
    "overview_rail": (Sequence[tuple[Stop, str]], str, str),
    "overview_headline": (
        *(str, Sequence[tuple[TargetRow, str, str]], LINKS, Sequence[str], int, HEADS),
    ),
    "overview_side": (str, str, Sequence[AttentionRow], LINKS, int, str, bool),
    "overview_recent": (
        *(Sequence[tuple[str, Sequence[str]]], Sequence[ChangeRow], LINKS, HEADS, str),
    ),
    "overview_chapters": (
        *(HEADS, tuple[str, *FOLD], Sequence[tuple[SectionRows, *FOLD]], LINKS, str),
    ),
    "overview_units": (tuple[str, str], Sequence[tuple[SectionRows, str]], str),
    "overview_overdue": (HEADS, Sequence[HEADS], str),
    "overview_filtered": (
        *(str, str, Sequence[tuple[str, str, str, bool]], Sequence[SectionRows], LINKS, str),
    ),
    "review_progress": (Progress,),
    "review_legend": (Sequence[tuple[str, str]],),
    "review_section": (MarkedSection,),
    "review_rest": (str, Sequence[str]),
    "review_item": (str,),
    "review_passage": (Passage,),
    "lead": (str, str, str, str),
    "years": (Years, Mapping[str, Ways], Translate),
    "slide_themes": (Theme, Theme),
    "slide_opening": (Slide, str, Sequence[Count], Sequence[str], LINKS),
    "slide_headline": (Slide, Sequence[str], int, LINKS),
    "slide_attention": (Slide, bool, LINKS),
    "slide_chapter": (Slide, LINKS),
    "slide_unreported": (Slide, CoverageTable, Translate, LINKS),
    "slide_changes": (Slide, LINKS),
    "slide_years": (Slide, Sequence[Tally], Mapping[str, Ways], Translate),
    "slide_focus": (
        *(Slide, Subject, str, TrialBand | None),
        *(tuple[Sequence[Note], str], str, int, Translate),
    ),
    "trial": (Trial | None, Sequence[str], Translate),
    "slide_foot": (str, str, str, float),
    "edit": (str, str, str, str, Sequence[StatusMark]),
    "card": (str, str, str, str, str),
    "folded_edits": (str, str, Sequence[tuple[str, str, str, str, Sequence[StatusMark]]]),
    "folded_table": (str, str, Sequence[str], Sequence[Sequence[str]], str, bool),
    "refused": (str, str, Sequence[str]),
    "sides": (Sequence[HEADS],),
    "bar": (Sequence[str], str),
    "month_heading": (str, str, int, int, int, str),
    "owes_head": (str, str, str, str, Sequence[tuple[str, str, bool]]),
    "owes_halves": (
        *(Sequence[Row], Row, owed.Tally, Sequence[str], Sequence[tuple[str, str]]),
        *(tuple[str, int], Translate),
    ),
    "owes_targets": (Sequence[tuple[str, Sequence[str]]], Sequence[str], LINKS),
}


@cache
def briefing() -> Briefing:
    """The real one, with HERE in each of its texts."""
    return marked(july("zh", "July"))


@cache
def july_detail() -> Detail:
    """A target's page in the middle of its year, with HERE in each of its texts."""
    return marked(
        detail(
            phrasebook("zh"),
            assess(real_plan(), real_actuals(), JULY)[0],
            known("gdp-growth", JULY),
        )
    )


def values_of(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any annotation
    """Values of an annotated type in which every text is HERE."""
    real: dict[object, Callable[[], st.SearchStrategy[Any]]] = {
        str: lambda: st.just(HERE),
        float: lambda: st.floats(0, 1),
        Mapping[str, str]: lambda: st.just(Links(HERE)),
        Language: lambda: st.just(language("zh")),
        Visitor: lambda: st.just(Visitor(IdentityKind.OIDC, Actor(HERE, HERE))),
        Briefing: lambda: st.just(briefing()),
        Detail: lambda: st.just(july_detail()),
        Subject: lambda: st.sampled_from(briefing().attention),
        Slide: lambda: st.sampled_from(marked(slides(july("zh"), 9))),
        Years: lambda: st.just(marked(years(THREE, language("zh")))),
        Sequence[Tally]: lambda: st.just(marked(years(THREE, language("zh")).plans)),
        Translate: lambda: st.just(language("zh").t),
        Mapping[str, Mapping[str, str]]: lambda: st.just({HERE: Links(HERE)}),
        Mapping[str, Ways]: lambda: st.just(
            {f"{one.plan.id}{HERE}": Ways(HERE, *(Links(HERE) for _ in range(3))) for one in THREE}
        ),
        Path: lambda: st.sampled_from([subject.path for subject in briefing().attention]),
    }
    if hint in real:
        return real[hint]()
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Iterable, Sequence}:
        return st.lists(values_of(arguments[0]), min_size=1, max_size=14)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return st.tuples(*map(values_of, arguments))
    if origin is UnionType:
        return st.one_of(*map(values_of, arguments))
    if hasattr(hint, "_fields"):
        return st.tuples(*map(values_of, get_type_hints(hint).values())).map(hint._make)
    return st.from_type(hint)


@pytest.fixture(scope="module", autouse=True)
def _texts_are_here() -> Iterator[None]:
    st.register_type_strategy(str, st.just(HERE))
    yield
    st.register_type_strategy(str, st.text())


# A briefing is too large to be made smaller step by step.
unshrunk = settings(
    max_examples=4,  # the same signs in each; SCRIPT has all of them
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("name", [*FUNCTIONS, *PARTS])
@unshrunk
@given(data=st.data(), text=texts | st.just(SCRIPT))
def test_a_text_stays_a_text_in_every_part(name: str, data: st.DataObject, text: str) -> None:
    if name in PARTS:
        fill, hints = partial(part, name), PARTS[name]
        given_ = [data.draw(values_of(hint)) for hint in hints]
        assert_filled(fill(*filled(given_, text)), fill(*given_), text)
        return
    # What a module imports for its types alone is imported here.
    hints = get_type_hints(FUNCTIONS[name], localns=globals())
    del hints["return"]
    given_ = {key: data.draw(values_of(hint), key) for key, hint in hints.items()}
    html = FUNCTIONS[name](**filled(given_, text))
    harmless = FUNCTIONS[name](**given_)
    assert_filled(html, harmless, text)


# Own files, which are no texts of people, are checked by `inside`.
OURS = {"style", "scripts"}


class Calls(dict[str, dict[str, Any]]):
    """Values by template, too long to be printed."""

    def __repr__(self) -> str:
        return f"{len(self)} files"


@pytest.fixture(scope="module")
def files() -> Calls:
    """What each whole file is made from, once each."""
    calls = Calls()

    def page(name: str, /, **values: object) -> str:
        calls.setdefault(name, values)
        return ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "page", page)
        beside = (year_before(),)
        handout([july("zh", "July", beside), july("en", "July")])
        site = july_site(base_url="https://example.org/", licence="CC")
        pages_of(replace(site, beside=beside))
    for name, values in calls.items():
        calls[name] = {k: each if k in OURS else marked(each) for k, each in values.items()}
    return calls


@unshrunk
@given(text=texts)
@example(text=SCRIPT)
def test_a_text_stays_a_text_in_every_file(files: Calls, text: str) -> None:
    for name, values in files.items():
        html = rendering.page(name, **filled(values, text))
        harmless = rendering.page(name, **values)
        assert_filled(html, harmless, text)


def templates() -> dict[str, nodes.Template]:
    names = environment().list_templates()
    sources = {name: environment().loader.get_source(environment(), name)[0] for name in names}
    return {name: environment().parse(source) for name, source in sources.items()}


def test_every_template_is_tried_above(files: Calls) -> None:
    """By a function of the pages, as a whole file, or as a part of one of these."""
    parsed = templates()
    used = {name for tree in parsed.values() for name in meta.find_referenced_templates(tree)}
    assert parsed.keys() == used | {f"pages/{name}" for name in files} | {
        name for name in parsed if name.startswith("parts/")
    }
    macros = {macro.name for tree in parsed.values() for macro in tree.find_all(nodes.Macro)}
    within = {name.name for tree in parsed.values() for name in tree.find_all(nodes.Name)}
    within |= {node.attr for tree in parsed.values() for node in tree.find_all(nodes.Getattr)}
    sources = [getsource(function) for function in FUNCTIONS.values()]
    filled_ = set(re.findall(r'part\(\s*"(\w+)"', "".join(sources)))
    assert macros == macros & (within | filled_ | PARTS.keys())


def test_no_template_takes_a_text_for_markup() -> None:
    """Escaping is on, nothing turns it off, and only these filters make markup, tried below."""
    assert environment().autoescape is True
    marking = {"css", "foreign", "inside", "tojson"}
    plain = {"abs", "default", "format", "join", "length", "list", "map", "min", "share"}
    plain |= {"max", "replace", "round", "select", "selectattr", "rejectattr", "sum"}
    for name, tree in templates().items():
        used = {node.name for node in tree.find_all(nodes.Filter)}
        assert used <= marking | plain | {"first", "last", "rejectattr", "string", "unique"}, name
        assert not list(tree.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe))), name


@given(texts, st.sampled_from(["zh", "en"]))
@example("增长 </script>", "en")
@example("</style>", "zh")
def test_what_makes_markup_escapes(text: str, code: str) -> None:
    template = environment().from_string(
        "<p>{{ t|foreign(code) }}</p><style>a { content: {{ t|css }} }</style>"
        "<script>{{ {t: t}|tojson }}</script>"
    )
    html = template.render(t=text, code=code).replace('<span lang="zh-Hans">', "")
    parts = _Tree(html.replace("</span>", "")).parts
    names = [part[0] if isinstance(part, tuple) else part for part in parts]
    assert names == ["p", text, "/p", "style", "/style", "script", "/script"]


def test_our_own_scripts_cannot_end_their_element() -> None:
    for content in ("a</script>b", "a</style>"):
        with pytest.raises(ValueError, match="end its element"):
            rendering.inside(content)


def row(**values: Any) -> TargetRow:  # noqa: ANN401 - any of its fields
    mark = StatusMark(Status.AT_RISK, "▲", "at risk")
    bare = TargetRow("one", "n", "a", "2.0", mark, "", "", "", (), "s", "t", "")
    return replace(bare, **values)


def attention_row() -> AttentionRow:
    return AttentionRow("one", "n", mark(Status.AT_RISK), "what", "rest")


def mark(status: Status) -> StatusMark:
    return StatusMark(status, "◆", status.value)


def test_each_row_links_to_its_own_target_in_the_same_tab() -> None:
    links = {"one": "target?lang=en&target=one"}
    section = SectionRows("2.0", "s", (row(),))
    for html in (
        part("overview_headline", "h", [(row(), "", "")], links, (), 0, ("", "", "")),
        part("overview_side", "id", "t", [attention_row()], links, 10, "more"),
        part("overview_filtered", "t", "1", [], [section], links, ""),
    ):
        assert [tag["href"] for tag in tags(html, "a")] == [links["one"]]


def test_what_promises_nothing_or_is_not_in_the_plan_is_no_link() -> None:
    cited = (Citation("p", "6%", "GDP", "target?target=gdp"), Citation("p", "5G", "a name", ""))
    html = markup.citations(CitedSection("2.0", "Headline", cited))
    assert [link["href"] for link in tags(html, "a")] == ["target?target=gdp"]
    assert "<em>a name</em>" in html
    html = markup.save(group(2), {"one": "target?target=one"}, "", "")
    assert [link["href"] for link in tags(html, "a")] == ["target?target=one"]


def test_a_status_is_colour_shape_and_word() -> None:
    assert part("status", StatusMark(Status.OFF_TRACK, "◆", "off track")) == (
        '<span class="mb-status mb-off_track"><i aria-hidden="true">◆</i> off track</span>'
    )


def test_the_strip_shows_the_counts_that_are_not_zero() -> None:
    numbers = {Status.ACHIEVED: 3, Status.MISSED: 0, Status.NO_DATA: 12}
    html = part("strip", [Count(mark(status), n, "") for status, n in numbers.items()])
    # The judged are a bar of their own; how many are reported is another one.
    bars = [span["style"] for span in tags(html, "span") if "style" in span]
    assert bars == ["flex-grow:3;background:var(--achieved_fill)", "flex-grow:3"]
    assert "flex-grow:12" in [tag.get("style") for tag in tags(html, "i")]
    assert "missed" not in html
    assert "<b>12</b>" in html


@pytest.mark.parametrize(("many", "folded"), [(0, 0), (10, 0), (11, 1), (40, 1)])
def test_all_but_the_first_rows_that_need_attention_are_folded_away(many: int, folded: int) -> None:
    rows = [attention_row()] * many
    html = part("overview_side", "id", "t", rows, {"one": "target"}, 10, "more")
    assert len(tags(html, "details")) == folded
    assert len(tags(html, "li")) == many
    assert len(tags(html.partition("<details>")[0], "li")) == min(many, 10)


def group(many: int) -> Group:
    lines = [HistoryRow("n", "new", (), "one")] * many
    lines[-1] = replace(lines[-1], target="elsewhere")
    return Group("", "by", "at", "entry", "entered", tuple(lines), save=1, undo=True)


def test_all_rows_of_a_long_save_are_there_most_of_them_folded_away() -> None:
    html = markup.save(group(30), {"one": "target"}, "save 1", "more")
    assert len(tags(html, "li")) == 30
    assert len(tags(html.partition("<details>")[0], "li")) == markup.LINES_AT_FIRST
    assert "<details>" not in markup.save(group(3), {}, "", "more")


def test_the_same_status_on_both_days_is_shown_once() -> None:
    change = ChangeRow("one", "n", mark(Status.AT_RISK), mark(Status.MISSED), "", "")
    same = replace(change, after=change.before)
    assert markup.turns("", [change], {}).count("mb-status") == 2
    assert markup.steady("", [same], {}).count("mb-status") == 1


@pytest.mark.parametrize("html", [markup.notice("a", "b"), markup.problems(["a"])])
def test_what_went_wrong_is_announced_to_a_screen_reader(html: str) -> None:
    assert 'role="alert"' in html


def test_nothing_is_written_for_what_is_not_there() -> None:
    assert tags(part("figure", row()), "b") == []
    assert "<ul>" not in markup.notice("a", "b")
    assert tags(markup.heading("a"), "small") == []


def test_chinese_words_in_an_english_page_are_marked_as_chinese() -> None:
    assert foreign("“增长6%左右” & more", "en") == (
        '“<span lang="zh-Hans">增长</span>6%<span lang="zh-Hans">左右</span>” &amp; more'
    )
    assert foreign("增长 到 6 <", "en") == '<span lang="zh-Hans">增长 到</span> 6 &lt;'
    assert foreign("增长 <6%", "zh") == "增长 <6%"
