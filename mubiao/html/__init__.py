"""HTML from templates: every text that goes in comes out as a text, never as markup.

`templates/parts` holds one macro for each thing that pages and files show; `templates/pages` the
files as a whole. Templates are compiled once a process and fail on a name that is not there.
"""

import json
import re
from functools import cache
from pathlib import Path

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
STYLE = (Path(__file__).parent / "parts.css").read_text(encoding="utf-8")
_MACRO = re.compile(r"{%-? macro (\w+)\(")
_SIGNS = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_CHINESE = re.compile(rf"([{_SIGNS}](?:[{_SIGNS}]|\s+(?=[{_SIGNS}]))*)")


def compile_parts(*files: str) -> None:
    """Compile these files of parts, which takes a while, before somebody waits for them."""
    for file in files:
        environment().get_template(f"parts/{file}.html")


def part(name: str, /, *values: object) -> str:
    """One thing that a page shows: the macro of this name, with its values in order."""
    return str(_macro(name)(*values))


def page(name: str, /, **values: object) -> str:
    """A whole file, from the template `pages/{name}`."""
    return environment().get_template(f"pages/{name}").render(values)


@cache
def environment() -> Environment:
    """The templates and the filters that they may use."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.policies["json.dumps_function"] = _json
    templates.policies["json.dumps_kwargs"] = {}
    templates.filters |= {"css": css, "foreign": foreign, "inside": inside, "share": share}
    return templates


@cache
def _macro(name: str) -> Macro:
    macro: Macro = getattr(environment().get_template(_files()[name]).module, name)
    return macro


@cache
def _files() -> dict[str, str]:
    """The template of each part; a server that starts compiles what its first page needs."""
    return {
        name: f"parts/{file.name}"
        for file in (TEMPLATES / "parts").glob("*.html")
        for name in _MACRO.findall(file.read_text(encoding="utf-8"))
    }


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def foreign(text: str, code: str) -> str:
    """A text, with Chinese words in a page of another language marked as Chinese."""
    if code == "zh":
        return text
    chinese = Markup('<span lang="zh-Hans">{}</span>')
    pieces = _CHINESE.split(text)  # every second one is Chinese
    marked = (chinese.format(piece) if at % 2 else piece for at, piece in enumerate(pieces))
    return Markup("").join(marked)


def css(text: str) -> Markup:
    """A text as a CSS string; what could end the style element is written by its code."""
    quoted = json.dumps(text, ensure_ascii=False).replace("<", "\\3c ")
    return Markup(quoted)  # noqa: S704 - inside quotes, without any "<"


def inside(content: str) -> Markup:
    """Our own style or script inside its element; ValueError if it would end that."""
    if "</script" in content or "</style" in content:
        raise ValueError("a script or style would end its element")
    return Markup(content)  # noqa: S704 - our own file, checked above


def share(part: float) -> str:
    """A share of one as a length in an SVG image."""
    return f"{part * 100:.2f}%"
