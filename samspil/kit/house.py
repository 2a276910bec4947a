"""Which rooms stand in this house. `web` says so once at start; everyone below asks here."""

from collections.abc import Iterator

from samspil.kit.room import EvidenceSource, Room, RoundKind, ThingKind, Verb

_rooms: tuple[Room, ...] = ()


def furnish(rooms: tuple[Room, ...]) -> None:
    """Name the rooms, from the ground up."""
    global _rooms
    _rooms = rooms


def rooms() -> tuple[Room, ...]:
    return _rooms


def rooms_on(rooms_off: list[str]) -> Iterator[Room]:
    """The rooms an organisation uses."""
    return (room for room in _rooms if room.name not in rooms_off)


def evidence_source(name: str) -> tuple[Room, EvidenceSource] | None:
    """Who answers a demand: `dialogue.discussed.idea` is answered by the room `dialogue`."""
    for room in _rooms:
        if name in room.evidence:
            return room, room.evidence[name]
    return None


def thing_kinds() -> dict[str, ThingKind]:
    return {kind: entry for room in _rooms for kind, entry in room.things.items()}


def verbs() -> dict[str, Verb]:
    return {verb: entry for room in _rooms for verb, entry in room.verbs.items()}


def round_kinds() -> dict[str, RoundKind]:
    return {kind: entry for room in _rooms for kind, entry in room.round_kinds.items()}
