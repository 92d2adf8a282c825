# `make` alone lists what there is to make; `make book` and `make test` need nothing beforehand.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# There while packages are installed: who is cut off then leaves what no installer can complete.
BEGUN := $(VENV)/.installing
# What keeps the lock and checks the packages, apart from what the book is made with: no kernel and
# no test needs it.
UPKEEP := $(VENV)/upkeep
# The documents, where they lie beside the project; a folder that is named has to hold them.
SOURCES ?= $(wildcard ../shared/sources)
# Bytecode makes every kernel start three times faster; an environment that forbids it is overruled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help book check lab pdf test browse seen notebooks verify corrupt mutants coverage bench audit lock wheel library release release-check clean

help: ## list the targets
	@echo "Usage: make TARGET"; echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# An environment whose Python is gone, as after an upgrade of the system, is made anew.
ifeq ($(realpath $(BIN)/python),)
.PHONY: $(STAMP)
endif

# venv takes no link for a folder, so it is given what a link leads to.
$(STAMP): requirements.txt pyproject.toml
	@echo "== Making $(VENV) from the lock (a few minutes the first time)"
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	@test -d $(VENV) || ! { test -e $(VENV) || test -L $(VENV); } || { echo "$(VENV): neither a folder nor a link to one; expected: that you remove it" >&2; exit 1; }
	$(PYTHON) -m venv $(if $(and $(realpath $(BIN)/python),$(if $(wildcard $(BEGUN)),,whole)),,--clear) "$(or $(realpath $(VENV)),$(VENV))"
	@touch $(BEGUN)
	$(BIN)/python -m tools.install requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ && rm $(BEGUN)

book: $(STAMP) ## build the HTML book
	@$(BIN)/python -m tools.book

lab: $(STAMP) ## open the chapters in JupyterLab
	@$(BIN)/python -m jupyterlab --LabApp.default_url=/lab/tree/book --LabApp.app_settings_dir=tools/jupyterlab

pdf: book ## print a brief, the book and an annex as PDF
	@$(BIN)/python -m tools.pdf

check: $(STAMP) ## lint, types and the tests that need no built site, in minutes
	@$(BIN)/python -m tools.prove --quick

test: $(STAMP) ## prove it: lint, types, data, notebooks, strict build, tests
	@$(BIN)/python -m tools.prove

browse: book ## check the pages in a browser: accessibility, offline, search (needs Chromium)
	@$(BIN)/python -m tools.browse

seen: $(STAMP) ## check that every notebook can be read in JupyterLab (needs Chromium)
	@$(BIN)/python -m tools.seen

notebooks: $(STAMP) ## rerun the notebooks whose inputs changed
	@$(BIN)/python -m tools.notebooks

verify: $(STAMP) ## check every figure against the documents (SOURCES=folder)
	@$(BIN)/python -m tools.verify $(if $(SOURCES),"$(SOURCES)")

corrupt: $(STAMP) ## make errors in copies of the data and count who notices (SOURCES=folder)
	@$(BIN)/python -m tools.corrupt $(SOURCES)

$(UPKEEP)/.installed: Makefile
	@echo "== Making $(UPKEEP): what renews and audits the lock, checks packages and tries the tests"
	@$(PYTHON) -m venv --clear $(UPKEEP)
	@$(UPKEEP)/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.8 pip-audit==2.10.1 twine==7.0.0 cffconvert==2.0.0 mutmut==3.8.1 coverage==7.17.5
	@touch $@

mutants: $(STAMP) $(UPKEEP)/.installed ## make errors in code and count which tests notice (SAMPLE=300, or MODULES="precision …")
	@PATH="$(CURDIR)/$(UPKEEP)/bin:$$PATH" $(BIN)/python -m tools.mutation $(MODULES) $(if $(ENDS),--ends $(ENDS)) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED))

coverage: $(STAMP) $(UPKEEP)/.installed ## measure which code the tests run, by branch, and fail below the bars
	@PATH="$(CURDIR)/$(UPKEEP)/bin:$$PATH" $(BIN)/python -m tools.covered

# Without a network the licences are audited all the same, so that this may fail to be made.
audit: $(STAMP) ## audit the lock: licences, known vulnerabilities (needs a network for these)
	@$(MAKE) --silent $(UPKEEP)/.installed 2>/dev/null || true
	@PATH="$(CURDIR)/$(UPKEEP)/bin:$$PATH" $(BIN)/python -m tools.supply

# The two --no-emit options keep the addresses that packages came from out of the lock.
lock: $(UPKEEP)/.installed ## renew requirements.txt from requirements.in
	$(UPKEEP)/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --upgrade --custom-compile-command 'make lock' requirements.in -o requirements.txt
	@echo "Renewed: requirements.txt. It must pass 'make audit', 'make notebooks', 'make test', 'make browse' and 'make seen'."

bench: $(STAMP) ## measure how long it takes to make the book, beside floors (minutes)
	@$(BIN)/python -m tools.bench

wheel: $(STAMP) ## build the library, with its data, as a wheel in dist/
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

library: $(STAMP) $(UPKEEP)/.installed ## check citation and packages, and test the wheel by itself (needs a network)
	@$(UPKEEP)/bin/cffconvert --validate --infile CITATION.cff
	@PATH="$(CURDIR)/$(UPKEEP)/bin:$$PATH" $(BIN)/python -m tools.library

release: $(STAMP) ## make everything that is published, in _build/release (VERSION=2026.11)
	@$(BIN)/python -m tools.release $(VERSION)

release-check: $(STAMP) ## make it again in a fresh clone and compare byte for byte
	@$(BIN)/python -m tools.release --check

clean: ## remove what was made
	rm -rf _build build dist $(VENV) .pytest_cache .hypothesis .mypy_cache .ruff_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
