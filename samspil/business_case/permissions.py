"""Who may do what here. One table, keyed by action."""

from django.utils.translation import gettext_lazy as _

from samspil.business_case.budget.permissions import BUDGET
from samspil.business_case.contest.permissions import CONTEST
from samspil.initiative.permissions import admitted_guest, runs_it
from samspil.kit.permission import Permission, Permissions
from samspil.organisation.predicates import anyone_here

ASK_WHO_RUNS_IT = _("The owner, the project lead or the head of digitalisation does this. Ask one of them.")

PERMISSIONS = Permissions(
    "business_case",
    {
        "see_case": Permission(
            anyone_here | admitted_guest,
            _("You can see the case of initiatives you are admitted to. Ask the project lead to let you in."),
        ),
        "begin_case": Permission(runs_it, ASK_WHO_RUNS_IT),
        "change_case": Permission(runs_it, ASK_WHO_RUNS_IT),
        "put_before_committee": Permission(runs_it, ASK_WHO_RUNS_IT),
        **CONTEST,
        **BUDGET,
    },
)
