# What a person types. Everything lands in $(ENV), at the first use; no other installation is needed
# than Python 3.11 or newer, git and make.

PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
# Another Python beside it: make test PYTHON=python3.13 ENV=.venv-3.13
ENV ?= .venv
BIN := $(ENV)/bin
READY := $(ENV)/ready
CODE := src tests tools bench
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
# What needs neither database nor browser: the rules, the formats, the regions and the structure.
PURE := tests/architecture tests/kernel $(wildcard tests/domain/*/rules) tests/interfaces/messages tests/regions tests/tools

# Where it is forbidden to keep bytecode, each command would compile a thousand modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo serve test versions quick coverage check static bench messages migrate words

help: ## say what can be typed
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) words ## open a region that works, with invented enterprises and officers
	TONGGUAN_HOME="$${TONGGUAN_HOME:-$(CURDIR)/.demo}" $(BIN)/tongguan demo \
		$(if $(SEED),--seed $(SEED)) $(if $(PORT),--port $(PORT))

serve: $(READY) words ## open an empty region, to work in
	TONGGUAN_HOME="$${TONGGUAN_HOME:-$(CURDIR)/.dev}" TONGGUAN_PROFILE="$${TONGGUAN_PROFILE:-demo}" \
		$(BIN)/tongguan serve $(if $(PORT),--port $(PORT))

migrate: $(READY) ## bring the tables that `make serve` uses up to date
	TONGGUAN_HOME="$${TONGGUAN_HOME:-$(CURDIR)/.dev}" TONGGUAN_PROFILE="$${TONGGUAN_PROFILE:-demo}" \
		$(BIN)/tongguan migrate

test: check ## check everything and run all tests, those in a browser included
	$(BIN)/python -m tools.browser
	$(BIN)/python -m tools.softhsm
	$(PYTEST)

quick: static words ## check form, types and contracts, and run the tests that need no database
	$(PYTEST) -q -m "not django_db and not slow and not journey" $(PURE)

# Each takes an environment of its own, and as long as `make test` does.
versions: ## run all checks and tests with every Python that is there, oldest first
	@for name in python3.11 python3.12 python3.13 python3.14; do \
		$$name -c '' 2>/dev/null || continue; echo "== $$name"; \
		$(MAKE) --no-print-directory test PYTHON=$$name ENV=.venv-$${name#python} || exit 1; \
	done

# Following every branch makes the tests about twice as long: it is run by hand, before a release.
coverage: $(READY) words ## run all tests and report which lines and branches none of them runs
	$(BIN)/python -m tools.browser
	$(BIN)/python -m tools.softhsm
	$(PYTEST) --cov --cov-report=term

check: static words ## check form, types, contracts, migrations and words
	$(BIN)/python -m tools.manage makemigrations --check --dry-run
	$(BIN)/python -m tools.words check

static: $(READY)
	$(BIN)/ruff format --check --quiet $(wildcard $(CODE))
	$(BIN)/ruff check --quiet $(wildcard $(CODE))
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(READY) words ## measure the speeds that are promised
	$(BIN)/python -m bench

messages: $(READY) ## collect new words into the catalogues, and build these
	$(BIN)/python -m tools.words extract
	$(BIN)/python -m tools.words compile

words: $(READY)
	@$(BIN)/python -m tools.words compile

# The lock names uv itself, with its hashes: pip installs that where none is, and uv all else.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Tongguan needs Python 3.11 or newer."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(ENV) || \
		{ echo "$(PYTHON) cannot make environments; Debian has this in python3-venv."; exit 1; }
	@awk '/^uv==/ { of_uv = 1; print; next } /^[^ ]/ { of_uv = 0 } of_uv' requirements.lock > $(ENV)/uv.lock
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r $(ENV)/uv.lock
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(READY)
