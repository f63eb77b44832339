"""What the parts of a plan are made of: strict values, texts in both languages, units."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator


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


def _either_language(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [{"required": [code]} for code in schema.pop("required")]


class Text(Part):
    """A short text in both languages; where a plan gives one alone, it stands for the other too."""

    model_config = ConfigDict(json_schema_extra=_either_language)

    zh: NonEmpty
    en: NonEmpty

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, data: Any) -> Any:  # noqa: ANN401 - not validated yet
        given = data.keys() & {"zh", "en"} if isinstance(data, dict) else set()
        return dict.fromkeys(("zh", "en"), data[given.pop()]) | data if len(given) == 1 else data

    def __getitem__(self, code: str) -> str:
        return self.zh if code == "zh" else self.en


class Unit(Text):
    """A unit as it follows a number, or stands before it (£, 第); `one` is the English form after
    exactly 1. Values of a `rank` are places from 1, the best.
    """

    one: NonEmpty | None = None
    before: bool = False
    rank: bool = False

    @property
    def is_thing(self) -> bool:
        """Whether it is counted one by one, as villages are: it has a singular and is no point of
        a percentage, of which there can be less than none.
        """
        return self.one is not None and "百分点" not in self.zh
