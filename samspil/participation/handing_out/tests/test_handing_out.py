"""Codes on paper: made while it is planned, never kept, printed again whenever somebody asks."""

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pikepdf
import pytest
from django.test import Client

from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.models import AudienceGroup
from samspil.organisation.viewer import viewer_of
from samspil.participation import actions, codes, entering
from samspil.participation.handing_out import actions as handing_out
from samspil.participation.handing_out import documents
from samspil.participation.models import Elector, Round
from samspil.participation.tests.asking import PAPER, organiser, plan_of
from tests.cast import Cast


@pytest.fixture
def round_(cast: Cast, at: datetime) -> Round:
    """Planned, for a workplace and for citizens without an account."""
    plan = plan_of(cast, at, units=[cast.units["workplace"]], groups=[cast.groups["citizens"]])
    return actions.plan_round(plan=plan, by=organiser(cast, at), at=at)


def make(cast: Cast, round_: Round, count: int, at: datetime) -> None:
    asked = round_.asked.get(group__isnull=False)
    handing_out.make_codes(asked=asked, count=count, by=organiser(cast, at), at=at)


def pages_of(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def test_a_code_lets_one_person_in_and_only_its_hash_is_kept(cast: Cast, round_: Round, at: datetime) -> None:
    make(cast, round_, 9, at)
    round_ = actions.open_round(round_=round_, by=organiser(cast, at), at=at)
    elector = Elector.objects.filter(person=None).order_by("pk")[0]
    code = codes.code_of_link(round_.code, elector.ref)
    entrance = entering.by_code(round_, code)
    assert entrance
    assert (entrance.elector, entrance.tier) == (elector, "roster")
    assert code not in str(list(Elector.objects.values()))
    assert round_.roster_size == 9 + Elector.objects.filter(person__isnull=False).count()


def test_nobody_is_added_once_it_is_open(cast: Cast, round_: Round, at: datetime) -> None:
    actions.open_round(round_=round_, by=organiser(cast, at), at=at)
    with pytest.raises(Refused, match="told from the difference"):
        make(cast, round_, 1, at)


def test_codes_that_are_taken_back_lead_nowhere(cast: Cast, round_: Round, at: datetime) -> None:
    make(cast, round_, 2, at)
    asked = round_.asked.get(group__isnull=False)
    handing_out.take_back_codes(asked=asked, by=organiser(cast, at), at=at)
    assert not Elector.objects.exists()


def test_a_plan_that_no_longer_asks_a_group_lets_its_codes_go(
    cast: Cast, round_: Round, at: datetime
) -> None:
    make(cast, round_, 2, at)
    keeps = plan_of(cast, at, title="Ny titel", groups=[cast.groups["citizens"]])
    actions.change_round(round_=round_, plan=keeps, version=1, by=organiser(cast, at), at=at)
    assert Elector.objects.count() == 2
    actions.change_round(round_=round_, plan=plan_of(cast, at), version=2, by=organiser(cast, at), at=at)
    assert not Elector.objects.exists()


def test_an_employee_makes_no_codes(cast: Cast, round_: Round, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        handing_out.make_codes(
            asked=round_.asked.get(group__isnull=False),
            count=1,
            by=viewer_of(cast.people["employee"], at),
            at=at,
        )


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_the_poster_is_one_tagged_page_in_the_rounds_language(
    cast: Cast, round_: Round, language: str
) -> None:
    round_.language, round_.purpose = language, "Vi vil vide det. " * 80
    export = documents.poster_of(round_)
    assert pages_of(export.bytes) == 1
    with pikepdf.open(BytesIO(export.bytes)) as pdf:
        assert str(pdf.Root.Lang).startswith(language)
        assert bool(pdf.Root.MarkInfo.Marked)


def test_letters_are_printed_again_the_same_and_sheets_are_one_a_person(
    cast: Cast, round_: Round, at: datetime
) -> None:
    make(cast, round_, 9, at)
    electors = list(Elector.objects.order_by("ref"))
    letters = documents.letters_of(round_, electors)
    assert pages_of(letters.bytes) == 2
    assert letters.bytes == documents.letters_of(round_, electors).bytes
    assert pages_of(documents.sheets_of(round_, electors[:3], PAPER).bytes) == 3


def test_from_the_page_to_the_papers(
    cast: Cast, round_: Round, standing_clock: object, sign_in: Callable[[str], Client]
) -> None:
    client, page = sign_in("digital_lead"), f"/fjordby/rounds/{round_.ref}"
    number = next(n for n, row in enumerate(round_.asked.order_by("pk"), 1) if row.group_id)
    assert AudienceGroup.objects.exists()
    assert client.post(f"{page}/codes/", {"group": str(number), "count": "12"}).status_code == 302
    shown = client.get(f"{page}/codes/").content.decode()
    for link in re.findall(r'href="([^"]+\.pdf)"', shown):
        response = client.get(link)
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
    assert client.get(f"{page}/letters-2.pdf").status_code == 404
    assert client.post(f"{page}/codes/take-back/").status_code == 302
    assert not Elector.objects.exists()
