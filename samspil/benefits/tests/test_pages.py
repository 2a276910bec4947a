"""The pages: what they show, both texts where two wrote at once, and files that are refused line by line."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samspil.benefits.closing.actions import write_closing_report
from samspil.benefits.register.actions import take_out_benefit
from samspil.benefits.tests.conftest import Play
from samspil.kit import clock

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture
def asks(sign_in: SignIn, play: Play) -> Callable[[str, str], str]:
    """What somebody reads at an address of the organisation, on the play's present day."""

    def read(who: str, path: str) -> str:
        clock.move_to(play.at)
        answer = sign_in_as(who).get(f"/fjordby/{path}")
        assert answer.status_code == 200, path
        return str(answer.content.decode())

    def sign_in_as(who: str) -> Client:
        client = sign_in(who)
        clock.move_to(play.at)
        return client

    return read


def test_an_overdue_figure_is_shown_as_unknown_wherever_the_benefit_is(
    play: Play, asks: Callable[[str, str], str]
) -> None:
    found = play.ready()
    play.go_until("follow_up")
    play.until(date(2026, 9, 1))
    play.measure(found, "3")
    play.go()
    play.until(date(2028, 9, 9))
    for who, path in (
        ("employee", f"initiatives/{play.initiative.ref}/benefits/"),
        ("employee", f"initiatives/{play.initiative.ref}/"),
        ("employee", f"benefits/{found.ref}/"),
        ("director", "leadership/"),
        ("auditor", "benefits/?status=unknown"),
    ):
        page = asks(who, path)
        assert "Ukendt (tal mangler)" in page, path
        assert found.title in page, path


def test_both_targets_stand_on_the_page(play: Play, asks: Callable[[str, str], str]) -> None:
    found = play.ready()
    play.go_until("implementation")
    play.target(found, "7", cautious=None, optimistic=None, meaning="", because="Færre har fået appen")
    page = asks("employee", f"benefits/{found.ref}/")
    assert "Ved beslutningen blev der lovet 4 minutter. Nu er målet 7." in page
    assert "Færre har fået appen" in page


def test_the_second_of_two_sees_both_texts(play: Play, sign_in: SignIn) -> None:
    found = play.register()
    sent = {"version": found.version, "worth": "reallocation", "measured_as": "Minutter", "unit": "minutter"}
    path = f"/fjordby/benefits/{found.ref}/change/"
    assert sign_in("lead").post(path, {**sent, "title": "Kortere besøg"}).status_code == 302
    answer = sign_in("owner").post(path, {**sent, "title": "Hurtigere besøg"})
    assert answer.status_code == 409
    for text in ("Kortere besøg", "Hurtigere besøg"):
        assert text in answer.content.decode()


def test_each_wrong_line_of_a_file_is_named(play: Play, sign_in: SignIn) -> None:
    found = play.register()
    rows = (
        f"Gevinst;Målt den;Værdi\n{found.title};i går;7\nUkendt;2026-01-05;7\n{found.title};2026-01-05;mange"
    )
    file = SimpleUploadedFile("tal.csv", rows.encode(), "text/csv")
    answer = sign_in("lead").post(
        f"/fjordby/initiatives/{play.initiative.ref}/benefits/figures/", {"file": file}
    )
    page = answer.content.decode()
    for told in ("3 fejl", "»i går«", "»Ukendt«", "»mange«"):
        assert told in page
    assert not found.measurements.exists()


def test_the_report_comes_as_a_file(play: Play, sign_in: SignIn) -> None:
    play.ready()
    report = write_closing_report(initiative=play.initiative, account="Det kom", **play.by())
    client = sign_in("employee")
    for ending, kind in (("pdf", "application/pdf"), ("docx", "wordprocessing")):
        answer = client.get(f"/fjordby/closing-reports/{report.ref}.{ending}")
        assert kind in answer["Content-Type"]
    assert client.get(f"/fjordby/closing-reports/{report.ref}.exe").status_code == 404


def test_a_guest_sees_what_they_are_admitted_to_and_nothing_else(play: Play, sign_in: SignIn) -> None:
    found = play.ready()
    guest = sign_in("guest")
    assert guest.get(f"/fjordby/benefits/{found.ref}/").status_code == 404
    from samspil.initiative.actions import admit_guest

    admit_guest(initiative=play.initiative, person=play.cast.people["guest"], **play.by())
    assert guest.get(f"/fjordby/benefits/{found.ref}/").status_code == 200
    assert guest.get("/fjordby/benefits/").status_code in (403, 404)


def test_what_was_taken_out_since_the_gate_is_told(play: Play, asks: Callable[[str, str], str]) -> None:
    found, _other = play.ready(), play.ready("Færre klager")
    play.go_until("follow_up")
    take_out_benefit(benefit=found, because="Det lykkedes ikke", **play.by())
    report = write_closing_report(initiative=play.initiative, account="Lidt kom.", **play.by())
    for path in (f"initiatives/{play.initiative.ref}/benefits/promised/", f"closing-reports/{report.ref}/"):
        page = asks("employee", path)
        assert "Taget ud efter beslutningen" in page, path
        assert f"{found.title}" in page, path
