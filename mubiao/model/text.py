"""What the parts of a plan are made of: strict values, and short texts in both languages."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _whole(value: object) -> object:
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if isinstance(value, Decimal) and whole else value


# Strict: a text is never read as a number or day, so a plan says what it means.
StrictDecimal = Annotated[Decimal, Field(strict=True)]
StrictDate = Annotated[date, Field(strict=True)]
Year = Annotated[int, Field(strict=True, ge=1900, le=2200), BeforeValidator(_whole)]
ParagraphNumber = Annotated[int, Field(strict=True, ge=0), BeforeValidator(_whole)]
NonEmpty = Annotated[str, Field(min_length=1)]

Code = Literal["zh", "en"]


class Part(BaseModel):
    """A part of a plan: frozen, without unknown keys, its texts stripped."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Part):
    """A short text in both languages."""

    zh: NonEmpty
    en: NonEmpty

    def __getitem__(self, code: str) -> str:
        return self.zh if code == "zh" else self.en


class Unit(Text):
    """A unit as it follows a number; `one` is the English form after exactly 1."""

    one: NonEmpty | None = None
