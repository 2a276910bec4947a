"""Who may do what with benefits. One table, keyed by action."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.benefits.models import Benefit
from samspil.initiative.permissions import (
    admitted_guest,
    line_manager_of_those_affected,
    owner,
    runs_it,
)
from samspil.kit.permission import Permission, Permissions, predicate
from samspil.organisation.predicates import administrator, anyone_here, operator
from samspil.organisation.viewer import Viewer


def _benefit_of(thing: Any) -> Benefit | None:
    return thing if isinstance(thing, Benefit) else getattr(thing, "benefit", None)


@predicate(_("the owner of the benefit"))
def benefit_owner(viewer: Viewer, thing: Any) -> bool:
    found = _benefit_of(thing)
    return bool(found and viewer.person and found.owner_id == viewer.person.pk)


@predicate(_("the deputy of the benefit's owner"))
def benefit_deputy(viewer: Viewer, thing: Any) -> bool:
    found = _benefit_of(thing)
    return bool(found and viewer.person and found.deputy_id == viewer.person.pk)


answers_for_it = benefit_owner | benefit_deputy
writes_it = runs_it | line_manager_of_those_affected

ASK_WHO_RUNS_IT = _(
    "The owner, the project lead or a manager of those affected keeps the register. Ask one of them."
)
ASK_WHO_ANSWERS = _("The owner of the benefit, their deputy or the project lead does this. Ask one of them.")

PERMISSIONS = Permissions(
    "benefits",
    {
        "see_benefits": Permission(
            anyone_here | admitted_guest,
            _(
                "You can see the benefits of initiatives you are admitted to. Ask the project lead to let you"
                " in."
            ),
        ),
        "see_overview": Permission(
            anyone_here, _("The benefits of all initiatives are open to everyone in the organisation.")
        ),
        "register_benefit": Permission(writes_it, ASK_WHO_RUNS_IT),
        "change_benefit": Permission(writes_it | answers_for_it, ASK_WHO_RUNS_IT),
        "take_out_benefit": Permission(runs_it, ASK_WHO_RUNS_IT),
        "answer_for_benefit": Permission(
            benefit_owner,
            _("Only the person who is to own the benefit says yes or no to it. Ask them to sign in."),
        ),
        "hand_over_benefit": Permission(runs_it | answers_for_it | administrator, ASK_WHO_ANSWERS),
        "excuse_benefit": Permission(
            owner | operator,
            _("Only the owner of the initiative lets a benefit go live without all that is asked for."),
        ),
        "keep_ledger": Permission(writes_it | answers_for_it, ASK_WHO_ANSWERS),
        "measure": Permission(runs_it | answers_for_it, ASK_WHO_ANSWERS),
        "bring_measurements": Permission(
            runs_it, _("The owner or the project lead brings figures from a file. Ask one of them.")
        ),
        "explain_deviation": Permission(runs_it | answers_for_it, ASK_WHO_ANSWERS),
        "draw_map": Permission(writes_it, ASK_WHO_RUNS_IT),
        "decide_freed_time": Permission(
            owner | operator,
            _("The owner of the initiative decides what freed time is used for. Ask them."),
        ),
        "write_closing_report": Permission(
            runs_it, _("The owner or the project lead writes the closing report. Ask one of them.")
        ),
    },
)
