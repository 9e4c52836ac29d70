"""The site: a published version as pages that open from a folder, without a server, a library or a request elsewhere.

In: a connection to the DuckDB file of a version. Out: HTML, a style sheet and a script in one folder. It computes no
figure: what stands on a page stands in a mart. The same version gives the same bytes, whenever it is written.
"""
