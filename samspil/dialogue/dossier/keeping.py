"""How long the file of a dossier is kept, and what becomes of it when somebody is erased.

See docs/decisions/0012-the-file-of-a-dossier-is-let-go.md.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.dossier.models import Dossier
from samspil.kit.room import AS_LONG_AS_THE_CASE, PersonalData
from samspil.organisation.models import Person

FILE_KEPT = timedelta(days=30)


def forget_who_ordered(person: Person, _at: datetime) -> None:
    """An order that is not made yet goes with the person; of one that was made the name goes."""
    theirs = Dossier.objects.filter(ordered_by=person)
    theirs.filter(made_at=None).delete()
    theirs.update(ordered_by=None)


def let_the_files_go(_person: Person, _at: datetime) -> None:
    """A name may stand anywhere in the free text of any file, so all go; they are made anew in seconds."""
    Dossier.objects.exclude(data=None).update(data=None)


PERSONAL_DATA = (
    PersonalData(
        "dialogue.Dossier",
        _("Dossiers"),
        {"ordered_by": _("who had it made")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("That it was made and its fingerprint stay, so that it can be checked; who had it made goes."),
        beside={"ordered_at": _("ordered at"), "made_at": _("made at")},
        erase=forget_who_ordered,
    ),
    PersonalData(
        "dialogue.Dossier",
        _("The files of dossiers"),
        {"data": _("the names that stand in minutes, decisions and the journal")},
        FILE_KEPT,
        "delete",
        _("A copy of what the records hold. It can be made anew, then without the name."),
        erase=let_the_files_go,
        counted_from="made_at",
        when_over="empty",
    ),
)
