"""What the journal's rows about a reply claim of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from samspil.dialogue.replies.models import Reply, ReplyAnswer


def sealed_replies(refs: Sequence[str]) -> Mapping[str, dict[str, str]]:
    """The facts of live replies, to be compared with what the journal committed to."""
    replies = list(Reply.objects.filter(thing__ref__in=refs).select_related("thing"))
    answers: dict[int, list[list[str]]] = {one.pk: [] for one in replies}
    rows = ReplyAnswer.objects.filter(reply__in=replies).select_related("question")
    for row in rows.order_by("question__position"):
        answers[row.reply_id].append([row.question.key, row.position, row.text])
    return {one.ref: {"reply_sha256": _hash(one, answers[one.pk])} for one in replies}


def _hash(reply: Reply, answers: list[list[str]]) -> str:
    said = [reply.way, reply.held_on.isoformat(), reply.took_part, reply.because, answers]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
