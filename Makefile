SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
LOCK := $(PYTHON) -m uv pip compile --quiet pyproject.toml --extra build --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --no-annotate

.PHONY: help setup demo check test golden docs screenshots bench bench-demand bench-rehearsal bench-many bench-calls bench-pages fuzz check-rest soak lock

help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make this checkout ready for the demo
	@scripts/setup.sh run

demo: setup ## Run the sample site with calls arriving (ARGS=--once: one night, played fast)
	@.venv/bin/hotline demo $(ARGS)

check: ## Format, lint, strict types, import contracts
	@scripts/setup.sh dev
	$(PYTHON) -m ruff format --check --quiet
	$(PYTHON) -m ruff check --quiet
	$(PYTHON) -m mypy
	$(PYTHON) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

test: ## Do all set-up, check, run every test, require full branch coverage of the decisions
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory check
	$(PYTHON) -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal --cov --cov-report= $(ARGS)
	$(PYTHON) -m coverage report --fail-under=100

golden: ## Rewrite the expected documents in tests/golden; review the diff
	@scripts/setup.sh dev
	$(PYTHON) -m pytest -m golden --rewrite-golden

bench: ## Print how good and fast weekly rosters are beside a plain model (ARGS="--people 30 --no-province")
	@scripts/setup.sh dev
	@$(PYTHON) -m benchmarks.weeks --cells --province $(ARGS)

docs: ## Draw the parts of docs/ that come from the code: diagrams, rules, routes
	@scripts/setup.sh dev
	@$(PYTHON) -m scripts.docs

bench-demand: ## Print how well calls are foretold, and whether the people asked for suffice (ARGS=--json)
	@scripts/setup.sh dev
	@$(PYTHON) -m benchmarks.demand $(ARGS)

bench-many: ## Print how long many desks take here, in processes and on a cluster (ARGS="--desks 40 --json")
	@scripts/setup.sh dev
	@$(PYTHON) -m benchmarks.many $(ARGS)

bench-rehearsal: ## Print how fast a week of calls is rehearsed, and how near Erlang A (ARGS=--json)
	@scripts/setup.sh dev
	@$(PYTHON) -m benchmarks.rehearsal $(ARGS)

bench-calls: ## Print what answering a call costs beside a bare Flask route, on both databases (ARGS=--json)
	@scripts/setup.sh dev
	@$(PYTHON) -m benchmarks.calls $(ARGS)

bench-pages: ## Print how long each page of a whole province takes (ARGS="--calls 10000 --json")
	@scripts/setup.sh dev
	@$(PYTHON) -m benchmarks.pages $(ARGS)

fuzz: ## Ask a hundred thousand hostile requests, and want no server error (ARGS="--requests 5000 --json")
	@scripts/setup.sh dev
	@$(PYTHON) -m benchmarks.calls.fuzz $(ARGS)

check-rest: ## Check every REST request of ours against the carrier's description (ARGS="--description FILE")
	@scripts/setup.sh dev
	@[ -x build/prism/node_modules/.bin/prism ] || npm install --prefix build/prism --no-save --no-package-lock --no-audit --no-fund @stoplight/prism-cli@5
	@$(PYTHON) -m scripts.check_rest $(ARGS)

soak: ## Break one thing after another while callers call, 10 minutes (ARGS="--minutes 1 --json")
	@scripts/setup.sh test
	@$(PYTHON) -m benchmarks.soak $(ARGS)

screenshots: ## Pictures of every page in both languages, wide and narrow, into var/screenshots, to look at
	@scripts/setup.sh test
	@$(PYTHON) -m scripts.screenshots

lock: ## Choose the newest allowed packages and write requirements/*.lock
	@scripts/setup.sh dev
	$(LOCK) --upgrade --output-file requirements/run.lock
	$(LOCK) --upgrade --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock
