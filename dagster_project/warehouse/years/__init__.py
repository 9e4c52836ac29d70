"""What the pages of an ejercicio are and read to: ``raw.formatos``, ``campos``, ``renglones``, ``lecturas``,
``vinculos``, ``elegidas``, and ``rechazos`` of pages cut short; and what continues what over the years, ``series``.

In: the printed pages of live extracts, people's decisions. Out: ``load_year.YearLoader``; a transaction a year.
"""
