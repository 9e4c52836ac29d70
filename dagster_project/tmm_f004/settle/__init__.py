"""What each page is about, by evidence over all pages of a municipality and ejercicio.

In: printed pages and ``Catalogs``. Out: ``pages.place_pages`` and ``open_pages.place_open`` settle municipality and
year, ``pages.settle_pool`` unit, quarter, plan, programme, header codes and action numbers of a pool of pages, each
with score, rule and rivals (``Settled``); ``pages.settle_extract`` does all of it for one file. One module a field;
weights become verdicts in ``evidence`` alone.
"""
