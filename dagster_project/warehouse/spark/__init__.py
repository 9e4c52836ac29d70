"""The models on Spark: what of the warehouse goes there, and what comes back.

Belongs here: a session, the raw tables as Parquet. Nothing of the single-machine way imports it, nor pyspark.
"""
