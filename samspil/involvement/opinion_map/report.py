"""An opinion map told in words: what people agree on first, then what divides them, then the groups."""

from collections.abc import Iterator

from samspil.core.marking import marked as _
from samspil.core.opinion_map.export_format import Conversation
from samspil.core.opinion_map.result import Counted, Group, OpinionMap, StatementResult
from samspil.kit.spoken import Say

MOST = 7
LONGEST = 160


WHY_NO_GROUPS = {
    "few_voters": _("Fewer than %(least)s people voted: there are counts only, no map and no groups."),
    "few_included": _("Too few people voted on enough statements to be placed in groups."),
    "shuffled": _(
        "There are no clear groups: when the votes on each statement are dealt out anew by lot, people seem"
        " to"
        " differ as much as they do here."
    ),
    "no_parting": _(
        "There are no clear groups: no way of parting people leaves every group with enough people in it."
    ),
    "halves": _(
        "There are no clear groups: two maps, each from half of everybody’s votes, do not find the same"
        " groups"
        " (agreement %(ari)s; 1 is the same, 0 is chance)."
    ),
}
GROUP_WORDS = {
    "solid": _("holds together"),
    "uncertain": _("its edges are uncertain"),
    "untested": _("not tested"),
}


def in_words(found: OpinionMap, conversation: Conversation, name: str, say: Say) -> Iterator[str]:
    """The report, line by line."""
    yield name
    yield say(
        _("People: %(people)s. Statements: %(statements)s, of which taken out: %(out)s. Votes: %(votes)s.")
    ) % {
        "people": len(found.participants),
        "votes": found.votes,
        "statements": len(found.statements),
        "out": int((~found.active).sum()),
    }
    yield from _agreed(found, conversation, say)
    yield from _dividing(found, conversation, say)
    yield from _groups(found, conversation, say)
    yield from _not_said(found, conversation, say)
    yield from _how_sure(found, say)
    yield from _recomputing(found, say)


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * len(text)


def _agreed(found: OpinionMap, conversation: Conversation, say: Say) -> Iterator[str]:
    yield from _heading(say(_("What people agree on")))
    agreed = found.agreed()
    if not agreed:
        yield say(_("Nothing is agreed on by more than half of everybody, as far as the votes can tell."))
        return
    if found.k:
        yield say(_("More than half in every group, also at the cautious end of what the votes can tell:"))
    else:
        yield say(_("More than half of all who voted, also at the cautious end of what the votes can tell:"))
    for one in agreed[:MOST]:
        yield _line(one, conversation, say, one.direction)
    yield from _more(len(agreed), say)


def _dividing(found: OpinionMap, conversation: Conversation, say: Say) -> Iterator[str]:
    yield from _heading(say(_("What divides people")))
    if not found.k:
        yield say(
            _("Without clear groups these are the statements on which the votes are most evenly split:")
        )
        split = sorted(
            (one for one in found.statement_results() if one.split is not None and one.all.seen >= 5),
            key=lambda one: (-(one.split or 0.0), str(one.id)),
        )
        for one in split[:MOST]:
            yield _line(one, conversation, say, 1)
        return
    dividing = found.dividing()
    if not dividing:
        yield say(_("On no statement do the groups differ for sure."))
        return
    yield say(_("The groups differ for sure, by at least this many percentage points:"))
    for one in dividing[:MOST]:
        yield _line(one, conversation, say, _way_that_divides(one), at_least=one.divisive)
    yield from _more(len(dividing), say)


def _groups(found: OpinionMap, conversation: Conversation, say: Say) -> Iterator[str]:
    yield from _heading(say(_("The groups")))
    if not found.k:
        yield _why(found, say)
        return
    for group in found.groups:
        yield from _group(found, group, conversation, say)
    placed = sum(group.size for group in found.groups)
    yield say(
        _(
            "A group is a way to sum up; people within it differ too. %(placed)s people are in a group,"
            " %(others)s"
            " voted on fewer than %(needed)s statements and are counted in the totals only."
        )
    ) % {"placed": placed, "others": len(found.participants) - placed, "needed": found.votes_needed}


def _group(found: OpinionMap, group: Group, conversation: Conversation, say: Say) -> Iterator[str]:
    head = say(_("Group %(number)s: %(size)s people")) % {"number": group.number, "size": group.size}
    word = say(GROUP_WORDS[group.word])
    if group.share is not None:
        word += ", " + say(_("its members stay in it in %(share)s %% of new maps")) % {
            "share": _percent(group.share)
        }
    yield f"{head} ({word})"
    typical = found.typical_of(group.number, MOST)
    if not typical:
        yield "  " + say(_("Nothing sets it apart for sure."))
    for one in typical:
        text = _text(one.statement, conversation)
        says = _("agree") if one.direction > 0 else _("disagree")
        yield "  – " + say(_("%(share)s %% %(says)s, %(others)s %% of the others: %(text)s")) % {
            "share": _percent(one.share),
            "says": say(says),
            "others": _percent(one.others),
            "text": text,
        }


def _not_said(found: OpinionMap, conversation: Conversation, say: Say) -> Iterator[str]:
    yield from _heading(say(_("What cannot be said, and why")))
    yield from _unseen(found, conversation, say)
    if found.certainty == "very_uncertain":
        yield say(
            _(
                "Fewer than %(least)s people voted. Everything here is very uncertain: a few people more or"
                " less change it."
            )
        ) % {"least": found.parameters.small_body}
    if found.certainty == "loose":
        yield say(
            _(
                "The groups are loose: what parts them is real, but for many people half of their votes"
                " would put"
                " them elsewhere. Do not say of a single person to which group they belong."
            )
        )
    if found.exchangeable:
        yield say(
            _(
                "The two axes of the map carry nearly the same, so which of them lies flat and which upright"
                " means nothing."
            )
        )
    style = found.response_style
    if style and style.flag:
        yield say(
            _(
                "The map follows who tends to agree and who tends to disagree with anything (correlation"
                " %(size)s"
                " with axis %(axis)s). It may show a way of answering more than opinions. Look at the map"
                " with"
                " --without-tendency too; statements written in both directions help."
            )
        ) % {"size": f"{style.correlation:.2f}", "axis": style.axis}
    if found.parameters.level:
        yield say(
            _(
                "Everybody’s tendency to agree with anything was taken off their votes before the map was"
                " made."
            )
        )
    yield say(_("The votes say what those who took part think, not what everybody thinks."))


def _unseen(found: OpinionMap, conversation: Conversation, say: Say) -> Iterator[str]:
    parameters, groups = found.parameters, found.k
    silent = [one for one in found.statement_results() if one.active and one.bridging is None]
    if silent:
        sentence = (
            _(
                "Statements not compared, since in some group fewer than %(least)s people voted on them:"
                " %(count)s."
            )
            if groups
            else _("Statements not judged, since fewer than %(least)s people voted on them: %(count)s.")
        )
        yield say(sentence) % {"count": len(silent), "least": parameters.fewest_votes_shown}
    if conversation.unvoted:
        yield say(_("Statements of the list on which nobody voted: %(count)s.")) % {
            "count": len(conversation.unvoted)
        }
    if not conversation.texts:
        yield say(_("No list of statements was read: statements have numbers only, and none was taken out."))


def _how_sure(found: OpinionMap, say: Say) -> Iterator[str]:
    yield from _heading(say(_("How sure this is")))
    if found.axes is None:
        yield say(_("Counts are exact. Nothing else was computed."))
        return
    share = found.axes.eigenvalues / found.axes.trace if found.axes.trace else found.axes.eigenvalues
    yield say(_("The two axes tell %(first)s %% and %(second)s %% of how people differ.")) % {
        "first": _percent(share[0]),
        "second": _percent(share[1]) if len(share) > 1 else "0",
    }
    if not found.tested:
        yield say(_("Untested: null tests, halves and replicates were left out."))
        return
    if len(found.first_axis_nulls) and found.axes.trace:
        yield say(_("With shuffled votes the first axis tells %(null)s %% at most.")) % {
            "null": _percent(found.first_axis_nulls.max() / found.axes.trace)
        }
    if found.k:
        yield say(
            _(
                "Two maps, each from half of everybody’s votes, agree on the groups to %(ari)s (1 is the"
                " same, 0 is"
                " chance). In %(replicates)s new maps with other people and votes of the same kind,"
                " %(between)s"
                " people are in their own group in less than 70 %% and stand between groups."
            )
        ) % {
            "ari": f"{found.split_half_ari or 0.0:.2f}",
            "replicates": found.parameters.replicates,
            "between": found.uncertain_people,
        }


def _recomputing(found: OpinionMap, say: Say) -> Iterator[str]:
    yield ""
    yield say(
        _("Computed by %(version)s with seed %(seed)s. Who has the same votes gets the same result:")
    ) % {
        "version": found.algorithm_version,
        "seed": found.seed,
    }
    yield f"  input  {found.input_hash}"
    yield f"  result {found.result_hash}"


def _why(found: OpinionMap, say: Say) -> str:
    return say(WHY_NO_GROUPS[found.why or "shuffled"]) % {
        "least": found.parameters.smallest_body,
        "ari": f"{found.split_half_ari or 0.0:.2f}",
    }


def _line(
    one: StatementResult, conversation: Conversation, say: Say, direction: int, at_least: float | None = None
) -> str:
    """A statement with the shares of all, or of each group, that agree (or disagree) with it."""
    parts = one.groups or (one.all,)
    shares = " / ".join(_percent(_share(part, direction)) for part in parts)
    says = say(_("agree") if direction > 0 else _("disagree"))
    lead = f"{_percent(at_least)}: " if at_least is not None else ""
    return f"  – {lead}{shares} % {says}: {_text(one.id, conversation)}"


def _way_that_divides(one: StatementResult) -> int:
    """Whether agreeing or disagreeing differs more between groups."""

    def spread(direction: int) -> float:
        shares = [_share(part, direction) for part in one.groups]
        return max(shares) - min(shares)

    return 1 if spread(1) >= spread(-1) else -1


def _share(part: Counted, direction: int) -> float:
    return (part.agree if direction > 0 else part.disagree) / max(part.seen, 1)


def _text(key: int | str, conversation: Conversation) -> str:
    text = " ".join(conversation.texts.get(key, "").split())
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(" ", 1)[0] + " …"
    return f"“{text}” (#{key})" if text else f"#{key}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _more(count: int, say: Say) -> Iterator[str]:
    if count > MOST:
        yield "  " + say(_("… and %(count)s more (--json lists all).")) % {"count": count - MOST}
