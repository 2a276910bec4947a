"""The first walk: from a need to a decided go-live gate, in three regimes, in a real browser.

Several people take part, each in a browser of their own. After every step axe, console and Content-Security-
Policy are silent. Fields and characters are counted: a small initiative reaches its first committee item with
at most six fields, and go-live with at most thirty minutes of typing.
"""

from collections.abc import Callable
from typing import Any

import pytest

from samspil.initiative.models import GateDecision, Initiative
from samspil.organisation import journal
from samspil.organisation.scope import scope
from tests.cast import gather
from tests.journeys.walk import Walk
from tests.journeys.walker import Walker

ROOMS_ANSWER = ("voices_heard", "baseline_measured")  # nobody was asked and no benefit is promised here
ANSWERS = {
    "MED": "Vi mangler tid til oplæring om aftenen, og vi vil høre om det igen, når det er prøvet.",
    "SU": "Sagsbehandlerne skal kunne se, hvem der har ændret hvad, og vi mangler tid til oplæring.",
    "samverkan": "Vi behöver tid för utbildning på kvällen och vill höra hur det gick när det är provat.",
}


@pytest.mark.parametrize(
    ("slug", "regime", "signers"),
    [
        pytest.param(
            "fjordby",
            "MED",
            {"release": ("chair", "vice_chair"), "approve": ("chair", "vice_chair")},
            id="MED in Danish",
        ),
        pytest.param(
            "styrelsen",
            "SU",
            {"release": ("chair", "vice_chair"), "approve": ("chair", "vice_chair")},
            id="SU in Danish",
            marks=pytest.mark.prove,
        ),
        pytest.param(
            "sjovik",
            "samverkan",
            {"release": ("chair",), "approve": ("chair", "vice_chair")},
            id="samverkan in Swedish",
            marks=pytest.mark.prove,
        ),
    ],
)
def test_from_a_need_to_a_decided_go_live_gate(
    house: Any, walk_as: Callable[..., Walker], slug: str, regime: str, signers: dict[str, tuple[str, ...]]
) -> None:
    walk = Walk(gather(slug, regime), regime, walk_as)
    need = raise_a_need(walk)
    initiative = start_an_initiative(walk, need)
    put_it_before_the_committee(walk, initiative)
    assert walk.fields <= 6, "a small initiative reaches its first item with at most six fields"
    for gate in ("explore", "go", "go_live"):
        if gate != "explore":
            put_it_before_the_committee(walk, initiative)
        hold_the_meeting(walk, signers)
        answer_what_is_asked(walk, initiative, gate)
        decide(walk, initiative, gate)
    assert walk.typed <= 30, f"{walk.typed:.0f} minutes of typing"
    with scope(walk.cast.organisation):
        assert Initiative.objects.get().phase == "follow_up"
        assert [row.gate for row in GateDecision.objects.order_by("pk")] == ["explore", "go", "go_live"]
        assert not GateDecision.objects.exclude(override_reason="").exists()
        assert journal.verify(walk.cast.organisation) == []
    print(f"{regime}: {walk.fields} fields, {walk.typed:.1f} minutes of typing")


def raise_a_need(walk: Walk) -> str:
    """Returns the address of the need."""
    needs = {
        "MED": (
            "Vagtplanen kommer for sent",
            "Hjemmeplejen Nord",
            "Vi bruger flere vikarer, og borgerne ser nye ansigter.",
        ),
        "SU": (
            "Vi taster det samme to gange",
            "Sagsbehandlerne",
            "Fejl bliver ved, og sagerne tager længere tid.",
        ),
        "samverkan": (
            "Schemat kommer för sent",
            "Hemtjänsten norr",
            "Vi använder fler vikarier än vi behöver.",
        ),
    }
    problem, for_whom, if_nothing = needs[walk.regime]
    employee = walk.employee.go(f"{walk.slug}/needs/new/")
    employee.write("problem", problem).write("for_whom", for_whom).write("if_nothing", if_nothing).send(
        "problem"
    )
    return employee.page.url.removeprefix(employee.address)


def start_an_initiative(walk: Walk, need: str) -> str:
    """Returns the address of the initiative."""
    unit = walk.cast.units["workplace"]
    lead = walk.lead.go(need).follow("/initiatives/new/")
    lead.page.locator("[name=affected_text]").fill(unit.name)
    lead.fields += 1
    lead.characters += len(unit.name)
    lead.press("find")
    lead.page.locator(f"[name=affected][value*='{unit.ref}']").check()
    owner = walk.cast.people["owner"]
    lead.page.locator(f"[name=owner][value='{owner.ref}']").check()
    lead.fields += 1
    lead.page.locator("#main-content form[method=post] button.button-primary").last.click()
    lead.page.wait_for_load_state()
    lead.look_around()
    return lead.page.url.removeprefix(lead.address).partition("#")[0]


def put_it_before_the_committee(walk: Walk, initiative: str) -> None:
    committee = walk.cast.committees["local"]
    secretary = walk.secretary.go(f"{walk.slug}/committees/{committee.ref}/meetings/new/")
    on = walk.iso(40)
    secretary.page.locator("[name=on]").fill(on)
    secretary.send("on")
    walk.lead.go(initiative).follow("put-before").send("committee")
    walk.item = walk.lead.page.url.removeprefix(walk.lead.address).partition("#")[0]


def hold_the_meeting(walk: Walk, signers: dict[str, tuple[str, ...]]) -> None:
    """The staff side answers, the meeting is held, the secretary writes, those named release and approve."""
    steward = walk.vice_chair.go(walk.item)
    for box in steward.page.locator("#main-content textarea[name^=text_]").all():
        box.fill(ANSWERS[walk.regime])
        steward.fields += 1
        steward.characters += len(ANSWERS[walk.regime])
    steward.send("csrfmiddlewaretoken")
    walk.management_member.go(walk.item).does_not_see(ANSWERS[walk.regime][:30])
    steward.go(walk.item).press("then").send()
    walk.management_member.go(walk.item).sees(ANSWERS[walk.regime][:30])
    walk.days_pass(40)
    secretary = walk.secretary.go(walk.item).follow("/outcome/")
    secretary.choose("outcome", "discussed").send("outcome")
    if "/text/" not in secretary.page.url:
        secretary.go(f"{walk.item}text/")
    secretary.write("text", ANSWERS[walk.regime]).send("text")
    for act, names in signers.items():
        for who in names:
            getattr(walk, who).go(f"{walk.item}text/{act}/").send("sha256")


def answer_what_is_asked(walk: Walk, initiative: str, gate: str) -> None:
    """The project lead answers by hand what no room can know; managers say what happens on Monday."""
    lead = walk.lead.go(initiative)
    if gate == "go":
        lead.go(f"{initiative}change/").choose("ai_involved", "no").send("ai_involved")
    if gate == "go_live":
        walk.owner.go(initiative).follow("/monday/").choose("changes", "yes").write(
            "text", ANSWERS[walk.regime]
        )
        walk.owner.send("changes")
    lead.go(initiative)
    for path in sorted(set(asked_by_hand(lead))):
        set_aside = any(demand in path for demand in ROOMS_ANSWER)
        lead.go(path).choose("status", "not_relevant" if set_aside else "met")
        lead.write("because", ANSWERS[walk.regime]).send("because")


def asked_by_hand(lead: Walker) -> list[str]:
    """The addresses at which open demands are answered."""
    lines = lead.page.locator(".asked-line:has(.status-missing), .asked-line:has(.status-unknown)")
    found = [
        one.get_attribute("action") or one.get_attribute("href") or ""
        for one in lines.locator(
            ", ".join(["form[action*='/asks/']", *(f"a[href*='{demand}']" for demand in ROOMS_ANSWER)])
        ).all()
    ]
    return [path for path in found if path]


def decide(walk: Walk, initiative: str, gate: str) -> None:
    walk.days_pass(1)  # a decision on the day of the meeting asks for a recorded order
    owner = walk.owner.go(initiative).follow("/gate/")
    owner.choose("outcome", "go").write("reason", ANSWERS[walk.regime]).send("outcome")
    said = owner.page.locator("#main-content").inner_text()
    assert "/decisions/" in owner.page.url or owner.page.url.partition("#")[0].endswith(initiative), said
