"""What happens when somebody leaves, and who has to stay."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.kit.refusal import Refused
from samspil.organisation import invitations
from samspil.organisation.models import Person, Role, Seat
from samspil.organisation.viewer import Viewer, current

LAST_ADMINISTRATOR = _("This is the last administrator. Make somebody else administrator first.")


def leave(person: Person, on: date, by: Viewer, at: datetime) -> None:
    """From then on they cannot come in, and their roles and seats end. Part of the caller's transaction."""
    if on > by.today:
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), "on")
    somebody_keeps_the_house(by, without=person)
    person.left_on = on
    person.save(update_fields=["left_on"])
    invitations.revoke_open(person, at)
    for held in (Role, Seat):
        open_now = held.objects.filter(person=person).filter(Q(until__isnull=True) | Q(until__gt=on))
        open_now.filter(since__gt=on).delete()
        open_now.update(until=on)


def somebody_keeps_the_house(by: Viewer, *, without: Person) -> None:
    keepers = current(Role.objects.filter(kind=Role.Kind.ADMINISTRATOR), by.today)
    keepers = keepers.filter(person__left_on__isnull=True)
    if keepers.filter(person=without).exists() and not keepers.exclude(person=without).exists():
        raise Refused(LAST_ADMINISTRATOR)
