"""What Streamlit reads as Markdown, a label above all, is words of our own or made plain."""

import ast
import inspect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import streamlit as st

from mubiao.ui.shell.markup import plain

ROOT = Path(__file__).resolve().parents[1]
FILES = [*(ROOT / "mubiao" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
# By parameter; options are Markdown where they are buttons, not in a list to choose from.
MARKDOWN = ("label", "body", "text", "tabs", "help", "captions")
BUTTONS = ("pills", "segmented_control", "radio", "menu_button")
NO_MARKDOWN = ("html", "code", "json")


def reads_markdown(name: str) -> tuple[str, ...]:
    """The parameters of one of Streamlit's elements that it reads as Markdown, in order."""
    widget = getattr(st, name, None)
    if not inspect.isroutine(widget) or name in NO_MARKDOWN:
        return ()
    wanted = (*MARKDOWN, *(("options", "format_func") if name in BUTTONS else ()))
    return tuple(one for one in inspect.signature(widget).parameters if one in wanted)


Names = Mapping[str, Sequence[ast.expr]]


def is_plain(value: ast.expr, names: Names) -> bool:
    """Whether an expression is a text of ours, without values in it, or goes through `plain`.

    `names` are all values that each name of the function has.
    """
    match value:
        case ast.Constant():
            return True
        case ast.IfExp():
            return is_plain(value.body, names) and is_plain(value.orelse, names)
        case ast.BoolOp():
            return all(is_plain(each, names) for each in value.values)
        case ast.Lambda():
            return is_plain(value.body, names)
        case ast.Name():
            values = names.get(value.id, ())
            return bool(values) and all(is_plain(each, {}) for each in values)
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name == "plain" or (name == "t" and not value.keywords)
    return False


def named(tree: ast.AST) -> Names:
    """The values that a function gives to each name; a parameter's or a loop's is not known."""
    names: dict[str, list[ast.expr]] = defaultdict(list)
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name].append(value)
            case ast.Assign(targets=[ast.Tuple(elts=parts)], value=ast.Tuple(elts=values)):
                for part, value in zip(parts, values, strict=True):
                    names[ast.unparse(part)].append(value)
            case ast.arg(arg=name):
                names[name].append(ast.Name(""))
            case ast.For(target=target) | ast.comprehension(target=target):
                for each in ast.walk(target):
                    names[ast.unparse(each)].append(ast.Name(""))
    return names


def modules(tree: ast.AST) -> set[str]:
    """The names in a file that are none of Streamlit's, nor of its containers'."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in imports if (node.module or "").startswith("mubiao")]
    return {"_log", *(alias.asname or alias.name for node in ours for alias in node.names)}


def texts_of(tree: ast.AST, ours: set[str]) -> Iterator[tuple[ast.Call, str, ast.expr]]:
    """Each call of an element, the parameter that is Markdown, and what it is given."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        receiver = call.func.value
        if isinstance(receiver, ast.Name) and receiver.id in ours:
            continue
        parameters = reads_markdown(call.func.attr)
        first = (
            next(iter(inspect.signature(getattr(st, call.func.attr)).parameters))
            if parameters
            else ""
        )
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if call.args and first in parameters:
            yield call, first, call.args[0]
        names = set(parameters) | ({"help"} if call.func.attr.endswith("Column") else set())
        for name in names & given.keys():
            # Ids as options are shown as `format_func` says.
            if name != "options" or "format_func" not in given:
                yield call, name, given[name]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_markdown_is_given_words_of_ours_or_what_is_made_plain(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    wrong = {
        f"{call.lineno}: {name}={ast.unparse(value)}"
        for function in [tree, *functions]
        for call, name, value in texts_of(function, modules(tree))
        if not any(is_plain(value, named(one)) for one in functions if call in ast.walk(one))
    }
    assert sorted(wrong) == []


def test_the_rule_sees_labels_helps_and_options_that_are_buttons() -> None:
    texts = (
        "st.pills(a, b, format_func=c, help=d); place.warning(e); st.selectbox('f', format_func=g)"
    )
    seen = {ast.unparse(value) for _, _, value in texts_of(ast.parse(texts), set())}
    assert seen == {"a", "c", "d", "e", "'f'"}


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Li Wei, 3.8% (as of 2020-07-31)", "Li Wei, 3.8% (as of 2020-07-31)"),
        ("![](http://a.b/c)", "![]|(http:|//a.b/c)"),
        (":streamlit: a@b.c www.a.b", r"\:|streamlit: a@|b.c www|.a.b"),
        (":red[a] 10:30", r"\:|red[a] 10:|30"),
        ("a -> b <- c -- d >= e", "a -|> b <|- c -|- d >|= e"),
        ("<b>&amp;", "<|b>&|amp;"),
        ("_a_ *b* $c$ `d` ~e~ \\", r"|_|a|_ \*b\* \$c\$ \`d\` \~e\~ \\"),
        ("  1. a\n\n    b", "|1. a b"),
        ("# a", "|# a"),
    ],
)
def test_a_plain_text_is_parted_where_markdown_would_begin(text: str, markdown: str) -> None:
    assert plain(text) == markdown.replace("|", "\u2060")
