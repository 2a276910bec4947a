"""A business case in a real browser: begun on one page, grown, written by two, taken back, pasted, decided."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from samspil.business_case.format import parts_of, read
from samspil.business_case.models import Case, CaseVersion
from samspil.business_case.room import ROOM
from samspil.core.business_case.mean_case import mean_case
from samspil.initiative import actions as hall
from samspil.initiative.models import Initiative
from samspil.kit import jobs
from samspil.organisation.scope import scope
from tests.cast import AT, Cast
from tests.journeys.walker import Walker

WalkAs = Callable[..., Walker]
FIVE = (
    ("cost.cashable", "Licenser", "It", "", "100000", "", "tilbud", "every"),
    ("cost.reallocation", "Oplæring", "Hjemmeplejen", "40000", "60000", "100000", "plan", "once"),
    ("benefit.cashable", "Mindre overarbejde", "Hjemmeplejen", "90000", "150000", "180000", "løndata", "every"),
    ("benefit.reallocation", "Minutter ved overlevering", "Hjemmeplejen", "", "50000", "", "måling", "every"),
    ("benefit.qualitative", "Roligere nætter", "Borgere", "", "", "", "", "every"),
)  # fmt: skip
COLUMNS = ("sort", "title", "who", "low", "likely", "high", "source", "when")


def begun(cast: Cast, title: str) -> Initiative:
    """An initiative that has no case yet."""
    lead = {"by": cast.viewer("lead"), "at": AT}
    with scope(cast.organisation):
        need = hall.raise_need(problem=title, for_whom="x", if_nothing="y", **lead)  # type: ignore[arg-type]
        return hall.start_initiative(
            needs=[need],
            units=[cast.units["workplace"]],
            owner=cast.people["owner"],
            **lead,  # type: ignore[arg-type]
        )


def fill(walker: Walker, rows: tuple[tuple[str, ...], ...]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in zip(COLUMNS, row, strict=True):
            write = walker.choose if column in ("sort", "when") else walker.write
            write(f"new{number}.{column}", value)


def work() -> None:
    while jobs.run_next(ROOM.works, AT + timedelta(hours=1)):
        pass


def pasted(walker: Walker, cell: str, text: str) -> None:
    """Paste as a spreadsheet does."""
    walker.page.locator(f"[name='{cell}']").evaluate(
        """(node, text) => {
            const carried = new DataTransfer();
            carried.setData("text/plain", text);
            node.focus();
            node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
        }""",
        text,
    )


@pytest.mark.parametrize(
    ("slug", "word"),
    [("fjordby", "Business case"), pytest.param("sjovik", "Nyttokalkyl", marks=pytest.mark.prove)],
)
def test_a_case_from_five_lines_to_the_gate(
    slug: str, word: str, request: pytest.FixtureRequest, walk_as: WalkAs
) -> None:
    cast: Cast = request.getfixturevalue(slug)
    initiative = begun(cast, "Vagtplan")
    axe = slug == "fjordby"  # the pages are alike; judging them takes most of the time
    lead = (
        walk_as(cast, "lead", axe=axe).go(f"/{slug}/initiatives/{initiative.ref}/").follow("/business-case/")
    )
    fill(lead, FIVE)
    lead.choose("meaning", "min_max_pert").send()
    with scope(cast.organisation):
        case = Case.objects.get(initiative=initiative)
        cost, benefit = parts_of(case)[0], parts_of(case)[2]
        assert len(parts_of(case)) == 5
        assert mean_case(read(case)).npv > 0
    assert lead.page.get_by_text(word).first.is_visible()
    assert lead.fields <= 8 * 5 + 1

    lead.follow("/one-page/").follow("/lines/")  # it grows
    lead.write(f"{cost.ref}.who", "Digitalisering")
    pasted(lead, "new1.title", "Servere\tIt\tstk.\t1000\t2000\t4000\nKurser\tHR\ttimer\t10\t20\t30")
    assert lead.page.locator("[name='new2.high']").input_value() == "30"
    lead.page.keyboard.press("Control+z")
    assert lead.page.locator("[name='new2.high']").input_value() == ""
    lead.page.keyboard.press("Control+y")
    for row in (1, 2):
        lead.choose(f"new{row}.meaning", "min_max_triangular")

    other = walk_as(cast, "owner", width=360, axe=axe).go(f"/{slug}/cases/{case.ref}/lines/")
    other.write(f"{cost.ref}.who", "Administrationen").write(f"{benefit.ref}.who", "Ældreplejen").send("seen")
    met(lead)  # both texts are there, nothing is lost
    lead.sees("Administrationen")
    assert lead.page.locator(f"[name='{cost.ref}.who']").input_value() == "Digitalisering"
    assert lead.page.locator("[name='new2.high']").input_value() == "30"
    lead.send("seen")
    with scope(cast.organisation):
        saved = {str(one): one.content for one in parts_of(case)}
        assert saved["Licenser"]["payer"] == "Digitalisering"
        assert saved["Mindre overarbejde"]["beneficiary"] == "Ældreplejen"
        assert saved["Kurser"]["amount"]["high"] == "30"

    lead.page.locator("form[action$='/undo/'] button").first.click()
    lead.page.wait_for_load_state()
    with scope(cast.organisation):
        saved = {str(one): one.content for one in parts_of(case)}
        assert saved["Licenser"]["payer"] == "Administrationen"
        assert "Kurser" not in saved
    work()
    lead.go(f"/{slug}/cases/{case.ref}/").follow("/committee/").write("note", "Mødet i marts").send("note")
    lead.go(f"/{slug}/cases/{case.ref}/what-if/")
    slider = lead.page.locator(f"input[name='{benefit.ref}']")
    before = lead.page.locator("[data-what-if-npv]").inner_text()
    slider.focus()
    lead.page.keyboard.press("ArrowLeft")
    assert lead.page.locator("[data-what-if-npv]").inner_text() != before

    owner = walk_as(cast, "owner", axe=axe).go(f"/{slug}/initiatives/{initiative.ref}/gate/")
    decide(owner)
    work()
    with scope(cast.organisation):
        stages = list(
            CaseVersion.objects.filter(case=case).order_by("number").values_list("stage", flat=True)
        )
        assert stages == ["before_committee", "decided"]
        decided = CaseVersion.objects.get(stage="decided")
        assert decided.result is not None
    walk_as(cast, "employee", width=360, axe=axe).go(f"/{slug}/case-versions/{decided.ref}/").sees("Licenser")


def met(walker: Walker) -> None:
    """Save, and meet somebody who was quicker: the browser notes the 409, and nothing else is wrong."""
    walker.page.locator("form[data-sheet] button.button-primary").last.click()
    walker.page.wait_for_load_state()
    assert [one for one in walker.complaints if "409" not in one] == []
    walker.complaints.clear()
    walker.look_around()


def decide(owner: Walker) -> None:
    owner.choose("outcome", "go").write("reason", "Behovet er klart").write(
        "override_reason", "Vi lærer undervejs"
    )
    owner.send("reason")


def test_the_table_is_written_by_keyboard_alone(fjordby: Cast, walk_as: WalkAs) -> None:
    initiative = begun(fjordby, "Vagtplan")
    lead = walk_as(fjordby, "lead").go(f"/fjordby/initiatives/{initiative.ref}/business-case/")
    keyboard = lead.page.keyboard
    lead.page.locator("[name='new1.title']").focus()
    for text in ("Licenser", "It", "", "5000"):
        keyboard.type(text)
        keyboard.press("Tab")
    keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    assert focus(lead) == "new2.likely"
    keyboard.press("ArrowUp")
    keyboard.press("ArrowLeft")
    keyboard.press("ArrowLeft")
    assert focus(lead) in ("new1.low", "new1.likely")
    for _step in range(60):
        keyboard.press("Tab")
        if lead.page.evaluate("() => document.activeElement.matches('button[type=submit].button-primary')"):
            break
    with lead.page.expect_navigation():
        keyboard.press("Enter")
    lead.look_around()
    with scope(fjordby.organisation):
        assert [one.content["amount"] for one in parts_of(Case.objects.get())] == ["5000"]
    name = lead.go(f"/fjordby/cases/{case_ref(fjordby)}/lines/").page.get_by_label(
        "Licenser, linje 1: Sandsynlig"
    )
    assert name.input_value() == "5000"


@pytest.mark.parametrize("width", [360, pytest.param(320, marks=pytest.mark.prove)])
def test_without_a_script_every_cell_is_a_field(fjordby: Cast, walk_as: WalkAs, width: int) -> None:
    initiative = begun(fjordby, "Vagtplan")
    lead = walk_as(fjordby, "lead", width=width, script=False).go(
        f"/fjordby/initiatives/{initiative.ref}/business-case/"
    )
    lead.write("new1.title", "Licenser").write("new1.likely", "1.250").send()
    lead.go(f"/fjordby/cases/{case_ref(fjordby)}/lines/paste/")
    lead.write("rows", "Navn\tSandsynlig\nServere\t2.000,5").send("rows")
    with scope(fjordby.organisation):
        assert [one.content["amount"] for one in parts_of(Case.objects.get())] == ["1250", "2000.5"]
    lead.go(f"/fjordby/cases/{case_ref(fjordby)}/what-if/").sees("100 %")


def focus(walker: Walker) -> str:
    return str(walker.page.evaluate("() => document.activeElement.name"))


def case_ref(cast: Cast) -> str:
    with scope(cast.organisation):
        return Case.objects.get().ref
