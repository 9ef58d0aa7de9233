# Một Mối: one command each for what one does every day. `make help` lists them.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SAMPLE ?= yes
ARGS   ?=
JOBS   ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test check bench faults schema format clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## Run the whole office here (SAMPLE=no for an empty one; MOTMOI_DATA says where)
	@$(BIN)/motmoi run $(if $(filter no,$(SAMPLE)),--no-sample) $(ARGS)

test: $(VENV)/.dev $(VENV)/bin/hledger ## Run every test but faults and benchmarks, on real servers
	$(BIN)/python -m pytest -n $(JOBS) --dist loadscope -q $(ARGS)

check: $(VENV)/.dev ## Check format, lint, types, import rules and frozen schemas
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m contracts.freeze --check

bench: $(VENV)/.dev ## Measure: a table and a JSON file (ARGS=--quick for a few minutes' worth)
	$(BIN)/python tests/bench $(ARGS)

faults: $(VENV)/.dev ## Kill services and servers under load and compare what was acknowledged, logged and shown
	$(BIN)/python -m pytest -q -s tests/faults $(ARGS)

schema: $(VENV)/.dev ## Write the JSON Schemas of new messages
	$(BIN)/python -m contracts.freeze

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Tests compare the exported books with hledger's own sums; it is no Python package. Debian's needs no root to be unpacked.
$(VENV)/bin/hledger: | $(VENV)/bin/python
	@command -v hledger >/dev/null && ln -s "$$(command -v hledger)" $@ || { \
	  mkdir -p $(VENV)/hledger && cd $(VENV)/hledger && \
	  { apt-get download -qq hledger >/dev/null 2>&1 || { apt-get update -qq && apt-get download -qq hledger; } >/dev/null 2>&1; } && \
	  dpkg-deb -x hledger_*.deb . && ln -s ../hledger/usr/bin/hledger ../bin/hledger; } || \
	  echo "Cần cài hledger để chạy kiểm thử sổ sách. / Install hledger to run the tests of the books."

clean: ## Remove the environment
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Cần Python 3.11 trở lên. / Python 3.11 or newer is needed (make PYTHON=python3.12).")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	@echo "Đang cài đặt môi trường, khoảng một phút… / Installing the environment, about a minute…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@echo "Đang cài đặt môi trường phát triển… / Installing the development environment…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.run
