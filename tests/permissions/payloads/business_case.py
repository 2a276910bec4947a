"""What is done with a business case."""

from collections.abc import Callable

from samspil.business_case import actions
from samspil.business_case.permissions import PERMISSIONS
from samspil.organisation.viewer import Viewer
from tests.permissions import cases
from tests.permissions.payloads.deed import Deed, Form, reads, who
from tests.permissions.world import World


def _begin(world: World, by: Viewer) -> object:
    return actions.begin(initiative=world.initiative("decided"), **who(world, by))


def _change(world: World, by: Viewer) -> object:
    part = cases.line(world)
    content = {**part.content, "payer": world.say("IT")}
    return actions.change(part=part, version=part.version, content=content, **who(world, by))


def _add(world: World, by: Viewer) -> object:
    content = {"title": world.say("Andel"), "value": "0.8"}
    return actions.add(case=cases.case(world), kind="driver", content=content, **who(world, by))


def _take_out(world: World, by: Viewer) -> object:
    part = cases.line(world)
    return actions.take_out(part=part, version=part.version, **who(world, by))


def _change_frame(world: World, by: Viewer) -> object:
    case = cases.case(world)
    frame = {**case.frame, "discounting": "end_of_year"}
    return actions.change_frame(
        case=case, version=case.version, title=world.say("Navn"), frame=frame, **who(world, by)
    )


def _move(world: World, by: Viewer) -> object:
    return actions.move(part=cases.line(world), before=None, **who(world, by))


def _undo(world: World, by: Viewer) -> object:
    return actions.undo(case=cases.case(world), step=2, **who(world, by))


def _put(world: World, by: Viewer) -> object:
    return actions.put_before_committee(case=cases.case(world), **who(world, by))


def _begin_form(world: World) -> Form:
    return {"title": world.say("Vagtplan"), "first_year": "2027", "years": "5", **_rows(world)}


def _rows(world: World) -> Form:
    return {"new1.title": world.say("Kursus"), "new1.likely": "5", "new1.source": world.say("plan")}


def _line_form(world: World) -> Form:
    return {
        "title": world.say("Kursus"),
        "sort": "cost.cashable",
        "scenario": "difference",
        "amount_likely": "5",
        "y2027": "100",
        "version": str(cases.line(world).version),
    }


def _frame_form(world: World) -> Form:
    frame = cases.case(world).frame
    given = {name: str(frame[name]) for name in ("first_year", "years", "price_year", "currency", "country")}
    return given | {
        "title": world.say("Navn"),
        "decided_on": frame["decided_on"],
        "discounting": "end_of_year",
        "payback": "undiscounted",
        "coverage": "80",
        "version": "1",
    }


DEEDS = (
    reads(PERMISSIONS, "see_case", cases.case),
    Deed("business_case.begin_case", _begin, "business_case:begin", _begin_form),
    # the light page first, while the case is light; what is taken back before it is changed again
    Deed(
        "business_case.change_case",
        None,
        "business_case:light",
        lambda world: {**_rows(world), "meaning": ""},
    ),
    Deed("business_case.change_case", _undo, "business_case:undo", lambda _world: {"step": "2"}),
    Deed("business_case.change_case", None, "business_case:table", _rows),
    Deed(
        "business_case.change_case",
        None,
        "business_case:paste",
        lambda world: {"rows": f"cost.cashable\t{world.say('Kursus')}\tHR\t\t\t5\t\t\t\tplan\t100"},
    ),
    Deed(
        "business_case.change_case",
        _add,
        "business_case:add_part",
        lambda world: {"title": world.say("Andel"), "value_likely": "0.8"},
    ),
    Deed("business_case.change_case", _change, "business_case:change_part", _line_form),
    Deed("business_case.change_case", _move, "business_case:move_part", lambda _world: {"way": "down"}),
    Deed("business_case.change_case", _change_frame, "business_case:frame", _frame_form),
    Deed(
        "business_case.change_case", _take_out, "business_case:take_out_part", lambda _world: {"version": "1"}
    ),
    Deed(
        "business_case.put_before_committee",
        _put,
        "business_case:put_before_committee",
        lambda world: {"note": world.say("Til mødet")},
    ),
)


def _ref(name: str) -> Callable[[World], list[str]]:
    return lambda world: [world.refs[name]]


ADDRESSES: dict[str, Callable[[World], list[str]]] = {
    "business_case:begin": _ref("decided"),
    "business_case:add_part": lambda world: [world.refs["case"], "driver"],
    **{
        f"business_case:{page}": _ref("case")
        for page in (
            "case", "light", "table", "paste", "shared", "frame", "what_if", "history", "undo",
            "put_before_committee",
        )
    },
    **{
        f"business_case:{page}": _ref("case_line")
        for page in ("part", "change_part", "move_part")
    },
    "business_case:take_out_part": _ref("case_benefit"),
    "business_case:version": _ref("case_version"),
}  # fmt: skip
