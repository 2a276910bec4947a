"""A guideline as a document to print, mail or file: what holds, or the draft where nothing does."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspil.dialogue import words
from samspil.dialogue.guidelines import pages, promises, queries, terms
from samspil.dialogue.guidelines.models import Guideline, GuidelineVersion
from samspil.kit.exports import (
    Block,
    ChartBlock,
    Definitions,
    Document,
    Heading,
    Metadata,
    Notice,
    Paragraph,
    Signatures,
    Table,
    TableBlock,
)
from samspil.organisation.viewer import Viewer


def guideline(found: Guideline, viewer: Viewer, language: str) -> Document:
    """Its words, the promised discussions as a time line and a table, and where to sign a draft."""
    version = queries.holding(found, viewer.today) or list(found.versions.all())[-1]
    case = found.initiative.case_number if found.initiative else ""
    metadata = Metadata(
        author=viewer.organisation.name,
        organisation=viewer.organisation.name,
        case_number=case,
        date=version.agreed_on or viewer.today,
    )
    return Document(found.title, language, list(_blocks(found, version, viewer)), metadata)


def _blocks(found: Guideline, version: GuidelineVersion, viewer: Viewer) -> Iterator[Block]:
    known = terms.as_read(found.terms, found.organisation)
    yield Definitions(_about(found, version, viewer))
    if version.agreed_on is None:
        yield Notice(_("This is a draft. It has not been agreed."))
    for title, text in (
        (pgettext("guideline", "Purpose"), version.purpose),
        (pgettext("guideline", "Taking part"), version.taking_part),
        (pgettext("guideline", "Follow-up"), version.follow_up),
    ):
        if text:
            yield Heading(1, title)
            yield Paragraph(text)
    yield Heading(1, _("What is discussed, where and by when"))
    yield from _discussions(found, version, viewer)
    if version.agreed_on is None:
        yield Paragraph(f"{known.kind(found.kind).notice_source} {known.source}", small=True)
        yield Signatures([_("For the management side"), _("For the staff side")])


def _about(found: Guideline, version: GuidelineVersion, viewer: Viewer) -> list[tuple[str, str]]:
    about = [(_("Committee"), found.committee.name)]
    if found.initiative:
        about.append((_("Initiative"), found.initiative.title))
    if version.agreed_on:
        about.append((_("Status"), pages.status_of(found, viewer.today)))
    about.append((pgettext("number", "Version"), str(version.number)))
    if version.agreed_on:
        about.append((_("Agreed on"), words.day(version.agreed_on)))
    if version.elsewhere_by:
        about.append((_("Agreed by"), version.elsewhere_by))
    return about


def _discussions(found: Guideline, version: GuidelineVersion, viewer: Viewer) -> Iterator[Block]:
    promised = promises.of_many([found], viewer).get(found.pk, [])
    said = {one.discussion.pk: one.sentence for one in promised}
    if any(one.discussion.by or one.standing.talk for one in promised):
        yield ChartBlock(pages.chart(found, promised, viewer.today))
    stands = [_("Status")] if said else []  # a draft promises nothing yet
    columns = (_("Phase"), _("Where"), pgettext("due date", "By"), _("On what"), *stands)
    rows = tuple(
        (
            " · ".join(filter(None, [row.phase or _("Whatever the phase"), row.before])),
            row.where,
            row.by or "–",
            "\n".join(row.topics) or "–",
            *(said.get(one.pk, "–") for _column in stands),
        )
        for one in version.discussions.all()
        for row in [pages.row_of(one)]
    )
    yield TableBlock(Table("", columns, rows))
