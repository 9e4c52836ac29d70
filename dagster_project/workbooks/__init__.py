"""The workbooks of a published version: its last quarter for whoever works in Excel, and the transparency format.

In: a connection to the DuckDB file of a version. Out: ``.xlsx`` files in a folder. They compute no figure: what stands
in a cell stands in a mart. Codes are text, no cell is a formula, nothing is linked.
"""
