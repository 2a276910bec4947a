"""What can be read of urns. Whose an envelope is stands nowhere but in its row, and nobody asks for that."""

import hashlib
from collections.abc import Sequence
from datetime import date

from samspil.core.urn import files
from samspil.core.urn.files import About, OpenedUrn, SealedUrn
from samspil.core.urn.form import Attribute, Form, Question
from samspil.core.urn.holders import SECRETARY, STAFF, Candidate, what_is_wrong
from samspil.core.urn.opening import Turn, turn_of
from samspil.initiative.models import Initiative
from samspil.kit import house
from samspil.organisation.models import Committee, Person, Seat, Unit
from samspil.organisation.viewer import Viewer, current
from samspil.participation import queries
from samspil.participation.models import Round
from samspil.participation.urn.models import Holder, OpenedText, SealedBallot, Urn

HOLDERS = 3


def secret_round(ref: str) -> Round | None:
    """A secret round, whether its urn is set up or not."""
    found = queries.round_with(ref)
    return found if found and found.level == Round.Level.SECRET else None


def urn_of(round_: Round) -> Urn | None:
    return Urn.objects.select_related("committee", "round").filter(round=round_).first()


def urn_with(ref: str) -> Urn | None:
    """The urn of the secret round with this ref."""
    found = secret_round(ref)
    return urn_of(found) if found else None


def holders(urn: Urn) -> list[Holder]:
    return list(Holder.objects.filter(urn=urn).select_related("person", "deputy").order_by("place"))


def holder_of(urn: Urn, viewer: Viewer) -> Holder | None:
    """The viewer's own place, if they keep one of the keys."""
    return next((one for one in holders(urn) if viewer.person and one.person_id == viewer.person.pk), None)


def public_keys(urn: Urn) -> list[str]:
    """The three public keys in the order of the places; fewer as long as not everybody has made theirs."""
    return [one.public_key for one in holders(urn) if one.public_key]


def candidates(committee: Committee, on: date) -> dict[Person, Candidate]:
    """Everybody who sits in a committee on a day."""
    seats: dict[Person, list[tuple[str, str]]] = {}
    for seat in current(Seat.objects.filter(committee=committee), on).select_related("person"):
        seats.setdefault(seat.person, []).append((seat.side, seat.kind))
    here = {one: found for one, found in seats.items() if one.left_on is None and one.erased_at is None}
    return {person: Candidate(person.ref, tuple(found)) for person, found in here.items()}


def able_to_stand_in(urn: Urn, place: int, on: date) -> list[Person]:
    """Whoever can be deputy of a place: keeps no key, is nobody else's deputy, and fits the other two."""
    known, three = candidates(urn.committee, on), holders(urn)
    taken = {one.person_id for one in three} | {one.deputy_id for one in three if one.place != place}
    others = {one.place: known.get(one.person) if one.person else None for one in three}

    def fits(candidate: Candidate) -> bool:
        named = [found or Candidate("", ()) for _at, found in sorted((others | {place: candidate}).items())]
        return not what_is_wrong(named[:-1], named[-1], deputy=True)

    return [one for one, candidate in known.items() if one.pk not in taken and fits(candidate)]


def committee_near(initiative: Initiative, committees: Sequence[Committee]) -> Committee | None:
    """Of these, the one of an affected unit or the nearest above it, where the power to decide lies if there
    is one there; last those without a unit."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    units: set[int | None] = set(initiative.units.values_list("pk", flat=True)) or {initiative.owner.unit_id}
    on_the_way: list[Committee] = []
    while units:
        on_the_way += [one for one in committees if one.unit_id in units and one not in on_the_way]
        units = {parents.get(unit) for unit in units if unit is not None}
    at_its_level = [one for one in on_the_way if one.level == initiative.decision_level]
    return next(iter(at_its_level + on_the_way), None)


def able_to_hold(on: date) -> set[int]:
    """The committees with two of the staff side and somebody who keeps the minutes."""
    seats = current(Seat.objects.filter(person__left_on=None, person__erased_at=None), on)
    staff, minutes = {}, set()  # type: dict[int, set[int]], set[int]
    for committee, person, side, kind in seats.values_list("committee", "person", "side", "kind"):
        if side == STAFF:
            staff.setdefault(committee, set()).add(person)
        if kind == SECRETARY:
            minutes.add(committee)
    return {one for one in minutes if len(staff.get(one, ())) > 1}


def form_to_be(urn: Urn) -> Form:
    """The form as it would be fixed if the round opened now."""
    ask = house.round_kinds()[urn.round.kind].asks if urn.round.kind in house.round_kinds() else None
    asked: Sequence[Question] = ask(urn.round) if ask else ()
    attributes = tuple(
        Attribute(one["key"], one["title"], tuple(tuple(path) for path in one["options"]))
        for one in urn.attributes
    )
    return Form(tuple(asked), attributes, urn.longest_text)


def form_of(urn: Urn) -> Form:
    """The form of an open round, as every ballot holds it."""
    return files.form_from_plain(urn.form) if urn.form else form_to_be(urn)


def about(urn: Urn) -> About:
    round_ = urn.round
    return About(
        round=round_.ref,
        title=round_.title,
        organisation=round_.organisation.name,
        roster_size=round_.roster_size or 0,
        roster_sha256=round_.roster_sha256,
        smallest_total=round_.smallest_total,
        smallest_breakdown=round_.smallest_breakdown,
        form=form_of(urn),
    )


def ballots(urn: Urn) -> list[SealedBallot]:
    return list(SealedBallot.objects.filter(round=urn.round).order_by("sha256", "copy"))


def sealed_urn(urn: Urn) -> SealedUrn:
    """The urn's file, as its holders fetch it to recount; it has one hash as long as there is one."""
    return SealedUrn(about(urn), tuple(public_keys(urn)), tuple(bytes(one.sealed) for one in ballots(urn)))


def opened_urn(urn: Urn) -> OpenedUrn | None:
    """What came out of an urn; none before it was opened."""
    found = files.read(bytes(urn.result.data)) if urn.result else None
    return found if isinstance(found, OpenedUrn) else None


def turn(urn: Urn, holder: Holder) -> Turn | None:
    """What this holder is to open on their own device now: the test ballot, or every ballot."""
    if urn.state == Urn.State.PREPARING:
        left = [bytes(urn.left)] if urn.left else []
        return turn_of(holder.place, urn.begun_by, [bytes(urn.drill)], left) if urn.drill else None
    if urn.state != Urn.State.EXPORTED:
        return None
    rows = ballots(urn)
    return turn_of(
        holder.place, urn.begun_by, [bytes(one.sealed) for one in rows], [bytes(one.left) for one in rows]
    )


def text_followed(round_: Round, code: str) -> str:
    """The text whose author holds this code, once the urn is open; nothing where no text has it."""
    if not code:
        return ""
    sha256 = hashlib.sha256(code.encode()).hexdigest()
    found = OpenedText.objects.filter(round=round_, follow_sha256=sha256).first()
    return found.text if found else ""


def is_there(round_: Round, receipt: str) -> bool:
    """Whether a ballot with this receipt lies in the urn, or was on the list when the round closed."""
    urn = urn_of(round_)
    if urn is None or len(receipt) != hashlib.sha256().digest_size * 2:
        return False
    if urn.receipts:
        return f"{receipt}\n".encode() in bytes(urn.receipts.data)
    return round_.envelopes.filter(sha256=receipt).exists()
