# `make help` lists the targets. Written for GNU make 3.81 and later.

# The Python to make .venv with; left empty, the first suitable one is taken.
PYTHON ?=
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
# Tests start many processes, and without compiled modules each would compile the site again.
unexport PYTHONDONTWRITEBYTECODE

# How many findings `make bench` works on, and the file it writes its figures to, if any.
N ?= 50000
OUT ?=

# How much `make fuzz` sends, and from which seed, if any; whether `make faults` is quick.
REQUESTS ?= 100000
DOCUMENTS ?= 100000
SEED ?=
SHORT ?=

PY := .venv/bin/python
MANAGE := $(PY) manage.py
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
PYTEST := $(PY) -m pytest --quiet --numprocesses=auto --dist=worksteal
UV_COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header pyproject.toml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: labels mutants help setup run demo admin reindex test coverage layouts bench lighthouse \
	screenshots check audit faults cluster fuzz \
	wheel format lock clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: .venv/.runtime ## Make .venv and install the locked dependencies
	@echo "== Ready: .venv has the locked dependencies"

run: setup ## Load scores and seeds and serve the site (PORT=8001, HOST=0.0.0.0)
	@$(PY) -c "import socket; socket.create_server(('$(HOST)', $(PORT)))" 2>/dev/null || { \
		echo "Cannot listen on $(HOST):$(PORT). If it is in use, try another: make run PORT=8001"; \
		exit 1; }
	@echo "== Bringing the database up to date"
	@$(MANAGE) migrate --verbosity 0
	@echo "== Loading the published scores"
	@$(MANAGE) load_scores
	@echo "== Ingesting seeds/"
	@$(MANAGE) ingest seeds/
	@echo "== Working out what Compare and Learn show"
	@$(MANAGE) work_out
	@echo "== Serving; Ctrl-C stops. There is no default password: make an admin with 'make admin'."
	@exec $(PY) -m gunicorn --config cqc_site/gunicorn.py cqc_site.wsgi

# A place of its own: invented reports never stand beside real ones.
demo: export VAR_DIR := $(CURDIR)/var/demo
demo: export DATABASE_URL :=
demo: export SEARCH_URL :=
demo: export DOCUMENTS_DIR :=
demo: setup ## Serve the site full of invented reports, marked on every page (PORT=8001)
	@$(PY) -c "import socket; socket.create_server(('$(HOST)', $(PORT)))" 2>/dev/null || { \
		echo "Cannot listen on $(HOST):$(PORT). If it is in use, try another: make demo PORT=8001"; \
		exit 1; }
	@mkdir -p $(VAR_DIR)
	@$(MANAGE) migrate --verbosity 0
	@echo "== Writing and reading 120 invented reports: some minutes, the first time"
	@$(MANAGE) demo
	@echo "== Serving; Ctrl-C stops"
	@exec $(PY) -m gunicorn --config cqc_site/gunicorn.py cqc_site.wsgi

admin: setup ## Make an account for /admin/
	@$(MANAGE) createsuperuser

reindex: setup ## Build the search index again from the database
	@$(MANAGE) reindex

# An empty DATABASE_URL counts as none, so the first run is on SQLite whatever the shell exports.
test: .venv/.dev ## Run all tests: SQLite, Chromium, PostgreSQL
	@echo "== Testing on SQLite and in Chromium"
	@DATABASE_URL= $(PYTEST)
	@echo "== Testing what touches the database on PostgreSQL"
	@$(PY) -m tests.support.postgres -- $(PYTEST) -m "database and not browser and not opensearch"

coverage: .venv/.dev ## Run the tests on SQLite and show the lines and branches they miss
	@DATABASE_URL= $(PYTEST) --cov --cov-report=term-missing:skip-covered

layouts: .venv/.dev ## Print how many made-up layouts the parser reads rightly, seen and unseen
	@$(PY) -m tests.fixtures.layouts

labels: .venv/.dev ## Say how well the inferred labels agree with the labelled set
	@$(PY) -m tests.labels

.PHONY: relevance
relevance: .venv/.dev ## Print how well searches find what answers them, by judged queries
	@DATABASE_URL= $(PY) -m pytest --quiet -s tests/search/relevance | grep queries

bench: .venv/bench/.installed ## Time search and pages beside their peers (N=1000000 OUT=file.json)
	@.venv/bench/bin/python -m benchmarks run --findings $(N) $(if $(OUT),--out $(OUT))

mutants: .venv/mutants/.installed ## Change a sample of the code and count what the tests notice
	@DATABASE_URL= .venv/mutants/bin/python -m tests.support.mutants $(MUTANTS)

lighthouse: .venv/.dev ## Measure five pages as production serves them with Lighthouse (needs npm)
	@$(PY) -m benchmarks.lighthouse

screenshots: .venv/.dev ## Make the pictures of the docs from the running site (PORT=8001)
	@$(PY) docs/screenshots.py http://127.0.0.1:$(PORT)

check: .venv/.dev ## Lint, format, types, import rules, templates, migrations
	@echo "== Lint"
	@$(PY) -m ruff check
	@echo "== Format"
	@$(PY) -m ruff format --check
	@echo "== Types"
	@$(PY) -m mypy
	@echo "== Import rules"
	@.venv/bin/lint-imports
	@echo "== Templates"
	@$(PY) -m djlint --lint --quiet templates
	@echo "== Django's own checks, and migrations"
	@$(MANAGE) check --fail-level WARNING
	@$(MANAGE) makemigrations --check --dry-run
	@.ci/audit

audit: .venv/.dev ## Look for unsafe code, secrets, licences, libraries with known faults
	@.ci/audit

faults: .venv/.dev ## Break a site in every way and show what readers got (SHORT=1)
	@DATABASE_URL= $(PY) -m benchmarks.faults $(if $(SHORT),--short)

cluster: .venv/.dev ## Kill each part of a site of several machines and show what readers got (SHORT=1)
	@$(PY) -m benchmarks.proof $(if $(SHORT),--short)

fuzz: .venv/.dev ## Send random requests and documents (REQUESTS=2000 DOCUMENTS=2000 SEED=7)
	@$(PY) -m benchmarks.fuzz --requests $(REQUESTS) --documents $(DOCUMENTS) \
		$(if $(SEED),--seed $(SEED))

wheel: .venv/.dev ## Build an installable package of the site in dist/
	@$(PY) -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--wheel-dir dist .
	@ls dist/*.whl

format: .venv/.dev ## Format the code and mend what lint can mend
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

lock: ## Lock the dependencies of pyproject.toml again (needs uv)
	@$(UV_COMPILE) --output-file requirements.txt
	@$(UV_COMPILE) --extra s3 --extra opensearch --constraint requirements.txt \
		--output-file requirements-cluster.txt
	@$(UV_COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	@$(UV_COMPILE) --group bench --constraint requirements.txt --output-file requirements-bench.txt
	@$(UV_COMPILE) --group mutants --constraint requirements.txt --output-file requirements-mutants.txt

clean: ## Remove the environment and the caches; the database and documents in var/ stay
	rm -rf .venv staticfiles .coverage .hypothesis .*_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.runtime: requirements.txt .venv/bin/python
	@echo "== Installing the locked dependencies"
	@$(PIP_INSTALL) --requirement requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "== Installing the locked tools of tests and checks"
	@$(PIP_INSTALL) --requirement requirements-dev.txt
	@touch $@

# An environment of its own: Locust brings a plugin for pytest, which tests should not meet.
.venv/bench/.installed: requirements-bench.txt .venv/bin/python
	@echo "== Installing the locked tools of the benchmarks"
	@$(PY) -m venv .venv/bench
	@.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement requirements-bench.txt
	@touch $@

.venv/mutants/.installed: requirements-mutants.txt .venv/bin/python
	@echo "== Installing the locked tools of the mutants"
	@$(PY) -m venv .venv/mutants
	@.venv/mutants/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement requirements-mutants.txt
	@touch $@

.venv/bin/python:
	@for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		$$python -c 'import ensurepip, venv' 2>/dev/null || { \
			echo "$$python has no venv module: install it (Debian, Ubuntu: apt install python3-venv)."; \
			exit 1; }; \
		echo "== Making .venv with $$($$python --version)"; \
		exec $$python -m venv --clear .venv; \
	done; \
	echo "Python 3.11 or later is needed, and $(or $(PYTHON),python3) is none." \
		"Install it, or name it: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; \
	exit 1
