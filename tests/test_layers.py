"""Imports go one way, and only the edge touches the world.

To place a new module, put its name into CORE or EDGE after every module that it imports.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Lowest first: a module may import only modules above it in this table. The core takes
# everything it needs as arguments: no clock, environment, network, database, web framework.
CORE = (
    # nouns
    "problems",
    "period",
    "model",
    # what a person or a file enters
    "observation.values",
    "observation.days",
    "observation.draft",
    "observation.contract",
    "observation.pending",
    "observation",
    "observation.remark",
    # a plan file becomes a plan
    "plan.textfile",
    "report.printed",
    "plan.yamlfile",
    "plan.typed",
    "plan.rules",
    "plan.loader",
    "plan",
    # the report proves the plan complete
    "report.text",
    "report",
    "report.accounting",
    "report.completeness",
    # the judgement
    "criterion",
    "assessment",
    "observation.sizes",
    "observation.warnings",
    # the words for it, in both languages
    "i18n.language",
    "i18n",
    "wording",
    "wording.words",
    "wording.phrases",
    "wording.periods",
    "wording.rules",
    "wording.explanation",
    "wording.sentences",
    # what is shown
    "views",
    "views.expected",
    "views.charts",
    "views.numbers",
    "views.overview",
    "views.detail",
    "views.remarks",
    "views.history",
    "views.changes",
    "views.month",
    "views.preview",
    "views.meanwhile",
    "views.briefing",
    "views.slides",
    "views.trials",
    "views.sources",
    # spreadsheets
    "spreadsheet",
    *("spreadsheet.columns", "spreadsheet.cells", "spreadsheet.refusals", "spreadsheet.sheets"),
    *("spreadsheet.table", "spreadsheet.words", "spreadsheet.entries", "spreadsheet.past"),
    *("spreadsheet.sorting", "spreadsheet.importing", "spreadsheet.preview"),
    *("spreadsheet.book", "spreadsheet.howto", "spreadsheet.workbook", "spreadsheet.listing"),
    *("spreadsheet.listbook", "spreadsheet.export", "spreadsheet.whole"),
    "figures",
    "exports.documents",
    "exports",
    "exports.webpage",
    "exports.handout",
    *("site", "site.content", "site.frame", "site.data", "site.method", "site.edition"),
    "site.pages",
    *("exports.deck.fitting", "exports.deck.drawing", "exports.deck.design"),
    *("exports.deck.template", "exports.deck.cells", "exports.deck.native"),
    *("exports.deck.charts", "exports.deck.tables", "exports.deck.page"),
    *("exports.deck.lists", "exports.deck.single", "exports.deck"),
    "exports.report_cells",
    "exports.workbook",
)
EDGE = (
    # the record
    "settings",
    "store.schema",
    "store.database",
    "store.migrations.env",
    "store.migrations.versions.r0001_entries",
    "store.migrations.versions.r0002_saves_remarks_drafts",
    "store.migrations.versions.r0003_meetings",
    "store.migrations.versions.r0004_plans",
    "store.migrate",
    "store.rows",
    "store.reading",
    "store.clashes",
    "store.saves",
    "store.undo",
    "store.remarks",
    "store.drafts",
    "store.meetings",
    "store.record",
    "store.places",
    "store.backup",
    "store.opening",
    "store",
    "store.rules",
    "store.verify",
    "store.restore",
    "store.daily",
    # where the parts meet, and where people do
    "service",
    "site.folder",
    "ui",
    "cli.answers",
    "cli.choices",
    "cli.plans",
    "cli.files",
    "cli.reports",
    "cli.sheets",
    "cli.backups",
    "cli.publish",
    "cli",
    "__main__",
)
ORDER = CORE + EDGE

STORE = {name for name in EDGE if name.startswith("store.")}
COMMANDS = {name for name in EDGE if name.partition(".")[0] == "cli"}
MIGRATIONS = {name for name in STORE if name.startswith("store.migrations.")}

# What touches the world, and the only modules that may.
MAY_IMPORT: dict[str, set[str]] = {
    "streamlit": {"ui"},
    "sqlalchemy": STORE,
    "alembic": {"store.migrate", *MIGRATIONS},
    "sqlite3": {"store.database", "store.backup", "store.restore"},
    "typer": COMMANDS,
    "openpyxl": {
        *("spreadsheet.sheets", "spreadsheet.book", "spreadsheet.howto"),
        *("spreadsheet.workbook", "spreadsheet.listbook"),
        *("exports.report_cells", "exports.workbook", "exports.deck.cells"),
    },
    "pptx": {name for name in CORE if name.startswith("exports.deck")},
    "os": {
        *("store.database", "store.places", "store.backup"),
        *("ui", "cli.answers", "cli.choices", "cli.plans"),
    },
    "time": set(),
    "socket": set(),
    "subprocess": set(),
    "http": set(),
    "urllib.request": set(),
    "requests": set(),
}
MAY_READ_CLOCK = {"service", "ui", *COMMANDS}
MAY_READ_ENVIRONMENT = {"ui", "cli.answers", "cli.choices"}
PAGES_MAY_IMPORT = {"ui"}

MODULES = sorted((ROOT / "mubiao").rglob("*.py"))
SCRIPTS = [ROOT / "dashboard.py", *sorted((ROOT / "pages").glob("*.py"))]


def name_of(path: Path) -> str:
    """A file's place in the order: model, plan.typed, plan for its __init__; ui for all of ui/."""
    parts = path.relative_to(ROOT / "mubiao").with_suffix("").parts
    if parts[0] == "ui":
        return parts[0]
    if parts[-1] == "__init__":
        inner = ".".join(parts[:-1])
        return inner if inner in ORDER else parts[0]
    return ".".join(parts)


def place_of(imported_name: str) -> str:
    """The place of mubiao.plan.typed.typed is plan.typed; of mubiao.plan.load_plan it is plan."""
    parts = imported_name.split(".")[1:]
    names = (".".join(parts[:depth]) for depth in range(len(parts), 0, -1))
    return next((name for name in names if name in ORDER), parts[0])


def imported(tree: ast.AST) -> Iterator[str]:
    """All names that a file imports, in full: mubiao.plan, mubiao.plan.load, os."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(tree: ast.AST) -> set[str]:
    """The modules of the package that a file imports."""
    return {place_of(name) for name in imported(tree) if name.startswith("mubiao.")}


def attributes(tree: ast.AST) -> set[str]:
    """All x.y of a file, and all names that it imports, as "x.y"."""
    used = {
        f"{ast.unparse(node.value)}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    return used | set(imported(tree))


def reads_clock(tree: ast.AST) -> bool:
    """Whether a file asks for the present day or time."""
    return any(name.endswith((".now", ".today", ".utcnow")) for name in attributes(tree))


def reads_environment(tree: ast.AST) -> bool:
    """Whether a file asks for environment variables."""
    return bool(attributes(tree) & {"os.environ", "os.getenv", "os.environb"})


def parsed(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def users(touches: Callable[[ast.AST], bool]) -> set[str]:
    """The modules whose code touches something."""
    return {name_of(path) for path in MODULES if touches(parsed(path))}


def test_every_module_has_its_place_and_every_place_its_module() -> None:
    assert sorted({name_of(path) for path in MODULES} - {"__init__"}) == sorted(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_imports_only_modules_above_it_in_the_table(path: Path) -> None:
    name = name_of(path)
    above = {*ORDER[: ORDER.index(name)]} if name in ORDER else set()
    itself = {"ui"} if name == "ui" else set()  # its parts use each other
    assert own_imports(parsed(path)) <= above | itself


@pytest.mark.parametrize("outside", MAY_IMPORT)
def test_only_its_own_module_touches_a_part_of_the_world(outside: str) -> None:
    def imports_it(tree: ast.AST) -> bool:
        return any(f"{name}.".startswith(f"{outside}.") for name in imported(tree))

    assert users(imports_it) <= MAY_IMPORT[outside]


def test_only_the_edge_reads_the_clock() -> None:
    assert users(reads_clock) <= MAY_READ_CLOCK


def test_only_the_edge_reads_the_environment() -> None:
    assert users(reads_environment) <= MAY_READ_ENVIRONMENT


@pytest.mark.parametrize("path", SCRIPTS, ids=relative)
def test_a_page_imports_only_what_shows(path: Path) -> None:
    assert own_imports(parsed(path)) <= PAGES_MAY_IMPORT


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.date.today()",
        "from datetime import datetime\ndatetime.now(UTC)",
        "import pandas as pd\npd.Timestamp.now()",
        "make(default_factory=date.today)",
    ],
)
def test_a_clock_read_is_noticed(source: str) -> None:
    assert reads_clock(ast.parse(source))


@pytest.mark.parametrize(
    "source", ["import os\nos.environ['A']", "from os import environ", "os.getenv('A')"]
)
def test_an_environment_read_is_noticed(source: str) -> None:
    assert reads_environment(ast.parse(source))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from mubiao import plan, store", {"plan", "store"}),
        ("import mubiao.ui.widgets", {"ui"}),
        ("from mubiao.plan.typed import typed", {"plan.typed"}),
        ("def late():\n    from mubiao.cli import app", {"cli"}),
        ("from collections import abc", set()),
    ],
)
def test_imports_are_found_in_every_form(source: str, names: set[str]) -> None:
    assert own_imports(ast.parse(source)) == names
