"""What is done to contest a case and to answer, and about budgets."""

from decimal import Decimal

from samspil.business_case.budget import actions as budgets
from samspil.business_case.contest import actions
from samspil.organisation.models import Unit
from samspil.organisation.viewer import Viewer
from tests.permissions import contested
from tests.permissions.payloads.deed import Deed, Form, who
from tests.permissions.world import World


def _say(world: World, by: Viewer) -> object:
    return actions.say(
        part=contested.part(world),
        figure="amount",
        stance="disagrees",
        text="Det tager længere",
        **who(world, by),
    )


def _word(world: World, by: Viewer) -> object:
    return actions.word(
        part=contested.part(world), figure="amount", text="En time om ugen", version=1, **who(world, by)
    )


def _answer(world: World, by: Viewer) -> object:
    return actions.answer(
        remarks=[contested.remark(world)],
        outcome="not_accepted",
        text="Vi har målt det",
        **who(world, by),
    )


def _enter(world: World, by: Viewer) -> object:
    return budgets.enter_cut(
        case=contested.case(world),
        unit=world.cast.units["workplace"],
        account="Løn",
        year=2027,
        amount=Decimal(50_000),
        source="Budget 2027",
        **who(world, by),
    )


def _take_back(world: World, by: Viewer) -> object:
    return budgets.take_back_cut(cut=contested.cut(world), because="Forkert konto", **who(world, by))


def _contest_form(world: World) -> Form:
    return {"stance": "own_figure", "value": "80000", "source": "talt op i to uger", "text": "Det er mindre"}


def _comment_form(world: World) -> Form:
    return {"text": "Der mangler oplæring"}


def _word_form(world: World) -> Form:
    return {"text": "En time om ugen", "version": 1}


def _answer_form(world: World) -> Form:
    return {
        "remarks": [world.refs["remark"]],
        "outcome": "noted",
        "text": "Vi ser på det",
        "version": contested.part(world).version,
    }


def _cut_form(world: World) -> Form:
    return {
        "unit": world.cast.units["workplace"].ref,
        "account": "Løn",
        "year": 2027,
        "amount": "50.000",
        "source": "Budget 2027",
    }


def _take_back_form(world: World) -> Form:
    return {"because": "Forkert konto"}


def _taking_part_form(world: World) -> Form:
    return {
        "who": "Superbrugere",
        "task": "oplæring",
        "unit": Unit.objects.get(pk=world.cast.units["workplace"].pk).name,  # another form renames it
        "year": world.at.year + 1,
        "people": 4,
        "hours": "8",
        "covered": "4",
        "hour_amount": "310",
        "cover_hour_amount": "290",
        "source": "oplæringsplan",
    }


def _add_hours(world: World, by: Viewer) -> object:
    one = budgets.Participation(
        who="Superbrugere",
        task="oplæring",
        unit="Hjemmeplejen",
        year=world.at.year + 1,
        people=4,
        hours=Decimal(8),
        covered=Decimal(0),
        hour=Decimal(310),
        cover_hour=Decimal(0),
        source="oplæringsplan",
    )
    return budgets.add_taking_part(case=contested.case(world), one=one, **who(world, by))


ROOM = "business_case"
DEEDS: tuple[Deed, ...] = (
    Deed(f"{ROOM}.contest_case", _say, f"{ROOM}:contest", _contest_form),
    Deed(f"{ROOM}.contest_case", None, f"{ROOM}:comment", _comment_form),
    Deed(f"{ROOM}.word_assumption", _word, f"{ROOM}:word_assumption", _word_form),
    Deed(f"{ROOM}.answer_remark", _answer, f"{ROOM}:answer_remark", _answer_form),
    Deed(f"{ROOM}.enter_cut", _enter, f"{ROOM}:enter_cut", _cut_form),
    Deed(f"{ROOM}.take_back_cut", _take_back, f"{ROOM}:take_back_cut", _take_back_form),
    Deed(f"{ROOM}.change_case", _add_hours, f"{ROOM}:taking_part", _taking_part_form),
)


def _figure(world: World) -> list[str]:
    return [world.refs["contested_part"], "amount"]


ADDRESSES = {
    f"{ROOM}:assumptions": lambda world: [world.refs["contested_case"]],
    f"{ROOM}:comment": lambda world: [world.refs["contested_part"]],
    f"{ROOM}:contest": _figure,
    f"{ROOM}:word_assumption": _figure,
    f"{ROOM}:answer_remark": lambda world: [world.refs["remark"]],
    f"{ROOM}:budget": lambda world: [world.refs["contested_case"]],
    f"{ROOM}:enter_cut": lambda world: [world.refs["contested_case"]],
    f"{ROOM}:taking_part": lambda world: [world.refs["contested_case"]],
    f"{ROOM}:take_back_cut": lambda world: [world.refs["budget_cut"]],
}
