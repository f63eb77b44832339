"""What the project's own files promise: pins, commands, settings, no outside host."""

import ast
import csv
import re
import sys
import tomllib
from enum import StrEnum
from importlib.metadata import distributions, packages_distributions
from itertools import accumulate
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from packaging.utils import canonicalize_name
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
# The project's texts but the changelog, whose files may be gone; and a file that one names outside
# of quotation marks.
TEXT_FILES = sorted(
    path.relative_to(ROOT)
    for folder in ("*", "docs/*", "mubiao/**/*", "pages/*", "tests/**/*")
    for path in ROOT.glob(folder)
    if path.suffix in {".py", ".js", ".css", ".html", ".md"}
    and path != VENDORED
    and path.name != "CHANGELOG.md"
)
NAMED_FILE = re.compile(r"(?<![\"'\w/.{*-])(?:\w+/)*\w+\.(?:py|js|css)\b(?![\"'])")
SETS = ["requirements", "requirements-dev", "requirements-postgresql"]
# Licences that ask for a notice, and those that ask for the source of changes to the part itself.
MAY_USE = re.compile(r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|MPL|Mozilla|Python Software|LGPL)").search
STACK = {
    *("streamlit", "pandas", "plotly", "pyyaml", "pydantic", "sqlalchemy", "babel", "typer"),
    *("python-pptx", "orjson"),
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def requirements(name: str) -> list[str]:
    """The direct requirements of a set, without comments and references to other files."""
    lines = (line.partition("#")[0].strip() for line in read(f"{name}.in").splitlines())
    return [line for line in lines if line and not line.startswith("-r ")]


def locked(name: str) -> dict[str, list[str]]:
    """What a lock file installs: the hashes of each `name==version`, its marker taken off."""
    blocks = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^ *#.*\n", "", read(f"{name}.txt")))
    return {block.split()[0]: re.findall(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks}


def distribution(requirement: str) -> str:
    """The plain name in a requirement: streamlit for streamlit[performance]==1.67.0."""
    return canonicalize_name(re.split(r"[\[=<>~!; ]", requirement)[0])


def licences() -> list[dict[str, str]]:
    return list(csv.DictReader(read("docs/licences.csv").splitlines()))


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


@pytest.mark.parametrize("name", SETS)
def test_every_requirement_is_pinned_exactly(name: str) -> None:
    exact = re.compile(r"[A-Za-z0-9.-]+(\[[a-z]+\])?==[0-9][0-9.]*")
    assert [line for line in requirements(name) if not exact.fullmatch(line)] == []


@pytest.mark.parametrize("name", SETS)
def test_a_lock_file_has_every_requirement_with_its_hashes_and_names_no_host(name: str) -> None:
    versions = {re.sub(r"\[.*\]", "", line).lower() for line in requirements(name)}
    assert {line for line in versions if line not in locked(name)} == set()
    assert [line for line, hashes in locked(name).items() if not hashes] == []
    assert "//" not in read(f"{name}.txt")


def test_the_tests_run_on_what_the_dashboard_and_its_driver_install() -> None:
    smaller = locked("requirements") | locked("requirements-postgresql")
    assert smaller.items() <= locked("requirements-dev").items()


def test_the_list_of_licences_is_that_of_what_is_installed() -> None:
    pins = {line.partition("==")[::2] for line in locked("requirements-dev")}
    installed = {(canonicalize_name(each.name), each.version) for each in distributions()} & pins
    listed = {(canonicalize_name(row["Name"]), row["Version"]) for row in licences()}
    assert len(installed) > len(requirements("requirements-dev"))
    assert installed <= listed <= pins, "make lock writes docs/licences.csv anew"


def test_every_licence_is_one_that_the_project_may_use() -> None:
    unknown = {row["Name"]: row["License"] for row in licences() if not MAY_USE(row["License"])}
    # Its own file of licences says MIT, and MPL 2.0 for the axe-core in it.
    assert unknown == {"axe-playwright-python": "UNKNOWN"}


def test_what_the_product_imports_is_pinned() -> None:
    provided = packages_distributions()
    imported = {canonicalize_name(provided[package][0]) for package in imported_packages()}
    assert imported <= {distribution(line) for line in requirements("requirements")}


def test_the_changelog_says_why_for_each_dependency_beyond_the_stack() -> None:
    beyond = {distribution(line) for line in requirements("requirements")} - STACK
    assert {name for name in beyond if name not in read("CHANGELOG.md").lower()} == set()


def test_every_file_that_a_text_names_is_there() -> None:
    there = [path for path in map(str, TEXT_FILES) if "NAME" not in path]
    named = {
        (file.name, name)
        for file in TEXT_FILES
        for name in NAMED_FILE.findall(read(str(file)))
        if not any(f"/{path}".endswith(f"/{name}") for path in there)
    }
    # One stands for any page, one is written into a site.
    assert named == {("CONTRIBUTING.md", "pages/NAME.py"), ("pages.py", "day.js")}


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
    code = read("mubiao/settings.py") + read("mubiao/identity.py")
    settings = set(re.findall(r"MUBIAO_[A-Z_]+", code))
    assert settings == set(re.findall(r"^\| `(MUBIAO_[A-Z_]+)` \|", told, re.MULTILINE))
    example = re.findall(r"^#?(MUBIAO_[A-Z_]+)=", read("deploy/mubiao.env"), re.MULTILINE)
    assert sorted(example) == sorted(settings)


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
    assert all(name.startswith(("mubiao.api", "mubiao.ui")) for name in names)


def test_what_is_imported_late_is_a_whole_package() -> None:
    """Two threads of a server that import a package and a part of it at once end in a deadlock."""
    late = {
        inner.module
        for file in (ROOT / "mubiao").rglob("*.py")
        if file.parts[-2] != "cli"  # of one thread
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.ImportFrom) and inner.module and inner.module.startswith("mubiao.")
    }
    assert "mubiao.exports.deck" in late
    assert {
        name for name in late if {*accumulate(name.split("."), "{}.{}".format)} & late - {name}
    } == set()
