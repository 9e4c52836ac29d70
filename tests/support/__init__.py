"""Helpers of the tests, imported as ``tests.support.x``. No test stands here."""
