"""The wording as people meet it: two languages side by side, cards inside the house, and old words kept."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import translation

from samspil.dialogue import actions as committee
from samspil.dialogue.wording import actions, queries
from samspil.dialogue.wording.models import WordedQuestion, WordingVersion
from samspil.dialogue.wording.tests.conftest import Desk
from samspil.initiative import consumers
from samspil.initiative.models import Notice
from samspil.organisation.models import Draft

SignIn = Callable[[str], Client]
OURS = "Hvad er der i det for os?"
HERE = "/fjordby/"


def see(client: Client, path: str, language: str = "da") -> str:
    client.cookies["django_language"] = language
    response = client.get(path)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def typed(response: Any, **said: object) -> dict[str, object]:
    """The form as a browser would send it, with some fields typed in."""
    form = response.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (fields | said).items() if value not in (None, False)}


def test_the_pages_of_an_earlier_item_show_its_old_words_and_a_new_one_the_new(
    desk: Desk, sign_in: SignIn
) -> None:
    earlier = desk.play.item(question_keys=["who_benefits"])
    house = earlier.questions.get().wording["ask"]
    desk.adapted()
    later = desk.play.item(question_keys=["who_benefits"])
    client = sign_in("chair")
    before, after = (see(client, f"{HERE}items/{one.ref}/") for one in (earlier, later))
    assert house in before
    assert OURS not in before
    assert OURS in after


def test_answers_given_before_stay_under_the_words_they_were_given_to(desk: Desk, sign_in: SignIn) -> None:
    item = desk.play.item(question_keys=["who_benefits"])
    question = desk.play.first_question(item)
    house = question.wording["ask"]
    committee.answer_question(question=question, text="Vi får mere ro", **desk.play.by("vice_chair"))
    desk.adapted()
    committee.release_answers(item=item, **desk.play.by("vice_chair"))
    page = see(sign_in("chair"), f"{HERE}items/{item.ref}/")
    assert page.index(house) < page.index("Vi får mere ro")
    assert OURS not in page


def test_the_houses_cards_stay_public_and_ones_own_are_seen_inside(desk: Desk, sign_in: SignIn) -> None:
    desk.adapted()
    assert OURS not in see(Client(), "/cards/MED/idea/local/")
    inside = f"{HERE}questions/MED-idea/cards/local/"
    assert Client().get(inside).status_code == 302
    assert OURS in see(sign_in("employee"), inside)
    assert "What is in it for us?" in see(sign_in("employee"), f"{inside}?language=en")
    assert sign_in("guest").get(inside).status_code == 404


def test_ones_own_card_is_a_sheet_to_print(desk: Desk, sign_in: SignIn) -> None:
    house = Client().get("/cards/MED/idea/local.pdf").content
    desk.adapted()
    own = sign_in("employee").get(f"{HERE}questions/MED-idea/cards/local.pdf").content
    assert str(pikepdf.open(io.BytesIO(own)).Root.Lang).startswith("da")
    assert own != house == Client().get("/cards/MED/idea/local.pdf").content


def test_a_question_is_worded_in_both_languages_on_one_page_and_published(
    desk: Desk, sign_in: SignIn
) -> None:
    client = sign_in("vice_chair")
    client.cookies["django_language"] = "en"
    page = client.post(f"{HERE}questions/MED-idea/word/", follow=True)
    wording = page.context["wording"]
    row = desk.row(wording)
    path = f"{HERE}worded/{row.ref}/"
    opened = client.get(path)
    assert opened.content.decode().count("The house says") == 8
    half = typed(opened, native_ask=OURS, reading_ask="")
    saved = client.post(path, half, follow=True)
    assert "lacks words" in saved.content.decode()
    publish = f"{HERE}wordings/{wording.ref}/publish/"
    note = typed(client.get(publish), note="Kortere")
    refused = client.post(publish, note)
    assert "fill in all four fields in both languages" in refused.content.decode()
    client.post(path, typed(client.get(path), reading_ask="What is in it for us?"))
    preview = see(client, f"{HERE}wordings/{wording.ref}/cards/local/?language=en", "en")
    assert "What is in it for us?" in preview
    done = client.post(publish, typed(client.get(publish), note="Kortere"), follow=True)
    assert "version 1" in done.content.decode()
    assert WordingVersion.objects.get().native.body["language"] == "da"


def test_who_comes_second_sees_both_texts(desk: Desk, sign_in: SignIn) -> None:
    row = desk.row(desk.begin())
    client = sign_in("chair")
    path = f"{HERE}worded/{row.ref}/"
    mine = typed(client.get(path), native_ask=OURS)
    desk.word(row, "vice_chair", ask="Hvem får gavn?")
    second = client.post(path, mine).content.decode()
    assert OURS in second
    assert "Hvem får gavn?" in second
    client.post(path, typed(client.post(path, mine)))
    assert WordedQuestion.objects.get(pk=row.pk).native["ask"] == OURS


def test_what_is_typed_and_not_sent_is_kept(desk: Desk, sign_in: SignIn) -> None:
    row = desk.row(desk.begin())
    client = sign_in("chair")
    path = f"{HERE}worded/{row.ref}/"
    opened = client.get(path)
    client.post(opened.context["form"].draft.url, typed(opened, native_ask="Halvt skrevet"))
    assert "Halvt skrevet" in see(client, path)
    assert "Halvt skrevet" not in see(sign_in("vice_chair"), path)
    client.post(path, typed(client.get(path)))
    assert not Draft.objects.exists()


def test_a_newer_text_of_the_house_stands_beside_ones_own(
    desk: Desk, sign_in: SignIn, newer_house: Callable[..., None]
) -> None:
    desk.adapted()
    newer_house("who_benefits", "Hvem får gavn i dag?")
    client = sign_in("employee")
    assert "newer text" in see(client, f"{HERE}questions/", "en")
    assert "questions/MED-idea/newer/" in see(client, f"{HERE}questions/MED-idea/", "en")
    both = see(client, f"{HERE}questions/MED-idea/newer/", "en")
    assert "Hvem får gavn i dag?" in both
    assert OURS in both


def test_a_version_shows_what_it_changed_and_why(desk: Desk, sign_in: SignIn) -> None:
    wording = desk.begin()
    row = desk.row(wording)
    house = row.native["ask"]
    desk.word(row)
    version = desk.publish(wording, note="Kortere og mere ligefrem")
    page = see(sign_in("auditor"), f"{HERE}wordings/versions/{version.ref}/")
    assert house in page
    assert OURS in page
    assert "Kortere og mere ligefrem" in page
    assert version.native.sha256 in page


def test_an_own_question_that_was_a_passing_thought_leaves_no_trace(desk: Desk) -> None:
    wording = desk.begin()
    own = desk.add(wording)
    actions.leave_out_question(question=own, reason="Alligevel ikke", version=1, **desk.play.by("chair"))
    desk.word(desk.row(wording))
    version = desk.publish(wording)
    assert "Hvem passer telefonen?" not in str(version.native.body)


@pytest.mark.parametrize("who", ["employee", "lead", "director"])
def test_what_is_in_work_is_seen_by_those_who_word_it(desk: Desk, sign_in: SignIn, who: str) -> None:
    wording = desk.begin()
    desk.word(desk.row(wording))
    assert sign_in(who).get(f"{HERE}wordings/{wording.ref}/").status_code == 403
    for page in ("questions/", "questions/MED-idea/", "questions/MED-idea/cards/local/"):
        assert OURS not in see(sign_in(who), HERE + page)


def test_both_sides_of_the_main_committee_are_told(desk: Desk) -> None:
    version = desk.adapted()
    consumers.tick(desk.play.cast.organisation, desk.play.cast.at)
    told = Notice.objects.filter(kind="wording_published", thing=version.ref)
    people = {who for who, person in desk.play.cast.people.items() if told.filter(person=person).exists()}
    assert people == {"vice_chair", "secretary"}
    actions.return_to_house(model=desk.model, reason="Den er bedre", **desk.play.by("vice_chair"))
    consumers.tick(desk.play.cast.organisation, desk.play.cast.at)
    assert Notice.objects.filter(kind="wording_ended").count() == 2


@pytest.mark.parametrize(("language", "words"), [("da", "dansk"), ("sv", "danska"), ("en", "Danish")])
def test_the_page_keeps_its_own_choice_of_languages(
    desk: Desk, sign_in: SignIn, language: str, words: str
) -> None:
    """The two languages of the question are not the three of the page."""
    row = desk.row(desk.begin())
    page = see(sign_in("chair"), f"{HERE}worded/{row.ref}/", language)
    assert "Svenska" in page
    with translation.override(language):
        assert words in page


def test_the_pages_cost_the_same_however_many_questions_there_are(
    desk: Desk, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    wording = desk.begin()
    client = sign_in("chair")
    with django_assert_max_num_queries(22):
        see(client, f"{HERE}wordings/{wording.ref}/")
    for number in range(6):
        row = queries.questions_of(wording)[number]
        desk.word(row, ask=f"{row.native['ask']} {number}")
    with django_assert_max_num_queries(22):
        see(client, f"{HERE}wordings/{wording.ref}/")
