"""Synthetic extracts with known truth.

Written from the form alone (docs/form.md, the real extract, the way such tables are filled in), never
from the reader: it imports nothing of it, so that the reader is judged on data it was not made for.
"""

from benchmarks.synthetic.generate import generate
from benchmarks.synthetic.rates import RATES, Rates, random_rates

__all__ = ["RATES", "Rates", "generate", "random_rates"]
