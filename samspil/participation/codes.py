"""Personal codes: what stands on a letter or in a link. Only their hash is kept.

A code that is handed out on paper is drawn by lot. The code of a personal link in a mail is worked out from
the round and the elector, so that a mail that is written again says the same; it leads to nothing once the
round has closed. Whoever runs the system could work it out too: the level of the round says so.
"""

import hashlib

from django.utils.crypto import salted_hmac

from samspil.kit.refs import ALPHABET, LENGTH, new_ref

GROUP = 4  # a code is read and typed in groups of four


def new_code() -> str:
    return new_ref()


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def spaced(code: str) -> str:
    """As it is printed: `abcd efgh jkmn`."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def tidied(typed: str) -> str:
    """As it is kept, however it was typed."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())


def code_of_link(round_code: str, elector: str) -> str:
    """The code in the personal link of an elector with these refs."""
    digest = salted_hmac("samspil.participation.link", f"{round_code} {elector}", algorithm="sha256").digest()
    number, signs = int.from_bytes(digest, "big"), []
    for _place in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)
