"""For every action one valid payload: as a call, and as the form of its page."""

from collections.abc import Callable, Mapping

from django.urls import reverse

from tests.permissions.payloads import dialogue, initiative, involvement, meetings, organisation, web
from tests.permissions.payloads.deed import Deed
from tests.permissions.world import World

__all__ = ["ADDRESSES", "DEEDS", "Deed", "path_of"]

DEEDS: tuple[Deed, ...] = (
    *organisation.DEEDS,
    *initiative.DEEDS,
    *involvement.DEEDS,
    *dialogue.DEEDS,
    *meetings.DEEDS,
    *web.DEEDS,
)


def _ref(name: str) -> Callable[[World], list[str]]:
    return lambda world: [world.refs[name]]


def _nothing(_world: World) -> list[str]:
    return []


def _file(name: str, kind: str) -> Callable[[World], list[str]]:
    return lambda world: [*([world.refs[name]] if name else []), kind]


def _local(world: World) -> list[str]:
    return [world.cast.committees["local"].ref]


# The name of every address behind the door -> what stands in it besides the organisation.
ADDRESSES: Mapping[str, Callable[[World], list[str]]] = {
    "home": _nothing,
    "permissions": _nothing,
    "save_draft": _nothing,
    "organisation:people": _nothing,
    "organisation:add_person": _nothing,
    "organisation:person": lambda world: [world.cast.people["vice_chair"].ref],
    "organisation:change_person": _ref("leaver"),
    "organisation:person_leaves": _ref("leaver"),
    "organisation:give_role": _ref("leaver"),
    "organisation:give_seat": _ref("leaver"),
    "organisation:invite_person": _ref("second_newcomer"),
    "organisation:erase_person": _ref("leaver"),
    "organisation:end_role": _ref("role"),
    "organisation:end_seat": _ref("seat"),
    "organisation:revoke_invitation": _ref("invitation"),
    "organisation:come_in": lambda world: [world.token],
    "organisation:units": _nothing,
    "organisation:add_unit": _nothing,
    "organisation:overview": _nothing,
    "organisation:add_committee": _nothing,
    "organisation:add_union": _nothing,
    "organisation:set_procedure": _nothing,
    "organisation:choose_process_model": _nothing,
    "organisation:add_audience_group": _nothing,
    "organisation:change_audience_group": lambda world: [world.cast.groups["citizens"].ref],
    "organisation:set_regime": _nothing,
    "organisation:switch_room": lambda _world: ["involvement"],
    "organisation:own_data": _nothing,
    "organisation:own_data_file": _nothing,
    "initiative:needs": _nothing,
    "initiative:raise_need": _nothing,
    "initiative:need": _ref("need"),
    "initiative:merge_need": _ref("other_need"),
    "initiative:answer_need": _ref("third_need"),
    "initiative:initiatives": _nothing,
    "initiative:start": _nothing,
    "initiative:initiative": _ref("initiative"),
    "initiative:change": _ref("initiative"),
    "initiative:guests": _ref("initiative"),
    "initiative:plan_step": _ref("initiative"),
    "initiative:correct_step": _ref("step"),
    "initiative:answer_demand": lambda world: [world.refs["initiative"], initiative.GATE, initiative.DEMAND],
    "initiative:monday": lambda world: [world.refs["initiative"], world.cast.units["workplace"].ref],
    "initiative:inform_about_ai": _ref("initiative"),
    "initiative:date_ai_duty": _ref("initiative"),
    "initiative:decide": _ref("initiative"),
    "initiative:decision": _ref("decision"),
    "initiative:decision_file": _file("decision", "docx"),
    "initiative:meet_condition": _ref("condition"),
    "initiative:thread": _ref("initiative"),
    "initiative:initiative_journal": _ref("initiative"),
    "initiative:journal": _nothing,
    "initiative:search": _nothing,
    "involvement:consultation": _ref("consultation"),
    "involvement:export": _file("consultation", "csv"),
    "involvement:statement": _ref("statement"),
    "dialogue:committees": _nothing,
    "dialogue:committee": _local,
    "dialogue:plan_meeting": _local,
    "dialogue:meeting": _ref("meeting"),
    "dialogue:correct_meeting_date": _ref("held"),
    "dialogue:agenda": _file("meeting", "docx"),
    "dialogue:request_item": _ref("initiative"),
    "dialogue:held_elsewhere": _ref("initiative"),
    "dialogue:item": _ref("item"),
    "dialogue:place_item": _ref("waiting"),
    "dialogue:choose_questions": _ref("waiting"),
    "dialogue:write_case": _ref("item"),
    "dialogue:give_case_number": _ref("item"),
    "dialogue:withdraw_item": _ref("item"),
    "dialogue:answer_questions": _ref("item"),
    "dialogue:release_answers": _ref("item"),
    "dialogue:record_outcome": _ref("held_item"),
    "dialogue:write_minutes": _ref("written_item"),
    "dialogue:release_minutes": _ref("written_item"),
    "dialogue:approve_minutes": _ref("released_item"),
    "dialogue:minutes_file": _file("released_item", "docx"),
    "dialogue:brought_file": _ref("filed_item"),
    "dialogue:add_action_point": _ref("held_item"),
    "dialogue:finish_action_point": _ref("point"),
    "dialogue:request_matter": _local,
    "dialogue:add_annex": _ref("item"),
    "dialogue:annex_file": _ref("annex"),
    "dialogue:remove_annex": _ref("annex"),
    "dialogue:arrange_agenda": _ref("meeting"),
    "dialogue:settle_agenda": _ref("meeting"),
    "dialogue:send_agenda": _ref("settled"),
    "dialogue:describe_entry": lambda world: [world.refs["meeting"], world.refs["item"]],
    "dialogue:annual_wheel": _local,
    "dialogue:plan_year": _local,
    "dialogue:add_topic": _local,
    "dialogue:take_usual_topics": _local,
    "dialogue:change_topic": _ref("topic"),
    "dialogue:end_topic": _ref("topic"),
    "dialogue:place_topic": _ref("meeting"),
    "dialogue:note_attendance": _ref("held"),
    "dialogue:screen": _ref("meeting"),
    "dialogue:record_meeting": _ref("held"),
    "dialogue:move_meeting": _ref("later"),
    "dialogue:cancel_meeting": _ref("later"),
    "dialogue:committee_actions": _local,
    "dialogue:carry_over": _ref("meeting"),
    "dialogue:move_action_point": _ref("point"),
    "dialogue:asked_too_late": _nothing,
    "dialogue:asked_too_late_file": _file("", "csv"),
}


def path_of(address: str, world: World, slug: str = "") -> str:
    """Where an address leads in this world, or with its refs under another organisation's name."""
    path = reverse(address, args=[slug or world.slug, *ADDRESSES[address](world)])
    return f"{path}?form=a-form" if address == "save_draft" else path
