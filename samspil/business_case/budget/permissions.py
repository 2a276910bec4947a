"""Who may enter what was taken from budgets: this share of the room's table."""

from django.utils.translation import gettext_lazy as _

from samspil.initiative.permissions import line_manager_of_those_affected, runs_it
from samspil.kit.permission import Permission
from samspil.organisation.predicates import director

_THEY_KNOW = runs_it | line_manager_of_those_affected | director
_ASK = _(
    "The owner, the project lead, a director or a manager of those affected enters what was taken. Ask one of"
    " them."
)
BUDGET = {
    "enter_cut": Permission(_THEY_KNOW, _ASK),
    "take_back_cut": Permission(_THEY_KNOW, _ASK),
}
