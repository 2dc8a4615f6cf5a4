PYTHON ?= python3
BIN := .venv/bin
# One more than there are cores: many tests wait for real servers. A file's tests stay together, since they share
# what was costly to set up; the order is the one of tests/conftest.py.
WORKERS ?= $(shell echo $$(($$(nproc 2>/dev/null || echo 1) + 1)))
ROOMS := cli flows input_packages language notifications policies portal records tasks

.PHONY: run test setup check lock golden pictures bench clean

run: setup           ## set up everything and start the automation server
	@exec $(BIN)/mandates up

test: setup          ## set up everything and run every check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

setup: .venv/ready   ## .venv with the locked dependencies, bytecode compiled

.venv/ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	$(BIN)/python -m compileall -q $(ROOMS)
	touch $@

lock:                ## resolve the dependencies anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --group dev pyproject.toml --output-file requirements.lock

golden:              ## write the golden files anew; read the diff before you commit it
	UPDATE_GOLDEN=1 $(BIN)/pytest --quiet -p no:randomly -m "not e2e"

pictures: setup      ## draw the pictures of the README from the real program; needs Chromium
	$(BIN)/python -m docs.pictures.draw

bench: setup         ## measure, side by side with named rivals
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
