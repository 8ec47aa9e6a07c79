# make run     starts the app; ADDRESS and PORT say where
# make dev     the same, and draws the page anew whenever a file is saved
# make test    checks everything
# make test-fast  runs what needs no database, page or browser
# make check   format, lint and types alone, and the browser's code
# make check-web  the browser's code alone: types, lint, tests, and whether its scripts are those that it makes
# make web     makes the scripts that the browser runs from lib/ui/web
# make format  puts the code in order, as far as that goes by itself
# make bench   prints the speed table
# make lock    pins what the requirements bring; UPGRADE=1 takes the newest that fits
PYTHON ?= python3
ADDRESS ?= localhost
BIN := .venv/bin
WORKERS ?= 2
PYTEST := $(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal

START = $(BIN)/streamlit run streamlit_app.py --server.headless true --server.address $(ADDRESS) $(if $(PORT),--server.port $(PORT))

.PHONY: help run dev test test-fast check check-web web format bench lock
help:
	@sed -n 's/^# make/make/p' Makefile

run: .venv/.app
	$(START)

dev: .venv/.app
	$(START) --server.runOnSave true

test: .venv/.dev .venv/.chromium .venv/.postgresql check
	$(PYTEST)

test-fast: .venv/.dev
	HYPOTHESIS_PROFILE=quick $(PYTEST) -m fast

check: .venv/.dev check-web
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# Node is the machine's own or, where there is none, that of .venv (tests/ui/web/toolchain.py).
NPM = PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent
SCRIPTS := lib/ui/web/dist
FRESH := node_modules/.fresh

check-web: node_modules/.installed
	$(NPM) types
	$(NPM) lint
	$(NPM) test
	@rm -rf $(FRESH)
	$(NPM) build -- --outdir=$(FRESH)
	@diff -r $(FRESH) $(SCRIPTS) > /dev/null \
	  || { echo "$(SCRIPTS) is not what lib/ui/web makes. Run make web, and commit what it writes."; exit 1; }

web: node_modules/.installed
	rm -rf $(SCRIPTS)
	$(NPM) build -- --outdir=$(SCRIPTS)

format: .venv/.dev node_modules/.installed
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(NPM) format

bench: .venv/.dev .venv/.chromium
	$(BIN)/python -m bench

# One list for every Python from 3.11 on and every system: what the tests run with is what a host installs.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
  --annotation-style line --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

lock: .venv/.dev
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --output-file requirements-dev.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Signal Review needs Python 3.11 or newer. Name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { rm -rf .venv; echo "No virtual environment could be made. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

.venv/.app: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/.app

node_modules/.installed: package.json package-lock.json .npmrc | .venv/.dev
	$(BIN)/python -m tests.ui.web.toolchain
	@touch $@

.venv/.chromium: .venv/.dev
	$(BIN)/python -m tests.browser.chromium
	@touch $@

.venv/.postgresql: .venv/.dev
	$(BIN)/python -m tests.library.cluster
	@touch $@
