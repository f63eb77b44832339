"""The monthly notice as a Word file, by our own template or by one of the office.

All texts are the view's; a template decides how they look, and what of them it shows.
"""

from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import fields as dataclass_fields
from io import BytesIO
from typing import Any

from mubiao.exports.circular.filling import filled
from mubiao.exports.circular.own import own_template
from mubiao.model import Plan
from mubiao.plain_text import printable
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


def word(
    plan: Plan, seen: Seen, briefings: Sequence[Briefing], template: bytes | None = None
) -> bytes:
    """The notice in the language of each briefing, one after the other, as a .docx file.

    `template` is a Word file with fields (see `filling`). Raises Refused where it cannot be used,
    ValueError without a briefing.
    """
    if not briefings:
        raise ValueError("a notice needs a briefing")
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
    properties.language = "zh-CN" if briefings[0].code == "zh" else "en-GB"
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def try_template(template: bytes) -> None:
    """Raises Refused for a template that cannot be used, by a notice that has everything once and
    once left out.
    """
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
