"""Who releases and approves minutes, as the rules of procedure list them, and who of them has signed.

Rules name seats: chair, vice_chair, secretary, adjuster, each_adjuster. `adjuster` is fulfilled by one
signatory of any union; `each_adjuster` asks for one of every union with a seat. Where the regime reaches its
outcome with each union by itself (MBL), `adjuster` means each of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samspil.dialogue import regime as regimes
from samspil.dialogue.models import Item, Minutes, Signature
from samspil.dialogue.regime import Procedure, Regime
from samspil.organisation.models import Seat, Union
from samspil.organisation.viewer import Viewer, current

RELEASE, APPROVE = Signature.Act.RELEASE, Signature.Act.APPROVE
ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Signer:
    """A place for a signature: the kind of seat, for a union or none, and who has signed there."""

    kind: str
    title: str
    union: Union | None = None
    signature: Signature | None = None
    holders: tuple[Seat, ...] = ()

    @property
    def open(self) -> bool:
        return self.signature is None

    @property
    def vacant(self) -> bool:
        return self.open and not self.holders

    def held_by(self, person_id: int) -> Seat | None:
        return next((seat for seat in self.holders if seat.person_id == person_id), None)


@dataclass(frozen=True)
class Sheet:
    """The signatures of one act. `elsewhere`: the signature that records that it was done elsewhere."""

    act: str
    signers: tuple[Signer, ...]
    elsewhere: Signature | None = None

    @property
    def complete(self) -> bool:
        return self.elsewhere is not None or not any(signer.open for signer in self.signers)

    @property
    def missing(self) -> tuple[Signer, ...]:
        return () if self.complete else tuple(signer for signer in self.signers if signer.open)

    def place_for(self, viewer: Viewer) -> Signer | None:
        """Where this viewer may sign, if anywhere."""
        if viewer.person is None:
            return None
        return next((one for one in self.missing if one.held_by(viewer.person.pk)), None)


def sheets(item: Item, minutes: Minutes | None, on: date) -> dict[str, Sheet]:
    """Both sheets of one item's minutes: who releases, who approves."""
    regime = regimes.as_read(item.regime, item.organisation)
    meeting = minutes.meeting if minutes else item.meeting
    rules = regimes.procedure(item.committee, meeting.on if meeting else on, regime)
    seats = list(seats_in([item.committee_id], on))
    signed = list(minutes.signatures.select_related("person", "union", "at_meeting")) if minutes else []
    return {act: sheet(act, rules, regime, seats, signed) for act in (RELEASE, APPROVE)}


def seats_in(committee_ids: Iterable[int], on: date) -> "Iterable[Seat]":
    rows = Seat.objects.filter(committee__in=committee_ids)
    return current(rows.select_related("person", "union", "substitute_for"), on).order_by("pk")


def sheet(
    act: str, rules: Procedure, regime: Regime, seats: Sequence[Seat], signed: Sequence[Signature]
) -> Sheet:
    """The sheet of an act from the rules, the seats and what has been signed."""
    kinds = rules.release if act == RELEASE else rules.approve
    mine = [one for one in signed if one.act == act]
    elsewhere = next((one for one in mine if one.as_kind == ELSEWHERE), None)
    return Sheet(act, tuple(_signers(kinds, regime, seats, mine)), elsewhere)


def _signers(
    kinds: Iterable[str], regime: Regime, seats: Sequence[Seat], signed: Sequence[Signature]
) -> Iterator[Signer]:
    for named in kinds:
        kind = named.removeprefix("each_")
        each = named.startswith("each_") or (kind == Seat.Kind.ADJUSTER and regime.per_union)
        for union in _unions(seats).values() if each else (None,):
            yield Signer(
                kind=kind,
                title=str(regime.words.get(kind, kind)),
                union=union,
                signature=_signature(kind, union, signed),
                holders=tuple(seat for seat in seats if fits(seat, kind, union)),
            )


def unions_of(seats: Iterable[Seat]) -> list[Union]:
    """The unions that have a seat on the staff side."""
    return list(_unions(seats).values())


def _unions(seats: Iterable[Seat]) -> Mapping[int, Union]:
    return {
        seat.union_id: seat.union
        for seat in seats
        if seat.side == Seat.Side.STAFF and seat.union_id and seat.union
    }


def fits(seat: Seat, kind: str, union: Union | None) -> bool:
    """Whether the holder of a seat, or a substitute for it, signs in this place."""
    kinds = {seat.kind} | ({seat.substitute_for.kind} if seat.substitute_for else set())
    return kind in kinds and (union is None or seat.union_id == union.pk)


def _signature(kind: str, union: Union | None, signed: Iterable[Signature]) -> Signature | None:
    return next(
        (one for one in signed if one.as_kind == kind and (union is None or one.union_id == union.pk)), None
    )
