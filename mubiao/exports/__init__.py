"""What leaves the product: documents for programs, and files to take along for people.

Only `documents` is loaded with the package; what needs a library of its own (deck, handout,
workbook) is imported where one is made.
"""

from mubiao.exports.documents import (
    AssessmentDocument,
    TargetDocument,
    assess_document,
    assess_text,
    targets_document,
    targets_text,
    to_json,
)

__all__ = [
    "AssessmentDocument",
    "TargetDocument",
    "assess_document",
    "assess_text",
    "targets_document",
    "targets_text",
    "to_json",
]
