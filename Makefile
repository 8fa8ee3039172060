# Two commands for a newcomer: `make demo` and `make test`. Both set up what they need in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check lint soak bench clean

demo: .venv/ready
	$(BIN)/jurat demo

test: .venv/ready
	$(BIN)/python -m pytest -n auto

check: lint test

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

soak: .venv/ready
	$(BIN)/python -m tests.soak

bench: .venv/ready
	$(BIN)/python bench/run.py

.venv/ready: requirements/dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv build dist

# The lock holds names, versions and hashes only, for every Python and system we support.
lock:
	uv pip compile pyproject.toml --group dev --extra sign --universal --generate-hashes \
	    --no-header --no-annotate -p 3.11 -q -o requirements/dev.lock
