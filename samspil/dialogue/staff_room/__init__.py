"""The staff side's own room in a committee: notes, comments and the date of the pre-meeting.

Nobody reads here by virtue of a role. `dialogue/secrecy.py` says who may come in, and `words.py` here is the
only place that reads the words; the journal holds no more than a commitment to them.
"""
