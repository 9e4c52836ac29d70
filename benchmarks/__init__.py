"""Measures of the reader: its accuracy and its speed, on extracts of which the truth is known.

Belongs here: the generator of synthetic extracts, scoring, baselines, timing. Does not: anything
the product needs at run time, and anything that knows how the reader works inside.
"""
