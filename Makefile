# For developers; packaging/run and packaging/test need no make.
SHELL := /bin/bash
.PHONY: run test check bench deep bare fmt types lock looks licences

run:       ## the desk, or the demonstration where there is no display
	packaging/run
test:      ## the whole suite
	packaging/test
check:     ## what CI checks besides the suite
	packaging/check
bench:     ## side-by-side measurements
	. packaging/setup.sh && prepare run test && $$python -P -m benchmarks
deep:      ## the suite with the big numbers, fuzzers, empty Debians: docs/deep-run.md (root, some forty minutes)
	packaging/deep
bare:      ## both commands in empty Debians (root, debootstrap)
	packaging/bare
fmt:       ## format, and mend what ruff can mend
	.venv/bin/ruff check --fix-only --quiet
	.venv/bin/ruff format
types:     ## mypy alone
	.venv/bin/mypy
lock:      ## requirements.txt anew from requirements.in (uv)
	packaging/lock
looks:     ## tests/pdf/looks.txt anew: where ink stands on our papers; read the difference
	.venv/bin/python -P -m tests.pdf.looks
licences:  ## docs/licences.md anew from what is installed
	.venv/bin/python -P packaging/licences.py
