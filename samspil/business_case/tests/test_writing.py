"""A case is written by several people at a time: nothing is overwritten, nothing is half-saved."""

import pytest

from samspil.business_case import actions
from samspil.business_case.actions import Written
from samspil.business_case.format import as_format, parts_of, read
from samspil.business_case.models import Case, Edit, Part
from samspil.business_case.tests.conftest import a_range, licences, overtime, who
from samspil.core.business_case.mean_case import mean_case
from samspil.initiative.models import Initiative
from samspil.initiative.things import thread_of
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation.models import JournalRow
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def part(case: Case, title: str) -> Part:
    return next(one for one in parts_of(case) if str(one) == title)


def say(cast: Cast, part: Part, name: str = "lead", **content: object) -> Part:
    return actions.change(
        part=part,
        version=part.version,
        content={**part.content, **content},
        owner=part.owner,
        estimator=part.estimator,
        **who(cast, name),
    )


def test_a_case_is_read_as_it_was_written_and_says_roles_not_names(cast: Cast, case: Case) -> None:
    found = as_format(case)
    assert [one["title"] for one in found["lines"]] == ["Licences", "Less overtime"]
    assert found["lines"][1]["owner"] == "leder i linjen, Hjemmeplejen Nord"
    assert found["lines"][1]["amount"]["estimator"] == "projektleder, Digitalisering og it"
    assert cast.people["management_member"].family_name not in str(found)
    assert mean_case(read(case)).npv > 0


def test_a_part_is_known_by_its_own_id_whatever_is_written_in_it(cast: Cast, case: Case) -> None:
    one = part(case, "Licences")
    say(cast, one, id="somebody-elses")
    assert as_format(case)["lines"][0]["id"] == one.ref


def test_an_initiative_has_one_case(cast: Cast, case: Case, initiative: Initiative) -> None:
    with pytest.raises(Refused):
        actions.begin(initiative=initiative, **who(cast, "lead"))


def test_only_those_who_run_it_write_it(cast: Cast, case: Case) -> None:
    with pytest.raises(NotAllowed):
        say(cast, part(case, "Licences"), "employee", payer="Somebody else")


def test_a_range_without_a_meaning_is_refused_with_its_place_and_nothing_is_kept(
    cast: Cast, case: Case
) -> None:
    bad = overtime(title="Fewer errors", amount={"low": "3", "high": "1"})
    with pytest.raises(Refused) as fault:
        actions.save(
            case=case, written=[Written(content=licences("7")), Written(content=bad)], **who(cast, "lead")
        )
    assert "“Fewer errors”" in str(fault.value)
    assert "what low and high mean" in str(fault.value)
    assert len(parts_of(case)) == 2
    assert Edit.objects.filter(case=case, step__gt=1).count() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (licences("NaN"), "not a number"),
        (licences("1e400"), "too large"),
        ({**licences(), "amount": a_range(5, 3, 1)}, "Low is above high"),
        (licences(currency="SEK"), "Convert it first"),
        (licences(share_by_year={}), "has no year"),
        (licences(share_by_year={"2040": "1"}), "2040"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(
    cast: Cast, case: Case, content: dict[str, object], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        actions.add(case=case, kind="line", content=content, **who(cast, "lead"))
    assert len(parts_of(case)) == 2


def test_ten_thousand_lines_at_once_are_refused(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="at most 1,000"):
        actions.save(case=case, written=[Written(content=licences())] * 10_000, **who(cast, "lead"))


def test_two_editors_see_each_others_change_and_nothing_is_overwritten(cast: Cast, case: Case) -> None:
    before = part(case, "Licences")
    say(cast, part(case, "Licences"), "owner", payer="Administration")
    with pytest.raises(ChangedMeanwhile) as fault:
        say(cast, before, payer="Home care")
    assert "Administration" in fault.value.theirs
    assert "Home care" in fault.value.yours
    assert part(case, "Licences").content["payer"] == "Administration"


def test_two_editors_of_different_lines_do_not_meet(cast: Cast, case: Case) -> None:
    mine, theirs = part(case, "Licences"), part(case, "Less overtime")
    say(cast, theirs, "owner", beneficiary="Elder care")
    say(cast, mine, payer="Administration")
    assert [one.version for one in parts_of(case)] == [2, 2]


def test_a_change_is_undone_and_done_again(cast: Cast, case: Case) -> None:
    say(cast, part(case, "Licences"), payer="Administration")
    actions.undo(case=case, step=2, **who(cast, "lead"))
    assert part(case, "Licences").content["payer"] == "IT"
    actions.undo(case=case, step=3, **who(cast, "lead"))
    assert part(case, "Licences").content["payer"] == "Administration"
    with pytest.raises(Refused, match="undone already"):
        actions.undo(case=case, step=2, **who(cast, "lead"))


def test_undoing_leaves_what_others_did_beside_it(cast: Cast, case: Case) -> None:
    say(cast, part(case, "Licences"), payer="Administration")
    say(cast, part(case, "Licences"), "owner", unit="per user")
    actions.undo(case=case, step=2, **who(cast, "lead"))
    assert part(case, "Licences").content["payer"] == "IT"
    assert part(case, "Licences").content["unit"] == "per user"


def test_what_others_changed_again_is_not_undone(cast: Cast, case: Case) -> None:
    say(cast, part(case, "Licences"), payer="Administration")
    say(cast, part(case, "Licences"), "owner", payer="Home care")
    with pytest.raises(Refused, match="“Licences” was changed again"):
        actions.undo(case=case, step=2, **who(cast, "lead"))
    assert part(case, "Licences").content["payer"] == "Home care"


def test_what_was_taken_out_comes_back_with_everything_it_said(cast: Cast, case: Case) -> None:
    gone = part(case, "Less overtime")
    actions.take_out(part=gone, version=gone.version, **who(cast, "lead"))
    assert [str(one) for one in parts_of(case)] == ["Licences"]
    actions.undo(case=case, step=2, **who(cast, "lead"))
    back = part(case, "Less overtime")
    assert (back.ref, back.content, back.owner) == (gone.ref, gone.content, gone.owner)


def test_a_risk_forgets_a_line_that_was_taken_out(cast: Cast, case: Case) -> None:
    line = part(case, "Licences")
    risk = {"title": "Late", "probability": "0.3", "consequence": a_range(1, 2, 3), "lines": [line.ref]}
    actions.add(case=case, kind="risk", content=risk, **who(cast, "lead"))
    actions.take_out(part=line, version=line.version, **who(cast, "lead"))
    assert as_format(case)["risks"][0]["lines"] == []


def test_a_driver_that_lines_rest_on_stays(cast: Cast, case: Case) -> None:
    uptake = actions.add(
        case=case, kind="driver", content={"title": "Uptake", "value": "0.8"}, **who(cast, "lead")
    )
    say(cast, part(case, "Less overtime"), drivers=[uptake.ref])
    with pytest.raises(Refused, match="These lines rest on it: Less overtime"):
        actions.take_out(part=uptake, version=uptake.version, **who(cast, "lead"))
    assert part(case, "Uptake").taken_out_at is None


def test_lines_are_put_in_order_and_the_figures_stay(cast: Cast, case: Case) -> None:
    before = mean_case(read(case)).npv
    actions.move(part=part(case, "Less overtime"), before=part(case, "Licences"), **who(cast, "lead"))
    assert [str(one) for one in parts_of(case)] == ["Less overtime", "Licences"]
    assert mean_case(read(case)).npv == before
    actions.undo(case=case, step=2, **who(cast, "lead"))
    assert [str(one) for one in parts_of(case)] == ["Licences", "Less overtime"]


def test_the_frame_is_changed_with_what_it_was_before_beside_it(cast: Cast, case: Case) -> None:
    frame = {**case.frame, "discounting": "end_of_year"}
    actions.change_frame(case=case, version=1, title="Another name", frame=frame, **who(cast, "lead"))
    with pytest.raises(ChangedMeanwhile) as fault:
        actions.change_frame(case=case, version=1, title="Third name", frame=frame, **who(cast, "owner"))
    assert "Another name" in fault.value.theirs
    case.refresh_from_db()
    actions.undo(case=case, step=2, **who(cast, "lead"))
    case.refresh_from_db()
    assert case.title == "A shift plan on the phone"
    assert "discounting" not in case.frame


def test_years_that_lines_need_stay_in_the_case(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="2029 is not a year of the case"):
        actions.change_frame(
            case=case, version=1, title="x", frame={**case.frame, "years": 2}, **who(cast, "lead")
        )


def test_what_changed_a_line_stands_on_the_thread(cast: Cast, case: Case, initiative: Initiative) -> None:
    line = part(case, "Licences")
    actions.change(
        part=line, version=1, content=licences("90000"), because=initiative.ref, **who(cast, "lead")
    )
    kinds = [kind for kind, _card in thread_of(line.thing, cast.viewer("lead")).backward]
    assert "changed" in kinds


def test_each_change_leaves_one_row_in_the_journal(cast: Cast, case: Case) -> None:
    say(cast, part(case, "Licences"), payer="Administration")
    verbs = JournalRow.objects.filter(thing=case.ref).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["business_case.begun", "business_case.changed"]


@pytest.mark.parametrize("title", ["", "   "])
def test_a_line_has_a_name(cast: Cast, case: Case, title: str) -> None:
    with pytest.raises(Refused, match="name: This is missing"):
        actions.add(case=case, kind="line", content=licences(title=title), **who(cast, "lead"))
    assert len(parts_of(case)) == 2
