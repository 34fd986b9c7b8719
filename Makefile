# make demo   sets up .venv (base install, no torch), then scores the embedded baseline on the sample set
# make test   sets up what the tests need, then runs ruff, mypy and every test
# make local  adds what open weights in this process need (torch, transformers, lmms-eval); local-gpu: on a GPU machine
# make lock   resolves the pinned dependencies anew
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Twice the cores: many tests wait for processes that they have killed, or for servers that answer late on purpose.
WORKERS ?= 4
# One thread a process: tests run side by side, and torch's own threads would thrash.
export OMP_NUM_THREADS = 1
# Tests start hundreds of processes: each would compile our sources anew where the environment forbids to keep what was compiled.
export PYTHONDONTWRITEBYTECODE =

.PHONY: demo test lint types pytest setup setup-test local local-gpu lock clean

demo: .venv/base
	$(BIN)/python -m medq +task=perception

test: lint types pytest

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test
	$(BIN)/mypy

pytest: .venv/test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

setup: .venv/base

setup-test: .venv/test

.venv/base: pyproject.toml requirements/base.lock
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'medq needs Python 3.11 or newer; set PYTHON=...')"
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements/base.lock
	$(PIP) --no-deps --editable .
	@touch $@

.venv/test: .venv/base .venv/local requirements/dev.lock
	$(PIP) --require-hashes -r requirements/dev.lock
	@touch $@

local: .venv/local

local-gpu: .venv/local
	$(PIP) -r requirements/local-gpu.txt

# torch first and alone: its CPU build is what plain pip finds on a machine that offers one.
.venv/local: .venv/base requirements/local.txt
	$(PIP) torch==2.13.0
	$(PIP) -r requirements/local.txt
	$(PIP) --no-deps lmms-eval==0.7.3
	@touch $@

lock:
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--strip-extras --allow-unsafe -o requirements/base.lock pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--strip-extras --allow-unsafe --extra dev -c requirements/base.lock -o requirements/dev.lock pyproject.toml

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache *.egg-info
