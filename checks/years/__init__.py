"""Three years of an office's reports through a home that is served: ``python -m checks.years``."""
