# Short commands; `make` alone lists them. Needs GNU make and Python 3.11 or newer.
#
#   PYTHON=python3.12   which Python makes the environment (default: the first that fits)
#   VENV=.venv          where it is made
#   OFFLINE=1           install from wheelhouse/ and ask no registry
#   WORKERS=2           how many tests run at a time

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
WORKERS ?= 2
WHEELHOUSE ?= wheelhouse
OFFLINE ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
FROM := $(if $(OFFLINE),--no-index --find-links $(abspath $(WHEELHOUSE)),)

# One stamp per set of packages: a second `make` installs nothing unless
# pyproject.toml has changed.
FOR_USE := $(VENV)/.installed-for-use
FOR_TESTS := $(VENV)/.installed-for-tests

.PHONY: help brief test bench wheelhouse system-packages page-bundle clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

brief: $(FOR_USE) ## the main job on the example operation, into brief/
	@$(BIN)/corridor brief examples/lantern/* --out brief

test: $(FOR_TESTS) ## lint, types and every test
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/basedpyright --pythonpath $(BIN)/python
	@$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal

bench: $(FOR_TESTS) ## the benchmarks, into benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks

wheelhouse: $(VENV)/bin/python ## everything for an offline install, into wheelhouse/
	@$(PIP) wheel --quiet --wheel-dir $(WHEELHOUSE) '.[all,test]' pip hatchling editables
	@echo
	@echo "$(WHEELHOUSE)/ holds Corridor and all it needs, for this kind of machine and this Python:"
	@$(BIN)/python -c 'import platform as p; print(" ", p.system(), p.machine(), "Python", p.python_version())'
	@echo "Carry it with this folder to a machine without a network. There:"
	@echo "  make brief OFFLINE=1; make test OFFLINE=1"
	@echo "or, without this folder:"
	@echo "  python3 -m venv corridor-venv"
	@echo "  corridor-venv/bin/pip install --no-index --find-links $(WHEELHOUSE) 'corridor[all]'"

system-packages: ## as root, on Debian: the browser and fonts of the page tests
	@[ "$$(id -u)" = 0 ] || { echo "make system-packages installs with apt-get: run it as root" >&2; exit 1; }
	@DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends \
		chromium chromium-driver fonts-noto-core fonts-noto-cjk

page-bundle: ## rebuild the pages' JavaScript from its lock file (needs node)
	@cd viz/bundle && npm ci && npm run build

clean: ## remove what these commands made
	@rm -rf $(VENV) $(WHEELHOUSE) brief dist .pytest_cache .ruff_cache .hypothesis viz/bundle/node_modules

$(VENV)/bin/python:
	@for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
			echo "making $(VENV) with $$($$python --version)"; \
			exec $$python -m venv $(VENV); \
		fi; \
	done; \
	echo "Corridor needs Python 3.11 or newer, and $(or $(PYTHON),python3) is" \
		"$$($(or $(PYTHON),python3) --version 2>&1 | head -n 1)." >&2; \
	echo "Install one, or name it: make $(or $(MAKECMDGOALS),brief) PYTHON=/path/to/python3.12" >&2; \
	exit 1

$(FOR_USE): pyproject.toml | $(VENV)/bin/python
	@echo "installing Corridor into $(VENV) (once)"
	@$(PIP) install --quiet $(FROM) --editable '.[all]'
	@touch $@

$(FOR_TESTS): pyproject.toml | $(VENV)/bin/python
	@echo "installing Corridor and its test tools into $(VENV) (once)"
	@$(PIP) install --quiet $(FROM) --editable '.[all,test]'
	@touch $(FOR_USE) $@
