"""A holder's key as something a person can write down, and type again on a phone.

Eight groups of five characters: four carry the secret, the fifth tells when the group was mistyped, changed
places with its neighbour or stands where another group belongs. Only digits and letters that look alike to
nobody, the same in every language (Crockford's base 32).
"""

import hashlib
from collections.abc import Iterator

from nacl.bindings import crypto_scalarmult_base

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("OIL", "011")  # what people write for a nought and a one
SECRET_SIZE = 20  # bytes: 160 random bits
GROUPS, IN_GROUP = 8, 5
DOMAIN = b"samspil urn key 1"


class MistypedKeyError(ValueError):
    """The text is no key. `group` is the first that is wrong, counted from one; 0: too few or too many."""

    def __init__(self, group: int) -> None:
        super().__init__(f"group {group}")
        self.group = group


def as_text(secret: bytes) -> str:
    """The secret as its holder writes it down."""
    bits = int.from_bytes(secret)
    values = [bits >> shift & 31 for shift in range(5 * (4 * GROUPS - 1), -1, -5)]
    groups = [values[start : start + 4] for start in range(0, len(values), 4)]
    return " ".join(
        "".join(ALPHABET[value] for value in (*group, _check(group, place)))
        for place, group in enumerate(groups)
    )


def from_text(text: str) -> bytes:
    """The secret that somebody has typed, in whatever case and spacing; raises `MistypedKeyError`."""
    typed = "".join(text.split()).replace("-", "").upper().translate(READ_AS)
    if len(typed) != GROUPS * IN_GROUP:
        raise MistypedKeyError(0)
    bits = 0
    for place, group in enumerate(_groups(typed)):
        values = [ALPHABET.find(character) for character in group]
        if -1 in values or values[4] != _check(values[:4], place):
            raise MistypedKeyError(place + 1)
        for value in values[:4]:
            bits = bits << 5 | value
    return bits.to_bytes(SECRET_SIZE)


def private_of(secret: bytes) -> bytes:
    """The X25519 key that the secret stands for."""
    return hashlib.sha512(DOMAIN + secret).digest()[:32]


def public_of(secret: bytes) -> bytes:
    """The half of the pair that everybody may know."""
    return crypto_scalarmult_base(private_of(secret))


def _groups(typed: str) -> Iterator[str]:
    return (typed[start : start + IN_GROUP] for start in range(0, len(typed), IN_GROUP))


def _check(values: list[int], place: int) -> int:
    """A sum in the field of 32 elements in which each character has its own weight, and so has the place."""
    found = place
    for value in reversed(values):
        found = _double(found ^ value)
    return found


def _double(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
