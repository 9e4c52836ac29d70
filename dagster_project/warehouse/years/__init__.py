"""What the pages of an ejercicio read to: ``raw.renglones``, ``lecturas``, ``vinculos``, ``elegidas``.

In: settled pages of extracts in force, people's decisions. Out: ``load_year.load_ejercicio``; a transaction a year.
"""
