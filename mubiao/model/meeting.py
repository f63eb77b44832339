"""Remarks that people write beside the figures, and meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from mubiao.model.assessment import Status
from mubiao.period import Period


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person says beside the figures of a target and period: never a figure, never a rule.

    Without `status` it is commentary; with one it is the person's own judgement beside the
    computed status, `text` being the reason and `until` its last day. `day` is when it was
    written: an earlier as-of day does not show it. A later remark may replace one (`replaces`);
    an empty text then takes it back.
    """

    target: str
    period: Period
    text: str
    day: date
    status: Status | None = None
    until: date | None = None
    written_by: str = ""
    written_at: datetime | None = None
    row: int = 0
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A named as-of day and what its room saw; nothing that is recorded later changes it.

    `rows` and `remarks` are the greatest row numbers that the plan had when the meeting was held,
    0 for none; `plan_version` names what the plan said then. A meeting with `replaces` takes
    that one back and has no name.
    """

    id: int
    name: str
    as_of: date
    rows: int
    remarks: int
    plan_version: str
    held_by: str
    held_at: datetime
    replaces: int | None = None
