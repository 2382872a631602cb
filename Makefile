# Every target sets up what it needs; `make` alone lists them. PYTHON=<python> and VENV=<folder> choose others.
VENV ?= .venv
PYTHON ?=
RUN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test accept check lint fast bench docs browser judges lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## the environment: pinned packages and this checkout, editable

$(READY): requirements/py311.txt requirements/py312.txt requirements/py313.txt requirements/venv.sh pyproject.toml
	@requirements/venv.sh $(VENV) $(PYTHON)
	@touch $@

demo: $(READY) ## the frozen parks through the whole road, and where to look
	@$(RUN)/truezero demo

test: $(READY) ## every kind of test at small size, under 10 minutes
	$(RUN)/python -m pytest -n 2 -m "not accept"

accept: $(READY) ## full sizes; writes docs/acceptance.json (ONLY=<id> for one entry)
	$(RUN)/python -m tests.acceptance $(if $(ONLY),--only $(ONLY))

check: lint fast ## format, lint, types, import graph, fast tests

lint: $(READY) ## format, lint, types, import graph
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports

fast: $(READY) ## unit tests and code health
	$(RUN)/python -m pytest -n 2 -m "not accept and not browser" tests/unit tests/code_health

bench: $(READY) ## beside peers, in one run, as ratios
	$(RUN)/python -m benchmarks

docs: $(READY) ## the generated pages: one per finding
	$(RUN)/python -m verify findings --write docs/findings

browser: ## Chromium and a Chinese font for the tests that look at pages
	@tests/browser/install.sh

judges: ## programs that are not ours, for the tests that let them judge a bundle
	@tests/judges/install.sh

lock: $(READY) ## pins of this environment's Python again (FRESH=1: the newest versions)
	$(RUN)/python requirements/lock.py $(if $(FRESH),--fresh)

clean: ## the environment and every cache
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist out
