"""What is there and whether it changed: hashes, counts, coverage, which ejercicios a build makes anew.

In: the warehouse's tables and the files it is made from. Out: answers; only ``build_plan`` writes, its own two tables.
"""
