"""What a package offers and imports only when it is asked for (PEP 562): PyTorch alone takes over a second.

PyTorch need not be installed, nor what else the extra `torch` brings: only notebooks that import this package need it.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

OF_EXTRA = ("torch", "numpy", "matplotlib", "ipywidgets")


def later(
    package: str, offered: Mapping[str, tuple[str, ...]], told: Callable[[str], str] = "No module named {!r}".format
) -> Callable[[str], Any]:
    """The `__getattr__` of a package that offers these names, by the module of its own that has them.

    Where a package of the extra is missing, ModuleNotFoundError says what `told` makes of its name.
    """
    homes = {name: module for module, names in offered.items() for name in names}

    def found(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        try:
            module = import_module(f"{package}.{homes[name]}")
        except ModuleNotFoundError as error:
            if not is_of_extra(error):
                raise
            raise ModuleNotFoundError(told(str(error.name)), name=error.name) from None
        return getattr(module, name)

    return found


def missing_of_extra() -> str | None:
    """The first of the extra's that is not installed here."""
    return next((each for each in OF_EXTRA if find_spec(each) is None), None)


def is_of_extra(error: ModuleNotFoundError) -> bool:
    """Whether what is missing would come with the extra."""
    return (error.name or "").split(".")[0] in OF_EXTRA


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
