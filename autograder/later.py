"""What a package offers and imports only when it is asked for (PEP 562): PyTorch alone takes over a second."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any


def later(package: str, offered: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package that offers these names, by the module of its own that has them."""
    homes = {name: module for module, names in offered.items() for name in names}

    def found(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return found


@contextmanager
def without_collections() -> Iterator[None]:
    """For imports: what is imported stays, and is never looked through for garbage.

    That would take half a second, and in each process that is forked later the first collection would copy it all.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
