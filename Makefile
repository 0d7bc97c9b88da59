# `make site` runs the main job on the shipped program, `make test` passes the tests; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MENTORING := $(BIN)/mentoring
SAMPLE := lantern/2026/ines-tomas

.DEFAULT_GOAL := help

.PHONY: help
help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.site: $(VENV)/.made requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.site requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

.PHONY: site
site: $(VENV)/.site ## Check the shipped program, propose matches, build the site
	$(MENTORING) check --format concise
	$(MENTORING) match propose 2027
	$(MENTORING) build --audience public --audience members --audience pair:$(SAMPLE)
	@echo
	@echo "The site is in build/*/site. To look at it: make serve"

.PHONY: serve
serve: $(VENV)/.site ## Show the members' site in a browser; it follows changes
	$(MENTORING) serve --audience members

.PHONY: test
test: $(VENV)/.dev ## Run the linters and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

.PHONY: bench
bench: $(VENV)/.dev ## Measure against the references
	$(BIN)/python bench/notes.py
	$(BIN)/python bench/status.py
	$(BIN)/python bench/help.py
	$(BIN)/python bench/match.py

.PHONY: lock
lock: $(VENV)/.made ## Write the lock files anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --extra all --group build -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --extra all --group build --group dev -o requirements-dev.lock pyproject.toml

.PHONY: clean
clean: ## Remove what was made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
