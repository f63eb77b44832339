# Works with GNU Make 3.81 (macOS) and later. `make` alone lists what there is.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CODE := dashboard.py mubiao pages tests
CATALOG := mubiao/i18n/locales/zh/LC_MESSAGES/mubiao.po
PLANS := data/plans
# Many processes import the same modules: they are compiled once, also where the shell says never.
export PYTHONDONTWRITEBYTECODE :=
# More for pytest (make test ARGS="-k record") or for the server (make run ARGS="--server.port 8600").
ARGS ?=

# Each process takes file by file, and those that take longest first; tests/conftest.py says how many.
PARALLEL := --numprocesses auto --dist loadfile --no-loadscope-reorder

# Each stamp is younger than the requirements that are installed.
READY := $(VENV)/.installed
READY_DEV := $(VENV)/.installed-dev

.PHONY: help run test pytest quick lint format types browser bench faults cluster schema catalogs lock clean

help: ## List the commands
	@echo "make COMMAND, where COMMAND is one of:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' Makefile

run: $(READY) ## Open the dashboard at localhost, setting everything up first
	$(RUN) -m streamlit run dashboard.py $(ARGS)

test: lint ## Check format and lint, then types and all tests, in a real browser too
	$(RUN) tests/browser/browser.py || test -z "$$CI"
	$(MAKE) --no-print-directory --jobs 2 types pytest

quick: lint ## As test, in a minute: no pages, browser, PostgreSQL, faults, files for download
	$(MAKE) --no-print-directory --jobs 2 types pytest WHICH='-m "not slow" tests/test_*.py'

# Beside the types: tests wait now and then, for a browser or a process.
pytest: $(READY_DEV)
	$(RUN) -m pytest $(PARALLEL) $(WHICH) $(ARGS)

lint: $(READY_DEV) ## Check format, lint and the order of imports
	$(RUN) -m ruff format --check $(CODE)
	$(RUN) -m ruff check $(CODE)
	$(VENV)/bin/lint-imports --no-logo

format: $(READY_DEV) ## Format the code and mend what lint can mend by itself
	$(RUN) -m ruff format $(CODE)
	$(RUN) -m ruff check --fix $(CODE)

types: $(READY_DEV) ## Check the types
	$(RUN) -m mypy --num-workers 2

browser: $(READY_DEV) ## Find or install the browser of the tests
	$(RUN) tests/browser/browser.py

bench: $(READY_DEV) ## Measure speed with all rounds and hold the bounds (some minutes)
	$(RUN) -m pytest tests/benchmarks --full $(ARGS)

faults: $(READY_DEV) ## Kill, fill, lock, damage and fuzz at full length (some minutes)
	$(RUN) -m pytest tests/faults tests/test_spreadsheet_roundtrip.py tests/browser --full $(ARGS)

cluster: $(READY_DEV) ## Run two servers on one PostgreSQL behind nginx here, as deploy/ has it
	$(RUN) -m tests.cluster

schema: $(READY) ## Write the JSON Schema of plan files again, after a change of the model
	$(RUN) -c "from pathlib import Path; from mubiao.plan.schema import write_schema; write_schema(Path('$(PLANS)/plan.schema.json'))"

# The locations of messages are left out: they would change with every edit.
catalogs: $(READY) ## Bring new messages into the Chinese catalog
	@mkdir -p build
	$(RUN) -m babel.messages.frontend --quiet extract --mapping-file=pyproject.toml --keywords=t --keywords=message --no-location --sort-output --project=Mubiao --output-file=build/mubiao.pot dashboard.py mubiao pages
	$(RUN) -m babel.messages.frontend --quiet update --input-file=build/mubiao.pot --output-file=$(CATALOG) --locale=zh --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap

# The development set is solved first, so that all three have the same versions. LOCK=--upgrade takes newer ones.
lock: $(READY_DEV) ## Make requirements*.txt anew from requirements*.in, and the list of licences
	@for set in -dev '' -postgresql; do \
		$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-annotate --custom-compile-command 'make lock' $(LOCK) requirements$$set.in \
			$$(test $$set = -dev || echo --constraints requirements-dev.txt) --output-file requirements$$set.txt; done
	$(MAKE) --no-print-directory $(READY_DEV)
	$(VENV)/bin/pip-licenses --from=mixed --format=csv --order=name --with-system --ignore-packages pip setuptools --output-file docs/licences.csv

clean: ## Remove what make made, except the data that the dashboard keeps in var/
	rm -rf $(VENV) .browser build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " + sys.version.split()[0] + ". Say where one is: make PYTHON=/path/to/python3.11")'
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { \
		echo "No virtual environment could be made: install Python's venv and pip (Debian: apt install python3-venv)." >&2; exit 1; }
	@echo "Installing what the dashboard needs into $(VENV) (a minute or so)"
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

$(READY_DEV): requirements-dev.txt $(READY)
	@echo "Installing what the tests need into $(VENV)"
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@
