"""Envelopes: a content key of its own for each ballot, wrapped so that any two of three holders can open it.

    envelope = 1 byte format, 6 wraps of 128 bytes, 24 bytes nonce, secretbox of the padded ballot

A wrap is a libsodium sealed box inside another: the outer holder opens first and learns nothing, the inner
holder then finds the content key. Each pair has two wraps, one in either order, so that of the two who come
either may begin and each comes once.
"""

import hashlib
from collections.abc import Sequence

from nacl.bindings import (
    crypto_box,
    crypto_box_open,
    crypto_scalarmult_base,
    crypto_secretbox,
    crypto_secretbox_open,
)
from nacl.exceptions import CryptoError

from samspil.core.urn.keys import private_of, public_of

FORMAT = 1
HOLDERS = 3
ORDERS = ((0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1))  # outer holder, inner holder
KEY, NONCE, EXTRA = 32, 24, 48  # EXTRA: what a sealed box adds
INNER = KEY + EXTRA
WRAP = INNER + EXTRA
CONTENT_AT = 1 + len(ORDERS) * WRAP
RANDOM_SIZE = KEY + NONCE + 2 * KEY * len(ORDERS)


def seal(padded: bytes, holders: Sequence[bytes], random: bytes) -> bytes:
    """Seal one padded ballot to the three public keys. `random` is used for this ballot and never again."""
    if len(random) != RANDOM_SIZE or len(holders) != HOLDERS:
        raise ValueError("three public keys, and exactly so many random bytes")
    key, nonce, rest = random[:KEY], random[KEY : KEY + NONCE], random[KEY + NONCE :]
    wraps = []
    for number, (outer, inner) in enumerate(ORDERS):
        first, second = (rest[KEY * at : KEY * (at + 1)] for at in (2 * number, 2 * number + 1))
        wraps.append(seal_box(seal_box(key, holders[inner], first), holders[outer], second))
    return bytes([FORMAT]) + b"".join(wraps) + nonce + crypto_secretbox(padded, nonce, key)


def seal_box(message: bytes, public: bytes, ephemeral: bytes) -> bytes:
    """A sealed box as libsodium makes it, from an ephemeral key that is handed in."""
    sender = crypto_scalarmult_base(ephemeral)
    return sender + crypto_box(message, _nonce(sender, public), public, ephemeral)


def is_public(key: bytes) -> bool:
    """Whether something can be sealed to this key; a few points of the curve belong to nobody."""
    try:
        return len(key) == KEY and bool(seal_box(b"", key, bytes([1]) * KEY))
    except (CryptoError, RuntimeError, ValueError):
        return False


def open_box(box: bytes, secret: bytes) -> bytes | None:
    """What is in a sealed box, or nothing where this secret does not open it."""
    sender, public = box[:KEY], public_of(secret)
    try:
        return crypto_box_open(box[KEY:], _nonce(sender, public), sender, private_of(secret))
    except (CryptoError, ValueError):
        return None


def looks_sealed(envelope: bytes, size: int) -> bool:
    """Whether it has the shape every envelope of its round has; what is in it nobody can tell."""
    return envelope[:1] == bytes([FORMAT]) and len(envelope) == sealed_size(size)


def sealed_size(size: int) -> int:
    return CONTENT_AT + NONCE + 16 + size


def wrap(envelope: bytes, outer: int, inner: int) -> bytes:
    at = 1 + WRAP * ORDERS.index((outer, inner))
    return envelope[at : at + WRAP]


def others(holder: int) -> tuple[int, int]:
    """The two who may follow when this holder begins."""
    first, second = (one for one in range(HOLDERS) if one != holder)
    return first, second


def begin(envelope: bytes, holder: int, secret: bytes) -> tuple[bytes, bytes]:
    """What the first holder leaves for either of the others: boxes that only they can open."""
    first, second = (open_box(wrap(envelope, holder, one), secret) or b"" for one in others(holder))
    return first, second


def content(envelope: bytes, key: bytes | None) -> bytes | None:
    """The padded ballot, or nothing: then the envelope is spoiled."""
    at = CONTENT_AT
    try:
        return crypto_secretbox_open(envelope[at + NONCE :], envelope[at : at + NONCE], key or b"")
    except (CryptoError, ValueError, TypeError):
        return None


def open_with_two(envelope: bytes, secrets: Sequence[tuple[int, bytes]]) -> bytes | None:
    """Open with the secrets of two holders, each with the place its holder has."""
    (outer, first), (inner, second) = secrets
    box = open_box(wrap(envelope, outer, inner), first)
    return content(envelope, open_box(box, second)) if box else None


def _nonce(sender: bytes, public: bytes) -> bytes:
    return hashlib.blake2b(sender + public, digest_size=NONCE).digest()
