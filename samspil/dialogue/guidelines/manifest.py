"""What procedure guidelines bring to the room's manifest."""

from django.utils.translation import gettext_lazy as _

from samspil.dialogue.guidelines import boards, days, notices, pages, sealing
from samspil.kit.room import AS_LONG_AS_THE_CASE, Panel, PersonalData, ThingKind, Verb

PANEL = Panel(_("Agreed course"), "dialogue/guidelines/_panel.html", pages.panel, order=25)
EVIDENCE = boards.EVIDENCE
CONTENT_KEYS = {"guideline_terms": ("regime",)}
TICKS = (days.tell_of_days,)
THINGS = {"guideline": ThingKind(_("procedure guideline"), boards.cards)}
SEARCH = {"guideline": boards.texts}
SEALED = {"guideline": sealing.sealed_guidelines}
VERBS = {
    "dialogue.guideline_proposed": Verb(_("drafted “%(title)s” for %(committee)s")),
    "dialogue.guideline_changed": Verb(_("changed the draft of “%(title)s”")),
    "dialogue.guideline_revised": Verb(_("began version %(number)s of “%(title)s”")),
    "dialogue.guideline_put_before": Verb(_("put “%(title)s” before %(committee)s")),
    "dialogue.guideline_agreed": Verb(
        _(
            "recorded that version %(number)s of “%(title)s” was agreed on %(on)s and holds from"
            " %(holds_from)s"
        ),
        tell=notices.of_change,
    ),
    "dialogue.guideline_terminated": Verb(
        _("recorded notice on “%(title)s”; the last day is %(ends_on)s"), tell=notices.of_change
    ),
}
PERSONAL_DATA = (
    PersonalData(
        "dialogue.GuidelineVersion",
        _("Versions of guidelines"),
        {"written_by": _("who wrote it")},
        AS_LONG_AS_THE_CASE,
        "anonymise",
        _("What was agreed stays; who typed it is not needed later."),
        beside={
            "number": _("version"),
            "written_at": _("written at"),
            "purpose": _("What is it for?"),
            "taking_part": _("Who takes part?"),
            "follow_up": _("How is it followed up?"),
        },
    ),
    PersonalData(
        "dialogue.GuidelineVersion",
        _("Guidelines agreed outside Samspil"),
        {"elsewhere_by": _("who agreed to it")},
        AS_LONG_AS_THE_CASE,
        "keep",
        _("Who agreed for a side is written in the guideline, which is a public record."),
    ),
)
