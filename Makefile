# Everything a newcomer needs: `make` lists it. All of it runs in one virtual environment, $(VENV).
# One serves the demo and the tests: what the tests need on top is small beside TensorFlow.

VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export TF_CPP_MIN_LOG_LEVEL ?= 3

.DEFAULT_GOAL := help
.PHONY: help install demo test test-slow fuzz mutants style format bench figures notebooks docs clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## the package, editable, with all that demo and tests need, in .venv
	@echo "tfvgan is installed in $(VENV): try $(BIN)/tfvgan --help"

# Made anew when the requirements or the version changed, and only then. tensorflow-io, the default decoder, is for
# 3.11 and 3.12, so they come before 3.13.
PYTHONS ?= 3.11 3.12 3.13
$(STAMP): setup.py pyproject.toml tfvgan/version.py
	@sh environment.sh $(VENV) $(PYTHONS)
	@touch $@

demo: $(STAMP) ## train on real clips, sample, plot, export and check, in minutes; writes demo/
	$(BIN)/tfvgan demo --out demo

test: $(STAMP) ## the fast tests, a file at a time on each of up to four cores
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

test-slow: $(STAMP) ## the slow tests: notebooks, killed processes, two workers, a fresh install
	$(BIN)/python -m pytest -m slow --timeout=1800

FUZZ ?= --seconds 60
fuzz: $(STAMP) ## spoilt files for every reader of foreign bytes, for a minute: FUZZ="tvg --seconds 3600"
	$(BIN)/python tests/fuzz.py $(FUZZ)

MUTANTS ?= --share 0.05
mutants: $(STAMP) ## whether tests notice changed code: MUTANTS="losses engine --share 0.1 --seed 1"
	$(BIN)/python tests/mutants.py $(MUTANTS)

style: $(STAMP) ## lint, and check the formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(STAMP) ## mend what `make style` can mend by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## measure every figure, those of real videos with VIDEOS=FOLDER; writes benchmarks/results/
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	$(BIN)/tfvgan weights fetch
	$(BIN)/python benchmarks/run.py $(if $(VIDEOS),--videos "$(VIDEOS)") \
	  $(if $(SHAPES),--shapes "$(SHAPES)") $(if $(ACTIONS),--actions "$(ACTIONS)")

figures: $(STAMP) ## write benchmarks/README.md, and draw its curves, from benchmarks/results/*.json
	$(BIN)/python benchmarks/figures.py

notebooks: $(STAMP) ## execute the notebooks in place
	$(BIN)/jupyter execute --inplace --NotebookClient.coalesce_streams=True notebooks/*.ipynb

docs: $(STAMP) ## the pages of docs/ and the API as a site, in site/; a warning is an error
	$(BIN)/python -m pip install --quiet --editable '.[dev,docs]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build

clean: ## remove what these commands made, the environment too
	rm -rf $(VENV) build demo site *.egg-info .pytest_cache .ruff_cache .mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
