"""Avance: a warehouse of the Avance Físico Programático (form TMM-F004)."""
