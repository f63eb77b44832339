"""What the fields of an entry are called, in forms, grids and refusals: messages by field."""

from collections.abc import Mapping

from mubiao.problems import message

FIELDS: Mapping[str, str] = {
    "target": message("Target"),
    "period": message("Period"),
    "value": message("Value"),
    "qualifier": message("How exact"),
    "nature": message("How settled"),
    "known_on": message("Known on"),
    "source": message("Source"),
    "note": message("Note"),
    "recorded_by": message("Your name"),
    "reason": message("Reason"),
    "text": message("Text"),
    "status": message("Status"),
    "until": message("Last day"),
}
