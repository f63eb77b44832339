"""Texts that Markdown, HTML, Plotly or Streamlit makes something of, and a plan full of them."""

from pathlib import Path

import yaml

from tests.real import PLAN_FILE

HOSTILE = (
    "![](http://evil.example/x.png) [a](javascript:alert(1)) :material/home: :red[r] $x^2$ "
    "<script>window.evil=1</script> <img src=http://evil.example/y.png> & &amp; *b* `c` ~~d~~ -> "
    '<a href="http://evil.example/">e</a> http://evil.example/z www.evil.example me@evil.example'
)
BROKEN = "broken <script>&.yaml"
SHORT = "![](//evil.example/x) [a](javascript:b) :red[c] :material/home: *d* $e$ <b>f</b> &amp;"


def _spoil(node: yaml.Node, text: str = HOSTILE) -> None:
    """Put a text into every name in two languages, a shorter one into units; not that of %."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _spoil(item, text)
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        if key.value not in ("zh", "en", "one"):
            _spoil(value, SHORT if key.value == "units" else text)
        elif value.value != "%":
            value.value, value.style = f"{value.value} {text}", '"'


def hostile_plan(folder: Path, name: str = PLAN_FILE.stem) -> Path:
    """The shipped plan with the text in all its names, under an id; and beside it a broken plan."""
    node = yaml.compose(PLAN_FILE.read_text(encoding="utf-8"))
    _spoil(node)
    file, broken = folder / f"{name}.yaml", folder / BROKEN
    rows = yaml.serialize(node, allow_unicode=True, width=10_000).splitlines(keepends=True)
    text = "".join(row for row in rows if row[:8] != "actuals:")
    file.write_text(text.replace(f"id: {PLAN_FILE.stem}\n", f"id: {name}\n", 1), encoding="utf-8")
    broken.write_text(f'id: "{SHORT}"\n"{SHORT}": 1\n', encoding="utf-8")
    return file
