"""What the project's own files promise: pins, commands, settings, no outside host."""

import ast
import re
import sys
import tomllib
from enum import StrEnum
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit import config

from mubiao.model import Comparator, Measure, Nature, Qualifier, Stage, Status

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = [
    ROOT / "dashboard.py",
    *(ROOT / "mubiao").rglob("*"),
    *(ROOT / "pages").rglob("*"),
    *(ROOT / ".streamlit").glob("config.toml"),
]
TEXTS = {".py", ".toml", ".css", ".html", ".js", ".svg", ".po"}
# Names of XML vocabularies look like addresses, but nobody asks them for anything.
HOSTS_THAT_NOBODY_ASKS = {
    *("localhost", "127.0.0.1"),
    *("www.w3.org", "www.sitemaps.org", "schemas.openxmlformats.org", "schemas.microsoft.com"),
}
# Another's code, as it is: the browser tests watch what it asks for.
VENDORED = ROOT / "mubiao" / "exports" / "web" / "plotly-basic.min.js"
STACK = {
    *("streamlit", "pandas", "plotly", "pyyaml", "pydantic", "sqlalchemy", "babel", "typer"),
    *("openpyxl", "python-pptx", "orjson"),
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def requirements(name: str) -> list[str]:
    """The requirements of a file, without comments and references to other files."""
    lines = (line.partition("#")[0].strip() for line in read(name).splitlines())
    return [line for line in lines if line and not line.startswith("-r ")]


def distribution(requirement: str) -> str:
    """The plain name in a requirement: streamlit for streamlit[performance]==1.67.0."""
    return re.split(r"[\[=<>~!; ]", requirement)[0].lower()


def imported_packages() -> set[str]:
    """The top-level packages from elsewhere that the product imports."""
    files = [path for path in PRODUCT if path.suffix == ".py"]
    names: set[str] = set()
    for node in (n for path in files for n in ast.walk(ast.parse(path.read_text("utf-8")))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).partition(".")[0])
    return names - sys.stdlib_module_names - {"mubiao", "pydantic_core"}  # pydantic pins its core


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_exactly(name: str) -> None:
    exact = re.compile(r"[A-Za-z0-9.-]+(\[[a-z]+\])?==[0-9][0-9.]*")
    assert [line for line in requirements(name) if not exact.fullmatch(line)] == []


def test_what_the_product_imports_is_pinned() -> None:
    provided = packages_distributions()
    imported = {provided[package][0].lower() for package in imported_packages()}
    assert imported <= {distribution(line) for line in requirements("requirements.txt")}


def test_the_changelog_says_why_for_each_dependency_beyond_the_stack() -> None:
    beyond = {distribution(line) for line in requirements("requirements.txt")} - STACK
    assert {name for name in beyond if name not in read("CHANGELOG.md").lower()} == set()


def test_the_commands_of_the_readme_are_in_the_makefile() -> None:
    there = set(re.findall(r"^([a-z]+):.*## ", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", read("README.md"), re.MULTILINE))
    assert {"run", "test"} <= named <= there


@pytest.mark.parametrize("words", [Status, Measure, Comparator, Qualifier, Nature, Stage])
def test_the_documents_use_the_words_of_the_model(words: type[StrEnum]) -> None:
    told = read("README.md") + read("CONTRIBUTING.md")
    assert [word.value for word in words if f"`{word.value}`" not in told] == []


def test_the_readme_lists_every_page_and_every_setting() -> None:
    told = read("README.md")
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"overview"}
    assert pages == set(re.findall(r"^\| [^|]+ \| `/([a-z]+)` \|", told, re.MULTILINE))
    settings = set(re.findall(r"MUBIAO_[A-Z]+", read("mubiao/settings.py")))
    assert settings == set(re.findall(r"^\| `(MUBIAO_[A-Z]+)` \|", told, re.MULTILINE))


def test_every_setting_of_the_server_is_one_that_streamlit_knows() -> None:
    def keys(table: dict[str, object], prefix: str = "") -> set[str]:
        found: set[str] = set()
        for name, value in table.items():
            full = f"{prefix}{name}"
            found |= keys(value, f"{full}.") if isinstance(value, dict) else {full}
        return found

    ours = keys(tomllib.loads(read(".streamlit/config.toml")))
    assert ours - set(config.get_config_options()) == set()


def test_the_product_names_no_outside_host() -> None:
    asked = {
        f"{path.relative_to(ROOT)}: {address}"
        for path in PRODUCT
        if path.suffix in TEXTS and path != VENDORED
        for address in re.findall(r"https?://[^\s\"'<>)]+", path.read_text(encoding="utf-8"))
        if urlsplit(address).hostname not in HOSTS_THAT_NOBODY_ASKS
    }
    assert asked == set()


@pytest.mark.parametrize("script", [ROOT / "dashboard.py", *sorted((ROOT / "pages").glob("*.py"))])
def test_a_page_imports_only_what_shows(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    names = re.findall(r"^ *(?:from|import) (mubiao[\w.]*)", source, re.MULTILINE)
    assert names
    assert all(name.startswith("mubiao.ui") for name in names)
