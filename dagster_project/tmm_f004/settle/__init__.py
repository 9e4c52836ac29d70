"""What each page is about, by evidence over all pages of an extract.

In: lines and ``Catalogs``. Out: ``extract.settle_extract`` gives an ``Extract`` of forms whose municipality, unit,
year, quarter, plan, programme, header codes and action numbers are settled, each with score, rule and rivals
(``Settled``). One module a field; weights become verdicts in ``evidence`` alone.
"""
