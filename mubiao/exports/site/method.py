"""The files of the open data, as the page of sources and method lists them."""

from mubiao.exports.data import package
from mubiao.i18n import Language


def described(language: Language) -> tuple[tuple[str, str], ...]:
    """The files of the open data, each with what is in it."""
    t = language.t
    return (
        (package.OBSERVATIONS, t("every figure that stands on the day, with its source")),
        (package.TARGETS, t("what is promised, and where the report says it")),
        (package.ASSESSMENTS, t("how each target stands, with its sentence in both languages")),
        (package.PACKAGE, t("description of the three as a Frictionless data package")),
    )
