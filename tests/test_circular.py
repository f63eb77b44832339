"""The monthly notice: what it says, what Word finds in the file, and templates of one's own."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Mm

from mubiao.assessment import assess
from mubiao.exports.circular import try_template, word
from mubiao.exports.circular.own import own_template
from mubiao.i18n import language
from mubiao.model import Owner, Plan, Status, Text
from mubiao.problems import Refused
from mubiao.views.briefing import briefing
from mubiao.views.circular import PROGRESS, Circular, circular
from mubiao.views.owed import owed
from mubiao.views.seen import Seen
from mubiao.wording.phrasebook import Phrasebook
from tests.acts import refusal
from tests.briefings import JULY, december, july, seen
from tests.hostile import HOSTILE
from tests.real import real_plan, real_plan_with
from tests.sheets import changed

DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"


@pytest.fixture(scope="module")
def assigned() -> Plan:
    """The real plan with two units; what they do not lead is the office's."""
    owners = (
        Owner(id="a", name=Text(zh="市交通委", en="Transport commission")),
        Owner(id="b", name=Text(zh="市教委", en="Education commission")),
    )
    targets = tuple(
        target.model_copy(
            update={"owner": ("a", "b", None)[n % 3], "supports": ("b",) * (n % 3 == 0)}
        )
        for n, target in enumerate(real_plan().targets)
    )
    return real_plan_with(owners=owners, targets=targets)


def notice(plan: Plan, code: str, as_seen: Seen) -> Circular:
    phrasebook = Phrasebook(plan, language(code, plan.zone))
    return circular(phrasebook, as_seen.assessments, briefing(phrasebook, as_seen))


def of_july(plan: Plan) -> Seen:
    known = seen(JULY)
    return Seen(JULY, assess(plan, known.standing, JULY), known.standing, ())


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def texts(made: Document) -> str:
    """Everything that stands in the body, a paragraph or a cell a line, in order."""
    found = made.element.body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in found)


def test_the_counts_are_in_the_words_of_such_notices() -> None:
    made = notice(real_plan(), "zh", of_july(real_plan()))
    assert made.lead == (
        "截至2020年7月31日，163项目标中：已完成7项；达到序时进度10项；未达到序时进度5项（2项未达成，"
        "1项偏离，2项有风险）；未报141项（129项已逾期，12项未到报告期）。"
    )
    assert [one.number for one in made.counts] == [7, 10, 5, 141]
    assert notice(real_plan(), "en", of_july(real_plan())).lead == (
        "As of 31 July 2020, of 163 targets: completed: 7; on schedule: 10; behind schedule: 5 "
        "(2 missed, 1 off track, 2 at risk); not reported: 141 (129 overdue, "
        "12 not due yet)."
    )


def test_what_is_behind_has_its_sentence_its_units_and_what_the_rest_must_bring(
    assigned: Plan,
) -> None:
    first, *others = notice(assigned, "zh", of_july(assigned)).behind
    assert first.heading == "1. 地区生产总值增长（偏离）"
    assert first.what == "上半年下降3.2%，比目标下限5.5%低8.7个百分点。"
    assert first.rest.startswith("要实现全年6%左右，下半年需增长15.1%")
    assert first.units == "主责单位：市交通委；协办单位：市教委。"
    assert len(others) == 4
    assert all(one.what.endswith("。") for one in others)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_unreported_of_the_notice_are_those_of_the_page_by_unit(
    assigned: Plan, code: str
) -> None:
    as_seen = of_july(assigned)
    made = notice(assigned, code, as_seen)
    phrasebook = Phrasebook(assigned, language(code))
    debtors = owed(phrasebook, as_seen.assessments, "owner").debtors
    assert [(one.name, one.silent, one.behind) for one in made.unreported] == [
        (one.name, one.tally.silent, one.tally.behind) for one in debtors if one.tally.overdue
    ]
    assert sum(one.silent for one in made.unreported) == 129
    names = "；".join(one.targets for one in made.unreported)
    assert all(
        phrasebook.name(debt.target.id) in names
        for one in debtors
        for debt in one.debts
        if debt.overdue_days
    )


def test_the_annex_has_every_target_once_under_its_part_of_the_report(assigned: Plan) -> None:
    made = notice(assigned, "zh", of_july(assigned))
    rows = [row for row in made.annex if not row.heads]
    assert [row.number for row in rows] == [str(n) for n in range(1, 164)]
    assert [row.name for row in rows] == [
        target.name.zh
        for section in assigned.sections
        for target in assigned.targets
        if target.section == section.id
    ]
    gdp = rows[0]
    assert (gdp.asks, gdp.latest, gdp.progress, gdp.unit) == (
        "6%左右",
        "−3.2% · 上半年",
        "未达到序时进度（偏离）",
        "市交通委",
    )
    assert {row.unit for row in rows} == {"市交通委", "市教委", ""}
    content = word(real_plan(), seen(JULY), [july("zh")])
    assert len(opened(content).tables[-1].columns) == 5  # nobody is assigned there


@pytest.mark.parametrize("code", ["zh", "en"])
def test_word_finds_every_text_in_styles_tables_and_faces(assigned: Plan, code: str) -> None:
    as_seen = of_july(assigned)
    phrasebook = Phrasebook(assigned, language(code, assigned.zone))
    made = opened(word(assigned, as_seen, [briefing(phrasebook, as_seen)]))
    said, expected = texts(made), notice(assigned, code, as_seen)
    assert "{" not in said
    assert expected.lead in said
    assert all(one.heading in said and one.what in said for one in expected.behind)
    styles = {p.style.name for p in made.paragraphs if p.text and p.style}
    assert styles == {"Title", "Subtitle", "Body Text", "Heading 1", "Heading 2"}
    counts, unreported, annex = made.tables
    assert [len(table.rows) for table in (counts, unreported, annex)] == [
        5,
        1 + len(expected.unreported),
        1 + len(expected.annex),
    ]
    assert [c.text for c in annex.rows[2].cells][:2] == ["1", expected.annex[1].name]
    assert all(t.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for t in made.tables)  # noqa: SLF001 - python-docx has no word for it
    section = made.sections[0]
    sides = (section.page_width, section.page_height)
    assert [round(side / Mm(1)) for side in sides if side] == [210, 297]
    assert section.header.paragraphs[0].text == expected.title
    assert "PAGE" in section.footer._element.xml  # noqa: SLF001 - as above
    for name, face in (("Body Text", "仿宋"), ("Heading 1", "黑体"), ("Title", "宋体")):
        faces = made.styles[name].element.rPr.rFonts
        assert faces.get(qn("w:eastAsia")) == face
        assert not [key for key in faces.attrib if "heme" in key]
    assert made.core_properties.author == "Mubiao"


def test_both_languages_stand_after_each_other() -> None:
    said = texts(opened(word(real_plan(), seen(JULY), [july("zh"), july("en")])))
    assert said.index("附件：目标进展情况一览表") < said.index("Notice on the progress")
    assert "Annex: every target" in said


def test_the_longest_notice_and_hostile_texts_are_filled_in() -> None:
    name = HOSTILE + " {{ 7 * 7 }} {% for x in y %} <w:t>&amp;"
    first, *others = real_plan().targets
    first = first.model_copy(update={"name": Text(zh=name, en=name)})
    plan = real_plan_with(targets=(first, *others))
    as_seen = of_july(plan)
    phrasebook = Phrasebook(plan, language("zh"))
    said = texts(opened(word(plan, as_seen, [briefing(phrasebook, as_seen)])))
    assert "{{ 7 * 7 }} {% for x in y %} <w:t>&amp;" in said
    late = december("zh")
    assert opened(word(real_plan(), seen(JULY), [late])).tables


def templated(*paragraphs: str, change: Callable[[Document], object] = bool) -> bytes:
    """A template of one's own with these paragraphs."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    change(made)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def filled(template: bytes) -> str:
    return texts(opened(word(real_plan(), seen(JULY), [july("zh")], template)))


def test_a_template_of_ones_own_shows_what_it_asks_for() -> None:
    template = templated(
        "市政府督查室 {{ title }}",
        "{%p for row in behind %}",
        "◎ {{ row.heading }}",
        "{%p endfor %}",
        "{%p if unreported %}",
        "未报",
        "{%p endif %}",
        change=lambda made: made.sections[0].header.paragraphs[0].add_run("{{ subtitle }}"),
    )
    said = filled(template)
    assert "市政府督查室 关于《北京市2020年政府工作报告》目标进展情况的通报" in said
    assert said.count("◎ ") == 5
    assert said.strip().endswith("未报")


def test_our_own_template_can_be_brought_back_also_as_a_dotx() -> None:
    own = own_template()
    try_template(own)
    with ZipFile(BytesIO(own)) as archive:
        types = archive.read(TYPES)
    dotx = changed(own, {TYPES: types.replace(b"document.main+xml", b"template.main+xml")})
    assert filled(dotx) == filled(own)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (
            "nothing",
            "the template shows nothing of the notice; write what it is to show, such as {{ tit",
        ),
        (
            "{{ titel }} {{ title }}",
            "the template asks for something that there is not ('titel' is undefined)",
        ),
        ("{{ title", "the template's fields are not understood: "),
        ("{{ title.__class__ }}", "'__class__' of 'str' object is unsafe"),
        ("{{ title.upper() }}", "the template holds more than fields, conditions and loops (call)"),
        ("{{ title|upper }}", "(filter)"),
        ("{{ title * 1000000000 }}", "(mul)"),
        ("{% for n in range(9) %}{{ title }}{% endfor %}", "a loop of the template"),
        (
            "{% for a in annex %}{% for b in annex %}{{ title }}{% endfor %}{% endfor %}",
            "a loop of the template goes over all of a list inside another loop; part them",
        ),
        ("{% set a = title %}{{ a }}", "(assign)"),
        ("{% include 'x' %}{{ title }}", "(include)"),
        ("{% macro m() %}{% endmacro %}{{ title }}", "(macro)"),
    ],
)
def test_a_template_that_asks_for_more_is_refused(field: str, text: str) -> None:
    assert text in refusal(lambda: filled(templated(field)))


BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_relation(kind: str) -> bytes:
    def relate(made: Document) -> None:
        made.part.relate_to("https://evil.example/x", BASE + kind, is_external=True)

    return templated("{{ title }}", change=relate)


def with_part(kind: str) -> bytes:
    """A template with a part of its own that is more than text."""

    def relate(made: Document) -> None:
        page = Part(PackURI("/word/page.html"), "text/html", b"<img src='http://evil.example'>")
        made.part.relate_to(page, BASE + kind)

    return templated("{{ title }}", change=relate)


def with_runs(runs: str) -> bytes:
    """A template with such XML in its first paragraph."""
    content = templated("{{ title }}")
    with ZipFile(BytesIO(content)) as archive:
        body = archive.read(DOCUMENT)
    return changed(content, {DOCUMENT: body.replace(b"<w:p>", b"<w:p>" + runs.encode(), 1)})


def with_field(*pieces: str) -> bytes:
    """A template with a field whose code is torn into runs, as Word tears them."""
    run = "<w:r><w:instrText xml:space='preserve'>{}</w:instrText></w:r>"
    return with_runs("".join(map(run.format, pieces)))


MARK = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
PICTURE = 'INCLUDEPICTURE "https://evil.example"'
FETCHING = {
    "whole": with_field(PICTURE),
    "torn": with_field(PICTURE[:9], PICTURE[9:]),
    "with characters by number": with_field("&#73;NCLUDE&#80;ICTURE"),
    "cut by a comment": with_field("INCLUDE<!-- -->PICTURE"),
    "put together by the template": with_field("{{ 'INCLUDE' }}{{ 'PICTURE' }}"),
    "left by a condition": with_field("INCL", "{% if not title %}no{% endif %}", "UDEPICTURE"),
    "after another": with_runs(MARK + CODE.format("PAGE") + MARK + CODE.format(PICTURE)),
    "by another prefix": with_runs(
        f"<w:r><x:instrText xmlns:x='{WORDS}'>INCLUDEPICTURE</x:instrText></w:r>"
    ),
    "simple": with_runs("<w:fldSimple w:instr='INCLUDEPICTURE \"https://evil.example\"'/>"),
    "simple by another prefix": with_runs(
        f"<x:fldSimple xmlns:x='{WORDS}' x:instr='&#73;NCLUDEPICTURE'/>"
    ),
}


@pytest.mark.parametrize("how", FETCHING)
def test_a_field_that_fetches_is_refused_however_it_is_written(how: str) -> None:
    assert "a field that fetches something (INCLUDEPICTURE)" in refusal(
        lambda: filled(FETCHING[how])
    )


def test_fields_of_the_page_alone_may_stay() -> None:
    fields = ("PAGE \\* MERGEFORMAT", "NUMPAGES", 'DATE \\@ "yyyy"', "SEQ 附表", 'TOC \\o "1-3"')
    assert "关于《" in filled(with_runs("".join(MARK + CODE.format(one) for one in fields)))


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (b"no zip", "the template is no Word file or is damaged; expected .docx or .dotx"),
        (changed(templated("{{ title }}"), {DOCUMENT: b"<w:document"}), "no Word file"),
        (changed(templated("{{ title }}"), {TYPES: b"<Types/>"}), "no Word file"),
        (with_relation("attachedTemplate"), "takes attachedTemplate from elsewhere"),
        (with_relation("image"), "takes image from elsewhere"),
        (with_part("aFChunk"), "the template holds aFChunk, which may fetch or run something"),
        (with_part("control"), "the template holds control, which may fetch or run something"),
        (with_field(' DDEAUTO c:\\\\x "cmd"'), "a field that fetches something (DDEAUTO)"),
        (
            changed(templated("{{ title }}"), {"word/vbaProject.bin": b"x"}),
            "a file with macros; save it without them",
        ),
        (
            changed(templated("{{ title }}"), {DOCUMENT: b"<w:p/>" * 300_000}),
            "the file has more than 200000 elements in its XML; remove some",
        ),
    ],
)
def test_an_unsafe_or_broken_template_is_refused(template: bytes, text: str) -> None:
    assert text in refusal(lambda: filled(template))


def test_a_hyperlink_that_a_reader_follows_may_stay() -> None:
    assert "关于《" in filled(with_relation("hyperlink"))


def test_a_template_that_would_make_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mubiao.exports.circular.MAX_TEXT", 10_000)
    template = templated(*["{{ title }}"] * 200)
    assert refusal(lambda: filled(template)).startswith("what the template makes is too long")


def test_our_own_template_asks_for_nothing_that_no_notice_has() -> None:
    with ZipFile(BytesIO(own_template())) as archive:
        body = archive.read(DOCUMENT).decode()
    names = set(re.findall(r"notice\.(\w+)", body))
    assert names == set(Circular.__dataclass_fields__)


def test_a_template_is_tried_with_rows_too() -> None:
    rows = ("{%p for row in behind %}", "{{ row.titel }}{{ title }}", "{%p endfor %}")
    assert "has no attribute 'titel'" in refusal(lambda: try_template(templated(*rows)))


def test_every_status_has_a_word_of_such_notices() -> None:
    assert set(PROGRESS) == set(Status)
    with pytest.raises(Refused):
        try_template(b"")
