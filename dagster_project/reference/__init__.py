"""What people say beside the extracts: catalogues, the register of extracts, decisions.

In: the CSVs of ``seeds/``. Out: ``load_catalogs``, ``load_registry``, ``load_decisions``. Nothing here writes.
"""
