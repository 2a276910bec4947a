"""What people do with the urn of a secret round: permission, facts, consequences, journal."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.utils.formats import date_format

from samspil.core.urn import opening, sealing
from samspil.core.urn.counting import open_all
from samspil.core.urn.form import STEP, Path, pad
from samspil.core.urn.holders import Candidate, what_is_wrong
from samspil.core.urn.opening import Turn
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.models import Committee, Person
from samspil.organisation.viewer import Viewer
from samspil.participation.models import Round
from samspil.participation.permissions import PERMISSIONS
from samspil.participation.urn import closing, proof, queries, words
from samspil.participation.urn.models import Holder, OpenedText, SealedBallot, Urn

SECRETARY = 2  # the place that is not the staff side's
RECOUNTS_ENOUGH = 2
Outcome = Literal["begun", "done", "failed"]


@dataclass(frozen=True)
class Breakdown:
    """Something results may be broken down by, with its options from the widest group to the narrowest."""

    title: str
    options: Sequence[Path]


@dataclass(frozen=True)
class Plan:
    """Who holds the keys, and what is on the ballot besides the statements."""

    committee: Committee
    staff: Sequence[Person]
    secretary: Person
    breakdowns: Sequence[Breakdown] = field(default=())
    longest_text: int = 0
    recount_days: int = 14


@dataclass(frozen=True)
class HandedIn:
    """What a holder's device has opened, and what shows that its key is that holder's."""

    boxes: Sequence[bytes]
    ticket: str
    answer: bytes


@transaction.atomic
def set_up_urn(*, round_: Round, plan: Plan, by: Viewer, at: datetime) -> Urn:
    """Choose the three holders and the rest of the ballot. Choosing anew throws keys and drill away."""
    PERMISSIONS.require("set_up_urn", by, round_)
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.level != Round.Level.SECRET:
        raise Refused(words.NOT_SECRET)
    if round_.state != Round.State.PLANNED:
        raise Refused(words.NO_LONGER)
    _check_holders(plan, by)
    facts = {
        "organisation": by.organisation,
        "committee": plan.committee,
        "attributes": _attributes(plan.breakdowns),
        "longest_text": plan.longest_text,
        "recount_days": plan.recount_days,
    }
    Urn.objects.filter(round=round_).delete()
    urn = Urn.objects.create(round=round_, **facts)
    three = [*plan.staff, plan.secretary]
    Holder.objects.bulk_create(
        Holder(organisation=by.organisation, urn=urn, place=place, person=person)
        for place, person in enumerate(three)
    )
    told = {"holders": [str(one) for one in three]}
    journal.append("participation.urn_set_up", thing=round_.ref, facts=told, about=three, by=by, at=at)
    return urn


@transaction.atomic
def name_deputy(*, urn: Urn, place: int, person: Person | None, by: Viewer, at: datetime) -> Holder:
    """Name who may take a holder's place before the round opens, or nobody."""
    PERMISSIONS.require("name_deputy", by, urn)
    urn = _preparing(urn)
    holder = Holder.objects.select_related("person").get(urn=urn, place=place)
    if person:
        _check_deputy(urn, place, person, by)
    holder.deputy = person
    holder.save(update_fields=["deputy"])
    about = [person] if person else []
    facts = {"deputy": str(person or ""), "holder": str(holder.person or "")}
    journal.append("participation.deputy_named", thing=urn.round.ref, facts=facts, about=about, by=by, at=at)
    return holder


@transaction.atomic
def take_place(*, urn: Urn, by: Viewer, at: datetime) -> Holder:
    """A deputy takes the place and makes a key of their own; the key of whoever they stand in for is gone."""
    PERMISSIONS.require("take_place", by, urn)
    urn = _preparing(urn)
    holder = Holder.objects.filter(urn=urn, deputy=by.person).first()
    if holder is None:
        raise Refused(words.NO_DEPUTY)
    holder.person, holder.deputy, holder.public_key, holder.drilled = by.person, None, "", False
    holder.save()
    _forget_drill(urn)
    facts = {"place": holder.place + 1}
    journal.append("participation.place_taken", thing=urn.round.ref, facts=facts, by=by, at=at)
    return holder


@transaction.atomic
def make_key(*, urn: Urn, public_key: str, by: Viewer, at: datetime) -> Holder:
    """Keep the public half of a key that was made on the holder's device. The third brings the drill."""
    PERMISSIONS.require("make_key", by, urn)
    urn = _preparing(urn)
    holder = _own(urn, by)
    public = _public(public_key)
    used = Holder.objects.exclude(pk=holder.pk).filter(public_key=public)
    if used.exists() or holder.public_key == public:
        raise Refused(words.KEY_USED)
    holder.public_key, holder.drilled = public, False
    holder.save()
    _forget_drill(urn)
    _prepare_drill(urn)
    facts = {"place": holder.place + 1, "public_key": public}
    journal.append("participation.key_made", thing=urn.round.ref, facts=facts, by=by, at=at)
    return holder


@transaction.atomic
def drill(*, urn: Urn, handed_in: HandedIn, by: Viewer, at: datetime) -> Outcome:
    """Try the keys on a test ballot: one holder opens the outer box, another one the inner.

    When it fails both begin again, with another test ballot.
    """
    PERMISSIONS.require("drill", by, urn)
    urn = _preparing(urn)
    if not urn.drill:
        raise Refused(words.KEYS_MISSING)
    holder = _own(urn, by)
    turn = _turn(urn, holder, handed_in)
    if turn.begins:
        [urn.left] = opening.left_for_the_others(handed_in.boxes)
        urn.begun_by = holder.place
        urn.save(update_fields=["left", "begun_by"])
        return "begun"
    [plain] = opening.contents([bytes(urn.drill)], handed_in.boxes)
    done = hashlib.sha256(plain or b"").hexdigest() == urn.drill_sha256
    if done:
        places = (urn.begun_by or 0, holder.place)
        Holder.objects.filter(urn=urn, place__in=places).update(drilled=True)
        urn.drilled_at = at
    _prepare_drill(urn)
    if done:
        facts = {"places": " · ".join(str(place + 1) for place in sorted(places))}
        journal.append("participation.urn_drilled", thing=urn.round.ref, facts=facts, by=by, at=at)
    return "done" if done else "failed"


@transaction.atomic
def open_urn(*, urn: Urn, handed_in: HandedIn, by: Viewer, at: datetime) -> Outcome:
    """Open the urn, or begin to: two holders do it, each on their own device, in whichever order.

    When not one ballot opens, what the first had handed in was no use; both begin again and nothing is lost.
    """
    PERMISSIONS.require("open_urn", by, urn)
    urn = _held(urn)
    if urn.state in (Urn.State.PREPARING, Urn.State.OPEN, Urn.State.CLOSED, Urn.State.STRIPPED):
        raise Refused(words.TOO_EARLY)
    if urn.state != Urn.State.EXPORTED:
        raise Refused(words.TOO_LATE)
    holder = _own(urn, by)
    turn = _turn(urn, holder, handed_in)
    rows = queries.ballots(urn)
    facts: dict[str, Any] = {"place": holder.place + 1}
    if turn.begins:
        for row, left in zip(rows, opening.left_for_the_others(handed_in.boxes), strict=True):
            row.left = left
        SealedBallot.objects.bulk_update(rows, ["left"], batch_size=200)
        urn.begun_by = holder.place
        urn.save(update_fields=["begun_by"])
        journal.append("participation.opening_begun", thing=urn.round.ref, facts=facts, by=by, at=at)
        return "begun"
    about = queries.about(urn)
    plains = list(opening.contents([bytes(one.sealed) for one in rows], handed_in.boxes))
    if not any(plains):
        SealedBallot.objects.filter(round=urn.round).update(left=b"")
        urn.begun_by = None
        urn.save(update_fields=["begun_by"])
        return "failed"
    opened = open_all(plains, about.form, about.smallest_total, about.smallest_breakdown)
    closing.keep_result(urn, opened, at)
    facts |= {"ballots": opened.cast, "spoiled": opened.spoiled, "sha256": urn.result_sha256}
    journal.append("participation.urn_opened", thing=urn.round.ref, facts=facts, by=by, at=at)
    return "done"


@transaction.atomic
def confirm_recount(*, urn: Urn, sha256: str, by: Viewer, at: datetime) -> Holder:
    """A holder has counted on a machine of their own and says which hash came out."""
    PERMISSIONS.require("confirm_recount", by, urn)
    urn = _opened(urn)
    if "".join(sha256.split()).lower() != urn.result_sha256:
        raise Refused(words.RECOUNT_DIFFERS, field="sha256")
    holder = _own(urn, by)
    holder.recounted_at = at
    holder.save(update_fields=["recounted_at"])
    facts = {"sha256": urn.result_sha256}
    journal.append("participation.urn_recounted", thing=urn.round.ref, facts=facts, by=by, at=at)
    return holder


@transaction.atomic
def open_again(*, urn: Urn, by: Viewer, at: datetime) -> Urn:
    """Take the count back, because a recount differs: two holders open the urn once more."""
    PERMISSIONS.require("open_again", by, urn)
    urn = _opened(urn)
    OpenedText.objects.filter(round=urn.round).delete()
    Holder.objects.filter(urn=urn).update(recounted_at=None)
    facts = {"sha256": urn.result_sha256}
    urn.state, urn.begun_by, urn.result, urn.result_sha256 = Urn.State.EXPORTED, None, None, ""
    urn.recount_until = None
    urn.save()
    journal.append("participation.count_taken_back", thing=urn.round.ref, facts=facts, by=by, at=at)
    return urn


@transaction.atomic
def destroy_urn(*, urn: Urn, by: Viewer, at: datetime) -> None:
    """Destroy the envelopes: when the time for recounts is over, or two holders have recounted."""
    PERMISSIONS.require("destroy_urn", by, urn)
    urn = _opened(urn)
    recounted = Holder.objects.filter(urn=urn, recounted_at__isnull=False).count()
    if recounted < RECOUNTS_ENOUGH and urn.recount_until and by.today <= urn.recount_until:
        day = date_format(urn.recount_until)
        raise Refused(str(words.STILL_RECOUNTED) % {"day": day})
    closing.empty(urn)
    facts = {"sha256": urn.urn_sha256}
    journal.append("participation.urn_destroyed", thing=urn.round.ref, facts=facts, by=by, at=at)


@transaction.atomic
def sign_key_destroyed(*, urn: Urn, by: Viewer, at: datetime) -> Holder:
    """A holder signs that every copy of their key is destroyed. No program can prove it."""
    PERMISSIONS.require("sign_key_destroyed", by, urn)
    urn = _held(urn)
    if not urn.result_sha256:
        raise Refused(words.KEEP_YOUR_KEY)
    holder = _own(urn, by)
    holder.key_destroyed_at = at
    holder.save(update_fields=["key_destroyed_at"])
    facts = {"place": holder.place + 1}
    journal.append("participation.key_destroyed", thing=urn.round.ref, facts=facts, by=by, at=at)
    return holder


def _held(urn: Urn) -> Urn:
    """The urn as it stands now; whoever changes it waits for us."""
    Round.objects.select_for_update().get(pk=urn.round_id)
    return Urn.objects.select_related("round__organisation", "organisation", "committee").get(pk=urn.pk)


def _opened(urn: Urn) -> Urn:
    found = _held(urn)
    if found.state != Urn.State.OPENED:
        raise Refused(words.NOT_OPENED if not found.result_sha256 else words.TOO_LATE)
    return found


def _preparing(urn: Urn) -> Urn:
    found = _held(urn)
    if found.state != Urn.State.PREPARING:
        raise Refused(words.NO_LONGER)
    return found


def _own(urn: Urn, by: Viewer) -> Holder:
    """The place of whoever acts; the table has let nobody else come this far."""
    holder = queries.holder_of(urn, by)
    if holder is None:
        raise Refused(words.SET_UP_FIRST)
    return holder


def _check_holders(plan: Plan, by: Viewer) -> None:
    known = queries.candidates(plan.committee, by.today)
    staff = [_candidate(one, known) for one in plan.staff]
    if wrong := what_is_wrong(staff, _candidate(plan.secretary, known)):
        raise Refused(words.WRONG_HOLDERS[wrong])


def _check_deputy(urn: Urn, place: int, person: Person, by: Viewer) -> None:
    known = queries.candidates(urn.committee, by.today)
    three = {one.place: one.person for one in queries.holders(urn)}
    if (
        person in three.values()
        or Holder.objects.filter(urn=urn, deputy=person).exclude(place=place).exists()
    ):
        raise Refused(words.DEPUTY_HOLDS, field="person")
    three[place] = person
    named = [_candidate(three[at], known) for at in range(queries.HOLDERS)]
    if wrong := what_is_wrong(named[:SECRETARY], named[SECRETARY], deputy=True):
        raise Refused(words.WRONG_HOLDERS[wrong], field="person")


def _candidate(person: Person | None, known: dict[Person, Candidate]) -> Candidate:
    return (known.get(person) if person else None) or Candidate(person.ref if person else "", ())


def _attributes(breakdowns: Sequence[Breakdown]) -> list[dict[str, Any]]:
    return [
        {"key": f"a{number}", "title": one.title, "options": [list(path) for path in one.options]}
        for number, one in enumerate(breakdowns, start=1)
    ]


def _public(text: str) -> str:
    try:
        public = bytes.fromhex(text)
    except ValueError as fault:
        raise Refused(words.NOT_A_KEY) from fault
    if not sealing.is_public(public):
        raise Refused(words.NOT_A_KEY)
    return public.hex()


def _forget_drill(urn: Urn) -> None:
    urn.drill, urn.left, urn.drill_sha256, urn.begun_by, urn.drilled_at = b"", b"", "", None, None
    urn.save()


def _prepare_drill(urn: Urn) -> None:
    """Seal a test ballot to the three, as soon as there are three; a new one for every try."""
    keys = queries.public_keys(urn)
    if len(keys) < queries.HOLDERS:
        return
    plain = pad(secrets.token_bytes(16), STEP)
    random = secrets.token_bytes(sealing.RANDOM_SIZE)
    urn.drill = sealing.seal(plain, [bytes.fromhex(key) for key in keys], random)
    urn.drill_sha256, urn.left, urn.begun_by = hashlib.sha256(plain).hexdigest(), b"", None
    urn.save()


def _turn(urn: Urn, holder: Holder, handed_in: HandedIn) -> Turn:
    """What this holder was asked for; refuses another key than theirs and what fits nothing."""
    if not proof.is_proved(holder, handed_in.ticket, handed_in.answer):
        raise Refused(words.NOT_YOUR_KEY)
    turn = queries.turn(urn, holder)
    if turn is None:
        raise Refused(words.YOU_HAVE_BEGUN)
    if not opening.fits(turn, handed_in.boxes):
        raise Refused(words.OTHER_SHAPE)
    return turn
