"""What a person decides of a drafted plan: each decision gives the plan's data after it.

`both` says a message in both languages.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from mubiao.plan.edits import LISTS
from mubiao.plan.numerals import PrintedNumber, figures_in
from mubiao.plan.yamlfile import Data
from mubiao.problems import Problems, message, refused
from mubiao.report.contexts import contexts
from mubiao.report.corrections import keys_in, place_of
from mubiao.report.drafting import drafted
from mubiao.report.entries import Both, Entries
from mubiao.report.review import Reviewed
from mubiao.report.text import Figure, Span, covers, shortest

Reason = Mapping[str, str]
"""Why a figure promises nothing, by language."""

_NO_PHRASE = message(
    "no phrase of at most 40 characters cites these figures alone: {figures}; write the target by "
    "hand"
)
_READ_ALONE = message("read as a promise of its own by a person")
_UNFIGURED = message("a promise without a figure, kept once it is done")


def as_nothing(review: Reviewed, target: str, reason: Reason) -> Data:
    """A target promises nothing: its figures stand in no_promise with the reason."""
    freed = review.figures_of(target)
    return _without(review, targets={target}, freed=[(figure, reason) for figure in freed])


def as_promise(review: Reviewed, figure: Figure, both: Both) -> Data:
    """A figure becomes a target of its own. Raises Refused where no phrase cites it alone."""
    data = _released(review, [figure])
    return _inserted(review, data, [_drafted(review, data, figure, both)])


def explained(review: Reviewed, figure: Figure, reason: Reason) -> Data:
    """A figure that nothing accounts for promises nothing, with the reason."""
    return _without(review, freed=[(figure, reason)])


def merged(review: Reviewed, target: str) -> Data:
    """The figure after a target's last one in its paragraph becomes a condition of the target.
    Raises Refused where there is none, or no phrase cites all of them.
    """
    own = review.figures_of(target)
    following = next_figure(review, target)
    if following is None:
        raise refused(message("no further figure follows in this paragraph"))
    data = _released(review, [following])
    place, entry = next((n, t) for n, t in enumerate(data["targets"]) if t["id"] == target)
    phrase = _citing(review, [*own, following])
    conditions = [*entry.get("conditions", ()), following.value]
    source = {**entry["source"], "printed": phrase}
    data["targets"][place] = {**entry, "conditions": conditions, "source": source}
    return data


def completion(review: Reviewed, printed: str, both: Both) -> Data:
    """What a phrase without a figure promises is a target, kept once it is done. Raises Refused
    where not one paragraph of the covered parts holds the phrase.
    """
    covered, report = review.plan.covers, review.report
    inside = {place: one for place, one in report.items() if covers(covered, place[0])}
    section, paragraph = place_of(printed, inside)
    entries = _entries(review, section, paragraph, both)
    target = {"id": _free(entries, review.data), "name": {"zh": printed}}
    judged = {"measure": "stage", "comparator": "done"}
    return _inserted(review, review.data, [entries.completed(target | judged, printed, _UNFIGURED)])


def headed(review: Reviewed, text: str) -> Data:
    """The plan's data with what it says of itself. Raises Refused for a text that is no YAML."""
    problems = Problems()
    head = keys_in(text, problems)
    problems.refuse()
    return head | {kind: review.data[kind] for kind in LISTS if kind in review.data}


def split(review: Reviewed, target: str, both: Both) -> Data:
    """Each condition of a target becomes a target of its own; without any, the figure stands for
    one target more, which asks the same. Raises Refused where no phrase cites a condition alone.
    """
    place, entry = review.entry(target)
    conditions = [Decimal(number) for number in entry.get("conditions", ())]
    own = review.figures_of(target)
    parts = [figure for figure in own if figure.value in conditions]
    if not parts:
        return _doubled(review, entry, both)
    rest = [figure for figure in own if figure not in parts]
    source = {**entry["source"], "printed": _citing(review, rest)}
    alone = {key: value for key, value in entry.items() if key != "conditions"}
    data = {**review.data, "targets": list(review.data["targets"])}
    data["targets"][place] = {**alone, "source": source}
    for part in parts:
        data = _inserted(review, data, [_drafted(review, data, part, both)])
    return data


def _doubled(review: Reviewed, entry: Data, both: Both) -> Data:
    """One target more for the figure of another, which asks the same under a name of its own."""
    source, targets = entry["source"], review.data["targets"]
    entries = _entries(review, source["section"], int(source["paragraph"]), both)
    taken = {t["name"].get("zh") for t in targets if t["source"] == source}
    numbered = (f"{entry['name'].get('zh', '')}{n}" for n in range(2, 100))
    name = next(one for one in numbered if one not in taken)
    again = {**entry, "id": _free(entries, review.data), "name": {"zh": name}, "review": "open"}
    again.pop("series", None)
    place = targets.index(entry) + 1
    return {**review.data, "targets": [*targets[:place], again, *targets[place:]]}


def next_figure(review: Reviewed, target: str) -> Figure | None:
    """The figure after a target's last one in its paragraph."""
    if not (own := review.figures_of(target)):
        return None
    last = own[-1]
    here = (f for f in review.figures if (f.section, f.paragraph) == last[:2])
    return next((figure for figure in here if figure.start > last.start), None)


def _released(review: Reviewed, figures: Sequence[Figure]) -> Data:
    """The plan's data without what accounts for figures; what else it accounted for stays so."""
    claims = [claim for figure in figures for claim in review.claims.get(figure, ())]
    targets = {review.plan.targets[at].id for kind, at in claims if kind == "targets"}
    entries = {at for kind, at in claims if kind == "no_promise"}
    freed = [
        (figure, review.data["no_promise"][at]["reason"])
        for figure in review.figures
        for at in entries
        if ("no_promise", at) in review.claims.get(figure, ()) and figure not in figures
    ]
    return _without(review, targets=targets, entries=entries, freed=freed)


def _without(
    review: Reviewed,
    targets: Iterable[str] = (),
    entries: Iterable[int] = (),
    freed: Sequence[tuple[Figure, Reason]] = (),
) -> Data:
    """The plan's data without these targets and entries, and with entries for freed figures."""
    gone, left_out = set(targets), set(entries)
    targets_left = [t for t in review.data["targets"] if t["id"] not in gone]
    nothings = [e for n, e in enumerate(review.data.get("no_promise", ())) if n not in left_out]
    groups: defaultdict[tuple[tuple[str, int], str, str], list[Figure]] = defaultdict(list)
    for figure, reason in freed:
        zh, en = (reason.get(code, "") for code in ("zh", "en"))
        groups[(figure.section, figure.paragraph), zh, en].append(figure)
    for (place, zh, en), figures in groups.items():
        texts = {code: text for code, text in (("zh", zh), ("en", en)) if text}
        made = _entries(review, *place, _saying(texts))
        made.left = [(_number(figure), "") for figure in figures]
        nothings += made.nothings()
    order = {place: n for n, place in enumerate(review.report)}
    nothings.sort(key=lambda e: order.get((e["section"], int(e["paragraph"])), len(order)))
    return {**review.data, "targets": targets_left, "no_promise": nothings}


def _saying(reason: Reason) -> Callable[[str], Reason]:
    return lambda _: reason


def _entries(review: Reviewed, section: str, paragraph: int, both: Both) -> Entries:
    text = review.report[section, paragraph].text
    return Entries(section, paragraph, text, review.plan.year, both)


def _number(figure: Figure) -> PrintedNumber:
    return PrintedNumber(*figure[2:])


def _free(entries: Entries, data: Data) -> str:
    taken = {target["id"] for target in data["targets"]}
    return next(id_ for n in range(1, 1000) if (id_ := entries.identity(n)) not in taken)


def _drafted(review: Reviewed, data: Data, figure: Figure, both: Both) -> Data:
    """A target for a figure, by the rules of drafting, with an id that no other target has."""
    entries = _entries(review, figure.section, figure.paragraph, both)
    line = review.report[figure.section, figure.paragraph].line
    context = next(c for c in contexts(entries.text) if c.number == _number(figure))
    targets = entries.targets([drafted(figure[:2], line, context, None)])
    if not targets:
        raise refused(_NO_PHRASE, figures=figure.text)
    return {**targets[0], "id": _free(entries, data), "reading": dict(both(_READ_ALONE))}


def _inserted(review: Reviewed, data: Data, targets: Sequence[Data]) -> Data:
    """The data with further targets, each where the report has it; and with their units."""
    order = {place: n for n, place in enumerate(review.report)}

    def stands(target: Data) -> int:
        source = target["source"]
        return order.get((source["section"], int(source["paragraph"])), -1)

    held, units = list(data["targets"]), dict(data["units"])
    for target in targets:
        later = (n for n, other in enumerate(held) if stands(other) > stands(target))
        held.insert(next(later, len(held)), target)
        if "unit" in target:
            units.setdefault(target["unit"], {"zh": target["unit"]})
    return {**data, "targets": held, "units": units}


def _citing(review: Reviewed, own: Sequence[Figure]) -> str:
    """The shortest phrase that holds these figures and no other like them. Raises Refused."""
    text = review.report[own[0][:2]].text
    values = [figure.value for figure in own]
    starts = [figure.start for figure in own]

    def fits(span: Span) -> bool:
        inside = [n for n in figures_in(text) if span[0] <= n.start and n.end <= span[1]]
        return [n.start for n in inside if n.value in values] == starts

    span = shortest(text, (starts[0], max(figure.tail for figure in own)), fits)
    if span is None:
        raise refused(_NO_PHRASE, figures="、".join(figure.text for figure in own))
    return text[slice(*span)]
