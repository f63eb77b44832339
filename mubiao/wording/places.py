"""Where in the report a phrase stands."""

from mubiao.model import Source
from mubiao.wording.phrasebook import Phrasebook


def place(phrasebook: Phrasebook, source: Source) -> str:
    """Section with its name, and paragraph or heading."""
    name = phrasebook.plan.section_names.get(source.section)
    values = {
        "section": source.section,
        "name": f" {phrasebook.language.pick(name)}" if name else "",
        "paragraph": source.paragraph,
    }
    if source.paragraph == 0:
        return phrasebook.t("section {section}{name}, heading", **values)
    return phrasebook.t("section {section}{name}, paragraph {paragraph}", **values)


def cited(phrasebook: Phrasebook, source: Source) -> str:
    """The place, and the phrase as it is printed."""
    where = place(phrasebook, source)
    return phrasebook.t("{place}, “{printed}”", place=where, printed=source.printed)
