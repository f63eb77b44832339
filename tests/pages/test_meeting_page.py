"""Meeting: held, listed, opened again, taken back; the files to take along."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from streamlit.delta_generator import DeltaGenerator

from mubiao.model import Code
from mubiao.store import Store
from mubiao.ui.meeting import takeaway
from tests.pages.rooms import PLAN, held, later
from tests.pages.seen import Shown, opened, walked


def hold(shown: Shown, name: str, by: str = "Wang Fang") -> Shown:
    return shown.put("meeting-name-0", name).put("by", by).press("hold-meeting")


def test_a_held_meeting_is_listed_and_kept(store: Store) -> None:
    shown = opened("meeting", as_of="2020-07-31")
    assert "No meeting has been held yet." in shown.text
    hold(shown, "2020年7月调度会")
    assert "The meeting “2020年7月调度会” is kept." in shown.said
    [meeting] = store.meetings(PLAN)
    assert (meeting.name, meeting.as_of) == ("2020年7月调度会", date(2020, 7, 31))
    assert meeting.held_by == "Wang Fang"
    assert meeting.plan_version
    # It is the one that is presented from here.
    assert shown.address["meeting"] == str(meeting.id)
    assert shown.address["as_of"] == "2020-07-31"
    [line] = shown.texts("mb-held")
    for part in ("as of 31 July 2020", "held by Wang Fang", "rows recorded since: 0"):
        assert part in line
    later(store)
    again = opened("meeting")
    assert "rows recorded since: 1" in again.texts("mb-held")[0]
    links = {link.proto.label: link.proto.query_string for link in again.at.get("page_link")}
    assert f"meeting={meeting.id}" in links["Open again"]


@pytest.mark.parametrize(("name", "by"), [("July", ""), (" ", "")])
def test_what_a_meeting_lacks_is_told_at_its_field(name: str, by: str, store: Store) -> None:
    shown = hold(opened("meeting", as_of="2020-07-31"), name, by)
    no_name = ["Give the meeting a name."] if name == " " else []
    assert shown.problems() == [*no_name, "Say who holds the meeting."]
    assert shown.said == ""
    assert store.meetings(PLAN) == []


def test_a_name_that_is_taken_is_refused_and_another_one_is_kept(store: Store) -> None:
    held(store)
    shown = hold(opened("meeting", as_of="2020-07-31"), "july meeting")
    assert "a meeting is called “July meeting” already" in shown.problems()[0]
    shown.put("meeting-name-0", "Another").press("hold-meeting")
    assert [meeting.name for meeting in store.meetings(PLAN)] == ["Another", "July meeting"]


def test_overview_and_target_show_what_the_room_saw_and_record_does_not(store: Store) -> None:
    number = str(held(store).id)
    later(store)
    for page in ("overview", "target"):
        shown = opened(page, meeting=number, target="cpi")
        assert "As the meeting “July meeting” saw it" in shown.text
        assert "what was recorded later is not shown" in shown.text
        assert shown.address["as_of"] == "2020-07-31"
    assert shown.status == "on_track"
    assert "4.6%" not in shown.text
    assert opened("target", target="cpi", as_of="2020-07-31").status == "off_track"
    for page in ("record", "history", "sources"):
        shown = opened(page, meeting=number)
        assert "meeting" not in shown.address
        assert shown.having("mb-meeting") == []


@pytest.mark.parametrize("step", ["Today", "Show the record as it is now", "by the address"])
def test_another_day_than_the_rooms_leaves_the_meeting(step: str, store: Store) -> None:
    address = {"meeting": str(held(store).id)}
    if step == "by the address":
        shown = opened("overview", **address, as_of="2020-06-30")
        assert "As of 30 June 2020" in shown.text
    elif step.startswith("Show"):
        shown = opened("overview", **address).press(step)
    else:
        shown = opened("overview", **address).step(step)
    assert "meeting" not in shown.address
    assert shown.address.get("as_of") != "2020-07-31"
    assert shown.having("mb-meeting") == []


def test_a_meeting_is_compared_with_the_one_before_as_both_rooms_saw(store: Store) -> None:
    held(store)
    assert opened("meeting").buttons("compare-") == []
    later(store)
    second = held(store, "August meeting", date(2020, 8, 31))
    shown = opened("meeting")
    assert shown.buttons("compare-") == [f"compare-{second.id}"]
    shown.press(f"compare-{second.id}")
    assert shown.address["meeting"] == str(second.id)
    assert "What changed since “July meeting”, 31 July 2020" in shown.text
    assert "Consumer price inflation" in " ".join(shown.texts("mb-changes"))
    later(store)
    again = opened("meeting", meeting=str(second.id))
    assert again.texts("mb-changes") == shown.texts("mb-changes")


def test_a_meeting_is_taken_back_by_name(store: Store) -> None:
    number = held(store).id
    shown = opened("meeting", as_of="2020-07-31").put("by", "Li Qiang")
    shown.press(f"drop-now-{number}")
    # Beside the field, where somebody looks who has just pressed.
    assert shown.problems() == ["the reason is missing; say why the meeting is taken back"]
    shown.put(f"drop-reason-{number}", "The wrong day.").press(f"drop-now-{number}")
    assert "The meeting “July meeting” is taken back." in shown.said
    assert store.meetings(PLAN) == []
    [line] = shown.texts("mb-held")
    assert "held by Wang Fang" in line
    assert "taken back by Li Qiang" in line
    assert "The wrong day." in line
    for page in ("overview", "target", "present", "meeting"):
        link = opened(page, meeting=str(number), target="cpi")
        assert "The meeting “July meeting” was taken back by Li Qiang" in link.text
        assert "This is the record as it is now." in link.text
    rows = opened("history").rows("mb-past")[:2]
    assert [("meeting taken back" in row, "The wrong day." in row) for row in rows] == [
        (True, True),
        (False, False),
    ]
    shown.press(f"put-back-{number}")
    assert "The meeting “July meeting” stands again." in shown.said
    assert [one.id for one in store.meetings(PLAN)] == [number]
    assert "put back by Li Qiang" in shown.texts("mb-held")[0]


def test_who_takes_a_meeting_back_gives_a_name_where_it_is_asked(store: Store) -> None:
    number = held(store).id
    shown = opened("meeting", as_of="2020-07-31").put(f"drop-reason-{number}", "The wrong day.")
    shown.press(f"drop-now-{number}")
    assert shown.problems() == ["the name is missing; say who records this"]
    shown.put(f"drop-by-{number}", "Li Qiang").press(f"drop-now-{number}")
    assert store.meetings(PLAN) == []
    assert shown.holds("by") == "Li Qiang"


def test_a_garbled_name_of_a_meeting_is_asked_before_it_is_kept(store: Store) -> None:
    name = "七月调度会".encode().decode("gb18030", "replace")
    shown = opened("meeting", as_of="2020-07-31").fill(**{"meeting-name-0": name, "by": "Li"})
    shown.press("hold-meeting")
    assert "looks garbled; if it is right as it stands" in shown.problems()[0]
    assert store.meetings(PLAN) == []
    shown.press("hold-meeting")
    assert [one.name for one in store.meetings(PLAN)] == [name]


def test_advancing_by_itself_goes_into_the_address_within_bounds() -> None:
    assert opened("meeting").put("every", 20).address["every"] == "20"
    for every, seconds in (("45", 45), ("3", 5), ("9999", 600), ("often", 0)):
        assert walked("meeting", every=every).holds("every") == seconds


def test_the_plain_files_ask_for_no_language_and_only_slides_for_a_template() -> None:
    shown = opened("meeting")
    assert shown.at.get("file_uploader") != []
    shown.put("take-kind-en", "csv")
    assert shown.at.get("file_uploader") == []
    assert shown.at.selectbox(key="take-any-en").disabled
    assert shown.offers("take-any-en") == ["same in every language"]
    assert "Make the file" in [button.label for button in shown.at.get("download_button")]


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        *(("pptx", b"PK"), ("docx", b"PK"), ("html", b"<!doc"), ("xlsx", b"PK"), ("json", b"[")),
        ("csv", b"\xef\xbb\xbftarget,"),
    ],
)
def test_each_kind_of_file_can_be_taken_along_in_both_languages(
    kind: str, start: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: dict[str, Callable[[], bytes]] = {}

    def button(_: object, __: str, data: Callable[[], bytes], **more: Any) -> None:  # noqa: ANN401 - Streamlit's
        offered[more["file_name"]] = data

    monkeypatch.setattr(DeltaGenerator, "download_button", button)
    shown = opened("meeting", as_of="2020-07-31").put("take-kind-en", kind)
    spoken = kind not in {"csv", "json"}
    if spoken:
        shown.put("take-lang-en", "both")
    name = f"beijing-2020-2020-07-31{'-zh-en' if spoken else ''}.{kind}"
    assert offered[name]().lower().startswith(start.lower())


@pytest.mark.parametrize(
    ("name", "kind", "codes", "expected"),
    [
        ("", "pptx", ["zh"], "beijing-2020-2020-07-31-zh.pptx"),
        ("7月 调度会/一", "html", ["zh", "en"], "beijing-2020-2020-07-31-7月-调度会-一-zh-en.html"),
        ("../..", "csv", [], "beijing-2020-2020-07-31.csv"),
    ],
)
def test_a_file_is_named_by_plan_day_meeting_and_language(
    name: str, kind: str, codes: Sequence[Code], expected: str
) -> None:
    assert takeaway.file_name(PLAN, date(2020, 7, 31), name, kind, codes) == expected


def test_a_meeting_is_prepared_and_its_slides_follow(store: Store) -> None:
    meeting = held(store)
    shown = opened("meeting", meeting=str(meeting.id)).put("by", "Li Qiang")
    key = f"agenda-{meeting.id}-0-en"
    shown.at.session_state[key] = {"edited_rows": {2: {"included": False}, 0: {"note": "Hello."}}}
    shown.put("agenda-add-0-en", "cpi").press("agenda-keep")
    assert "The slides are kept with the meeting." in shown.said
    agenda = store.agenda(PLAN, meeting.id)
    items = {item.slide: item for item in agenda.items}
    assert (agenda.by, items["opening"].note, items["attention"].left_out) == (
        *("Li Qiang", "Hello."),
        True,
    )
    slide = opened("present", meeting=str(meeting.id), slide="target-cpi")
    assert "extra slide" not in " ".join(slide.texts("mb-foot"))
    assert "Prepared by Li Qiang" in opened("meeting", meeting=str(meeting.id)).text
