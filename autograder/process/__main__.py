"""Starts the warm process: `python -m autograder.process DESCRIPTOR LIMITS MODE [MODULE…]`.

MODE is "sandbox", "fork" or "cold", and the modules are those that the course imports.
"""

import json
import sys

from autograder.later import without_collections
from autograder.process.limits import Limits


def start(descriptor: str, limits: str, mode: str, *modules: str) -> None:
    with without_collections():
        from autograder.process.zygote import main

    main(int(descriptor), Limits(**json.loads(limits)), mode, modules)


if __name__ == "__main__":
    start(*sys.argv[1:])
