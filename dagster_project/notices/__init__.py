"""What the people of a home are told: why a run failed, what a run did, what is late, and sending it.

Goes in: errors, Dagster's events, the published version, the settings of ``AVANCE_NOTICES_*``. Comes out: sentences
(``machine_errors``, ``plain_failures``), facts (``run_facts``), notices (``sayings``) and their delivery (``tell``).
Not here: when anything is told (``defs.notices``, ``command``).
"""
