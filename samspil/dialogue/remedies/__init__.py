"""What the staff side can do when a matter was not treated as the agreement says, and what follows when a
union disagrees: requests with their steps and clocks, and calls for central negotiation.

A *case* is opened by those who speak for the staff side. Its kind, steps, deadlines and ways of ending
stand in a dated table with sources (`content/remedies/`); an organisation may enter its own deadlines from
a date. Dates speak here, nobody is blamed.
"""
