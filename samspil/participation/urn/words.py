"""Sentences about urns that more than one place says."""

from django.utils.translation import gettext_lazy as _

WRONG_HOLDERS = {
    "not_three": _("Three different people hold the keys."),
    "no_seat": _("Somebody you chose has no seat in this committee today. Choose from its members."),
    "not_two_of_staff": _("Two of the three must sit on the staff side, so that no two can open without it."),
    "three_of_staff": _(
        "Exactly two sit on the staff side: choose a secretary who does not, so that both sides can watch."
    ),
    "no_secretary": _("The third key belongs to the committee's secretary. Choose whoever has that seat."),
}
NOT_SECRET = _("Only a secret round has an urn.")
SET_UP_FIRST = _("Choose the three who hold the keys first.")
NO_LONGER = _("The round has opened; who holds its keys and what is on its ballot can't be changed any more.")
NO_DEPUTY = _("Nobody has named you as deputy here.")
DEPUTY_HOLDS = _("Whoever holds a key already can't stand in for another holder.")
NOT_A_KEY = _("This is no key. Open your page again and make a new one there.")
KEY_USED = _("This key was used before. Keys belong to one round and one person; make a new one.")
KEYS_MISSING = _("Not all three have made their keys yet.")
NO_DRILL = _(
    "The keys have not been tried yet. Two of the three holders must open the test ballot before the round "
    "can open: a key that was written down wrongly could not be mended afterwards."
)
DRILL_FAILED = _(
    "The test ballot did not open. Both who tried begin again; whoever is unsure of the key makes a new one."
)
KEEP_IT_SAFE = _("Your key has been tried and works. Keep it until the urn has been opened and counted.")
NO_STATEMENTS = _("Nothing is asked yet. Add the statements first.")
TOO_LARGE = _(
    "The ballot is too long for a secret round: every ballot has the same size, and that would be %(size)s "
    "bytes of at most %(most)s. Ask fewer statements or allow a shorter text."
)
TOO_EARLY = _(
    "The urn can be opened when the round has closed and not before. Nothing was opened. Keep your key."
)
TOO_LATE = _("The urn has been opened. Nothing is asked of your key any more, unless you want to recount.")
NOT_YOUR_KEY = _(
    "This is not the key that you made for this round. It may belong to another round or to another holder. "
    "Look at the paper again and type it once more."
)
YOU_HAVE_BEGUN = _("You have done your part. Now one more of the three is needed.")
OTHER_SHAPE = _(
    "What your device sent does not fit what is asked now. Open the page again and try once more."
)
NOTHING_OPENED = _(
    "None of the ballots opened. What the first of you handed in is thrown away and nothing is lost: begin "
    "again, in whichever order."
)
RECOUNT_DIFFERS = _(
    "This is another hash than the one here. Do not destroy anything: count again with the file from this "
    "page, then let two holders open the urn once more. The ballots are all still here."
)
STILL_RECOUNTED = _(
    "The urn is kept until %(day)s so that holders can recount it. It can be destroyed earlier when two of "
    "them have got the same hash."
)
NOT_OPENED = _("The urn has not been opened yet.")
KEEP_YOUR_KEY = _("Your key is still needed: the urn has not been opened.")
TAMPERED_BALLOT = _("This is no sealed ballot of this round. Open the page again and answer once more.")
TEXT_TOO_LONG = _("Your text is too long. Shorten it to %(most)s characters.")
NO_CODE_NO_BALLOT = _("Come in with your personal link, your code or your account; then you can answer.")
NO_FILE = _("The urn has a file as soon as it has closed, and until its envelopes are destroyed.")
