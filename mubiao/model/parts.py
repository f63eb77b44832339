"""What the parts of a plan are made of: strict values, texts in both languages, units."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


def _whole(value: object) -> object:
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if isinstance(value, Decimal) and whole else value


# Strict: a text is never read as a number or day, so a plan says what it means.
StrictDecimal = Annotated[Decimal, Field(strict=True)]
StrictDate = Annotated[date, Field(strict=True)]
Year = Annotated[int, Field(strict=True, ge=1900, le=2200), BeforeValidator(_whole)]
Days = Annotated[int, Field(strict=True, ge=0, le=3660), BeforeValidator(_whole)]
ParagraphNumber = Annotated[int, Field(strict=True, ge=0), BeforeValidator(_whole)]
NonEmpty = Annotated[str, Field(min_length=1)]
# A CSV in the plan's own folder or in a folder beside that, and nowhere else on the server.
NearbyCSV = Annotated[str, Field(pattern=r"^(\.\./)?([^./\\:][^/\\:]*/)*[^./\\:][^/\\:]*\.csv$")]

Code = Literal["zh", "en"]


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no time zone of the IANA database; expected one such as Asia/Shanghai")
    return name


TimeZone = Annotated[str, AfterValidator(_time_zone)]


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
