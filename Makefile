# The tasks that people and CI run. Where uv is missing it is brought into a private environment inside the checkout first.

SHELL := /bin/sh
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --quiet --locked

.PHONY: demo test check format docs train language build
.DEFAULT_GOAL := demo

demo: | $(UV)  ## the whole way on the sample press: two nights, an edition, a first look
	@$(RUN) --no-default-groups dateline demo

test: | $(UV)  ## all tests
	@$(RUN) --no-default-groups --group test pytest

check: | $(UV)  ## linters, types, import contracts
	@$(RUN) ruff check
	@$(RUN) ruff format --check
	@$(RUN) mypy
	@$(RUN) pyright
	@$(RUN) lint-imports

format: | $(UV)  ## put the code into its form
	@$(RUN) ruff check --fix
	@$(RUN) ruff format

docs: | $(UV)  ## what is generated from the code
	@$(RUN) python docs/generate.py

DATA ?= ../shared/nlp/data

train: | $(UV)  ## make the language model again from the treebanks in DATA (about 40 minutes)
	@OMP_NUM_THREADS=1 $(RUN) python -m extractors.language.training $(DATA)

language: | $(UV)  ## every figure of the language pipeline
	@OMP_NUM_THREADS=1 $(RUN) python benchmarks/language.py $(DATA)

build: | $(UV)  ## wheel and source distribution into dist/
	@$(UV) build --quiet

.uv/bin/uv:
	@echo "Bringing uv into .uv/ (once)"
	@$(PYTHON) -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv
