"""The text of a statement before it is kept: tidy, short, and without anybody's personal number."""

import hashlib
import json
import unicodedata

from django.utils.translation import gettext_lazy as _

from samspil.core.personal_numbers import personal_numbers_in
from samspil.involvement.opinions.models import RoundStatement
from samspil.kit.refusal import Refused
from samspil.participation.models import Round

LONGEST = 240
SHORTEST = 8

TOO_LONG = _(
    "A statement has at most %(most)s characters, so that it can be read in one breath: “%(text)s …”"
)
TOO_SHORT = _("This is too short to agree or disagree with: “%(text)s”")
PERSONAL_NUMBER = _(
    "“%(number)s” looks like a personal number (CPR or personnummer). Take it out: others will read this, "
    "and a personal number must not stand here."
)


def tidy(text: str) -> str:
    """In one line, without spaces to spare and without signs that nobody sees."""
    seen = "".join(" " if sign.isspace() else sign for sign in text if _is_visible(sign))
    return " ".join(seen.split())


def checked(text: str, round_: Round) -> str:
    """A statement as it is kept; refused when it can't be one."""
    found = tidy(text)
    if len(found) < SHORTEST:
        raise Refused(TOO_SHORT % {"text": found}, field="text")
    if len(found) > LONGEST:
        raise Refused(TOO_LONG % {"most": LONGEST, "text": found[:40]}, field="text")
    without_personal_number(found, round_.organisation.country, "text")
    return found


def without_personal_number(text: str, country: str, field: str) -> None:
    """Refused with the number that was found."""
    for number in personal_numbers_in(text, country):
        raise Refused(PERSONAL_NUMBER % {"number": number}, field=field)


def sha256_of(statement: RoundStatement) -> str:
    """What the moderation log says of a statement as it stands: text, language and state."""
    said = [statement.number, statement.text, statement.language, statement.state]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _is_visible(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign)[0] != "C"
