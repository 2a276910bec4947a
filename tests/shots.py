"""`make shots`: pictures of the pages of the demo, in three languages at 1280 and 360 px, into shots/.

Serves the demo from a folder of its own; the pictures are for looking at and are ignored by git. A page that
is only for some is photographed as somebody who may see it. `ONLY=guideline,strategy make shots` takes those
alone.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.ground import own_ground
from tests.bench.pages import served
from tests.chromium import launch_options

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = (1280, 360)
HOUSES = {"da": "fjordby", "en": "fjordby", "sv": "sjovik"}


def bring_a_list(page: Page) -> None:
    """Somebody new, somebody who moved, and a role; everybody else is not in the file."""
    rows = "Fornavn;Efternavn;E-mail;Stilling\r\nAlva;Lund;alva.lund@fjordby.example;planlægger\r\n"
    roles = "Person;Rolle;Enhed\r\nalva.lund@fjordby.example;projektleder;\r\n"
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "Personer.csv", "mimeType": "text/csv", "buffer": rows.encode()},
            {"name": "Roller.csv", "mimeType": "text/csv", "buffer": roles.encode()},
        ]
    )
    page.locator("main form button[type=submit]").first.click()


@dataclass(frozen=True)
class Shot:
    """A page to photograph: where, which links to follow from there, and as whom.

    Words in braces are looked up in the demo: `/items/{item}/`.
    """

    name: str
    path: str
    follow: tuple[str, ...] = ()
    who: str = "lead"
    do: Callable[[Page], None] | None = None


FIRST_INITIATIVE = "main table a"
REGISTER = ".breadcrumbs a[href$='/benefits/']"
CLOSED_ROUND = "main a:has-text('Nattilsyn med sensor')"
SHOTS = (
    Shot("home", "/"),
    Shot("needs", "/needs/"),
    Shot("raise-need", "/needs/new/"),
    Shot("initiatives", "/initiatives/"),
    Shot("initiative", "/initiatives/", (FIRST_INITIATIVE,)),
    Shot("gate", "/initiatives/", (FIRST_INITIATIVE, "main a[href*='/gate/']")),
    Shot("thread", "/initiatives/", (FIRST_INITIATIVE, "a[href*='/thread/']")),
    Shot("item", "/initiatives/", (FIRST_INITIATIVE, "main a[href*='/items/']")),
    Shot("consultation", "/initiatives/?words=hjem", (FIRST_INITIATIVE, "a[href*='/consultations/']")),
    Shot("dossier", "/initiatives/{discussed}/dossier/"),
    Shot("result", "/rounds/", (CLOSED_ROUND, "main a[href*='/results/']")),
    Shot(
        "result-statements",
        "/rounds/",
        (CLOSED_ROUND, "main a[href*='/results/']", "a[href$='/statements/']"),
    ),
    Shot("result-map", "/rounds/", (CLOSED_ROUND, "main a[href*='/results/']", "a[href$='/map/']")),
    Shot("result-method", "/rounds/", (CLOSED_ROUND, "main a[href*='/results/']", "a[href$='/method/']")),
    Shot("bring-consultation", "/initiatives/", (FIRST_INITIATIVE, "main a[href$='/consultations/new/']")),
    Shot("case-assumptions", "/cases/{contested_case}/assumptions/"),
    Shot("case-budget", "/cases/{contested_case}/budget/"),
    Shot("case-line", "/case-parts/{contested_line}/"),
    Shot("case-contest", "/case-parts/{contested_line}/contest/amount/"),
    Shot("case-answer", "/case-remarks/{remark}/answer/"),
    Shot("case-hours", "/cases/{contested_case}/taking-part/"),
    Shot("committees", "/committees/"),
    Shot("search", "/search/?q=hjemme"),
    Shot("permissions", "/permissions/"),
    Shot("guideline", "/guidelines/{guideline}/"),
    Shot("home-of-the-chair", "/", who="chair"),
    Shot("committee", "/committees/{committee}/", who="chair"),
    Shot("wheel", "/committees/{committee}/year/", who="chair"),
    Shot("plan-the-year", "/committees/{committee}/year/plan/", who="chair"),
    Shot("actions", "/committees/{committee}/actions/", who="chair"),
    Shot("request-matter", "/committees/{committee}/matters/new/", who="chair"),
    Shot("agenda", "/meetings/{coming}/", who="chair"),
    Shot("settle-agenda", "/meetings/{coming}/settle/", who="chair"),
    Shot("move-meeting", "/meetings/{coming}/move/", who="chair"),
    Shot("close-item", "/items/{on_agenda}/close/", who="chair"),
    Shot("meeting", "/meetings/{held}/", who="chair"),
    Shot("attendance", "/meetings/{held}/attendance/", who="chair"),
    Shot("record", "/meetings/{held}/record/", who="chair"),
    Shot("screen", "/meetings/{held}/screen/?item=1", who="chair"),
    Shot("minutes", "/meetings/{held}/minutes/", who="chair"),
    Shot("cases", "/meetings/{held}/cases/", who="chair"),
    Shot("outcome", "/items/{treated}/outcome/", who="chair"),
    Shot("send-down", "/items/{sent_item}/send-down/", who="{sender}"),
    Shot("replies", "/sent-down/{sending}/", who="{sender}"),
    Shot("reply", "/replies/{replied}/", who="chair"),
    Shot("give-reply", "/replies/{silent}/give/", who="{replies}"),
    Shot("reply-on-paper", "/replies/{silent}/paper/", who="{sender}"),
    Shot("staff-room", "/committees/{noted}/staff-side/", who="{notes}"),
    Shot("staff-note", "/staff-notes/{note}/", who="{notes}"),
    Shot("request", "/requests/{request}/", who="{asks}"),
    Shot("raise-request", "/committees/{requested}/requests/new/", who="{asks}"),
    Shot("deadlines", "/requests/deadlines/", who="vice_chair"),
    Shot("strategies", "/strategies/", who="director"),
    Shot("strategy", "/strategies/{strategy}/", who="director"),
    Shot("leadership", "/leadership/", who="director"),
    Shot("case", "/cases/{contested_case}/"),
    Shot("case-table", "/cases/{contested_case}/lines/"),
    Shot("case-pictures", "/cases/{contested_case}/pictures/"),
    Shot("benefits", "/benefits/"),
    Shot("benefit", "/benefits/", ("main table a",)),
    Shot("benefit-register", "/benefits/", ("main table a", REGISTER)),
    Shot("benefit-map", "/benefits/", ("main table a", REGISTER, "aside a[href$='/map/']")),
    Shot("benefits-promised", "/benefits/", ("main table a", REGISTER, "aside a[href$='/promised/']")),
    Shot("questions", "/questions/", who="digital_lead"),
    Shot("question-model", "/questions/{model}/", who="digital_lead"),
    Shot("organisation", "/organisation/", who="administrator"),
    Shot("bring-list", "/organisation/lists/", who="administrator"),
    Shot("list-preview", "/organisation/lists/", who="administrator", do=bring_a_list),
    Shot("keep-committees", "/organisation/committees/", who="administrator"),
)
PUBLIC = (
    Shot("front", "/"),
    Shot("cards", "/cards/"),
    Shot("card", "/cards/", ("main a[href*='/cards/']",)),
    Shot("demo", "/demo/"),
)


def main() -> None:
    only = set(filter(None, os.environ.get("ONLY", "").split(",")))
    languages = [one for one in os.environ.get("LANGUAGES", "da,sv,en").split(",") if one in HOUSES]
    shutil.rmtree(ROOT / "shots", ignore_errors=True)
    with own_ground("shots"):
        subprocess.run([Path(sys.executable).parent / "samspil", "prepare"], check=True)
        known = {slug: looked_up(slug) for slug in set(HOUSES.values())}
        with served() as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            for language in languages:
                for width in WIDTHS:
                    context = browser.new_context(viewport={"width": width, "height": 900})
                    address = f"http://127.0.0.1:{port}"
                    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
                    where = ROOT / "shots" / language / str(width)
                    slug = HOUSES[language]
                    photograph(context.new_page(), address, where, slug, known[slug], only)
                    context.close()
    print(f"{len(list((ROOT / 'shots').rglob('*.png')))} pictures in shots/")


def photograph(
    page: Page, address: str, folder: Path, slug: str, known: Mapping[str, str], only: set[str]
) -> None:
    for shot in PUBLIC:
        if not only or shot.name in only:
            _shoot(page, address, shot, folder)
    wanted = [one for shot in SHOTS if (one := _filled_in(shot, known))]
    wanted = [one for one in wanted if not only or one.name in only]
    for who, shots in groupby(wanted, lambda one: one.who):
        _sign_in(page, address, known[f"name of {who}"])
        for shot in shots:
            _shoot(page, f"{address}/{slug}", shot, folder)


def _filled_in(shot: Shot, known: Mapping[str, str]) -> Shot | None:
    """With what the demo calls it; None for what this organisation does not have."""
    asked = re.findall(r"\{(\w+)\}", shot.path + shot.who)
    if any(name not in known for name in asked):
        return None
    return Shot(shot.name, shot.path.format(**known), shot.follow, shot.who.format(**known), shot.do)


def _sign_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/demo/")
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def _shoot(page: Page, address: str, shot: Shot, folder: Path) -> None:
    """Take the picture; a link that this person or organisation does not have leaves the picture out."""
    page.goto(address + shot.path)
    for link in shot.follow:
        if not page.locator(link).count():
            return
        page.locator(link).first.click()
        page.wait_for_load_state()
    if shot.do:
        shot.do(page)
        page.wait_for_load_state()
    page.screenshot(path=folder / f"{shot.name}.png", full_page=True)


# --- what the demo calls things -----------------------------------------------------------------------------


def looked_up(slug: str) -> dict[str, str]:
    """The refs of things that have a page worth a picture, and the names of the people of the cast."""
    import django

    django.setup()
    from samspil.organisation.models import Organisation
    from samspil.organisation.scope import scope

    organisation = Organisation.objects.get(slug=slug)
    with scope(organisation):
        return dict(_refs(organisation))


def _refs(organisation: Any) -> Iterator[tuple[str, str]]:
    """Everything by its name here; what an organisation does not have is left out."""
    from samspil.business_case.contest.models import Remark
    from samspil.dialogue.guidelines.models import Guideline
    from samspil.dialogue.models import Item, Meeting
    from samspil.dialogue.remedies.models import RemedyCase
    from samspil.dialogue.replies.models import Asked, Sending
    from samspil.dialogue.staff_room.models import StaffNote
    from samspil.dialogue.strategy.models import Strategy
    from samspil.kit import clock
    from samspil.organisation.models import RegimePeriod, Seat

    people = _cast(organisation)
    today = clock.now().date()
    chaired = Seat.objects.filter(person=people["chair"], kind=Seat.Kind.CHAIR).values("committee")
    meetings = Meeting.objects.filter(committee__in=chaired)
    held = meetings.filter(on__lt=today, outcomes__isnull=False).order_by("-on").first()
    treated = Item.objects.filter(committee__in=chaired, meeting=held).exclude(initiative=None).first()
    sending = Sending.objects.order_by("-sent_at").first()
    remark = Remark.objects.filter(due__isnull=False, answer=None).first()
    answered = Remark.objects.filter(part__case__cuts__isnull=False, answer__isnull=False).first()
    case, note, guideline = RemedyCase.objects.first(), StaffNote.objects.first(), Guideline.objects.first()
    found = {
        "held": held,
        "committee": held and held.committee,
        "treated": treated,
        "discussed": treated and treated.initiative,
        "coming": meetings.filter(on__gte=today, items__status="on_agenda").order_by("on").first(),
        "on_agenda": Item.objects.filter(committee__in=chaired, status="on_agenda").first(),
        "sending": sending,
        "sent_item": sending and sending.item,
        "replied": Asked.objects.filter(sending=sending, replies__isnull=False).first(),
        "request": case,
        "requested": case and case.committee,
        "note": note,
        "noted": note and note.committee,
        "guideline": guideline,
        "strategy": Strategy.objects.first(),
        "remark": remark,
        "contested_case": remark and remark.case,
        "contested_line": answered and answered.part,
    }
    yield from ((name, one.ref) for name, one in found.items() if one)
    yield "model", f"{RegimePeriod.objects.order_by('-since')[0].regime}-idea"
    yield from ((f"name of {key}", str(person)) for key, person in people.items())

    def somebody(name: str, committee: Any, **who: Any) -> Iterator[tuple[str, str]]:
        """One of the cast with such a seat in a committee."""
        seats = Seat.objects.filter(committee=committee, person__in=people.values(), **who)
        by_person = {person.pk: key for key, person in people.items()}
        yield from ((name, by_person[seat.person_id]) for seat in seats[:1])

    running = {"kind__in": ("chair", "vice_chair", "secretary")}
    if sending:
        yield from somebody("sender", sending.item.committee, **running)
    if case:
        yield from somebody("asks", case.committee, side="staff")
    if note:
        yield from somebody("notes", note.committee, side="staff")
    for asked in Asked.objects.filter(sending=sending, replies=None) if sending else ():
        if them := list(somebody("replies", asked.committee, **running)):
            yield from (*them, ("silent", asked.ref))
            return


def _cast(organisation: Any) -> dict[str, Any]:
    """Those whom one can sign in as, by their keys in the demo's texts."""
    from samspil.organisation.models import Person
    from samspil.web import demo_house
    from samspil.web.demo_house.texts import read_texts

    told = read_texts(Path(demo_house.__file__).parent / organisation.slug).house["people"]
    names = {one["name"]: one["key"] for one in told if one.get("account")}
    people = Person.objects.filter(membership__isnull=False)
    return {names[str(person)]: person for person in people if str(person) in names}


if __name__ == "__main__":
    main()
