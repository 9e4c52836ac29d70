"""The same load on Spark (``AVANCE_ENGINE=spark``): tasks spread over it, raw tables for it, and what it built.

In: this process's Spark session. Out: a ``map``, tables of ``raw`` in Spark, rows in the warehouse. Not here: dbt
(``defs.spark_build``). Nothing of the single-machine way imports it, nor pyspark.
"""
