"""A plan: all targets of one report, its sections, units and thresholds."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from pydantic import Field

from mubiao.model.target import Id, SectionId, Source, Target
from mubiao.model.text import NonEmpty, Part, StrictDate, StrictDecimal, Text, Unit, Year


class Section(Part):
    """A part of the report, numbered as the report prints it (2.0, 2.1 … 2.8)."""

    id: SectionId
    name: Text


class NoPromise(Source):
    """A phrase of the report whose figures promise nothing, with the reason."""

    reason: Text


class Thresholds(Part):
    """How far behind schedule is still on track, and still at risk; shares of the year's work."""

    on_track: Annotated[StrictDecimal, Field(ge=0, le=1)] = Decimal("0.10")
    at_risk: Annotated[StrictDecimal, Field(ge=0, le=1)] = Decimal("0.30")


class Plan(Part):
    """All targets of one report, and the report's figures that promise nothing."""

    id: Id
    year: Year
    place: Text
    title: Text
    delivered: StrictDate
    headline: SectionId
    actuals: NonEmpty | None = None
    thresholds: Thresholds = Thresholds()
    units: Mapping[str, Unit]
    sections: tuple[Section, ...]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    no_promise: tuple[NoPromise, ...] = ()

    # Looking a target up by id happens on every page and for each row of an import.
    @cached_property
    def by_id(self) -> dict[str, Target]:
        """The targets by id."""
        return {target.id: target for target in self.targets}

    @cached_property
    def section_names(self) -> dict[str, Text]:
        """The sections' names by id, in the report's order."""
        return {section.id: section.name for section in self.sections}

    def due(self, target: Target) -> date:
        """The day a target is due: 31 December unless the plan says otherwise."""
        return target.due or date(self.year, 12, 31)
