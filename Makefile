# The two commands of the README are `make demo` and `make test`; everything they need is installed
# into .venv from the lock files. Python 3.11 or newer and make are all that must be there.
PYTHON ?= python3
PEOPLE ?= 6252
SERVE  ?= 1
VENV   := .venv
BIN    := $(VENV)/bin
UV_LOCK := $(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: help setup setup-dev demo test check format lock catalogs races corpus fuzz bench-reading clean

help: ## show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Holdfast needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "This Python cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.runtime ## install what running needs into .venv

setup-dev: $(VENV)/.dev ## install what tests and checks need as well

demo: $(VENV)/.runtime ## watch the main job run on a synthetic list (PEOPLE=6252, SERVE=0 to end before the page)
	$(BIN)/holdfast demo --people $(PEOPLE) $(if $(filter 0,$(SERVE)),--no-serve,)

test: $(VENV)/.dev ## run every test on SQLite and on a PostgreSQL that is started for it
	$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST)

check: $(VENV)/.dev ## format, lint, types, import contracts, catalogs, schema equal to models, file sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m notify.content.catalogs check
	$(BIN)/python -m pytest -q tests/migrations/test_schema.py
	@long=$$(git ls-files -co --exclude-standard '*.py' | xargs wc -l | awk '$$1 >= 300 && $$2 != "total"'); \
		test -z "$$long" || { echo "Files of 300 lines and more:"; echo "$$long"; exit 1; }

format: $(VENV)/.dev ## format the code
	$(BIN)/ruff check --fix --select I .
	$(BIN)/ruff format .

catalogs: $(VENV)/.dev ## extract messages and update the translation catalogs
	$(BIN)/python -m notify.content.catalogs update

races: $(VENV)/.dev ## the gate's race tests in their long form (RACES=100000)
	HOLDFAST_RACES=$(or $(RACES),100000) $(BIN)/python -m pytest -s tests/races

corpus: $(VENV)/.dev ## what every hostile file gets for an answer, with time and memory, as a table
	@$(BIN)/python -m tests.holds.intake.hostile

fuzz: $(VENV)/.dev ## the long run of any cells in any rows (FUZZ=10000000 cells)
	HOLDFAST_FUZZ=$(or $(FUZZ),10000000) $(BIN)/python -m pytest -s tests/holds/intake/test_fuzz.py

bench-reading: $(VENV)/.dev ## reading a list against the bare parser and openpyxl (ROWS=100000)
	@$(BIN)/python -m bench.intake_reading $(or $(ROWS),100000)

lock: $(VENV)/.dev ## resolve pyproject.toml into the hashed lock files anew
	$(UV_LOCK) --extra build -o requirements.lock
	$(UV_LOCK) --extra build --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## remove what was installed and made here; never a database
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
