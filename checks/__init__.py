"""Programmes that try the whole: faults and kills, fuzzing, the audit of the packages; ``make`` runs them.

Their small tests are collected with the others. Not here: ``benchmarks/``, and tests of a module (``tests/unit/``).
"""
