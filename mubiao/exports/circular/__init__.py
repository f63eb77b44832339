"""The monthly notice as a Word file, by our own template or by one of the office.

All texts are the view's; a template decides how they look, and what of them it shows. It names that
by fields in double braces, loops and conditions, and holds nothing else: `{{ title }}`, `{%p for
row in behind %}` and `{%p endfor %}` around paragraphs, `{%tr for row in annex %}` around a table's
row; `notices` has all of it in each language. It runs in a sandbox, without calls; a loop inside
another goes over a part of what the outer one goes over, so that what is made is never much larger
than the template and the figures. What was made is looked through for Word's own fields: a template
could put one together.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from dataclasses import fields as dataclass_fields
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError, QName, _Element, fromstring

from mubiao.archives import BROKEN_ZIP
from mubiao.exports.circular.own import own_template as own_template
from mubiao.exports.templates import Kind, as_document
from mubiao.model import Plan
from mubiao.plain_text import printable
from mubiao.problems import Refused, message, refused
from mubiao.views.briefing import Briefing
from mubiao.views.circular import (
    AnnexRow,
    BehindTarget,
    Circular,
    ProgressCount,
    UnreportedUnit,
    YearsRow,
    circular,
)
from mubiao.views.seen import Seen
from mubiao.wording.phrasebook import Phrasebook

__all__ = ["word"]
Fields = Mapping[str, Any]
_NOT_WORD = message("the template is no Word file or is damaged; expected .docx or .dotx")
WORD = Kind(b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml", _NOT_WORD)
MAX_NODES = 200_000
MAX_TEXT = 30_000_000  # characters of one part of the document
# Fields of Word that fetch something or start a program.
_FETCHING = re.compile(
    r"\b(DDE|DDEAUTO|IMPORT|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|LINK|DATABASE|MACROBUTTON)\b",
    re.IGNORECASE,
)
_BROKEN = (*BROKEN_ZIP, SyntaxError, AttributeError, TypeError, LxmlError, OpcError)
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem),
    *(nodes.Const, nodes.For, nodes.If, nodes.And, nodes.Or, nodes.Not, nodes.Compare),
    *(nodes.Operand, nodes.Test, nodes.Tuple),
)


def word(
    plan: Plan, seen: Seen, briefings: Sequence[Briefing], template: bytes | None = None
) -> bytes:
    """The notice in the language of each of one or more briefings, as a .docx file.

    `template` is a Word file with fields. Raises Refused where it cannot be used.
    """
    notices = [
        circular(Phrasebook(plan, briefing.language), seen.assessments, briefing)
        for briefing in briefings
    ]
    fields = [_printable(asdict(notice)) for notice in notices]
    own = own_template(with_units=bool(plan.owners))
    made = filled(own if template is None else template, fields)
    properties = made.core_properties
    properties.title, properties.subject = fields[0]["title"], fields[0]["subtitle"]
    properties.author = properties.last_modified_by = "Mubiao"
    properties.comments = properties.keywords = properties.category = ""
    properties.language = "zh-CN" if briefings[0].language.code == "zh" else "en-GB"
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def try_template(template: bytes) -> None:
    """Raises Refused for a template that fails a notice with everything, or with nothing."""
    kinds = {"counts": ProgressCount, "behind": BehindTarget, "unreported": UnreportedUnit}
    kinds |= {"annex": AnnexRow, "years": YearsRow}
    sample: dict[str, Any] = {one.name: "" for one in dataclass_fields(Circular)}
    sample |= {name: [""] * 6 for name in sample if name.endswith("columns")}
    for part, kind in kinds.items():
        names = [one.name for one in dataclass_fields(kind)]
        sample[part] = [dict.fromkeys(names, text) for text in ("-", "")]
    filled(template, [sample])


def _printable(value: Any) -> Any:  # noqa: ANN401 - texts at any depth
    """The same with texts that XML can hold."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


def filled(template: bytes, fields: Sequence[Fields]) -> Document:
    """The document that a template makes of the fields of a notice in each language.

    Raises Refused for a template that cannot be used, or that shows nothing of the notice.
    """
    with _explained(fields[0]):
        made = DocxTemplate(BytesIO(as_document(template, WORD, most_nodes=MAX_NODES)))
        made.init_docx()
        if not made.get_undeclared_template_variables(_Environment()) & {"notices", *fields[0]}:
            msgid = message(
                "the template shows nothing of the notice; write what it is to show, such as "
                "{example}, where it is to stand"
            )
            raise refused(msgid, example="{{ title }}")
        made.render({**fields[0], "notices": fields}, _Environment(), autoescape=True)
        document: Document = made.docx
        for part in document.part.package.iter_parts():
            _refuse_fetching(part.blob)
        return document


def _refuse_fetching(part: bytes) -> None:
    """Refuse a part of a document with a field that fetches something, however it is written: torn
    into runs, by another prefix, with characters by number.
    """
    if b"instr" not in part:
        return
    codes = "".join(map(_code, fromstring(part).iter("{*}instrText", "{*}fldChar", "{*}fldSimple")))
    if field := _FETCHING.search(codes):
        msgid = message("the template has a field that fetches something ({code}); remove it")
        raise refused(msgid, code=field[1].upper())


def _code(element: _Element) -> str:
    """What an element adds to the codes of fields; white space where one begins or ends."""
    if QName(element).localname == "instrText":
        return str(element.xpath("string()"))
    return f" {' '.join(map(str, element.attrib.values()))} "


@contextmanager
def _explained(fields: Fields) -> Iterator[None]:
    try:
        yield
    except Refused:
        raise
    except UndefinedError as error:
        msgid = message(
            "the template asks for something that there is not ({reason}); there are: {names}"
        )
        names = ", ".join(("notices", *fields))
        raise refused(msgid, reason=error.message, names=names) from error
    except TemplateError as error:
        msgid = message("the template's fields are not understood: {reason}")
        raise refused(msgid, reason=error.message or "") from error
    except _BROKEN as error:
        raise refused(_NOT_WORD) from error


class _Bounded(Template):
    """A template whose result is given up when it grows too long."""

    def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - as Jinja's own
        """As Jinja's own; raises Refused for a result that is too long."""
        parts, size = [], 0
        for part in self.generate(*args, **kwargs):
            size += len(part)
            if size > MAX_TEXT:
                raise refused(
                    message("what the template makes is too long; remove some of its loops")
                )
            parts.append(part)
        return "".join(parts)


class _Environment(ImmutableSandboxedEnvironment):
    """Takes templates with the few kinds of fields that a notice needs."""

    template_class = _Bounded

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Jinja's
        """As Jinja's own; raises Refused for what a template may not hold."""
        tree = self.parse(source) if isinstance(source, str) else source
        _refuse_more(tree, set())
        return super().compile(source, *args, **kwargs)


def _refuse_more(node: nodes.Node, inside: set[str]) -> None:
    """Refuse a call, a filter, an assignment and the like, and a loop inside another that does not
    go over a part of the variable of one around it (`inside`).
    """
    if not isinstance(node, _ALLOWED):
        msgid = message(
            "the template holds more than fields, conditions and loops ({what}); remove it"
        )
        raise refused(msgid, what=type(node).__name__.lower())
    if isinstance(node, nodes.For):
        over = node.iter
        root = over.node if isinstance(over, nodes.Getattr) else over
        named = root.name if isinstance(root, nodes.Name) else ""
        if (inside and named not in inside) or not named or node.recursive:
            raise refused(
                message(
                    "a loop of the template goes over all of a list inside another loop; part them"
                )
            )
        target = node.target.name if isinstance(node.target, nodes.Name) else ""
        inside = inside | {target}
    for child in node.iter_child_nodes():
        _refuse_more(child, inside)
