"""A benefit in a real browser: registered, accepted, measured before and after, mapped, and closed."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from samspil.benefits.models import Benefit, ClosingReport
from samspil.initiative import actions as hall
from samspil.initiative.models import Initiative
from samspil.kit import clock
from samspil.organisation.scope import scope
from tests.cast import AT, Cast
from tests.journeys.walker import Walker

WalkAs = Callable[..., Walker]
LATER = datetime(2026, 9, 2, 9, tzinfo=UTC)


def begun(cast: Cast) -> Initiative:
    """An initiative that is ready to be decided on for the first time."""
    lead = {"by": cast.viewer("lead"), "at": AT}
    with scope(cast.organisation):
        need = hall.raise_need(problem="Ruter", for_whom="x", if_nothing="y", **lead)  # type: ignore[arg-type]
        return hall.start_initiative(
            needs=[need],
            units=[cast.units["workplace"]],
            owner=cast.people["owner"],
            ai_involved="no",
            **lead,  # type: ignore[arg-type]
        )


def let_go_on(cast: Cast, initiative: Initiative, *gates: str) -> None:
    for gate in gates:
        with scope(cast.organisation):
            hall.decide_gate(
                initiative=initiative,
                gate=gate,
                outcome="go",
                decided_on=AT.date(),
                reason="Vi går videre",
                override_reason="Vi når det senere",
                by=cast.viewer("owner"),
                at=AT,
            )


@pytest.mark.parametrize(
    ("slug", "unknown", "partly"),
    [
        pytest.param("fjordby", "Ukendt (tal mangler)", "Delvist realiseret", marks=pytest.mark.prove),
        ("sjovik", "Okänd", "Delvis uppnådd"),
    ],
)
def test_a_benefit_from_the_register_to_the_closing_report(
    slug: str, unknown: str, partly: str, request: pytest.FixtureRequest, walk_as: WalkAs
) -> None:
    cast: Cast = request.getfixturevalue(slug)
    initiative = begun(cast)
    manager = cast.people["management_member"]

    lead = walk_as(cast, "lead").go(f"/{slug}/initiatives/{initiative.ref}/").follow("/benefits/new/")
    lead.write("title", "Færre minutter pr. besøg").choose("worth", "reallocation")
    lead.choose("indicator", "minutes").write("owner", str(manager)).send()
    assert lead.fields <= 6, "the light way"
    with scope(cast.organisation):
        benefit = Benefit.objects.get()
    lead.follow("/starting-point/").write("value", "10,5").write("measured_on", "2026-02-01")
    lead.write("method", "Tidtagning i en uge").send("method")
    lead.follow("/target/").write("likely", "4").write("target_day", "2026-08-31").write("cautious", "6")
    lead.write("optimistic", "3").choose("meaning", "p10_p90_metalog").send("likely")
    lead.follow("/plan/").write("first_on", "2026-08-31").choose("every_months", "6")
    lead.write("until", "2028-08-31").send("until")

    accepts = walk_as(cast, "management_member", width=360).go(f"/{slug}/benefits/{benefit.ref}/")
    accepts.page.locator("form[action$='/accept/'] button").click()
    accepts.page.wait_for_load_state()
    accepts.look_around()
    with scope(cast.organisation):
        benefit.refresh_from_db()
        assert benefit.accepted_at

    lead.go(f"/{slug}/initiatives/{initiative.ref}/benefits/map/")
    lead.write("title", "Ruten ligger fast").choose("kind", "change").send("title")
    for start, end in (("Ruten ligger fast", benefit.title), (benefit.title, "Ruten ligger fast")):
        for name, words in (("start", start), ("end", end)):
            lead.page.locator(f"select[name='{name}']").select_option(label=words)
        lead.send("start")
    assert lead.page.locator("svg.benefit-map path[marker-end]").count() == 1, "none runs backwards"

    let_go_on(cast, initiative, "explore", "go")
    owner = walk_as(cast, "owner").go(f"/{slug}/initiatives/{initiative.ref}/gate/")
    owner.choose("outcome", "go").write("reason", "Alle er klar").write("override_reason", "Planen følger")
    owner.send("reason")
    with scope(cast.organisation):
        initiative.refresh_from_db()
        assert initiative.phase == "follow_up"
    clock.move_to(LATER)
    lead.go(f"/{slug}/benefits/{benefit.ref}/").sees(unknown)
    lead.go(f"/{slug}/benefits/{benefit.ref}/measure/").write("value", "5").write("on", "2026-09-01").send(
        "value"
    )
    lead.sees(partly)
    lead.follow("/deviation/").choose("cause", "later").write("text", "Telefonerne kom i maj").send("text")
    owner.go(f"/{slug}/benefits/{benefit.ref}/freed-time/").choose("use", "reinvest")
    owner.write("what_for", "Mere tid hos den enkelte").write("not_heard_because", "Tages op i oktober")
    owner.send("what_for")
    owner.sees("Tages op i oktober")
    lead.go(f"/{slug}/initiatives/{initiative.ref}/benefits/promised/").sees("10,5")
    lead.go(f"/{slug}/initiatives/{initiative.ref}/benefits/closing-report/")
    lead.write("account", "Det meste kom.").send("account")
    with scope(cast.organisation):
        report = ClosingReport.objects.get()
        assert report.on == date(2026, 9, 2)
    walk_as(cast, "employee", width=360).go(f"/{slug}/closing-reports/{report.ref}/").sees(partly)
    walk_as(cast, "director", width=360).go(f"/{slug}/benefits/").sees(benefit.title)


def test_figures_are_brought_without_a_script(fjordby: Cast, walk_as: WalkAs) -> None:
    """A file with a fault changes nothing and names it; mended, it is taken in."""
    initiative = begun(fjordby)
    lead = walk_as(fjordby, "lead", width=320, script=False)
    lead.go(f"/fjordby/initiatives/{initiative.ref}/benefits/new/")
    lead.write("title", "Færre klager").choose("worth", "qualitative").choose(
        "indicator", "complaints"
    ).send()
    for rows, told in (
        ("Ukendt;2026-01-15;7", "Ukendt"),
        ("Færre klager;2026-01-15;7", "Et tal er hentet ind"),
    ):
        lead.go(f"/fjordby/initiatives/{initiative.ref}/benefits/figures/")
        text = f"Gevinst;Målt den;Værdi\n{rows}".encode()
        lead.bring("file", {"name": "tal.csv", "mimeType": "text/csv", "buffer": text}).send("file").sees(
            told
        )
    with scope(fjordby.organisation):
        assert Benefit.objects.get().measurements.get().value == 7
