"""The three levels of anonymity in plain words: what each does, and what it does not do.

They stand above every form, before the first answer is given. Source: security.md section 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspil.participation.models import Round


@dataclass(frozen=True)
class LevelWords:
    """What a participant reads about a level."""

    name: "str | Promise"
    promise: "str | Promise"
    limits: "tuple[str | Promise, ...]"


ACCESS_LAW = _(
    "We are a public authority: somebody may ask for access to what we hold. "
    "We can't promise more than the law allows."
)
ONE_TOOK_PART = _("It does not hide that you took part.")
WHO_HAS_YOUR_CODE = _(
    "Whoever has your code or your personal link, or has kept a copy of it, can see and change what you "
    "answered until the round closes."
)
OWN_WORDS = _("If you write something that only you can have written, people may recognise you.")

LEVELS: Mapping[str, LevelWords] = {
    Round.Level.NAMED: LevelWords(
        _("With name"),
        _("Your name stands with what you answer."),
        (ACCESS_LAW,),
    ),
    Round.Level.CONFIDENTIAL: LevelWords(
        _("Confidential"),
        _(
            "Managers can't see what you answer. Your answers are kept under a random key instead of your "
            "name, and the key is destroyed when the round closes."
        ),
        (
            _(
                "Until the round closes, whoever runs the system could find out what you answered; from a "
                "backup of that time also afterwards, as long as it is kept."
            ),
            WHO_HAS_YOUR_CODE,
            ONE_TOOK_PART,
            OWN_WORDS,
            ACCESS_LAW,
        ),
    ),
    Round.Level.SECRET: LevelWords(
        _("Secret"),
        _(
            "Whoever copies the database, the logs or the backups, before or after, learns who took part and "
            "never what anybody answered. Your ballot is sealed, and two of the three key holders (two of "
            "the three are from the staff side) must open the urn together when it has closed."
        ),
        (
            _(
                "It does not hide that you took part while the round is open. When it has closed, nothing "
                "says any more whose a ballot was."
            ),
            OWN_WORDS,
            _(
                "If you were handed a code: whoever has it can put another ballot in the place of yours "
                "until the round closes, and read neither. Your receipt is missing then."
            ),
            _(
                "When the urn is open the ballots lie there whole, without names, for the key holders, for "
                "whoever runs the round and for those who check the count. Somebody who knows many of your "
                "answers may recognise the rest."
            ),
            _("It does not protect against somebody who looks over your shoulder."),
            _(
                "It does not protect against somebody who changes the program while it runs. That your "
                "browser seals the ballot does not help then, because the same system sends the script."
            ),
            _(
                "It does not protect against somebody who makes you hand over your first receipt and later "
                "sees that it is missing. You can answer again, and only the last ballot counts."
            ),
            _(
                "That nobody opens the urn alone is cryptography. That it stays closed until the round has "
                "been closed is the server's rule, and that the paper keys are destroyed afterwards is the "
                "holders' word."
            ),
            _(
                "Once it is open there are no drafts, no interim results and no erasing: nobody can find "
                "your ballot to change it or take it out."
            ),
            ACCESS_LAW,
        ),
    ),
}
