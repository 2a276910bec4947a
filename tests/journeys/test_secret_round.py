"""Three holders on phones set up, try and open a secret round, one of them absent; a recount gives the hash."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

from samspil.organisation.scope import scope
from samspil.participation.models import Elector, Round
from samspil.participation.urn.models import Envelope
from samspil.participation.urn.results import results_of
from tests import urns
from tests.cast import AT, Cast
from tests.journeys.walker import Walker

PHONE = 360
TEN_MINUTES = 600
TEN_SECONDS = 10_000  # after which a page that waits for others looks again
HOLDERS = ("steward", "vice_chair", "secretary")
ANSWERS = [("1", "-1", "0", "1"), ("1", "-1", "0", "1"), ("-1", "1", "1", "1")] * 2


@pytest.fixture
def round_(fjordby: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Round]:
    """A secret round that is planned; whatever is done from here on is done in the browser."""
    urns.asks_statements(monkeypatch)
    with scope(fjordby.organisation):
        by = {"by": fjordby.viewer("digital_lead", AT), "at": AT}
        yield urns.rounds.plan_round(plan=urns.round_plan(fjordby, AT), **by)


def da(text: str) -> str:
    """As it stands on the page."""
    with translation.override("da"):
        return gettext(text)


def still(walker: Walker) -> Walker:
    """One whose pages do not renew themselves: the database in memory refuses to be read while others write."""
    walker.page.route("**/renew*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    return walker


def make_key(holder: Walker, way: str) -> str:
    """Make a key, write it down, and type it back."""
    holder.go(f"{way}urn/").click(da("Make my key"))
    holder.page.locator("[data-key-make]").click()
    groups = holder.page.locator("[data-key-groups] li").all_text_contents()
    holder.look_around().page.locator("[data-key-next]").click()
    holder.page.locator("[data-key-again]").fill("-".join(groups).lower())
    holder.look_around().page.locator("[data-key-typed] button[type=submit]").click()
    holder.page.wait_for_url("**/urn/")
    holder.look_around()
    return " ".join(groups)


def type_key(holder: Walker, path: str, key: str) -> None:
    holder.go(path)
    holder.page.locator("[data-key-typed]").fill(key)
    holder.page.locator("[data-key-start] button[type=submit]").click()
    holder.page.wait_for_url("**/urn/")
    holder.look_around()


def vote(walker: Walker, code: str, answers: tuple[str, ...]) -> str:
    """Answer all statements on one page; tells the receipt."""
    walker.go(f"/p/{code}/ballot/")
    for question, value in zip(urns.QUESTIONS, answers, strict=True):
        walker.page.locator(f"[name='answer-{question.key}'][value='{value}']").check()
    walker.page.get_by_role("button", name=da("Seal and send")).click()
    walker.page.wait_for_selector("[data-receipt]")
    walker.look_around()
    return str(walker.page.locator("[data-receipt]").inner_text())


def test_three_novices_on_phones_from_holders_to_a_recount(
    fjordby: Cast, round_: Round, walk_as: Callable[..., Walker], tmp_path: Path
) -> None:
    begun, way = time.monotonic(), f"/fjordby/rounds/{round_.ref}/"
    lead = still(walk_as(fjordby, "digital_lead", width=PHONE)).go(f"{way}urn/").click(da("Choose the three"))
    lead.choose("committee", fjordby.committees["local"].ref).click(da("Go on"))
    lead.choose("first", fjordby.people["steward"].ref).choose(
        "second", fjordby.people["vice_chair"].ref
    ).send()
    holders = {who: still(walk_as(fjordby, who, width=PHONE)) for who in HOLDERS}
    keys = {who: make_key(holders[who], way) for who in HOLDERS}
    for who in ("steward", "secretary"):
        type_key(holders[who], f"{way}urn/drill/", keys[who])
    holders["secretary"].sees(da("The test ballot is open: both keys work."))
    lead.go(way).click(da("Open the round")).send()
    receipts = []
    for number, (who, answers) in enumerate(zip(fjordby.people, ANSWERS, strict=False)):
        voter = walk_as(fjordby, who, width=PHONE, script=number % 2 == 0)
        receipts.append(vote(voter, round_.code, answers))
    assert Envelope.objects.count() == len(receipts)
    lead.go(way).click(da("Close the round now")).send()
    type_key(holders["vice_chair"], f"{way}urn/open/", keys["vice_chair"])
    type_key(holders["secretary"], f"{way}urn/open/", keys["secretary"])
    holders["secretary"].sees(da("The urn is open and the ballots are counted."))
    holders["secretary"].sees(da("The counting is finished"))
    assert time.monotonic() - begun < TEN_MINUTES

    found = results_of(round_)
    assert found
    assert (found.cast, found.spoiled, found.total["q1"].agree) == (6, 0, 4)
    assert (
        recounted(holders["secretary"], way, [keys["steward"], keys["secretary"]], tmp_path) == found.sha256
    )
    checker = walk_as(fjordby, "employee", width=PHONE).go(f"/p/{round_.code}/ballot/receipt/")
    checker.write("receipt", receipts[0]).send().sees(
        da("Found: a ballot with this receipt is in the urn. Nobody can see here what is in it.")
    )
    checker.write("receipt", "0" * 64).send().sees(
        da(
            "Not found: no ballot with this receipt is in the urn. It may have been replaced by a later one, or the receipt is mistyped."
        )
    )


def recounted(holder: Walker, way: str, keys: list[str], folder: Path) -> str:
    """Count on a machine of one's own: no database, no settings, nothing but the file and two keys."""
    file = folder / "urn.json"
    file.write_bytes(holder.page.request.get(f"{holder.address}{way}urn/urn.json").body())
    asked = [argument for key in keys for argument in ("--key", str(_paper(folder, key)))]
    command = [sys.executable, "-m", "samspil", "urn", "count", str(file), "--json", *asked]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin"}, cwd=folder
    )
    return str(json.loads(done.stdout)["result_sha256"])


def _paper(folder: Path, key: str) -> Path:
    file = folder / f"key-{key[:5]}.txt"
    file.write_text(key + "\n")
    return file


def test_a_holder_who_waits_for_others_sees_when_it_is_their_turn(
    fjordby: Cast, round_: Round, walk_as: Callable[..., Walker]
) -> None:
    secret = urns.SecretRound(fjordby, round_, AT)
    urns.actions.set_up_urn(round_=round_, plan=urns.plan_of(fjordby), **secret.by("digital_lead"))
    secret.make_keys("steward")
    holder = walk_as(fjordby, "steward", width=PHONE)
    holder.page.clock.install()
    holder.go(f"/fjordby/rounds/{round_.ref}/urn/").does_not_see(da("Try my key"))
    secret.make_keys("vice_chair", "secretary")
    holder.page.clock.fast_forward(TEN_SECONDS)
    holder.sees(da("Try my key")).look_around()


def test_a_wrong_key_is_told_on_the_phone(
    fjordby: Cast, round_: Round, walk_as: Callable[..., Walker]
) -> None:
    secret = urns.SecretRound(fjordby, round_, AT)
    urns.actions.set_up_urn(round_=round_, plan=urns.plan_of(fjordby), **secret.by("digital_lead"))
    secret.make_keys()
    phone = walk_as(fjordby, "steward", width=PHONE).go(f"/fjordby/rounds/{round_.ref}/urn/drill/")
    key = urns.keys.as_text(secret.devices["steward"].secret)
    other = urns.keys.as_text(secret.devices["secretary"].secret)
    wrong = key[:-1] + ("0" if key[-1] != "0" else "1")
    mistyped = da("Group {group} is not right. Compare it with what you wrote.").format(group=8)
    length = da("The key has eight groups of five characters. Type all of them.")
    not_mine = da(
        "Nothing is asked of this key now: it is not the one you made for this round, or you have done your part already."
    )
    for typed, sentence in ((wrong, mistyped), (key[:-6], length), (other, not_mine)):
        phone.page.locator("[data-key-typed]").fill(typed)
        phone.page.locator("[data-key-start] button[type=submit]").click()
        phone.sees(sentence)
    assert not Elector.objects.exists()


def test_answers_never_leave_a_browser_that_runs_script(
    fjordby: Cast, round_: Round, walk_as: Callable[..., Walker]
) -> None:
    secret = urns.SecretRound(fjordby, round_, AT)
    urns.actions.set_up_urn(
        round_=round_, plan=urns.plan_of(fjordby, longest_text=200), **secret.by("digital_lead")
    )
    secret.ready()
    voter = walk_as(fjordby, "employee", width=PHONE)
    sent: list[str] = []
    voter.page.on("request", lambda request: sent.append(request.post_data or ""))
    voter.go(f"/p/{round_.code}/ballot/").write("text", "Aftenerne er for lange")
    voter.page.locator("[name='answer-q1'][value='1']").check()
    voter.page.get_by_role("button", name=da("Seal and send")).click()
    voter.page.wait_for_selector("[data-receipt]")
    follow = voter.page.locator("[data-follow-code]").inner_text()
    assert len(follow) == 12
    assert any("sealed=" in one for one in sent)
    assert not any("answer-" in one or "Aftenerne" in one or follow in one for one in sent)
