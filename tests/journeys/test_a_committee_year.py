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

from playwright.sync_api import expect

from samspil.dialogue import actions, asks, keeping, queries
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda import settling
from samspil.dialogue.agenda.actions import request_matter, send_agenda, settle_agenda
from samspil.dialogue.attendance.models import AttendanceSheet
from samspil.dialogue.models import ActionPoint, Item, Meeting, Outcome
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


def sign(year: Year, meeting: Meeting, act: str, *signers: str, at_meeting: Meeting | None = None) -> None:
    """Each of those whom the rules name reads the whole meeting and signs it with one press."""
    for who in signers:
        walker = getattr(year, who).go(year.of(meeting, f"minutes/{act}/"))
        if at_meeting:
            walker.choose("at_meeting", at_meeting.ref)
        walker.send("sha256")


def all_is_approved(year: Year, meeting: Meeting, who: str, sentence: str) -> None:
    getattr(year, who).go(year.of(meeting, "minutes/")).sees(sentence)


def every_outcome_was_walked(year: Year, key: str) -> None:
    """What the agreement's table lists is what was recorded; nobody's journal was touched."""
    with scope(year.cast.organisation):
        table = regimes.named(key, year.cast.organisation)
        walked = set(Outcome.objects.values_list("key", flat=True))
        assert walked == {one.key for one in table.outcomes}
        assert journal.verify(year.cast.organisation) == []


def lay_rules(year: Year, approve: list[str]) -> None:
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
    hold(year, spring, named(year, spring, first))
    who_came(year, spring)
    sign(year, spring, "release", "chair", "vice_chair")
    move_and_finish_the_action(year)

    carry_over(year, early_summer, "Vagtplanen kommer for sent", "Opfølgning på det, vi har aftalt")
    year.lay_matters(early_summer, "Nye kontorer i Nord")
    year.lay_agenda(early_summer, "chair", "vice_chair")
    second = {
        "Vagtplanen kommer for sent": Said("disagreement", "Vi er ikke enige om, hvornår den tages i brug."),
        "Opfølgning på det, vi har aftalt": Said("noted", "Oversigten er på vej."),
        "Nye kontorer i Nord": Said("working_group", "Gruppen ser på støj og pladser."),
    }
    hold(year, early_summer, second)
    sign(year, spring, "approve", "chair", "vice_chair", at_meeting=early_summer)
    all_is_approved(year, spring, "employee", "Alt på dagsordenen er godkendt.")

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
    hold(year, extra, with_follow_up(year, extra, fourth))

    year.lay_matters(winter, "Rygning i arbejdstiden")
    hold(year, winter, {"Rygning i arbejdstiden": Said("guideline_terminated", "Vi begynder forfra.")})
    for meeting in (early_summer, moved, extra, winter):
        sign(year, meeting, "release", "chair", "vice_chair")
        sign(year, meeting, "approve", "chair", "vice_chair")
        all_is_approved(year, meeting, "vice_chair", "Alt på dagsordenen er godkendt.")
    year.vice_chair.go(year.of(winter, "minutes/")).sees("3 måneder")
    every_outcome_was_walked(year, "MED")


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


def named(year: Year, meeting: Meeting, said: Mapping[str, Said]) -> Mapping[str, Said]:
    """An initiative's item is called after its initiative, whatever that is."""
    return {title: said.get(title, said["Vagtplanen kommer for sent"]) for title in year.items_of(meeting)}


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


def move_and_finish_the_action(year: Year) -> None:
    """What was promised gets another day, with the reason; and it is done."""
    steward = year.steward.go(f"{year.of_committee}actions/").follow("/move/")
    steward.write("due", year.iso(50)).write("reason", "Tallene fra januar mangler.").send("due")
    steward.sees("Tallene fra januar mangler.")
    with scope(year.cast.organisation):
        assert ActionPoint.objects.get().done_on is None


def carry_over(year: Year, meeting: Meeting, *titles: str) -> None:
    """The day after a meeting, what stayed open is put on the next agenda with one press."""
    year.days_pass(1)
    chair = year.chair.go(year.of(meeting))
    chair.page.locator("#carried-over form button").click()
    chair.page.wait_for_load_state()
    chair.look_around()
    for title in titles:
        chair.sees(title)


def with_follow_up(year: Year, meeting: Meeting, said: Mapping[str, Said]) -> Mapping[str, Said]:
    """What was agreed on stands on the agenda again, as long as it is not done."""
    follow_up = Said("noted", "Oversigten er færdig.")
    return {title: said.get(title, follow_up) for title in year.items_of(meeting)}


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
