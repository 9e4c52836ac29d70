# What a person and CI run. Needs Python 3.11 or newer with venv and pip, and make; nothing else.
# The environment lives in .venv, from the hashed lock files; stamp files keep the second call quick.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
# What locks and lists the packages, from a lock of its own: no run and no test sees it.
SUPPLY := .venv-supply

# The first Python on the path that is new enough; `make PYTHON=/path/to/python run` overrides it.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

# Of the caller's shell: neither may leak into the environment we build.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_USER := 0
# No telemetry from any of the tools.
export DO_NOT_TRACK := 1
export GX_ANALYTICS_ENABLED := false

# Wheels alone: building a source package runs its code, with build dependencies that no hash pins. All locked packages
# have wheels; one that has none is named here, with its reason: --no-binary NAME.
PIP_FLAGS := --quiet --require-hashes --only-binary :all:
PIP_INSTALL := $(BIN)/python -m pip install $(PIP_FLAGS)
# The project itself: setuptools comes from the lock, so nothing is fetched.
INSTALL_SELF := $(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --no-index -e .

# Compiles the search over readings once, at install: the first load need not wait for it. Costs nothing if it fails.
WARM_UP := for f in seeds/extracts/*/*.txt; do $(BIN)/avance read --format jsonl "$$f" >/dev/null 2>&1; break; done; true

# A file stays with one worker, so that what its tests share is made once; the long files come first, the short last.
TWO_WORKERS := -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run ui ocr postgres spark test test-fast test-long test-browser spark-test lint defs format docs pictures superset bench faults faults-quick fuzz years audit sbom lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## install, load the extracts, build, check, publish; ends with a summary
	@$(BIN)/avance run

ui: $(VENV)/.run ## the Dagster web UI and daemon, on http://127.0.0.1:3000
	@$(BIN)/avance ui

ocr: $(VENV)/.run ## what reads scans: an engine and its models, some 200 MB; nothing is fetched afterwards
	@$(PIP_INSTALL) -r requirements-ocr.txt

postgres: $(VENV)/.run ## what publishes to PostgreSQL and keeps Dagster's records there
	@$(PIP_INSTALL) -r requirements-postgres.txt

# pyspark has no wheel; what builds it is of the lock, too.
spark: $(VENV)/.run ## what reads and builds on Spark (AVANCE_ENGINE=spark), some 500 MB; it needs a Java runtime, 17 or newer
	@$(PIP_INSTALL) --no-binary pyspark --no-build-isolation -r requirements-spark.txt

test: $(VENV)/.dev lint defs ## lint and defs, then every test but the browser's
	@$(BIN)/python -m pytest -m "not browser and not long" $(TWO_WORKERS)

test-fast: $(VENV)/.dev ## the tests without lint, stopping at the first failure
	@$(BIN)/python -m pytest -m "not browser and not long" $(TWO_WORKERS) -x

test-long: $(VENV)/.dev ## more of the kinds of which make test tries one each, and a browser's twenty versions (some 15 minutes)
	@sh tests/browser/install_browser.sh
	@$(BIN)/python -m pytest -m long $(TWO_WORKERS)

test-browser: $(VENV)/.dev ## the UI in a real headless browser (installs Debian's chromium if missing)
	@sh tests/browser/install_browser.sh
	@$(BIN)/python -m pytest -m browser $(TWO_WORKERS) tests/browser

spark-test: $(VENV)/.dev spark ## both engines on one raw, each table row by row, and their silent differences (half an hour)
	@$(BIN)/python -m pytest tests/spark

lint: $(VENV)/.dev ## ruff, mypy, sqlfluff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint --disable-progress-bar dbt/models dbt/tests

# In the home's Dagster folder, whose configuration turns off the telemetry that dg's child would else keep.
PREPARE := from dagster_project.command.dagster_instance import prepare_dagster_home as p; \
	from dagster_project.settings import get_settings; print(p(get_settings()))

defs: $(VENV)/.dev ## that Dagster's definitions load, by its own dg; LIST=1 lists them
	@DAGSTER_HOME="$$($(BIN)/python -c '$(PREPARE)')" $(BIN)/dg $(if $(LIST),list,check) defs

format: $(VENV)/.dev ## let ruff and sqlfluff rewrite what they can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/sqlfluff fix --disable-progress-bar dbt/models dbt/tests

docs: $(VENV)/.run ## write docs/diccionario.md again from the dbt models, docs/quality.md from the suites
	@AVANCE_WAREHOUSE=unused $(BIN)/dbt --quiet parse --project-dir dbt --profiles-dir dbt
	@$(BIN)/python -m tools.data_dictionary dbt/target/manifest.json docs/diccionario.md
	@$(BIN)/python -m tools.checks_guide docs/quality.md
	@AVANCE_WAREHOUSE="$$(mktemp -d)/vacio.duckdb" $(BIN)/dbt --quiet compile --project-dir dbt --profiles-dir dbt --target-path target/linaje
	@$(BIN)/python -m tools.column_lineage dbt/target/linaje/manifest.json

pictures: $(VENV)/.dev ## docs/pictures/ again, of the sample: site, a unit, the web UI (installs Debian's chromium if missing)
	@sh tests/browser/install_browser.sh
	@$(BIN)/python -m tools.pictures
	@AVANCE_SCREENSHOTS=docs/pictures $(BIN)/python -m pytest -q -m browser tests/browser/test_runs.py

superset: $(VENV)/.run ## build/avance-superset.zip: database, datasets and a dashboard for Superset (DATABASE=sqlalchemy-uri)
	@AVANCE_WAREHOUSE=unused $(BIN)/dbt --quiet parse --project-dir dbt --profiles-dir dbt
	@$(BIN)/python -m tools.superset dbt/target/manifest.json build/avance-superset.zip $(if $(DATABASE),--database "$(DATABASE)")

# Each prints ratios against its own budget; benchmarks/README.md says what they are and what was last measured.
bench: $(VENV)/.dev ## ratios of load, accuracy, speed, histories and BI queries; quick, or FULL=--full for the large forms
	@$(BIN)/python -m benchmarks.stages
	@$(BIN)/python -m benchmarks.accuracy $(FULL)
	@$(BIN)/python -m benchmarks.documents tests/data/documents --file digital.pdf --file workbook.xlsx --file workbook.xls --least 99
	@$(BIN)/python -m benchmarks.speed $(FULL)
	@$(BIN)/python -m benchmarks.histories $(FULL)
	@$(BIN)/python -m benchmarks.series $(FULL)
	@$(BIN)/python -m benchmarks.reconcile_speed $(FULL)
	@$(BIN)/python -m benchmarks.history_scale $(FULL)
	@$(BIN)/python -m benchmarks.bi_queries

faults: $(VENV)/.dev test-long ## kills, full disks, writers at once, bad data, hostile files: every table (an hour or more)
	@$(BIN)/python -m checks.faults

faults-quick: $(VENV)/.dev ## the same in the reduced form, some minutes (make test runs its parts)
	@$(BIN)/python -m checks.faults --quick

years: $(VENV)/.dev ## three years of late, double, corrected, damaged files through the live sensor, against one clean load (about an hour)
	@sh tests/browser/install_browser.sh
	@$(BIN)/python -m checks.years

fuzz: $(VENV)/.dev ## ten minutes of texts that nobody would write, for the reader (MINUTES=1 for less)
	@$(BIN)/python -m checks.fuzz --minutes $(or $(MINUTES),10)

audit: $(VENV)/.dev ## the locked packages against a file of advisories, offline (ADVISORIES=all.zip; docs/security.md)
	@$(BIN)/python -m checks.audit requirements.txt "$(ADVISORIES)"

sbom: $(SUPPLY)/.done ## what the runtime lock holds, as CycloneDX with the hashes: build/avance.cdx.json; offline
	@mkdir -p build
	@PYTHONWARNINGS=ignore $(SUPPLY)/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible \
		--output-format JSON -o build/avance.cdx.json requirements.txt
	@echo "build/avance.cdx.json"

# Compiles the lock files; uv only solves, pip installs. None of them names a host.
# Extras stay in (--no-strip-extras): pip before 23.2 refuses hashed requirements that lack them.
COMPILE := $(SUPPLY)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header --no-strip-extras --quiet

lock: $(SUPPLY)/.done ## solve the dependencies again (needs the network)
	@$(COMPILE) pyproject.toml --group build -o requirements.txt
	@$(COMPILE) pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt
	@$(COMPILE) pyproject.toml --extra ocr -c requirements.txt -o requirements-ocr.txt
	@$(COMPILE) pyproject.toml --extra postgres --group build -c requirements.txt -o requirements-postgres.txt
	@$(COMPILE) pyproject.toml --extra spark --group build -c requirements.txt -o requirements-spark.txt
	@$(COMPILE) --group supply -o requirements-supply.txt

clean: ## remove the environment and what was built; the data under var/ stays
	rm -rf $(VENV) $(SUPPLY) dbt/target dbt/logs build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "avance needs Python 3.11 or newer on the PATH (or: make PYTHON=/path/to/python $(MAKECMDGOALS))"; exit 1; }
	@echo "creating $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(SUPPLY)/.done: requirements-supply.txt | $(BIN)/python
	@$(BIN)/python -m venv --clear $(SUPPLY)
	@$(SUPPLY)/bin/python -m pip install $(PIP_FLAGS) -r requirements-supply.txt
	@touch $@

$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/python
	@echo "installing what requirements.txt locks (about a minute the first time)"
	@$(PIP_INSTALL) -r requirements.txt
	@$(INSTALL_SELF)
	@$(WARM_UP)
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo "installing what requirements-dev.txt locks (about a minute the first time)"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@$(INSTALL_SELF)
	@$(WARM_UP)
	@touch $@ $(VENV)/.run
