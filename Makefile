# make demo   marks a sample class, from release to marks
# make test   runs every check of the repository, on a sample of the largest corpora
# make thorough  runs the same on the whole of them, as CI does each night
# make class  marks a class of 300 whose marking is killed five times, and one of 200 with 40 spoilt submissions
# make cluster  marks a class of 10,000 (or CONVLAB_CLASS) on four workers, kills five at random, compares with one machine
# make architectures  compares what is read of published networks with what PyTorch tells of them
# Each sets up .venv by itself, again when what it is made from has changed.

PYTHON ?= python3
VENV := .venv
# Small networks: a second thread of PyTorch only waits for the first, and for the tests beside it.
export OMP_NUM_THREADS := 1
READY := $(VENV)/.installed
IN_VENV := $(VENV)/bin/python -m
# The folders of notebooks that hold any: an empty one is no fault.
NOTEBOOKS := $(sort $(foreach folder,source notebooks,$(if $(shell find $(folder) -name '*.ipynb' 2>/dev/null),$(folder))))

# One more than cores: tests wait for processes that they start.
TESTING := $(shell $(PYTHON) -c 'import os; print(os.cpu_count() + 1)')

.PHONY: architectures class cluster demo test thorough

demo: $(READY)
	@$(IN_VENV) autograder demo

test thorough: $(READY)
	@$(IN_VENV) ruff check
	@$(IN_VENV) pytest $(if $(filter thorough,$@),--thorough) --numprocesses $(TESTING) --dist loadfile --no-loadscope-reorder --nbval --nbval-current-env tests $(NOTEBOOKS)

cluster: $(READY)
	@CONVLAB_CLASS=$${CONVLAB_CLASS:-10000} $(IN_VENV) pytest -s tests/grading/cluster_that_loses_workers.py tests/grading/cluster_against_one_machine.py

class: $(READY)
	@CONVLAB_CLASS=300 $(IN_VENV) pytest tests/grading/test_class.py tests/grading/test_strewn_class.py

architectures: $(READY)
	@$(IN_VENV) pip install -qq --disable-pip-version-check --editable '.[architectures]'
	@$(IN_VENV) pytest tests/architectures/against_pytorchcv.py

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV): this takes some minutes the first time."
	@$(PYTHON) -m venv $(VENV)
	@$(IN_VENV) pip install -qq --disable-pip-version-check --requirement requirements.txt
	@touch $@
