"""Committees through a year, in a real browser: every outcome of every agreement at least once.

A main committee plans its year and meets five times under MED; a group has its half-year under samverkan, with
justering by the signatories of two unions; negotiations under MBL end differently with each union; an SU
committee meets three times. The outcomes are those of the agreements' tables: a new one fails here until
somebody walks it. What is not the point of a step is laid without a browser.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from samspil.dialogue import actions, asks, keeping, queries
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda import settling
from samspil.dialogue.agenda.actions import request_matter, send_agenda, settle_agenda
from samspil.dialogue.attendance.models import AttendanceSheet
from samspil.dialogue.models import ActionPoint, Item, Meeting, Outcome, Signature
from samspil.dialogue.remedies.queries import waits_of
from samspil.initiative import actions as hall
from samspil.organisation import journal
from samspil.organisation.models import Committee, ProcedureRules, Seat, Union
from samspil.organisation.scope import scope
from tests.cast import gather
from tests.journeys.walk import Walk
from tests.journeys.walker import Walker

# What people answer to what an outcome asks for; a new text that is asked for has no answer here and fails.
DANISH = {
    "guideline": "Retningslinje om planlægning af ferie",
    "account": "Ledelsen lægger en plan frem i maj og følger den, til vi har prøvet igen.",
    "who": "Tove og Lars. De kommer med et forslag til næste møde.",
    "sent_to": "Alle lokale udvalg. De svarer senest om seks uger.",
    "material": "Tallene for de sidste to år. Sanne skaffer dem.",
}
SWEDISH = {
    "missing": "Riskbedömningen för kvällspassen.",
    "called_by": "Forbund B",
    "who": "Tove och Lars. De kommer tillbaka till nästa möte med ett förslag.",
}
APPROVED = {"da": "Alt på dagsordenen er godkendt.", "sv": "Allt på dagordningen är justerat."}
POSITIONS = {
    "da": ("Vi går i gang i maj.", "Der mangler tid til oplæring, og vi kan ikke gå med til det."),
    "sv": ("Vi startar i maj.", "Det saknas tid för utbildning och vi går inte med på det."),
}


@dataclass(frozen=True)
class Said:
    """What came of an item, with each union where the agreement asks for it, and what was said."""

    outcome: str | Mapping[str, str]
    text: str
    action: tuple[str, str] = ("", "")  # what is to be done, and by whom

    def by_union(self, unions: Mapping[str, Union]) -> list[tuple[Union | None, str]]:
        if isinstance(self.outcome, str):
            return [(None, self.outcome)]
        return [(unions[name], key) for name, key in self.outcome.items()]


@dataclass
class Year(Walk):
    """A committee's meetings, one after another."""

    level: str = "main"
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def committee(self) -> Committee:
        return self.cast.committees[self.level]

    @property
    def of_committee(self) -> str:
        return f"{self.slug}/committees/{self.committee.ref}/"

    def of(self, meeting: Meeting, page: str = "") -> str:
        return f"{self.slug}/meetings/{meeting.ref}/{page}"

    def meetings(self) -> list[Meeting]:
        with scope(self.cast.organisation):
            rows = Meeting.objects.filter(committee=self.committee, cancelled_at=None)
            return list(rows.select_related("committee", "organisation").order_by("on"))

    def lay_meeting(self, on: date) -> Meeting:
        with scope(self.cast.organisation):
            return actions.plan_meeting(committee=self.committee, on=on, **self.by("chair"))

    def lay_matters(self, meeting: Meeting, *titles: str) -> None:
        """Matters that the chair puts on, so that they stand there at once."""
        with scope(self.cast.organisation):
            for title in titles:
                request_matter(committee=self.committee, title=title, meeting=meeting, **self.by("chair"))

    def lay_agenda(self, meeting: Meeting, *settlers: str) -> None:
        with scope(self.cast.organisation):
            sha256 = settling.agenda_of(meeting, self.day.date()).sha256
            for who in settlers:
                settle_agenda(meeting=meeting, sha256=sha256, **self.by(who))
            send_agenda(meeting=meeting, sha256=sha256, **self.by("secretary"))

    def items_of(self, meeting: Meeting) -> dict[str, Item]:
        with scope(self.cast.organisation):
            return {one.title: one for one in queries.agenda(meeting) if one.meeting_id == meeting.pk}


# --- steps ---------------------------------------------------------------------------------------------------


def hold(year: Year, meeting: Meeting, said: Mapping[str, Said], clerk: str = "secretary") -> None:
    """The day comes, and one page takes down all of the meeting: outcomes, what they ask for, texts, actions."""
    year.until(meeting.on)
    writer = getattr(year, clerk).go(year.of(meeting)).follow("/record/")
    items = year.items_of(meeting)
    assert set(items) == set(said), "everything on the agenda is treated"
    titles = [title for name, one in said.items() for title in take_down(year, writer, items[name], one)]
    writer.page.locator("#main-content button.button-primary").last.click()
    writer.page.wait_for_load_state()
    writer.look_around()
    assert writer.page.url.endswith(year.of(meeting)), writer.page.locator("#main-content").inner_text()
    for title in titles:
        writer.sees(title)


def take_down(year: Year, writer: Walker, item: Item, said: Said) -> list[str]:
    """Fill in what stands about one item; tells the titles of its outcomes."""
    with scope(year.cast.organisation):
        regime = regimes.read(keeping.table_of(item))
        later = [one.ref for one in queries.meetings_after(item.meeting)]
    titles = []
    for union, key in said.by_union(year.cast.unions):
        outcome = regime.outcome(key)
        assert outcome is not None, key
        titles.append(outcome.title)
        writer.choose(f"{item.ref}-outcome{f'_{union.ref}' if union else ''}", key)
        for ask in regime.asked_by(outcome):
            answer(year, writer, f"{item.ref}-{asks.field_of(ask.key, union)}", ask, later)
        if asks.BOTH_POSITIONS in outcome.asks:
            write_positions(writer, item, regime.language, union)
    writer.write(f"{item.ref}-text", said.text)
    what, who = said.action
    if what:
        unfold(writer, item, f"{item.ref}-action_text")
        writer.write(f"{item.ref}-action_text", what).write(f"{item.ref}-action_due", year.iso(21))
        writer.choose(f"{item.ref}-action_owner", year.cast.people[who].ref)
    return titles


def answer(year: Year, writer: Walker, name: str, ask: regimes.Ask, later: list[str]) -> None:
    """Fill in what an outcome asks for; its field stands there as soon as the outcome is chosen."""
    if ask.kind == "text":
        writer.write(name, year.answers[ask.key])
    elif ask.kind == "day":
        writer.write(name, year.iso())
    elif ask.kind == "later" and later:
        writer.choose(name.replace("asked_", "asked_meeting_"), later[0])
    elif ask.kind == "later":
        writer.write(name, year.iso(28))
    elif ask.kind == "months":
        expect(writer.page.locator(f"[name='{name}']")).to_have_value(str(ask.default))
    else:
        assert ask.kind in asks.COMMITTEES, ask.kind
        first = writer.page.locator(f"[name='{name}'] option").nth(1).get_attribute("value")
        writer.choose(name, str(first))


def write_positions(writer: Walker, item: Item, language: str, union: Union | None) -> None:
    management, staff = (asks.position_field(side, union) for side in ("management", "staff"))
    unfold(writer, item, f"{item.ref}-{management}")
    for name, words in zip((management, staff), POSITIONS[language], strict=True):
        writer.write(f"{item.ref}-{name}", words)


def unfold(writer: Walker, item: Item, name: str) -> None:
    holder = writer.page.locator(f"#item-{item.ref} details", has=writer.page.locator(f"[name='{name}']"))
    if holder.get_attribute("open") is None:
        holder.locator("summary").click()


def sign(year: Year, meeting: Meeting, act: str, *signers: str, at_meeting: Meeting | None = None) -> Walker:
    """Each of those whom the rules name reads the whole meeting and signs it with one press."""
    for who in signers:
        walker = getattr(year, who).go(year.of(meeting, f"minutes/{act}/"))
        if at_meeting:
            walker.choose("at_meeting", at_meeting.ref)
        walker.send("sha256")
    return walker


def release_and_approve(year: Year, meeting: Meeting) -> Walker:
    """Chair and vice-chair do both; who releases last goes on to approving."""
    sign(year, meeting, "release", "chair", "vice_chair").send("sha256")
    return sign(year, meeting, "approve", "chair")


def every_outcome_was_walked(year: Year) -> None:
    """What the agreement's table lists is what was recorded; the journal fits together."""
    with scope(year.cast.organisation):
        table = regimes.read(regimes.table_in_force(year.cast.organisation, year.day.date()))
        walked = set(Outcome.objects.values_list("key", flat=True))
        assert walked == {one.key for one in table.outcomes}
        assert journal.verify(year.cast.organisation) == []


def lay_rules(year: Year, approve: list[str]) -> None:
    """Each union has a signatory, and all of them sign."""
    with scope(year.cast.organisation):
        ProcedureRules.objects.create(
            organisation=year.cast.organisation,
            since=date(2026, 1, 1),
            request_working_days=10,
            release=["chair"],
            approve=approve,
            source="Lokalt samverkansavtal",
        )


# --- a year under MED ----------------------------------------------------------------------------------------


@pytest.mark.prove
def test_a_main_committees_year_under_med(house: Any, walk_as: Callable[..., Walker]) -> None:
    year = Year(gather("fjordby", "MED"), "MED", walk_as, answers=DANISH)
    lay_substitute(year)
    area = something_is_sent_up(year)
    plan_the_year(year)
    spring, early_summer, late_summer, autumn, winter = year.meetings()
    matters_come_onto_the_agenda(year, spring, area)
    arrange_settle_and_send(year, spring)
    first = {
        "Sygefravær og trivsel": Said(
            "discussed", "Tallene falder, undtagen om aftenen.", ("Oversigt over aftenvagter", "steward")
        ),
        "Vagtplanen kommer for sent": Said("postponed", "Vi nåede det ikke og tager det først næste gang."),
        "Parkering ved rådhuset": Said("informed", "Der bliver 40 pladser færre fra august."),
        "Vold og trusler om aftenen": Said("sent_down", "Alle udvalg ser på deres egne aftener."),
    }
    hold(year, spring, first)
    who_came(year, spring)
    sign(year, spring, "release", "chair", "vice_chair")
    what_was_promised_takes_longer(year)

    carry_over(year, early_summer, "Vagtplanen kommer for sent", "Opfølgning på det, vi har aftalt")
    year.lay_matters(early_summer, "Nye kontorer i Nord")
    year.lay_agenda(early_summer, "chair", "vice_chair")
    second = {
        "Vagtplanen kommer for sent": Said("disagreement", "Vi er ikke enige om, hvornår den tages i brug."),
        "Opfølgning på det, vi har aftalt": Said("noted", "Oversigten er på vej."),
        "Nye kontorer i Nord": Said("working_group", "Gruppen ser på støj og pladser."),
    }
    hold(year, early_summer, second)
    sign(year, spring, "approve", "chair", "vice_chair", at_meeting=early_summer).sees(APPROVED["da"])

    what_was_promised_is_done(year)

    moved = move_the_meeting(year, late_summer)
    year.lay_matters(moved, "Planlægning af ferie", "Kunstig intelligens i sagsbehandlingen")
    third = {
        "Planlægning af ferie": Said("guideline_agreed", "Planen ligger klar i februar hvert år."),
        "Kunstig intelligens i sagsbehandlingen": Said("more_material", "Vi vil se tallene først."),
    }
    hold(year, moved, third)

    year.lay_matters(autumn, "Brug af sociale medier")
    extra = cancel_and_meet_extraordinarily(year, autumn, "Brug af sociale medier")
    carry_over(year, extra, "Kunstig intelligens i sagsbehandlingen")
    fourth = {
        "Brug af sociale medier": Said("guideline_not_agreed", "Vi blev ikke enige om teksten."),
        "Kunstig intelligens i sagsbehandlingen": Said("discussed", "Ingen svar sendes uden et menneske."),
    }
    hold(year, extra, fourth)

    year.lay_matters(winter, "Rygning i arbejdstiden")
    hold(year, winter, {"Rygning i arbejdstiden": Said("guideline_terminated", "Vi begynder forfra.")})
    for meeting in (early_summer, moved, extra, winter):
        release_and_approve(year, meeting).sees(APPROVED["da"])
    year.chair.sees("3 måneder")
    every_outcome_was_walked(year)


def lay_substitute(year: Year) -> None:
    """Erik stands in for Tove in the main committee."""
    with scope(year.cast.organisation):
        seat = Seat.objects.get(committee=year.committee, person=year.cast.people["steward"])
        Seat.objects.create(
            organisation=seat.organisation,
            committee=seat.committee,
            person=year.cast.people["employee"],
            side=seat.side,
            union=seat.union,
            substitute_for=seat,
            since=seat.since,
        )


def something_is_sent_up(year: Year) -> Item:
    """The area committee sends a matter up; it then waits with the main committee."""
    area = Year(year.cast, "MED", year.walk_as, level="area", answers=DANISH)
    area.people = year.people
    meeting = area.lay_meeting(date(2026, 2, 10))
    area.lay_matters(meeting, "Vold og trusler om aftenen")
    hold(area, meeting, {"Vold og trusler om aftenen": Said("referred_up", "Det gælder hele kommunen.")})
    year.until(area.day.date())
    with scope(year.cast.organisation):
        return Item.objects.select_related("thing").get(committee=year.committee)


def plan_the_year(year: Year) -> None:
    """Five meetings in one go, and the topics that come up every year."""
    secretary = year.secretary.go(f"{year.of_committee}year/").follow("/year/plan/")
    secretary.write("year", "2026").write("starts", "09:00").write("ends", "11:00").write("place", "Rådhuset")
    for month in ("3", "5", "8", "10", "12"):
        secretary.choose("months", month)
    secretary.press("then")
    secretary.sees("10. marts 2026").press("then")
    secretary.sees("8. december 2026")
    secretary.page.locator("#usual form button").click()
    secretary.page.wait_for_load_state()
    secretary.look_around().sees("Sygefravær og trivsel")
    assert len(year.meetings()) == 5


def matters_come_onto_the_agenda(year: Year, meeting: Meeting, sent_up: Item) -> None:
    """Any matter by a member, an initiative by its lead, a standing topic, and what came from below."""
    colleague = year.vice_chair.go(year.of(meeting)).follow("/matters/new/")
    colleague.write("title", "Parkering ved rådhuset").choose("purpose", "informed")
    colleague.write("case", "Pladserne bag rådhuset bliver til en park.").send("title")
    lead = year.lead.go(f"{year.slug}/initiatives/{lay_initiative(year)}/put-before/")
    lead.send("committee")
    secretary = year.secretary.go(year.of(meeting)).follow(f"/items/{sent_up.ref}/meeting/")
    secretary.choose("meeting", meeting.ref).send("meeting")
    topics = secretary.go(year.of(meeting)).page.locator("#wheel li")
    topics.filter(has_text="Sygefravær og trivsel").locator("button").click()
    secretary.page.wait_for_load_state()
    secretary.look_around()


def lay_initiative(year: Year) -> str:
    """An initiative that touches everybody, so that it belongs before the main committee."""
    with scope(year.cast.organisation):
        need = hall.raise_need(
            problem="Vagtplanen kommer for sent",
            for_whom="Alle med vagter",
            if_nothing="Flere vikarer",
            **year.by("lead"),
        )
        return hall.start_initiative(
            needs=[need],
            units=[year.cast.units["whole"]],
            owner=year.cast.people["director"],
            **year.by("lead"),
        ).ref


def arrange_settle_and_send(year: Year, meeting: Meeting) -> None:
    secretary = year.secretary.go(year.of(meeting))
    topic = year.items_of(meeting)["Sygefravær og trivsel"]
    for _place in range(3):
        secretary.page.locator(f"#item-{topic.ref} button[value=up]").click()
        secretary.page.wait_for_load_state()
    secretary.look_around()
    secretary.follow(f"/meetings/{meeting.ref}/items/{topic.ref}/")
    secretary.write("minutes", "30").write("presenter", "Karen Direktør").send("minutes")
    expect(secretary.page.locator(f"#item-{topic.ref} h2")).to_contain_text("1. ")
    for who in ("chair", "vice_chair"):
        getattr(year, who).go(year.of(meeting)).follow("/settle/").send("sha256")
    secretary.go(year.of(meeting)).follow("/send/").send("sha256")
    year.employee.go(year.of(meeting)).sees("30 minutter")


def who_came(year: Year, meeting: Meeting) -> None:
    """A member sent a substitute, and the rules' sentence about the quorum stands there."""
    secretary = year.secretary.go(year.of(meeting)).follow("/attendance/")
    with scope(year.cast.organisation):
        seat = Seat.objects.get(committee=year.committee, person=year.cast.people["steward"])
    secretary.choose(f"seat_{seat.ref}", f"person_{year.cast.people['employee'].ref}").send("note")
    secretary.sees("Erik Ansat")
    with scope(year.cast.organisation):
        note = AttendanceSheet.objects.get(meeting=meeting).note
    assert note, "the rules' sentence about the quorum"
    secretary.sees(note)


def what_was_promised_takes_longer(year: Year) -> None:
    """It gets another day, and the committee reads why."""
    steward = year.steward.go(f"{year.of_committee}actions/").follow("/move/")
    steward.write("due", year.iso(80)).write("reason", "Tallene fra januar mangler.").send("due")
    steward.sees("Tallene fra januar mangler.")


def what_was_promised_is_done(year: Year) -> None:
    steward = year.steward.go(f"{year.of_committee}actions/")
    steward.page.locator("form[action*='/done/'] button").click()
    steward.page.wait_for_load_state()
    steward.look_around()
    with scope(year.cast.organisation):
        assert ActionPoint.objects.get().done_on == year.day.date()


def carry_over(year: Year, meeting: Meeting, *titles: str) -> None:
    """The day after a meeting, what stayed open is put on the next agenda with one press."""
    year.days_pass(1)
    chair = year.chair.go(year.of(meeting))
    chair.page.locator("#carried-over form button").click()
    chair.page.wait_for_load_state()
    chair.look_around()
    for title in titles:
        chair.sees(title)


def move_the_meeting(year: Year, meeting: Meeting) -> Meeting:
    secretary = year.secretary.go(year.of(meeting)).follow("/move/")
    on = meeting.on + timedelta(days=7)
    secretary.write("on", on.isoformat()).write("reason", "Flere er på kursus den dag.").send("reason")
    secretary.sees("Flere er på kursus den dag.")
    return next(one for one in year.meetings() if one.pk == meeting.pk)


def cancel_and_meet_extraordinarily(year: Year, meeting: Meeting, title: str) -> Meeting:
    secretary = year.secretary.go(year.of(meeting)).follow("/cancel/")
    secretary.write("reason", "Der er valg den dag.").choose("items_go", "wait").send("reason")
    secretary.sees("Der er valg den dag.")
    secretary.go(f"{year.of_committee}meetings/new/")
    on = meeting.on + timedelta(days=7)
    secretary.write("on", on.isoformat()).choose("kind", "extraordinary").send("on")
    extra = next(one for one in year.meetings() if one.on == on)
    with scope(year.cast.organisation):
        waiting = Item.objects.select_related("thing").get(title=title)
    secretary.go(f"{year.slug}/items/{waiting.ref}/meeting/").choose("meeting", extra.ref).send("meeting")
    return extra


# --- half a year under samverkan -----------------------------------------------------------------------------


def test_a_groups_half_year_under_samverkan(house: Any, walk_as: Callable[..., Walker]) -> None:
    year = Year(gather("sjovik", "samverkan"), "samverkan", walk_as, answers=SWEDISH)
    lay_rules(year, ["chair", "each_adjuster"])
    march, april, june = (
        year.lay_meeting(on) for on in (date(2026, 3, 10), date(2026, 4, 14), date(2026, 6, 9))
    )
    steward = year.steward.go(year.of(march)).follow("/matters/new/")
    steward.write("title", "Hot och våld på kvällspassen").choose("purpose", "discussed").send("title")
    year.lay_matters(
        march, "Nytt schemasystem", "Ny organisation för hemtjänsten", "Upphandling av telefoner"
    )
    year.chair.go(year.of(march)).follow("/settle/").send("sha256")
    year.secretary.go(year.of(march)).follow("/send/").send("sha256")
    first = {
        "Hot och våld på kvällspassen": Said("working_group", "Gruppen går igenom tillbuden."),
        "Nytt schemasystem": Said("discussed", "Vi är klara med frågan för den här fasen."),
        "Ny organisation för hemtjänsten": Said("adjourned", "Riskbedömningen saknas."),
        "Upphandling av telefoner": Said("informed", "Anbuden öppnas i maj."),
    }
    hold(year, march, first)
    justering(year, march, "Riskbedömningen för kvällspassen.")

    carry_over(year, april, "Ny organisation för hemtjänsten")
    year.lay_matters(april, "Arbetskläder", "Sommarens bemanning")
    second = {
        "Ny organisation för hemtjänsten": Said("concluded_disagreed", "Parterna är oeniga om tiden."),
        "Arbetskläder": Said("referred_level", "Frågan hör hemma i en annan grupp."),
        "Sommarens bemanning": Said("postponed", "Vi hann inte."),
    }
    hold(year, april, second)
    justering(year, april, POSITIONS["sv"][1])

    carry_over(year, june, "Sommarens bemanning")
    year.lay_matters(june, "Städningen läggs ut på entreprenad")
    third = {
        "Sommarens bemanning": Said("concluded_agreed", "Vi är eniga om schemat för sommaren."),
        "Städningen läggs ut på entreprenad": Said("referred_central", "Facket begär central förhandling."),
    }
    hold(year, june, third)
    justering(year, june, "Forbund B")
    every_outcome_was_walked(year)


def justering(year: Year, meeting: Meeting, stands_there: str) -> None:
    """The chair makes the text ready; chair and a signatory of each of two unions sign the whole of it."""
    sign(year, meeting, "release", "chair").send("sha256")
    sign(year, meeting, "approve", "vice_chair").does_not_see(APPROVED["sv"])
    sign(year, meeting, "approve", "steward").sees(APPROVED["sv"]).sees(stands_there)
    with scope(year.cast.organisation):
        signed = Signature.objects.filter(minutes__meeting=meeting, act=Signature.Act.APPROVE)
        assert set(signed.values_list("union__name", flat=True)) == {None, "Forbund A", "Forbund B"}


# --- negotiations under MBL ----------------------------------------------------------------------------------


@pytest.mark.prove
def test_a_negotiation_under_mbl_ends_differently_with_each_union(
    house: Any, walk_as: Callable[..., Walker]
) -> None:
    year = Year(gather("sjovik", "MBL"), "MBL", walk_as, answers=SWEDISH)
    local, central = (year.lay_meeting(on) for on in (date(2026, 3, 10), date(2026, 4, 14)))
    year.lay_matters(local, "Ny organisation för hemtjänsten", "Köket läggs ut på entreprenad")
    year.lay_matters(local, "Nya arbetstider", "Budgetläget")
    first = {
        "Ny organisation för hemtjänsten": Said(
            {"A": "concluded_agreed", "B": "concluded_disagreed"}, "Enighet med A, oenighet med B."
        ),
        "Köket läggs ut på entreprenad": Said(
            {"A": "concluded_agreed", "B": "referred_central"}, "B begär central förhandling."
        ),
        "Nya arbetstider": Said({"A": "adjourned", "B": "postponed"}, "Parterna ses igen i april."),
        "Budgetläget": Said({"A": "informed", "B": "informed"}, "Arbetsgivaren redovisade prognosen."),
    }
    hold(year, local, first)
    justering(year, local, POSITIONS["sv"][1])

    carry_over(year, central, "Nya arbetstider")
    items = year.items_of(local)
    disagreed, kitchen = (items[name] for name in list(first)[:2])
    year.chair.go(item_of(year, disagreed)).sees("17 mars 2026")  # seven days from the signatures
    called = year.steward.go(item_of(year, disagreed)).follow("/central/")
    called.choose("union", year.cast.unions["B"].ref).send("union")
    for one in (disagreed, kitchen):
        year.secretary.go(item_of(year, one, "meeting/")).choose("meeting", central.ref).send("meeting")
    second = {
        "Ny organisation för hemtjänsten": Said({"B": "central_agreed"}, "De centrala parterna är eniga."),
        "Köket läggs ut på entreprenad": Said({"B": "central_disagreed"}, "Centralt är parterna oeniga."),
        "Nya arbetstider": Said({"A": "concluded_agreed", "B": "concluded_agreed"}, "Enighet med båda."),
    }
    hold(year, central, second)
    justering(year, central, "Central förhandling avslutad i enighet")
    with scope(year.cast.organisation):
        waits = waits_of(disagreed, year.day.date())
        assert {one.union.name: one.wait.stand for one in waits if one.union} == {
            "Forbund A": "agreed",
            "Forbund B": "centrally_concluded",
        }
    every_outcome_was_walked(year)


def item_of(year: Year, item: Item, page: str = "") -> str:
    return f"{year.slug}/items/{item.ref}/{page}"


# --- half a year in an SU committee --------------------------------------------------------------------------


@pytest.mark.prove
def test_an_su_committees_half_year(house: Any, walk_as: Callable[..., Walker]) -> None:
    year = Year(gather("styrelsen", "SU"), "SU", walk_as, level="local", answers=DANISH)
    march, may = (year.lay_meeting(on) for on in (date(2026, 3, 10), date(2026, 5, 12)))
    first = {
        "Nyt sagssystem": Said("discussed", "Vi er enige om rækkefølgen."),
        "Hjemmearbejde": Said("disagreement", "Vi er uenige om de faste dage."),
        "Ferie": Said("guideline_agreed", "Planen ligger klar i februar."),
        "Overarbejde": Said("guideline_not_agreed", "Vi blev ikke enige."),
        "Rokader": Said("informed", "Tre flytter i april."),
        "Kompetenceudvikling": Said("noted", "Planen er læst."),
        "Støj på kontoret": Said("postponed", "Vi nåede det ikke."),
    }
    year.lay_matters(march, *first)
    hold(year, march, first)
    carry_over(year, may, "Støj på kontoret")
    second = {
        "Støj på kontoret": Said("working_group", "Gruppen prøver stillezoner."),
        "Effektivisering": Said("referred_up", "Det gælder hele styrelsen."),
        "Stress": Said("sent_down", "Alle kontorer ser på det."),
        "Sociale medier": Said("guideline_terminated", "Vi begynder forfra."),
        "Budget": Said("more_material", "Tallene mangler."),
        "Digital strategi": Said("written_request", "Anmodningen er givet til ledelsen i dag."),
    }
    year.lay_matters(may, *list(second)[1:])
    hold(year, may, second)
    release_and_approve(year, may).sees(APPROVED["da"]).sees("3 måneder")
    every_outcome_was_walked(year)
