"""Who may open the pages that belong to the whole house."""

from django.utils.translation import gettext_lazy as _

from samspil.kit.permission import Permission, Permissions, predicate
from samspil.organisation.predicates import anyone_here, reader
from samspil.organisation.viewer import Viewer


@predicate(_("a guest from a partner organisation"))
def guest(viewer: Viewer, _thing: object = None) -> bool:
    return viewer.is_guest


PERMISSIONS = Permissions(
    "web",
    {
        "see_home": Permission(
            anyone_here | guest | reader, _("The first page is open to everyone who has come in.")
        ),
        "see_permissions": Permission(
            anyone_here, _("The table of permissions is open to everyone who belongs to the organisation.")
        ),
        "save_draft": Permission(
            anyone_here, _("Drafts are kept for people who belong to the organisation.")
        ),
    },
)
