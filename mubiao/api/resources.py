"""What can be read: each is the document that the command line prints."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from mubiao.api.call import Call
from mubiao.duty import debts
from mubiao.exports.data.documents import (
    AssessmentDocument,
    DebtDocument,
    TargetDocument,
    assess_document,
    due_document,
    targets_document,
)
from mubiao.exports.data.record_documents import (
    MeetingDocument,
    ObservationDocument,
    meetings_document,
    observations_document,
)
from mubiao.model import Assessment
from mubiao.views.seen import assess_record


class Resource(NamedTuple):
    """Something to read: what it is for, its parameters, the type of its items, and how it is made.

    `versioned`: it changes only with the plan or the rows of its record.
    """

    summary: str
    parameters: tuple[str, ...]
    item: type
    make: Callable[[Call], Sequence[Mapping[str, Any]]]
    versioned: bool = True


def _judged(call: Call) -> list[Assessment]:
    return [
        one
        for one in assess_record(call.store, call.plan, call.day)
        if call.owner is None or one.target.owner == call.owner.id
    ]


RESOURCES: Mapping[str, Resource] = {
    "targets": Resource(
        "Every target of a plan, as `targets --json` lists them.",
        ("plan",),
        TargetDocument,
        lambda call: targets_document(call.plan),
    ),
    "assessments": Resource(
        "Every target judged as of a day, as `assess --json` does.",
        ("plan", "as_of", "owner"),
        AssessmentDocument,
        lambda call: assess_document(call.plan, _judged(call)),
    ),
    "observations": Resource(
        "The figures that stood on a day, by the columns of the CSV contract.",
        ("plan", "as_of"),
        ObservationDocument,
        lambda call: observations_document(call.store.as_of(call.plan.id, call.day)),
    ),
    "due": Resource(
        "The reports that are owed on a day, as `due --json` lists them.",
        ("plan", "as_of", "owner"),
        DebtDocument,
        lambda call: due_document(debts(call.plan, _judged(call))),
    ),
    "meetings": Resource(
        "The meetings that were held, the latest day first.",
        ("plan",),
        MeetingDocument,
        lambda call: meetings_document(call.store.meetings(call.plan.id)),
        versioned=False,
    ),
}
