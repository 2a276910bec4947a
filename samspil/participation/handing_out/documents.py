"""The papers, in the round's language: a poster, letters with a code each, sheets to answer on."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspil.kit.exports import Export
from samspil.kit.exports.as_handout import Answers, Handout, Piece, poster, sheets, slips
from samspil.kit.room import OnPaper
from samspil.participation.codes import code_of_link, spaced
from samspil.participation.levels import ACCESS_LAW, LEVELS
from samspil.participation.models import Elector, Round

ON_A_BATCH = 200  # pieces in one file: a few seconds of work
PDF = "application/pdf"


def poster_of(round_: Round) -> Export:
    """One page to hang up."""
    with translation.override(round_.language):
        typed = [(_("Or type the address"), _plain("p:find_round")), (_("and the code"), spaced(round_.code))]
        address = settings.BASE_URL + reverse("p:welcome", args=[round_.code])
        return _file(_("poster"), round_, poster(_handout(round_), Piece(address, typed)))


def letters_of(round_: Round, electors: Sequence[Elector]) -> Export:
    """A slip for each code, to cut apart and hand out."""
    with translation.override(round_.language):
        return _file(_("codes"), round_, slips(_handout(round_), [_piece(round_, one) for one in electors]))


def sheets_of(round_: Round, electors: Sequence[Elector], paper: OnPaper) -> Export:
    """A sheet for each code, with what is asked on it."""
    with translation.override(round_.language):
        answers = Answers(
            how=_("One cross on each line. Leave a line empty if you do not want to answer it."),
            boxes=[str(word) for _value, word in paper.boxes],
            lines=paper.lines(round_),
        )
        pieces = [_piece(round_, one) for one in electors]
        return _file(_("sheets"), round_, sheets(_handout(round_), pieces, answers))


def _handout(round_: Round) -> Handout:
    level = LEVELS[round_.level]
    return Handout(
        language=round_.language,
        organisation=round_.organisation.name,
        title=round_.title,
        text=round_.purpose,
        scan=_("Scan the code with your telephone"),
        alt=_("QR code that leads to the questions"),
        facts=[
            (_("Answer no later than"), date_format(round_.closes_on, "DATE_FORMAT")),
            (str(level.name), str(level.promise)),
        ],
        small=str(ACCESS_LAW),
    )


def _piece(round_: Round, elector: Elector) -> Piece:
    code = code_of_link(round_.code, elector.ref)
    address = settings.BASE_URL + reverse("p:welcome_with", args=[round_.code, code])
    typed = [(_("Or type the address"), _plain("p:find_round")), (_("and your own code"), spaced(code))]
    return Piece(address, typed)


def _plain(name: str) -> str:
    """An address as one types it."""
    host: str = settings.BASE_URL.partition("://")[2]
    return host + reverse(name)


def _file(what: str, round_: Round, content: bytes) -> Export:
    return Export(f"{what}-{round_.code}.pdf", PDF, content)
