"""Native charts: DrawingML with the workbook that "Edit data" opens; never a picture.

A chart is written whole: series, looks, both faces, and the cells that each part refers to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import quoteattr

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.package import Package
from pptx.parts.chart import ChartPart

from mubiao.exports.deck.cells import (
    SHEET,
    Label,
    Native,
    Series,
    cells,
    days_of,
    numbers,
    texts,
    workbook,
)
from mubiao.exports.deck.drawing import MUTED, SPACES, Hand, Run, fill, run

LABEL = 12
_C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_ACROSS, _UP = "2094734552", "2094734553"
_ACROSS_TOO, _UP_TOO = "2094734554", "2094734555"


def shares(series: tuple[Series, ...], hand: Hand, *, description: str) -> Native:
    """One bar from left to right, of parts that are shares of the whole, without axes' labels."""
    kept = ("",)
    drawn = "".join(_series(place, s, kept) for place, s in enumerate(series))
    plot = (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="percentStacked"/>'
        f'<c:varyColors val="0"/>{drawn}<c:gapWidth val="0"/><c:overlap val="100"/>'
        f"{_axis_ids()}</c:barChart>"
    )
    axes = (
        f'<c:catAx><c:axId val="{_ACROSS}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
        f'<c:spPr><a:ln w="9525"><a:noFill/></a:ln></c:spPr><c:crossAx val="{_UP}"/>'
        f'<c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="{_UP}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{_ACROSS}"/><c:crosses val="autoZero"/>'
        f'<c:crossBetween val="between"/></c:valAx>'
    )
    area = f"<c:plotArea>{_WHOLE}{plot}{axes}</c:plotArea>"
    return Native(_space(area, "", hand, "gap"), kept, series, description)


def bullet(  # noqa: PLR0913 - a chart's parts
    category: str,
    zones: tuple[Series, ...],
    series: tuple[Series, ...],
    scale: tuple[float, float],
    hand: Hand,
    *,
    description: str,
) -> Native:
    """One row of bars over each other on a scale from low to high, in front of zones, which are
    stacked from zero outwards on both sides (as they are bars of another kind, on other axes).
    """
    kept, low, high = (category,), *scale
    fronts = "".join(_series(place, s, kept) for place, s in enumerate(series))
    backs = "".join(_series(place, s, kept) for place, s in enumerate(zones, len(series)))
    behind, before = (_ACROSS, _UP), (_ACROSS_TOO, _UP_TOO)
    plots = "".join(
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>'
        f'{drawn}<c:gapWidth val="{gap}"/><c:overlap val="100"/>'
        f'<c:axId val="{axes[0]}"/><c:axId val="{axes[1]}"/></c:barChart>'
        for grouping, drawn, gap, axes in (
            ("stacked", backs, 0, behind),
            ("clustered", fronts, 150, before),
        )
    )
    hidden, line = "<a:noFill/>", fill(MUTED)
    axes = _pair(behind, low, high, hidden, "autoZero") + _pair(before, low, high, line, "max")
    area = f"<c:plotArea>{_WHOLE}{plots}{axes}</c:plotArea>"
    return Native(_space(area, "", hand, "gap"), kept, (*series, *zones), description)


def _pair(ids: tuple[str, str], low: float, high: float, zero: str, side: str) -> str:
    """Two axes without labels; the first one's line, where zero is, has this colour."""
    across, up = ids
    return (
        f'<c:catAx><c:axId val="{across}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
        f'<c:spPr><a:ln w="9525">{zero}</a:ln></c:spPr><c:crossAx val="{up}"/>'
        f'<c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="{up}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{high!r}"/><c:min val="{low!r}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:crossAx val="{across}"/><c:crosses val="{side}"/>'
        f'<c:crossBetween val="between"/></c:valAx>'
    )


_WHOLE = (
    '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
    '<c:yMode val="edge"/><c:x val="0"/><c:y val="0.04"/><c:w val="1"/><c:h val="0.92"/>'
    "</c:manualLayout></c:layout>"
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The value axis of a line chart: its range, the step between ticks, their number format."""

    low: float
    high: float
    step: float
    format: str


def lines(  # noqa: PLR0913 - a chart's parts
    days: tuple[date, ...],
    series: tuple[Series, ...],
    scale: Scale,
    hand: Hand,
    *,
    day_format: str,
    description: str,
) -> Native:
    """Lines over the days of a year, with a legend below."""
    drawn = "".join(_series(place, s, days, smooth=True) for place, s in enumerate(series))
    plot = (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{drawn}'
        f'<c:marker val="1"/>{_axis_ids()}</c:lineChart>'
    )
    ground = fill(hand.hairline)
    quiet = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    axes = (
        f'<c:dateAx><c:axId val="{_ACROSS}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/>'
        f'<c:numFmt formatCode={quoteattr(day_format)} sourceLinked="0"/>{quiet}'
        f'<c:tickLblPos val="low"/><c:spPr><a:ln w="9525">{ground}</a:ln></c:spPr>'
        f"{_looks(hand, MUTED)}"
        f'<c:crossAx val="{_UP}"/><c:crosses val="min"/><c:auto val="0"/><c:lblOffset val="100"/>'
        f'<c:baseTimeUnit val="days"/><c:majorUnit val="3"/><c:majorTimeUnit val="months"/>'
        f"</c:dateAx>"
        f'<c:valAx><c:axId val="{_UP}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{scale.high!r}"/><c:min val="{scale.low!r}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/>'
        f'<c:majorGridlines><c:spPr><a:ln w="6350">{ground}</a:ln></c:spPr></c:majorGridlines>'
        f'<c:numFmt formatCode={quoteattr(scale.format)} sourceLinked="0"/>{quiet}'
        f'<c:tickLblPos val="low"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_looks(hand, MUTED)}'
        f'<c:crossAx val="{_ACROSS}"/><c:crosses val="min"/><c:crossBetween val="midCat"/>'
        f'<c:majorUnit val="{scale.step!r}"/></c:valAx>'
    )
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_looks(hand, MUTED)}</c:legend>'
    area = f"<c:plotArea><c:layout/>{plot}{axes}</c:plotArea>"
    return Native(_space(area, legend, hand, "span"), days, series, description)


def part(chart: Native, package: Package) -> ChartPart:
    """The chart as a part of a file, with its workbook in it."""
    name = package.next_partname(ChartPart.partname_template)
    made: ChartPart = ChartPart.load(name, CT.DML_CHART, package, chart.xml.encode("utf-8"))
    made.chart_workbook.update_from_xlsx_blob(workbook(chart))
    return made


def _space(area: str, legend: str, hand: Hand, blanks: str) -> str:
    """The whole chart; `blanks` says whether a line passes over days without a figure."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace {_C} {SPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/>{area}{legend}<c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="{blanks}"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_looks(hand)}</c:chartSpace>"
    )


def _looks(hand: Hand, colour: str = "") -> str:
    """Faces, size and colour of a chart's texts."""
    inner = f"{fill(hand.seen(colour)) if colour else ''}{hand.faces}"
    look = f'<a:defRPr sz="{LABEL * 100}" b="0">{inner}</a:defRPr>'
    end = f"<a:endParaRPr {hand.attributes}/>"
    return f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{look}</a:pPr>{end}</a:p></c:txPr>"


def _axis_ids() -> str:
    return f'<c:axId val="{_ACROSS}"/><c:axId val="{_UP}"/>'


def _series(
    place: int, shown: Series, categories: Sequence[str] | Sequence[date], *, smooth: bool = False
) -> str:
    """One series with the cells that it refers to."""
    column = chr(ord("B") + place)
    last = len(categories) + 1
    name = cells(f"{SHEET}!${column}$1", texts([shown.name]), "str")
    values = cells(f"{SHEET}!${column}$2:${column}${last}", numbers(shown.values), "num")
    kind = "num" if isinstance(categories[0], date) else "str"
    told = days_of(categories) if kind == "num" else texts(categories)
    ending = '<c:smooth val="0"/>' if smooth else ""
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx>{name}</c:tx>'
        f"<c:spPr>{shown.look}</c:spPr>{shown.marker}"
        f"{'' if smooth else _POSITIVE}{_LABELS.format(_labels(shown)) if shown.labels else ''}"
        f"<c:cat>{cells(f'{SHEET}!$A$2:$A${last}', told, kind)}</c:cat><c:val>{values}</c:val>"
        f"{ending}</c:ser>"
    )


_POSITIVE = '<c:invertIfNegative val="0"/>'
_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_LABELS = "<c:dLbls>{}" + _SHOWN.format(0) + "</c:dLbls>"


def _labels(shown: Series) -> str:
    return "".join(_label(place, label) for place, label in shown.labels)


def _label(place: int, label: Label) -> str:
    """A label above its point, or right of it."""
    told = label.text or f'<c:numFmt formatCode={quoteattr(label.format)} sourceLinked="0"/>'
    return (
        f'<c:dLbl><c:idx val="{place}"/>{told}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:dLblPos val="{label.side}"/>{_SHOWN.format(1)}</c:dLbl>'
    )


def rich(text: str, hand: Hand) -> str:
    """A label's own text as DrawingML."""
    words = run(Run(text), LABEL, hand)
    return f"<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p>{words}</a:p></c:rich></c:tx>"
