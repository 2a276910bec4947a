"""What came of it: results of rounds and of consultations held elsewhere, as versions that never change.

A result is computed in the worker from the votes, and stored as a release (`core/opinion_release.py`):
everything that may be told and nothing else. The pages and the files read the release, never the votes.
"""
