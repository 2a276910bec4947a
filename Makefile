# Samspil. Two commands matter: `make run` and `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BENCH := .venv-bench
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header
CATALOGUES := $(wildcard samspil/locale/*/LC_MESSAGES/django.po)
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST := $(BIN)/pytest
unexport PYTHONDONTWRITEBYTECODE  # compiled once, not by every process that starts

help: ## what one can ask for
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

# --- what is installed ---------------------------------------------------------------------------------------

$(VENV)/uv.stamp: requirements/bootstrap.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	touch $@

$(VENV)/base.stamp: $(VENV)/uv.stamp requirements/base.txt pyproject.toml
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/base.txt
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: $(VENV)/base.stamp requirements/dev.txt
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/dev.txt
	touch $@

$(VENV)/spark.stamp: $(VENV)/dev.stamp requirements/spark.txt
	VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --require-hashes -r requirements/spark.txt
	touch $@

$(BENCH)/bench.stamp: $(VENV)/uv.stamp requirements/bench.txt
	$(PYTHON) -m venv $(BENCH)
	VIRTUAL_ENV=$(BENCH) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/bench.txt
	touch $@

$(VENV)/messages.stamp: $(VENV)/base.stamp $(CATALOGUES)
	$(BIN)/pybabel --quiet compile --domain django --directory samspil/locale
	touch $@

system: ## browser, database server, compiler and gettext for the tests (apt, when missing)
	@bash tests/system.sh

# --- running -------------------------------------------------------------------------------------------------

run: $(VENV)/messages.stamp ## start the product with its demo on http://127.0.0.1:8000
	$(BIN)/samspil serve --prepare --host $(HOST) --port $(PORT)

# --- proving -------------------------------------------------------------------------------------------------

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive samspil --configfile pyproject.toml --severity-level medium

test: $(VENV)/dev.stamp $(VENV)/messages.stamp system lint ## everything, on samples: at most 12 minutes on 2 cores
	$(PYTEST) -n 2 --dist worksteal -m "not prove"
	$(BIN)/python -m tests.databases $(PYTEST) -n 2 -m "both_databases and not prove"

prove: $(VENV)/dev.stamp $(VENV)/messages.stamp system ## the large figures: at most 75 minutes
	$(PYTEST) -n 2 --dist worksteal -m prove

test-spark: $(VENV)/spark.stamp ## the plain SQL texts on Spark in local mode (half a gigabyte, Java)
	@bash tests/system.sh spark
	$(PYTEST) tests/opinion_map/spark.py

test-next: $(VENV)/messages.stamp ## the suite on newer Python and Django, where installed
	@bash tests/next.sh

bench-pages: $(VENV)/dev.stamp $(VENV)/messages.stamp ## page times with 500 initiatives and 40,000 people
	$(BIN)/python -m tests.bench.pages

bench-import: $(VENV)/dev.stamp $(VENV)/messages.stamp ## how long a list of 9,000 people takes from file to organisation
	$(BIN)/python -m tests.bench.imports

bench-votes: $(VENV)/dev.stamp $(VENV)/messages.stamp system ## a hall of 100 phones, and how many votes a second, on both databases
	$(BIN)/python -m tests.bench.voting

bench-business-case: $(BENCH)/bench.stamp ## a case of forty lines beside monaco and a plain loop, some minutes
	$(BENCH)/bin/python -m tests.bench.business_case

bench-opinion: $(BENCH)/bench.stamp ## the opinion map beside red-dwarf, an hour (OPTIONS=--quick: minutes)
	$(BENCH)/bin/python -m tests.bench.opinion $(OPTIONS)

shots: $(VENV)/dev.stamp $(VENV)/messages.stamp system ## pictures of the pages into shots/; ONLY=home,agenda for some of them
	$(BIN)/python -m tests.shots

# --- keeping house -------------------------------------------------------------------------------------------

format: $(VENV)/dev.stamp ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/uv.stamp ## pin what the house stands on, with hashes and without addresses
	$(UV_COMPILE) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(UV_COMPILE) pyproject.toml -o requirements/base.txt
	$(UV_COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	$(UV_COMPILE) requirements/bench.in -c requirements/base.txt -o requirements/bench.txt
	$(UV_COMPILE) requirements/spark.in -c requirements/dev.txt -o requirements/spark.txt

assets: ## fetch and build the vendored styles, fonts and scripts anew (npm)
	bash assets/build.sh

messages: $(VENV)/dev.stamp system ## collect the texts for the translators
	cd samspil && ../$(BIN)/samspil makemessages --locale da --locale sv --no-wrap --no-location --no-obsolete

.PHONY: help system run lint test prove test-spark test-next bench-pages bench-import bench-opinion bench-votes \
	bench-business-case shots format lock assets messages
