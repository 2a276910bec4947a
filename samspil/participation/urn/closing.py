"""From a closed round to an urn that waits for two holders. Each step is one transaction, and each can be
taken again after a machine has died in the middle: it looks where the urn stands and goes on from there.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from samspil.core.urn.counting import Opened
from samspil.core.urn.files import OpenedUrn, in_order, opened_urn, receipt, receipts_file
from samspil.kit import jobs
from samspil.kit.models import Blob
from samspil.organisation import journal
from samspil.organisation.erasure import let_the_bytes_go
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
from samspil.organisation.viewer import day_in, operator_of
from samspil.participation.models import Round
from samspil.participation.urn import queries
from samspil.participation.urn.models import Envelope, OpenedText, SealedBallot, Urn

JOB = "participation.close_urn"


def begin(round_: Round, at: datetime) -> None:
    """Part of the transaction in which a round closes: nothing comes in any more. What follows needs nobody;
    it is done at once, and by the worker where that failed."""
    if not Urn.objects.filter(round=round_, state=Urn.State.OPEN).update(state=Urn.State.CLOSED):
        return
    jobs.add(JOB, round_.ref, {"organisation": round_.organisation_id, "round": round_.pk}, at)
    transaction.on_commit(lambda: carry_on(round_, at), robust=True)


def work(payload: Mapping[str, Any], at: datetime) -> None:
    """The worker's part: take every step that needs no holder."""
    organisation = Organisation.objects.get(pk=payload["organisation"])
    with scope(organisation):
        carry_on(Round.objects.get(pk=payload["round"]), at)


def carry_on(round_: Round, at: datetime) -> None:
    """Take the steps that are due, one after the other; taking them twice is taking them once."""
    strip(round_, at)
    rewrite(round_)
    export(round_, at)


def tick(organisation: Organisation, at: datetime) -> None:
    """Every minute: go on where something was left in the middle, destroy what has been kept long enough."""
    today = day_in(organisation, at)
    closing = (Urn.State.CLOSED, Urn.State.STRIPPED)
    for urn in Urn.objects.filter(state__in=closing).select_related("round__organisation"):
        carry_on(urn.round, at)
    over = Urn.objects.filter(state=Urn.State.OPENED, recount_until__lt=today)
    for urn in over.select_related("round__organisation"):
        destroy(urn.round, at)
    for urn in Urn.objects.filter(to_rewrite=True).select_related("round"):
        rewrite(urn.round)


@transaction.atomic
def strip(round_: Round, at: datetime) -> None:
    """Nothing says whose an envelope was: the rows are written anew, in the order of their hashes."""
    urn = _locked(round_, Urn.State.CLOSED)
    if urn is None:
        return
    envelopes = in_order(bytes(one) for one in round_.envelopes.values_list("sealed", flat=True))
    copies: Counter[str] = Counter()
    rows = []
    for sealed in envelopes:
        key = receipt(sealed)
        rows.append(_row(round_, key, copies[key], sealed))
        copies[key] += 1
    Envelope.objects.filter(round=round_).delete()
    SealedBallot.objects.bulk_create(rows, batch_size=500)
    urn.receipts = _kept(receipts_file(envelopes))
    urn.cast, urn.state, urn.to_rewrite = len(rows), Urn.State.STRIPPED, True
    urn.save()
    _journal("participation.urn_stripped", round_, at, {"ballots": len(rows)})


@transaction.atomic
def export(round_: Round, at: datetime) -> None:
    """Fix the hash of the urn. With nothing in it there is nothing to open."""
    urn = _locked(round_, Urn.State.STRIPPED)
    if urn is None:
        return
    urn.urn_sha256 = hashlib.sha256(queries.sealed_urn(urn).as_bytes()).hexdigest()
    urn.state = Urn.State.EXPORTED
    urn.save()
    _journal("participation.urn_exported", round_, at, {"ballots": urn.cast, "sha256": urn.urn_sha256})
    if not urn.cast:
        keep_result(urn, Opened(0, 0), at)


def keep_result(urn: Urn, opened: Opened, at: datetime) -> OpenedUrn:
    """What came out of the urn, and texts apart from it; part of the transaction in which it is opened."""
    found = opened_urn(queries.about(urn), urn.urn_sha256, opened)
    urn.result = _kept(found.as_bytes())
    urn.result_sha256 = urn.result.sha256
    urn.recount_until = day_in(urn.organisation, at) + timedelta(days=urn.recount_days)
    urn.state, urn.begun_by = Urn.State.OPENED, None
    urn.save()
    SealedBallot.objects.filter(round=urn.round).update(left=b"")
    OpenedText.objects.bulk_create(
        OpenedText(organisation=urn.organisation, round=urn.round, text=text, follow_sha256=follow)
        for text, follow in opened.texts
    )
    return found


@transaction.atomic
def destroy(round_: Round, at: datetime) -> None:
    """Envelopes and wraps go; numbers, receipts and texts stay."""
    urn = _locked(round_, Urn.State.OPENED)
    if urn is None:
        return
    empty(urn)
    _journal("participation.urn_destroyed", round_, at, {"sha256": urn.urn_sha256})


def empty(urn: Urn) -> None:
    """Take every envelope away; part of the transaction in which the urn is destroyed."""
    SealedBallot.objects.filter(round=urn.round).delete()
    urn.state, urn.to_rewrite = Urn.State.DESTROYED, True
    urn.save()
    transaction.on_commit(lambda: rewrite(urn.round), robust=True)


def rewrite(round_: Round) -> None:
    """Write the tables anew, so that no deleted row stays on the disk. Not inside a transaction."""
    if not Urn.objects.filter(round=round_, to_rewrite=True).exists() or connection.in_atomic_block:
        return
    if connection.vendor == "postgresql":
        for model in (Envelope, SealedBallot):
            with connection.cursor() as cursor:
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
    elif not let_the_bytes_go():
        return
    Urn.objects.filter(round=round_).update(to_rewrite=False)


def restored(at: datetime) -> int:
    """A backup holds no envelopes. Urns that may have had some say so from now on; tells how many."""
    waiting = (Urn.State.OPEN, Urn.State.CLOSED, Urn.State.STRIPPED, Urn.State.EXPORTED)
    return Urn.objects.filter(state__in=waiting).update(emptied_at=at, begun_by=None)


def _locked(round_: Round, state: str) -> Urn | None:
    """The urn, held for this step; nothing where the step was taken already or is not due."""
    Round.objects.select_for_update().get(pk=round_.pk)
    return (
        Urn.objects.select_related("round__organisation", "organisation")
        .filter(round=round_, state=state)
        .first()
    )


def _row(round_: Round, key: str, copy: int, sealed: bytes) -> SealedBallot:
    return SealedBallot(organisation=round_.organisation, round=round_, sha256=key, copy=copy, sealed=sealed)


def _kept(data: bytes) -> Blob:
    """A published file, kept by its content."""
    sha256 = hashlib.sha256(data).hexdigest()
    return Blob.objects.get_or_create(sha256=sha256, defaults={"data": data})[0]


def _journal(verb: str, round_: Round, at: datetime, facts: Mapping[str, Any]) -> None:
    by = operator_of(round_.organisation, at)
    journal.append(verb, thing=round_.ref, facts=facts, by=by, at=at)
