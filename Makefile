PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install browser trainer model demo test lint types contracts unit gate wheel bench figures lock clean

$(VENV)/.installed: pyproject.toml uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	VIRTUAL_ENV=$(VENV) $(BIN)/uv sync --quiet --active --frozen --all-groups --no-group training --inexact
	touch $@

install: $(VENV)/.installed

demo: install
	$(BIN)/tocsin demo

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

contracts: install
	$(BIN)/lint-imports

# The report is tested in a real browser. Debian's is installed where it can be; else those tests skip, saying so.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
	  echo "NO BROWSER: install chromium to test the report in one"

unit: install browser
	$(BIN)/pytest -n 2

# The wheel is installed with the locked libraries into a venv of its own and used from a folder without the source.
WHEEL := build/wheel

wheel: install
	rm -rf $(WHEEL) dist
	mkdir -p $(WHEEL)/work
	$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir dist
	$(BIN)/uv export --quiet --frozen --no-default-groups --no-emit-project --output-file $(WHEEL)/requirements.txt
	$(BIN)/python -m venv --without-pip $(WHEEL)/venv
	$(BIN)/uv pip install --quiet --python $(WHEEL)/venv/bin/python --require-hashes -r $(WHEEL)/requirements.txt
	$(BIN)/uv pip install --quiet --python $(WHEEL)/venv/bin/python --no-deps dist/*.whl
	cp tests/wheel/smoke.py $(WHEEL)/work
	cd $(WHEEL)/work && ../venv/bin/python -I smoke.py $(CURDIR)/src

# What the program reaches on coded documents may not sink below bench/gate/floors.toml.
gate: install
	$(BIN)/python -m bench.gate

bench: install
	$(BIN)/python -m bench.speed

# Runs what README.md and docs/ show, and puts the output in its place; the figures need ../shared and a quiet machine.
figures: install
	$(BIN)/python tools/refresh_docs.py

test: lint types contracts unit gate wheel

lock: install
	$(BIN)/uv lock

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The model that ships with the package; needs ../shared and an hour on two cores. Its libraries are large, so they get
# an environment of their own.
model: .venv-training/.installed
	HF_HUB_OFFLINE=1 PYTHONPATH=src:. .venv-training/bin/python -m training all

# What `tocsin teach` trains with.
trainer: .venv-training/.installed

.venv-training/.installed: pyproject.toml
	test -x .venv-training/bin/python || $(PYTHON) -m venv .venv-training
	.venv-training/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	.venv-training/bin/python -m pip install --quiet --disable-pip-version-check --group training .
	touch $@
