"""What dossiers bring to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.dossier import actions, keeping, pages
from samspil.kit.room import Panel, Verb

PANEL = Panel(_("Dossier"), "dialogue/dossier/_panel.html", pages.panel, order=90)
WORKS = {actions.WORK: actions.make_ordered}
VERBS = {
    "dialogue.dossier_ordered": Verb(_("had the dossier of “%(title)s” made")),
    "dialogue.dossier_made": Verb(
        _("got the dossier of “%(title)s”, with the fingerprint %(package_sha256)s")
    ),
}
PERSONAL_DATA = keeping.PERSONAL_DATA
