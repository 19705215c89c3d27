"""A network's modules: what they hold, which of them is running, and all of it put back as it was."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.modules.batchnorm import _NormBase
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.nn.parameter import is_lazy

from autograder.network.records import LONGEST_NAME, Stop
from autograder.network.undisturbed import undisturbed

LONGEST_MESSAGE = 4000  # of what a network says of itself
RUNNING_STATISTICS = ("running_mean", "running_var", "num_batches_tracked")


@dataclass(frozen=True)
class Registered:
    """A tensor that a module holds by a qualified name; `kind` is "parameter" or "buffer"."""

    name: str
    kind: str
    tensor: torch.Tensor
    is_running_statistic: bool


def named_modules(network: Any) -> dict[str, nn.Module]:
    """The network's modules by qualified name, each once, whatever its own `named_modules` says."""
    found: dict[str, nn.Module] = {}
    seen: set[int] = set()

    def visit(module: nn.Module, name: str) -> None:
        if id(module) in seen:
            return
        seen.add(id(module))
        found[name] = module
        for child_name, child in vars(module).get("_modules", {}).items():
            if isinstance(child, nn.Module):
                visit(child, f"{name}.{child_name}" if name else child_name)

    if isinstance(network, nn.Module):
        visit(network, "")
    return found


def parameters_of(modules: dict[str, nn.Module]) -> Iterator[Any]:
    """What stands in the place of parameters: None for one that is left out, one without numbers for a lazy one."""
    return (tensor for module in modules.values() for tensor in vars(module).get("_parameters", {}).values())


def registered(modules: dict[str, nn.Module]) -> Iterator[Registered]:
    """The parameters and buffers that have numbers, one by each of its names."""
    for module_name, module in modules.items():
        for kind, table in (("parameter", "_parameters"), ("buffer", "_buffers")):
            for name, tensor in vars(module).get(table, {}).items():
                if isinstance(tensor, torch.Tensor) and not is_lazy(tensor) and is_strided(tensor):
                    qualified = f"{module_name}.{name}" if module_name else name
                    is_statistic = isinstance(module, _NormBase) and name in RUNNING_STATISTICS
                    yield Registered(qualified, kind, tensor, is_statistic)


@contextlib.contextmanager
def as_found(modules: dict[str, nn.Module]) -> Iterator[None]:
    """Eval mode and silence inside; flags, numbers, tensors and random states as they were, afterwards."""
    training = [(module, module.training) for module in modules.values() if "training" in vars(module)]
    bound = [(module, type(module), *found) for module in modules.values() for found in _numbers_of(module)]
    tensors = [(each.tensor, each.tensor.detach().clone()) for each in registered(modules)]
    generators = [(generator, generator.get_state()) for generator in _generators(modules)]
    try:
        for module, _ in training:
            module.training = False
        with undisturbed():
            yield
    finally:
        for module, kind, table, name, value in bound:
            if name in table and type(module) is kind:  # a lazy layer, once built, is of another class
                table[name] = value
        for module, flag in training:
            module.training = flag
        with torch.no_grad():
            for tensor, content in tensors:
                if not torch.equal(tensor, content):
                    tensor.copy_(content)
        for generator, state in generators:
            generator.set_state(state)


def _numbers_of(module: nn.Module) -> Iterator[tuple[dict[str, Any], str, Any]]:
    """Its numbers and tensors by the tables and names under which they stand: `forward` may put others there."""
    for table in (vars(module), vars(module).get("_buffers", {})):
        of_numbers = (item for item in table.items() if isinstance(item[1], int | float | torch.Tensor))
        yield from ((table, name, value) for name, value in of_numbers)


def _generators(modules: dict[str, nn.Module]) -> Iterator[torch.Generator]:
    """Those that the modules draw from and nobody else."""
    for module in modules.values():
        yield from (each for each in vars(module).values() if isinstance(each, torch.Generator))


class ModuleStack:
    """Which module is running, kept by PyTorch's global module hooks, so that unregistered modules are seen too."""

    def __init__(self, modules: dict[str, nn.Module]) -> None:
        self._names = {id(module): name for name, module in modules.items()}
        self._running: list[tuple[nn.Module, tuple[tuple[int, ...], ...]]] = []

    @property
    def module(self) -> str:
        return self.name(self._running[-1][0]) if self._running else ""

    def name(self, module: nn.Module) -> str:
        return self._names.get(id(module), f"({class_name(module)})")

    def stop(self, error: Exception, operator: str | None) -> Stop:
        said = type(error).__name__, str(error)[:LONGEST_MESSAGE]
        if not self._running:
            return Stop("", "", (), operator, *said)
        module, received = self._running[-1]
        return Stop(self.name(module), class_name(module), received, operator, *said)

    @contextlib.contextmanager
    def following(self) -> Iterator[None]:
        enter = register_module_forward_pre_hook(self._enter)
        leave = register_module_forward_hook(self._leave)
        try:
            yield
        finally:
            enter.remove()
            leave.remove()

    def _enter(self, module: nn.Module, arguments: tuple[Any, ...]) -> None:
        tensors = [each for each in arguments if isinstance(each, torch.Tensor) and is_strided(each)]
        received = tuple(tuple(tensor.shape) for tensor in tensors)
        self._running.append((module, received))

    def _leave(self, module: nn.Module, arguments: tuple[Any, ...], output: Any) -> None:
        # A module whose error the network caught is still on top of the one that now returns.
        while self._running and self._running.pop()[0] is not module:
            pass


def class_name(value: Any) -> str:
    return type(value).__name__[:LONGEST_NAME]


def is_strided(tensor: torch.Tensor) -> bool:
    return tensor.layout is torch.strided and not tensor.is_nested


def parameters_by_layer(network: nn.Module) -> dict[str, dict[str, tuple[int, ...]]]:
    """Shapes of the parameters of its own of every layer that has some, each layer once, the root left out."""
    own = {name: own_shapes(layer) for name, layer in named_modules(network).items()}
    return {name: shapes for name, shapes in own.items() if name and shapes}


def own_shapes(layer: nn.Module) -> dict[str, tuple[int, ...]]:
    """Shapes of the parameters that the layer itself has, by name."""
    own = {name: tensor for name, tensor in layer._parameters.items() if tensor is not None}
    return {name: tuple(tensor.shape) for name, tensor in own.items() if not is_lazy(tensor)}
