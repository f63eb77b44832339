"""Short texts in both languages, read from a plan, and the base of all that is read from one."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Code = Literal["zh", "en"]

NonEmpty = Annotated[str, Field(min_length=1)]


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
