"""Edits of a plan file: its entries changed one by one, and its text with comments and order kept.

A comment belongs to what follows it: it stays where it is while the entry before it changes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.tokens import CommentToken

from mubiao.plan.yamlfile import Data, parse_yaml

LISTS = ("targets", "no_promise")
HEAD = "plan."
"""All that a plan has beside the lists; no target's id."""
_INDENTED = re.compile(r"^(?:sections|targets):[^\n]*\n +- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of a plan in place of another, both as YAML, "" for none: of the list `kind` by its
    position, or HEAD. (Reviews that an earlier version kept have "units", by their keys.)
    """

    kind: str
    place: int | str
    before: str
    after: str


def head_of(data: Data) -> Data:
    """What a plan says of itself: its data without the lists."""
    return {key: value for key, value in data.items() if key not in LISTS}


def changes_between(before: Data, after: Data) -> tuple[Change, ...]:
    """What makes one plan's data of another's; the order of the entries in both is the same."""
    changes: list[Change] = []
    heads = head_of(before), head_of(after)
    if heads[0] != heads[1]:
        changes.append(Change(HEAD, 0, *map(yaml_text, heads)))
    for kind in LISTS:
        old, new = before.get(kind) or [], after.get(kind) or []
        held, wanted = {_identity(e): e for e in old}, {_identity(e) for e in new}
        moved = [
            pair for pair in zip(old, new, strict=False) if _identity(pair[0]) != _identity(pair[1])
        ]
        if len(old) == len(new) and len(moved) == 1:  # one of them has another id now
            held[_identity(moved[0][1])] = moved[0][0]
            wanted.add(_identity(moved[0][0]))
        for place, entry in reversed(list(enumerate(old))):
            if _identity(entry) not in wanted:
                changes.append(Change(kind, place, yaml_text(entry), ""))
        for place, entry in enumerate(new):
            former = held.get(_identity(entry))
            if former != entry:
                text = yaml_text(former) if former else ""
                changes.append(Change(kind, place, text, yaml_text(entry)))
    return tuple(changes)


def applied(data: Data, changes: Iterable[Change]) -> Data:
    """A plan's data with changes made, as data of its own."""
    data = {**data, **{kind: copy(data.get(kind)) for kind in (*LISTS, "units")}}
    for change in changes:
        _apply(data, change, entry_of(change.after) if change.after else None)
    return {key: value for key, value in data.items() if value is not None}


def edited_text(text: str, changes: Sequence[Change]) -> str:
    """A plan file's text with changes made; what they do not touch stays as it is written."""
    if not changes:
        return text
    form = YAML()
    form.preserve_quotes = True
    form.width = 10**6
    if _INDENTED.search(text):
        form.indent(mapping=2, sequence=4, offset=2)
    document = form.load(text)
    for change in changes:
        entry = form.load(change.after) if change.after else None
        if change.before and entry is not None:
            node = document if change.kind == HEAD else document[change.kind][change.place]
            _update(node, entry_of(change.before), entry)
        else:
            _apply(document, change, entry)
    stream = StringIO()
    form.dump(document, stream)
    return stream.getvalue()


@lru_cache(maxsize=4096)
def entry_of(text: str) -> Data:
    """The data of an entry's YAML; not to be changed."""
    document, problems = parse_yaml(text)
    if document is None or not isinstance(document.data, dict):
        raise ValueError(f"no entry of a plan: {problems}")
    return document.data


def yaml_text(data: Data) -> str:
    """Data as YAML, in its own order, each text in one line."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)


class _Dumper(yaml.SafeDumper):
    """Decimals as plain numbers, never in powers of ten; a value that stands twice, twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - a plan has no aliases
        return True


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    whole = value == value.to_integral_value()
    text = f"{value:f}"
    text = f"{int(value)}" if whole else text.rstrip("0")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'int' if whole else 'float'}", text)


_Dumper.add_representer(Decimal, _decimal)


def _identity(entry: Data) -> object:
    names = ("section", "paragraph", "printed")
    return entry.get("id") or tuple(entry.get(name) for name in names)


def _apply(data: Data, change: Change, entry: Data | None) -> None:
    kind, place = change.kind, change.place
    if kind == HEAD and entry is not None:
        for key in head_of(data).keys() - entry.keys():
            del data[key]
        data.update(entry)
        return
    if isinstance(place, str):
        data[kind] = {**(data.get(kind) or {}), place: entry}
        return
    if data.get(kind) is None:
        data[kind] = []
    entries = data[kind]
    follows = _comment_after(entries, place - 1) if change.before == "" else ""
    if change.before and entry is not None:
        entries[place] = entry
    elif entry is not None:
        entries.insert(place, entry)
        _comment(entries, place, follows)
    else:
        follows = _comment_after(entries, place)
        del entries[place]
        _comment(entries, place - 1, follows)


def _update(node: CommentedMap, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Change in a mapping of the text what differs between two states of it."""
    for key in before.keys() - after.keys():
        follows, keys = _comment_after(node, key), list(node)
        del node[key]
        if (at := keys.index(key)) > 0:
            _comment(node, keys[at - 1], follows)
    for place, (key, value) in enumerate(after.items()):
        if key not in node:
            last = place > 0 and place >= len(node)
            follows = _comment_after(node, list(node)[-1]) if last else ""
            node.insert(place, key, value)
            _comment(node, key, follows)
        elif isinstance(before.get(key), dict) and isinstance(value, dict):
            _update(node[key], before[key], value)
        elif before.get(key) != _value(value):
            node[key] = value


def _value(value: object) -> object:
    """A value that was read for writing, as it is read for a plan."""
    return Decimal(str(value)) if isinstance(value, (int, float)) else value


def _ends(node: Any, key: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - ruamel's nodes
    """An entry and the last ones inside it, as far as they are written line by line."""
    yield node, key
    inner = node[key]
    if isinstance(inner, (CommentedMap, CommentedSeq)) and inner and not inner.fa.flow_style():
        yield from _ends(inner, list(inner)[-1] if isinstance(inner, dict) else len(inner) - 1)


def _comment_after(node: Any, key: Any) -> str:  # noqa: ANN401 - ruamel's nodes
    """Take away and return the comment in the lines after an entry; that in its line stays."""
    if key == -1 or not isinstance(node, (CommentedMap, CommentedSeq)):
        return ""
    for inner, name in _ends(node, key):
        tokens = inner.ca.items.get(name)
        token = tokens[_slot(inner)] if tokens else None
        if token is not None and "\n" in token.value.rstrip("\n"):
            own, _, lines = token.value.partition("\n")
            token.value = f"{own}\n"
            return str(lines)
    return ""


def _comment(node: Any, key: Any, lines: str) -> None:  # noqa: ANN401 - ruamel's nodes
    """Put a comment into the lines after an entry."""
    if not lines or not isinstance(node, (CommentedMap, CommentedSeq)):
        return
    if key == -1:
        before = [line.strip().removeprefix("#").strip() for line in lines.splitlines()]
        if len(node):
            node.yaml_set_comment_before_after_key(0, before="\n".join(before))
        return
    inner, name = list(_ends(node, key))[-1]
    tokens = inner.ca.items.setdefault(name, [None, None, None, None])
    token = tokens[_slot(inner)]
    if token is None:
        tokens[_slot(inner)] = CommentToken(f"\n{lines}", CommentMark(0), None)
    else:
        token.value = f"{token.value}{lines}"


def _slot(node: Any) -> int:  # noqa: ANN401 - ruamel's nodes
    """Where ruamel.yaml keeps the comment behind an entry."""
    return 0 if isinstance(node, CommentedSeq) else 2
