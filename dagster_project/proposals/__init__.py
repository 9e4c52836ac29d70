"""The catalogue lines that what was read calls for, each with its evidence, and their way into the seed files.

In: rows of ``raw.formatos``, ``campos``, ``renglones``, ``lecturas``, and the seeds. Out: ``propose``,
``append_lines``, ``waiting``. Nothing here decides a figure, and nothing rewrites a line that a person wrote.
"""
