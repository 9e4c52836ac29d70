"""One form page as printed, nothing settled.

In: the lines of an extract. Out: ``page_split.iter_pages`` gives the pages, each with its lines by part;
``header.read_header``, ``signatures.read_signatures`` and ``rows.parse_rows`` read the parts;
``sheet.PageEvidence`` is what ``settle`` weighs. What cannot be read comes out as ``Refusal``, never dropped.
"""
