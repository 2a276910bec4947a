"""What is printed and handed out: posters, letters with a code for one person, sheets to answer on.

Codes are made while the round is planned, so that nobody is added once answers have come. Only their hashes
are kept; a letter can be printed again, because its code is worked out anew (`codes.py`).
"""
