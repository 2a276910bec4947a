"""What the urn brings to the manifest of its room."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.kit.room import PersonalData, Verb
from samspil.organisation.models import Person
from samspil.participation.models import Elector, Round
from samspil.participation.urn import notices

UNTIL_IT_CLOSES = _("until the round closes; then nothing says any more whose an envelope was")
AS_LONG_AS_THE_ROUND = _("as long as the round and what came of it are kept")


def forget_elector(person: Person, at: datetime) -> None:
    """Who was asked goes. While a secret round is open the row stays without a name: a ballot may lie under
    it that nobody can take back."""
    theirs = Elector.objects.filter(person=person, round__level=Round.Level.SECRET)
    held = theirs.filter(Q(round__state=Round.State.OPEN) | Q(envelope__isnull=False))
    Elector.objects.filter(pk__in=[one.pk for one in held]).update(person=None, code_sha256="")
    Elector.objects.filter(person=person).delete()


PERSONAL_DATA = (
    PersonalData(
        "participation.Holder",
        _("Keys of secret rounds"),
        {"person": _("who holds a key"), "deputy": _("who stands in for them")},
        AS_LONG_AS_THE_ROUND,
        "anonymise",
        _("That there was a holder stays, because two of three opened the urn; who it was goes."),
        beside={"urn": _("round"), "key_destroyed_at": _("signed that the key is destroyed")},
    ),
    PersonalData(
        "participation.Envelope",
        _("Ballots in a secret round that is open"),
        {"elector": _("that you took part")},
        UNTIL_IT_CLOSES,
        "keep",
        _("Nobody can read it and nobody can take it back; the form says so. It stays without your name."),
        beside={"round": _("round")},
    ),
)
VERBS = {
    "participation.urn_set_up": Verb(_("chose who holds the keys of the secret round"), notices.of_keys),
    "participation.deputy_named": Verb(_("named a deputy for one who holds a key"), notices.of_deputy),
    "participation.place_taken": Verb(_("took the place of holder %(place)s")),
    "participation.key_made": Verb(_("made key %(place)s of the round")),
    "participation.urn_drilled": Verb(_("opened the test ballot with the keys %(places)s")),
    "participation.urn_stripped": Verb(_("took the names off %(ballots)s ballots")),
    "participation.urn_exported": Verb(
        _("fixed the hash of the urn with %(ballots)s ballots: %(sha256)s"), notices.of_closing
    ),
    "participation.opening_begun": Verb(_("began to open the urn with key %(place)s")),
    "participation.urn_opened": Verb(
        _("opened the urn with key %(place)s: %(ballots)s ballots, %(spoiled)s spoiled, result %(sha256)s")
    ),
    "participation.urn_recounted": Verb(_("counted the urn again and got the same hash")),
    "participation.count_taken_back": Verb(_("took the count %(sha256)s back")),
    "participation.urn_destroyed": Verb(_("destroyed the envelopes of the urn")),
    "participation.key_destroyed": Verb(_("signed that key %(place)s is destroyed")),
}
LEFT_OUT_OF_BACKUPS = ("participation.Envelope", "participation.SealedBallot")
