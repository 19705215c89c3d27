"""Starts the warm process: `python -m autograder.process DESCRIPTOR LIMITS MODE [MODULE…]`.

MODE is "sandbox", "fork" or "cold", and the modules are those that the course imports.
"""

import gc
import json
import sys

from autograder.process.limits import Limits


def start(descriptor: str, limits: str, mode: str, *modules: str) -> None:
    gc.disable()  # what is imported stays: to look for garbage in it takes half a second
    from autograder.process.zygote import main

    main(int(descriptor), Limits(**json.loads(limits)), mode, modules)


if __name__ == "__main__":
    start(*sys.argv[1:])
