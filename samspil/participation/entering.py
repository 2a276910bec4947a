"""Who comes in to a round, and by which way: the one place that turns a ticket into a participant.

Participants need no account. A personal code comes in the address of the link, an open link gives the browser
a token of its own. Both are kept in a cookie that lives as long as the round and that nothing else reads.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from samspil.organisation.models import Person
from samspil.organisation.viewer import person_of
from samspil.participation import pseudonyms
from samspil.participation.codes import hashed
from samspil.participation.models import AskedGroup, Elector, Participant, Round

# By hand, for whoever votes asks each time.
PARTICIPANT = f"SELECT * FROM {Participant._meta.db_table} WHERE round_id = %s AND key = %s"  # noqa: S608  # nosec B608


@dataclass(frozen=True)
class Entrance:
    """Somebody at the door of an open round, before anything is kept about them."""

    round: Round
    who: str  # what stands for them alone: an elector's ref, an account, a browser
    tier: str
    channel: str = Participant.Channel.OWN_DEVICE
    elector: Elector | None = None
    asked: AskedGroup | None = None
    person: Person | None = None  # named rounds show it; others never keep it
    arrived_with: str = ""  # by the open link: marks of those who came with them (`pace.py`)


def as_elector(ref: str) -> str:
    """What stands for somebody who was asked."""
    return f"elector {ref}"


def as_person(ref: str) -> str:
    """What stands for somebody who is signed in and was not asked by name."""
    return f"person {ref}"


def by_code(round_: Round, code: str) -> Entrance | None:
    """Whoever holds a personal link or a printed code."""
    rows = Elector.objects.filter(round=round_, code_sha256=hashed(code)).select_related("asked", "person")
    elector = rows.first() if code else None
    return _as_elector(round_, elector) if elector else None


def by_account(round_: Round, account: Any) -> Entrance | None:
    """Somebody who is signed in: on the roster, or let in by the open link as verified."""
    if not account.is_authenticated:
        return None
    person = person_of(account.pk, round_.organisation.slug)
    if person is None:
        return None
    elector = Elector.objects.filter(round=round_, person=person).select_related("asked", "person").first()
    if elector:
        return _as_elector(round_, elector)
    if round_.by_link:
        return Entrance(round_, as_person(person.ref), Participant.Tier.VERIFIED, person=person)
    return None


def by_link(round_: Round, browser: str, arrived_with: str = "") -> Entrance | None:
    """Whoever has the open link: one a browser, and marked as unverified."""
    if not round_.by_link or not browser:
        return None
    return Entrance(round_, f"browser {browser}", Participant.Tier.OPEN, arrived_with=arrived_with)


def _as_elector(round_: Round, elector: Elector) -> Entrance:
    return Entrance(
        round_,
        as_elector(elector.ref),
        Participant.Tier.ROSTER,
        elector=elector,
        asked=elector.asked,
        person=elector.person,
    )


def participant_of(entrance: Entrance) -> Participant | None:
    """Whoever stands at the door as they have taken part before, if they have; of secret rounds nobody is."""
    if entrance.round.level == Round.Level.SECRET:
        return None
    found = Participant.objects.raw(PARTICIPANT, [entrance.round.pk, _key(entrance)])
    return next(iter(found), None)


def not_begun(person: Person) -> list[Round]:
    """The open rounds in which somebody is asked and has not taken part, as far as that is not secret.

    For their own eyes only; in a number of questions that does not grow with the rounds.
    """
    asked = Elector.objects.filter(person=person, round__state=Round.State.OPEN)
    rows = asked.select_related("round__organisation", "round__thing").order_by("round__closes_on", "pk")
    keyed = pseudonyms.participant_keys([(row.round, as_elector(row.ref)) for row in rows])
    there = Participant.objects.filter(key__in=keyed.values()).values_list("round", "key")
    begun = {round_ for round_, key in there if keyed.get(round_) == key}
    return [row.round for row in rows if row.round_id not in begun]


def take_part(entrance: Entrance, on: date) -> Participant:
    """The participant whoever stands at the door is from now on; coming twice, or at once, makes one."""
    found, _new = Participant.objects.get_or_create(
        round=entrance.round, key=_key(entrance), defaults=_facts(entrance, on)
    )
    return found


def join(entrance: Entrance, on: date, **facts: Any) -> Participant:
    """The same where somebody who has taken part already is an error of the database."""
    everything = {**_facts(entrance, on), **facts}
    return Participant.objects.create(round=entrance.round, key=_key(entrance), **everything)


def _facts(entrance: Entrance, on: date) -> dict[str, Any]:
    named = entrance.round.level == Round.Level.NAMED
    return {
        "organisation": entrance.round.organisation,
        "person": entrance.person if named else None,
        "tier": entrance.tier,
        "channel": entrance.channel,
        "asked": entrance.asked,
        "arrived_with": entrance.arrived_with,
        "joined_on": on,
    }


def _key(entrance: Entrance) -> str:
    if entrance.round.level == Round.Level.NAMED:
        return pseudonyms.named_key(entrance.round, entrance.who)
    return pseudonyms.participant_key(entrance.round, entrance.who)
