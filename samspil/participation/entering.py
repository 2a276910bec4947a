"""Who comes in to a round, and by which way: the one place that turns a ticket into a participant.

Participants need no account. A personal code comes in the address of the link, an open link gives the browser
a token of its own. Both are kept in a cookie that lives as long as the round and that nothing else reads.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from samspil.organisation.models import Person
from samspil.organisation.viewer import person_of
from samspil.participation import pseudonyms
from samspil.participation.models import AskedGroup, Elector, Participant, Round


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


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


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
        return Entrance(round_, f"person {person.ref}", Participant.Tier.VERIFIED, person=person)
    return None


def by_link(round_: Round, browser: str) -> Entrance | None:
    """Whoever has the open link: one a browser, and marked as unverified."""
    if not round_.by_link or not browser:
        return None
    return Entrance(round_, f"browser {browser}", Participant.Tier.OPEN)


def _as_elector(round_: Round, elector: Elector) -> Entrance:
    return Entrance(
        round_,
        f"elector {elector.ref}",
        Participant.Tier.ROSTER,
        elector=elector,
        asked=elector.asked,
        person=elector.person,
    )


def participant_of(entrance: Entrance) -> Participant | None:
    """Whoever stands at the door as they have taken part before, if they have."""
    return Participant.objects.filter(round=entrance.round, key=_key(entrance)).first()


def take_part(entrance: Entrance, on: date) -> Participant:
    """The participant whoever stands at the door is from now on; coming twice makes one."""
    named = entrance.round.level == Round.Level.NAMED
    found, _new = Participant.objects.get_or_create(
        round=entrance.round,
        key=_key(entrance),
        defaults={
            "organisation": entrance.round.organisation,
            "person": entrance.person if named else None,
            "tier": entrance.tier,
            "channel": entrance.channel,
            "asked": entrance.asked,
            "joined_on": on,
        },
    )
    return found


def _key(entrance: Entrance) -> str:
    if entrance.round.level == Round.Level.NAMED:
        return hashed(f"{entrance.round.code} {entrance.who}")
    return pseudonyms.participant_key(entrance.round, entrance.who)
