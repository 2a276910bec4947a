"""The rooms of the house, from the ground up. A room that is not listed here is not there."""

from samspil.benefits.room import ROOM as BENEFITS
from samspil.business_case.room import ROOM as BUSINESS_CASE
from samspil.dialogue.room import ROOM as DIALOGUE
from samspil.initiative.room import ROOM as INITIATIVE
from samspil.involvement.room import ROOM as INVOLVEMENT
from samspil.organisation.room import ROOM as ORGANISATION
from samspil.participation.room import ROOM as PARTICIPATION

ROOMS = (ORGANISATION, INITIATIVE, PARTICIPATION, INVOLVEMENT, BUSINESS_CASE, DIALOGUE, BENEFITS)
