"""Procedure guidelines: what the parties agree about when, where and on what they discuss digital changes.

A guideline is about one initiative or about new technology in general. It has versions: each holds from a
day until a newer one takes its place, and all of them stay. What may be terminated, and with how much
notice, is content with a source.
"""
