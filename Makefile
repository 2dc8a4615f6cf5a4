PYTHON ?= python3
BIN := .venv/bin
TOOLS := .tools/bin
# One more than there are cores: many tests wait for real servers. A file's tests stay together, since they share
# what was costly to set up; the order is the one of tests/conftest.py.
WORKERS ?= $(shell echo $$(($$(nproc 2>/dev/null || echo 1) + 1)))
PYTEST := $(BIN)/python -m tests.in_memory -n $(WORKERS) --dist loadfile --no-loadscope-reorder
ROOMS := cli flows input_packages language notifications policies portal records tasks
NEEDY := e2e or postgres or browser or mailbox or node or slow
SEED ?= $(shell date +%s)
KILLS ?= 1000
KILLS_ON_POSTGRES ?= 300
DAYS ?= 1500
EXAMPLES ?= 20000
MINUTES ?= 10

.DEFAULT_GOAL := help
.PHONY: help run test tests setup setup-dev style quick watch soak coverage lock sbom golden pictures bench clean

help:                ## what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: setup           ## set up what runs, and start the automation server
	@exec $(BIN)/mandates up

test: setup-dev      ## set up everything and run every check, as CI does
	@$(MAKE) --no-print-directory --jobs=2 style tests

tests: setup-dev
	$(PYTEST)

style: setup-dev     ## ruff, mypy and import-linter alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

quick: setup-dev     ## in less than half a minute: ruff, imports, and the fast tests of what changed against main
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-logo > .venv/lint-imports.log || { cat .venv/lint-imports.log; exit 1; }
	@$(PYTEST) --quiet -m "not ($(NEEDY))" $$($(BIN)/python -m tests.changed)

watch: setup-dev     ## the fast tests again after each change; Ctrl-C ends it
	$(BIN)/watchfiles --filter python "$(MAKE) --no-print-directory quick" $(ROOMS) tests

soak: setup-dev      ## before a release, by hand, for hours: kills, long fuzz, lived years; writes docs/soak.md
	$(BIN)/python -m tests.soak --seed $(SEED) --kills $(KILLS) --kills-on-postgres $(KILLS_ON_POSTGRES) \
	  --days $(DAYS) --examples $(EXAMPLES) --minutes $(MINUTES)

coverage: setup-dev  ## which lines the tests reach; fails below the floor in pyproject.toml
	$(PYTEST) --cov --cov-report=term:skip-covered -m "not e2e"

setup: .venv/ready   ## .venv with what runs, by requirements.lock

setup-dev: .venv/ready-to-test ## the same, with what tests and checks need, by requirements-dev.lock

# The tools that install are locked too, and stand apart: what runs has no pip and no uv.
.tools/ready: requirements-tools.lock
	test -x $(TOOLS)/python || $(PYTHON) -m venv .tools
	$(TOOLS)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	touch $@

INSTALL = $(TOOLS)/uv pip install --quiet --python $(BIN)/python --no-deps \
  --build-constraints requirements-tools.lock --editable .

.venv/ready: requirements.lock pyproject.toml .tools/ready
	test -x $(BIN)/python || $(TOOLS)/uv venv --quiet --python "$$(command -v $(PYTHON))" .venv
	$(TOOLS)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock
	$(INSTALL)
	$(BIN)/python -m compileall -q $(ROOMS)
	touch $@

.venv/ready-to-test: requirements-dev.lock .venv/ready
	$(TOOLS)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements-dev.lock
	$(INSTALL)
	touch $@

COMPILE = $(TOOLS)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

lock: .tools/ready   ## resolve the dependencies anew: what runs, what tests need beside it, and the tools
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock pyproject.toml --output-file requirements-dev.lock
	$(COMPILE) --group tools --output-file requirements-tools.lock

sbom: .tools/ready   ## dist/sbom.cdx.json: what runs, with versions and licences, as CycloneDX
	rm -rf dist/what-runs
	$(TOOLS)/uv venv --quiet --python "$$(command -v $(PYTHON))" dist/what-runs
	$(TOOLS)/uv pip sync --quiet --require-hashes --python dist/what-runs/bin/python requirements.lock
	$(TOOLS)/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml \
	  --output-file dist/sbom.cdx.json dist/what-runs/bin/python
	rm -rf dist/what-runs

golden: setup-dev    ## write the golden files anew; read the diff before you commit it
	UPDATE_GOLDEN=1 $(BIN)/pytest --quiet -p no:randomly -m "not e2e"

pictures: setup-dev  ## draw the pictures of the README from the real program; needs Chromium
	$(BIN)/python -m docs.pictures.draw

bench: setup-dev     ## measure, side by side with named rivals
	$(BIN)/python -m benchmarks

clean:               ## remove what was installed and what tools remember
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
