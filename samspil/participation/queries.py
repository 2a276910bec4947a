"""What can be read of rounds and of who was asked."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from samspil.initiative.models import Link
from samspil.initiative.queries import units_below
from samspil.initiative.things import cards
from samspil.organisation.models import Person, Seat
from samspil.organisation.scope import every_organisation
from samspil.organisation.viewer import current, operator_of
from samspil.participation.codes import hashed
from samspil.participation.models import AskedGroup, Elector, Round


def rounds() -> "QuerySet[Round]":
    return Round.objects.select_related("thing", "initiative__thing", "organisation")


def round_with(ref: str) -> Round | None:
    return rounds().filter(thing__ref=ref).first()


def round_by_code(code: str) -> Round | None:
    """The round that a poster or a link leads to, whatever the organisation."""
    with every_organisation():
        return rounds().filter(code=code).first()


def round_of_ticket(code: str) -> Round | None:
    """The round that a personal code belongs to, whatever the organisation."""
    with every_organisation():
        elector = Elector.objects.filter(code_sha256=hashed(code)).first() if code else None
        return rounds().get(pk=elector.round_id) if elector else None


def persons_asked(asked: AskedGroup, on: date) -> "QuerySet[Person]":
    """The people here whom a unit with all below it, or a committee, stands for; a group has none."""
    here = Person.objects.filter(left_on=None, erased_at=None, guest_of="")
    if asked.unit_id:
        return here.filter(unit__in=units_below([asked.unit_id]))
    if asked.committee_id:
        seats = current(Seat.objects.filter(committee=asked.committee_id), on)
        return here.filter(pk__in=seats.values("person"))
    return here.none()


def electors_by_group(round_: Round) -> dict[int, int]:
    counted = AskedGroup.objects.filter(round=round_).annotate(n=Count("electors")).order_by("pk")
    return {row.pk: row.n for row in counted}


def expected_electors(round_: Round, on: date) -> dict[int, int]:
    """How many each asked group has: those with a code, and whoever would stand on the roster if it opened on
    that day. Whoever belongs to two groups counts with the first, as when the roster is written."""
    asked = list(AskedGroup.objects.filter(round=round_).order_by("pk"))
    coded = Elector.objects.filter(round=round_, person=None).values_list("asked").annotate(n=Count("pk"))
    found, standing = dict(coded), set[int]()
    for one in asked:
        people = set(persons_asked(one, on).values_list("pk", flat=True)) - standing
        standing |= people
        found[one.pk] = found.get(one.pk, 0) + len(people)
    return found


def took_part(round_: Round) -> int:
    return round_.participants.filter(quarantined="").count()


def ways_of_those_who_took_part(round_: Round) -> list[tuple[str, str, int]]:
    """How many took part by tier and channel; nobody is named."""
    rows = round_.participants.filter(quarantined="").values_list("tier", "channel")
    return list(rows.annotate(n=Count("pk")).order_by("tier", "channel"))


def typed_in_by(round_: Round, helper: Person | None) -> int:
    """How many sheets and calls a helper has typed in."""
    return round_.participants.filter(entered_by=helper).count() if helper else 0


def set_apart(round_: Round) -> int:
    """How many are set apart from the results; they are counted here and never deleted."""
    return round_.participants.exclude(quarantined="").count()


PUBLIC_KINDS = ("decision", "need", "initiative")  # of which the title may be told to whoever took part


def what_it_led_to(round_: Round) -> list[tuple[str, str]]:
    """Decisions and initiatives that the thread leads on to from a round: title and date, no address."""
    cited = Link.objects.filter(Q(from_thing=round_.thing, kind=Link.Kind.LED_TO) | Q(to_thing=round_.thing))
    ends = {one.to_thing if one.from_thing_id == round_.thing_id else one.from_thing for one in _ends(cited)}
    public = [one for one in ends if one.kind in PUBLIC_KINDS]
    reader = operator_of(round_.organisation, round_.opened_at or round_.planned_at)
    found = cards(public, reader)
    return sorted((card.title, str(card.line)) for card in found.values())


def _ends(cited: "QuerySet[Link]") -> "QuerySet[Link]":
    return cited.select_related("from_thing", "to_thing")
