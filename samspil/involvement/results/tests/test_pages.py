"""The pages of a result: what we agree on first, and never what a few have said."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspil.initiative.models import Initiative
from samspil.initiative.things import cards, thing_of
from samspil.involvement.models import Consultation
from samspil.involvement.results.models import KeptVotes, OpinionGroup, OpinionResult
from samspil.involvement.tests.conversations import brought_in, initiative_of
from samspil.kit.models import Job
from samspil.organisation.scope import scope
from tests.cast import Cast, gather

from . import held as helper
from .held import ALIKE, LIKELY, held

SignIn = Callable[[str], Client]
TABS = ("", "statements/", "map/", "method/")


@pytest.fixture
def reader(sign_in: SignIn) -> Client:
    client = sign_in("employee")
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, of: Consultation, tab: str = "") -> str:
    response = client.get(f"/fjordby/results/{of.ref}/{tab}")
    assert response.status_code == 200, response.content[:300]
    return response.content.decode()


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub("<[^>]+>", " ", main).split())


def part(html: str, section: str) -> str:
    """The words of one section of the page."""
    start = html.index(f'<section id="{section}">')
    return " ".join(re.sub("<[^>]+>", " ", html[start : html.index("</section>", start)]).split())


def test_what_we_agree_on_comes_first_and_what_cannot_be_said_last(
    reader: Client, parted: Consultation
) -> None:
    html = page(reader, parted)
    places = [html.index(f'<section id="{name}">') for name in ("agreed", "dividing", "groups", "limits")]
    assert places == sorted(places)
    assert "120 people took part" in words(html)
    assert "120 of them answered enough to be placed on the map, in 2 groups." in words(html)


def test_agreement_is_told_in_a_plain_sentence_with_every_group_beside_it(
    reader: Client, parted: Consultation
) -> None:
    told = part(page(reader, parted), "agreed")
    assert "Ruten skal stå klar dagen før" in told
    assert re.search(r"At least [89] of 10 in every group agree\.", told)
    assert re.search(
        r"Møder på arbejdspladsen er spild af tid .*At least [789] of 10 in every group disagree\.", told
    )
    assert "Telefonen skal kunne det hele" not in told
    assert told.count("Group A") == told.count("Group B")


def test_what_divides_names_the_share_in_each_group(reader: Client, parted: Consultation) -> None:
    told = part(page(reader, parted), "dividing")
    assert re.search(r"Agree: \d+% in group A, \d+% in group B\.", told)
    assert "Ruten skal stå klar dagen før" not in told


def test_a_group_is_told_by_what_sets_it_apart_and_what_it_shares(
    reader: Client, parted: Consultation
) -> None:
    told = part(page(reader, parted), "groups")
    assert re.search(r"60 people · solid: about [89] of 10 stay in it in new maps", told)
    assert re.search(r"\d+% (dis)?agree here, \d+% in group [AB]\.", told)
    assert "What they answer most alike" in told


def test_a_consultation_without_groups_says_so_and_still_tells_what_is_agreed_on(
    reader: Client, cast: Cast, initiative: Initiative, at: datetime
) -> None:
    alike = ((0.95, 0.95), *ALIKE[1:])
    html = page(reader, held(cast, initiative, at, likely=alike))
    assert "No clear groups" in words(html)
    assert "people do not stand in camps" in words(html)
    assert "Ruten skal stå klar dagen før" in part(html, "agreed")
    assert "of 10 agree." in part(html, "agreed")
    assert "group A" not in words(html)


def test_a_committee_of_fifteen_gets_counts_alone(
    reader: Client, cast: Cast, initiative: Initiative, at: datetime
) -> None:
    few = held(cast, initiative, at, people=15)
    assert "With fewer than 20 people there is no map" in words(page(reader, few))
    assert "There is no map" in words(page(reader, few, "map/"))
    assert "(15 answered)" in words(page(reader, few, "statements/"))


def test_thirty_people_are_met_with_strong_words_of_uncertainty(
    reader: Client, cast: Cast, initiative: Initiative, at: datetime
) -> None:
    html = page(reader, held(cast, initiative, at, people=30))
    assert "Very uncertain: few people voted" in words(html)
    assert "a hint and nothing more" in words(html)


def test_four_people_are_told_nothing_of(
    reader: Client, cast: Cast, initiative: Initiative, at: datetime
) -> None:
    few = held(cast, initiative, at, people=4)
    assert "Too few took part for anything to be shown." in words(page(reader, few))
    for tab in TABS:
        assert "answered)" not in words(page(reader, few, tab))


def test_what_too_few_answered_looks_like_what_nobody_answered(
    reader: Client, cast: Cast, initiative: Initiative, at: datetime
) -> None:
    one = held(cast, initiative, at, people=24, likely=LIKELY)
    html = page(reader, one, "statements/")
    cells = re.findall(r'<td data-label="[^"]+" class="answers-cell">(.*?)</td>', html)
    dashes = {cell for cell in cells if "answered)" not in cell}
    assert dashes <= {'<span class="quiet">–</span>'}


def test_a_statement_in_another_language_says_in_which(reader: Client, parted: Consultation) -> None:
    assert "No. 0 · written in Danish" in words(page(reader, parted))
    reader.cookies["django_language"] = "da"
    assert "skrevet på" not in words(page(reader, parted))


def test_every_section_is_one_jump_away(reader: Client, parted: Consultation) -> None:
    html = page(reader, parted)
    links = re.search(r'<nav class="jump-links.*?</nav>', html, re.DOTALL)
    assert links
    asked_for = re.findall(r'href="#(\w+)"', links[0])
    assert (
        asked_for == re.findall(r'<section id="(\w+)">', html) == ["agreed", "dividing", "groups", "limits"]
    )


def test_groups_that_may_be_a_way_of_answering_are_said_to_before_anything_else(
    reader: Client, parted: Consultation
) -> None:
    told = "The groups may show a way of answering"
    result = OpinionResult.objects.get()
    assert not result.release["response_style"]["flag"]
    for tab in ("", "map/"):
        assert told not in words(page(reader, parted, tab))
    flagged = result.release | {
        "response_style": result.release["response_style"] | {"flag": True, "correlation": -0.87},
        "second_map": {"group_count": 2, "same_group": 0.888},
    }
    OpinionResult.objects.update(release=flagged)
    html = page(reader, parted)
    assert html.index(told) < html.index('<section id="agreed">')
    assert "correlation 0.87" in words(html)
    assert "89% stand in the same group there" in words(html)
    assert told in words(page(reader, parted, "map/"))


def test_every_statement_stands_in_the_table_with_its_own_language(
    reader: Client, cast: Cast, initiative: Initiative, at: datetime
) -> None:
    html = page(reader, held(cast, initiative, at, language="nb"), "statements/")
    assert html.count("<tr>") == 13
    assert html.count('lang="nb"') == 13  # the title too


def test_statements_are_found_by_words_and_by_what_became_of_them(
    reader: Client, parted: Consultation
) -> None:
    assert "1 statement" in words(page(reader, parted, "statements/?words=BORGEREN"))
    agreed = words(page(reader, parted, "statements/?show=agreed"))
    assert "Ruten skal stå klar" in agreed
    assert "Telefonen skal kunne" not in agreed
    assert "No statement fits" in words(page(reader, parted, "statements/?words=qwerty"))


def test_the_map_says_in_words_and_figures_what_it_draws(reader: Client, parted: Consultation) -> None:
    html = page(reader, parted, "map/")
    assert "Group A: 60 people, most of them" in words(html)
    drawn = html[html.index('<svg xmlns="http://www.w3.org/2000/svg" class="opinion-map"') :]
    drawn = drawn[: drawn.index("</svg>")]
    release = OpinionResult.objects.get().release
    marks = len(re.findall(r"<(circle|path) ", drawn)) - 2  # without the areas of the two groups
    listed = html[html.index("Every dot of the map") :].count('<th scope="row">')
    assert marks == listed == len(release["dots"])


def test_the_words_of_the_map_agree_with_its_table(reader: Client, parted: Consultation) -> None:
    html = page(reader, parted, "map/")
    table = html[html.index("People in each part of the map") :]
    rows = [
        [int(cell) for cell in re.findall(r'<td class="number">(\d+)</td>', row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table[: table.index("</table>")], re.DOTALL)[1:]
    ]
    said = re.findall(r"Group [AB]: 60 people, (most|more) of them [^(]+\((\d+) of 60\)", words(html))
    for (much, here), column in zip(said, [*zip(*rows, strict=True)] * 2, strict=True):
        assert sum(column) == 60
        assert int(here) == max(column)
        assert (much == "most") == (2 * int(here) > 60)
    assert len(said) == 4  # in the drawing and below it


def test_a_single_person_cannot_be_found_on_the_map(reader: Client, parted: Consultation) -> None:
    assert min(dot["people"] for dot in OpinionResult.objects.get().release["dots"]) >= 5
    assert "title=" not in page(reader, parted, "map/").split('class="opinion-map"')[1].split("</svg>")[0]


def test_the_method_names_figures_seed_and_hashes(reader: Client, parted: Consultation) -> None:
    told, result = words(page(reader, parted, "method/")), OpinionResult.objects.get()
    for fact in (result.input_sha256, result.result_sha256, result.release_sha256, str(result.seed)):
        assert fact in told
    assert "silhouette" in told
    assert "Same groups from half the answers" in told


def test_an_older_version_stays_where_it_was_and_says_that_there_is_a_newer_one(
    reader: Client, parted: Consultation
) -> None:
    older = OpinionResult.objects.get()
    OpinionResult.objects.create(
        **{field.attname: getattr(older, field.attname) for field in OpinionResult._meta.concrete_fields}
        | {"id": None, "thing_id": OpinionGroup.objects.latest("pk").thing_id, "number": 2}
    )
    assert "This is version 1. There is a newer one." in words(page(reader, parted, "?version=1"))
    assert "There is a newer one" not in words(page(reader, parted))


def test_while_it_is_computed_the_page_says_so_and_without_votes_why_there_is_none(
    reader: Client, cast: Cast, initiative: Initiative, at: datetime
) -> None:
    kept = brought_in(cast, initiative, at)
    assert "waits for its turn" in words(page(reader, kept))
    KeptVotes.objects.all().delete()
    Job.objects.all().delete()
    assert "were not kept" in words(page(reader, kept))


def test_guests_see_the_result_of_their_initiative_alone(
    sign_in: SignIn, cast: Cast, parted: Consultation
) -> None:
    assert sign_in("guest").get(f"/fjordby/results/{parted.ref}/").status_code == 404


def test_a_result_of_another_organisation_is_not_there(
    outside_scope: Cast, at: datetime, sign_in: SignIn
) -> None:
    other = gather("sjovik", "samverkan")
    with scope(other.organisation):
        theirs = held(other, initiative_of(other, at), at).ref
    for tab in TABS:
        assert sign_in("lead").get(f"/fjordby/results/{theirs}/{tab}").status_code == 404


@pytest.mark.parametrize("tab", TABS)
def test_pages_ask_as_often_for_many_statements_as_for_few(
    reader: Client,
    cast: Cast,
    initiative: Initiative,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
    tab: str,
) -> None:
    few = held(cast, initiative, at)
    monkeypatch.setattr(helper, "TEXTS", tuple(f"Udsagn {number}" for number in range(60)))
    many = held(cast, initiative, at, likely=LIKELY * 5, input_sha256="1" * 64)
    page(reader, few, tab)
    counts = []
    for one in (few, many):
        with CaptureQueriesContext(connection) as asked:
            page(reader, one, tab)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25


# --- the thread ----------------------------------------------------------------------------------------------


def test_a_result_and_its_groups_can_be_cited(cast: Cast, parted: Consultation) -> None:
    result, group = OpinionResult.objects.get(), OpinionGroup.objects.get(number=2)
    viewer = cast.viewer("employee")
    known = cards([thing_of(result.ref), thing_of(group.ref)], viewer)
    assert known[result.ref].title == "Result of “Ruter i hjemmeplejen”"
    assert known[group.ref].title == "Group B in “Ruter i hjemmeplejen”"
    assert known[group.ref].line == "60 people"
    assert known[group.ref].url.endswith("?version=1#group-B")


def test_whoever_may_not_see_the_initiative_gets_no_card(cast: Cast, parted: Consultation) -> None:
    result = OpinionResult.objects.get()
    assert cards([result.thing], cast.viewer("guest")) == {}
