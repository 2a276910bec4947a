"""Ordering a result, computing it in the worker, and computing it once more to see that it is the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from samspil.core.released import fingerprint
from samspil.initiative import evidence
from samspil.initiative.models import Thing
from samspil.initiative.things import new_thing
from samspil.involvement.results import sources
from samspil.involvement.results.models import OpinionGroup, OpinionResult
from samspil.involvement.results.sources import Source
from samspil.kit import jobs
from samspil.kit.models import Job
from samspil.organisation import journal
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer, operator_of

WORK = "make_opinion_result"
GIVEN_UP = timedelta(hours=1)  # a result that is still not there by then is not waited for


@dataclass(frozen=True)
class Made:
    """What was computed, before it is stored."""

    release: dict[str, Any]
    sha256: str


@dataclass(frozen=True)
class Checked:
    """What computing a stored result once more showed."""

    result: OpinionResult
    verdict: str  # same · other_votes (somebody was erased, say) · differs · no_votes


def order(source: Source, at: datetime) -> None:
    """Have the worker compute the next version; part of the action after which it is due."""
    payload = {"organisation": source.organisation.ref, "source": source.ref}
    jobs.add(WORK, _key(source), payload, at)


def waiting(source: Source, at: datetime) -> Job | None:
    """The job that computes the next version, while it may be waited for."""
    rows = Job.objects.filter(key=f"{WORK}:{_key(source)}", done_at=None, not_before__gt=at - GIVEN_UP)
    return rows.first()


def _key(source: Source) -> str:
    return f"{source.ref}-{source.results().count() + 1}"


def make_ordered(payload: Mapping[str, Any], at: datetime) -> None:
    """What the worker does: reads the votes, computes outside of any transaction, and stores a new version.
    The same votes give the same version, so doing it twice stores it once."""
    organisation = Organisation.objects.get(ref=payload["organisation"])
    with scope(organisation):
        source = sources.source(payload["source"])
        made = source and compute(source)
        if source and made:
            _release(source, made, operator_of(organisation, at), at)


def compute(source: Source) -> Made | None:
    """The release as it follows from the votes there are now; nothing where there are none."""
    cast = source.cast()
    if cast is None:
        return None
    from samspil.core import opinion_release  # with NumPy and SciPy: the worker's, not every page's

    found = opinion_release.computed(cast.votes, set(cast.moderated), source.thresholds)
    release = opinion_release.release_of(cast.votes, found, source.thresholds, cast.tiers)
    release |= {name: source.commitment(release[name]) for name in ("input_hash", "result_hash")}
    return Made(release, fingerprint(release))


@transaction.atomic
def _release(source: Source, made: Made, by: Viewer, at: datetime) -> OpinionResult:
    Thing.objects.select_for_update().get(pk=source.of.thing_id)  # versions come one after the other
    newest = source.results().first()
    if newest and newest.release_sha256 == made.sha256:
        return newest
    release = made.release
    kept = OpinionResult.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "opinion_result"),
        **{source.kind: source.of},
        number=newest.number + 1 if newest else 1,
        made_at=at,
        algorithm_version=release["algorithm_version"],
        parameters=release["parameters"],
        seed=release["seed"],
        input_sha256=release["input_hash"],
        result_sha256=release["result_hash"],
        release_sha256=made.sha256,
        participants=release["participants"],
        certainty=release["certainty"],
        release=release,
    )
    for group in release["groups"]:
        OpinionGroup.objects.create(
            organisation=by.organisation,
            thing=new_thing(by.organisation, "opinion_group"),
            result=kept,
            number=group["number"],
            people=group["people"],
        )
    if source.initiative:
        evidence.refresh([source.initiative], at)
    journal.append("involvement.result_released", thing=kept.ref, facts=sealed_facts(kept), by=by, at=at)
    return kept


def sealed_facts(result: OpinionResult) -> dict[str, object]:
    """What the journal commits to about a version, with the hash of what is stored now."""
    return {
        "title": str(result),
        "number": result.number,
        "input_sha256": result.input_sha256,
        "result_sha256": result.result_sha256,
        "release_sha256": fingerprint(result.release),
    }


def check(result: OpinionResult, source: Source) -> Checked:
    """Compute a stored result once more from the votes."""
    made = compute(source)
    if made is None:
        return Checked(result, "no_votes")
    if made.release["input_hash"] != result.input_sha256:
        return Checked(result, "other_votes")
    same = made.sha256 == result.release_sha256 == fingerprint(result.release)
    return Checked(result, "same" if same else "differs")
