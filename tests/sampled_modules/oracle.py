"""What torch.fx tells of a network: its graph is walked module by module, with the sizes that ShapeProp noted."""

import builtins
import operator
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import fx, nn
from torch.fx.passes.shape_prop import ShapeProp

from .modules import Mixes, Unlawful, Walked

Size = tuple[int, ...]
Sides = tuple[int, int, int, int]  # left, right, top, bottom

POOLS = (
    nn.MaxPool2d, nn.AvgPool2d, nn.LPPool2d, nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d,
)  # fmt: skip
PADS = (nn.ZeroPad2d, nn.ConstantPad2d, nn.ReflectionPad2d, nn.ReplicationPad2d, nn.CircularPad2d)
UNLAWFUL = (Unlawful, nn.ConvTranspose2d, nn.Upsample, nn.PixelShuffle, nn.PixelUnshuffle)
CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.ConvTranspose2d)
STATISTICS = ("running_mean", "running_var", "num_batches_tracked")
NEXT_TO_NOTHING = 1e-3  # of the output's spread: less than this, and more than none, is not asked about


@dataclass(frozen=True)
class Use:
    """A use of a convolution on the way: `entered` is the map's size before any padding, `sides` all it saw of it.

    Of a transposed or one-dimensional convolution neither is told.
    """

    module: str
    in_channels: int
    out_channels: int
    kernel: Size
    stride: Size
    dilation: Size
    groups: int
    bias: bool
    transposed: bool
    left: Size
    entered: Size | None
    sides: Sides | None


@dataclass(frozen=True)
class Truth:
    """What is true of a network on an input; `lawful` and `exotic` are said of its sizes."""

    output: torch.Tensor
    convolutions: tuple[Use, ...]
    depends_on_input: bool
    lawful: bool
    exotic: bool
    certain: bool
    parameters: int
    buffers: int
    statistics: int

    @property
    def narrows(self) -> bool:
        """Whether a 1×1 convolution on the way gives fewer channels than it takes."""
        return any(
            set(use.kernel) == {1} and not use.transposed and use.out_channels < use.in_channels
            for use in self.convolutions
        )


@dataclass(frozen=True)
class Origin:
    """The size that left the last convolution or pooling, and what was put around it since."""

    size: Size
    sides: Sides = (0, 0, 0, 0)

    @property
    def padded(self) -> Size:
        left, right, top, bottom = self.sides
        return self.size[0] + top + bottom, self.size[1] + left + right


class _Tracer(fx.Tracer):
    def is_leaf_module(self, module: nn.Module, name: str) -> bool:
        return not isinstance(module, (nn.Sequential, Walked))


def truth(network: nn.Module, x: torch.Tensor) -> Truth:
    network = network.eval()
    graph = _Tracer().trace(network)
    traced = fx.GraphModule(network, graph)
    with torch.no_grad():
        ShapeProp(traced).propagate(x.clone())
        output = network(x.clone())
        walk = _Walk(traced)
        return Truth(
            output,
            tuple(walk.convolutions),
            any(node.op == "placeholder" for node in walk.on_the_way),
            walk.lawful,
            walk.exotic,
            bool(output.isfinite().all()) and _is_certain(traced, walk, x, output),
            sum(parameter.numel() for parameter in network.parameters()),
            sum(buffer.numel() for name, buffer in network.named_buffers() if not name.endswith(STATISTICS)),
            sum(buffer.numel() for name, buffer in network.named_buffers() if name.endswith(STATISTICS[:2])),
        )


class _Walk:
    """The nodes of a graph in order, with the origin of each map's size."""

    def __init__(self, traced: fx.GraphModule) -> None:
        self.traced = traced
        self.modules = dict(traced.named_modules())
        self.lawful, self.exotic = True, False
        self.convolutions: list[Use] = []
        self.from_input = self._nodes_from_input()
        self.on_the_way = self._nodes_on_the_way()
        self._origins: dict[fx.Node, Origin] = {}
        for node in traced.graph.nodes:
            self._visit(node)

    def module(self, node: fx.Node) -> nn.Module | None:
        return self.modules[node.target] if node.op == "call_module" else None

    def _nodes_from_input(self) -> set[fx.Node]:
        """What is computed from the input by more than its shape or a factor of zero."""
        found: set[fx.Node] = set()
        for node in self.traced.graph.nodes:
            if node.op == "placeholder" or (found & set(node.all_input_nodes) and not self._cuts(node)):
                found.add(node)
        return found

    def _nodes_on_the_way(self) -> set[fx.Node]:
        """What is computed from the input, and the output from it."""
        found: set[fx.Node] = set()
        for node in reversed(self.traced.graph.nodes):
            if node.op == "output" or node in found:
                found |= {node} if self._cuts(node) else {node, *node.all_input_nodes}
        return found & self.from_input

    def _cuts(self, node: fx.Node) -> bool:
        if node.target in (builtins.getattr, torch.zeros_like):
            return True
        if node.target is operator.mul:
            return any(self._is_zero(argument) for argument in node.args)
        return isinstance(self.module(node), nn.Threshold)

    def _is_zero(self, argument: Any) -> bool:
        if isinstance(argument, fx.Node) and argument.op == "get_attr":
            value = self.traced
            for name in argument.target.split("."):
                value = getattr(value, name)
            return not value.any()
        return not isinstance(argument, fx.Node) and argument == 0

    def _visit(self, node: fx.Node) -> None:
        shape = _shape(node)
        on_the_way = node in self.on_the_way
        if node.op == "placeholder":
            self._origins[node] = Origin(shape[2:])
            return
        arriving = [each for each in node.all_input_nodes if each in self._origins]
        if node not in self.from_input or not arriving:
            return
        if node.op == "output":
            origin = self._origins[arriving[0]]
            self.lawful &= not on_the_way or origin.padded == origin.size
            return
        if shape is None:
            return
        module, origin = self.module(node), self._origins[arriving[0]]
        entered = _shape(arriving[0])
        if on_the_way and isinstance(module, CONVOLUTIONS):
            self.convolutions.append(_use(node.target, module, origin, shape))
        self.exotic |= on_the_way and isinstance(module, Mixes)
        if isinstance(module, UNLAWFUL):
            self.lawful &= not on_the_way
            self._origins[node] = Origin(shape[2:])
        elif isinstance(module, PADS):
            self._origins[node] = self._around(module, origin, shape, on_the_way)
        elif isinstance(module, POOLS) or _is_global_mean(node):
            pooled = (*shape[2:], 1, 1)[:2]
            enlarges = any(after > before for after, before in zip(pooled, entered[2:], strict=True))
            self.lawful &= not on_the_way or not (enlarges or origin.padded != origin.size)
            self._origins[node] = Origin(pooled)
        elif isinstance(module, nn.Conv2d):
            assert origin.padded == entered[2:]
            self._origins[node] = Origin(shape[2:])
        else:
            self._origins[node] = self._kept(node, arriving, shape)

    def _around(self, module: nn.Module, origin: Origin, shape: Size, on_the_way: bool) -> Origin:
        """A negative padding cuts off, and is a size of its own; what it puts on other sides is nevertheless padding."""
        cut = tuple(min(side, 0) for side in module.padding)
        added = tuple(max(side, 0) for side in module.padding)
        if any(cut):
            self.lawful &= not on_the_way
            height, width = origin.padded
            origin = Origin((height + cut[2] + cut[3], width + cut[0] + cut[1]))
        around = Origin(origin.size, tuple(before + more for before, more in zip(origin.sides, added, strict=True)))
        assert around.padded == shape[2:]
        return around

    def _kept(self, node: fx.Node, arriving: list[fx.Node], shape: Size) -> Origin:
        """Of several maps that come together the largest: the others are broadcast, as a gate is."""
        sizes = [(self._origins[each].padded, self._origins[each]) for each in arriving]
        padded, kept = max(sizes, key=lambda each: each[0])
        assert all(origin == kept or size == (1, 1) for size, origin in sizes), node.format_node()
        assert len(shape) != 4 or shape[2:] == padded or padded == (1, 1), node.format_node()
        return kept


def _shape(node: fx.Node) -> Size | None:
    meta = node.meta.get("tensor_meta")
    if isinstance(meta, (tuple, list)) and not hasattr(meta, "shape"):
        meta = meta[0]  # of chunks, whose heights and widths are the same
    return tuple(meta.shape) if hasattr(meta, "shape") else None


def _is_global_mean(node: fx.Node) -> bool:
    return node.op == "call_method" and node.target == "mean" and node.args[1:] in ((), ((2, 3),))


def _use(name: str, module: Any, origin: Origin, shape: Size) -> Use:
    plain = isinstance(module, nn.Conv2d)
    around = tuple(before + own for before, own in zip(origin.sides, _own_sides(module), strict=True)) if plain else None
    return Use(
        module=name,
        in_channels=module.in_channels,
        out_channels=module.out_channels,
        kernel=module.kernel_size,
        stride=module.stride,
        dilation=module.dilation,
        groups=module.groups,
        bias=module.bias is not None,
        transposed=module.transposed,
        left=shape[2:],
        entered=origin.size if plain else None,
        sides=around,
    )


def _own_sides(module: nn.Conv2d) -> Sides:
    if module.padding == "valid":
        return 0, 0, 0, 0
    if module.padding == "same":
        height, width = (step * (side - 1) for step, side in zip(module.dilation, module.kernel_size, strict=True))
        return width // 2, width - width // 2, height // 2, height - height // 2
    height, width = module.padding if len(module.padding) == 2 else 2 * module.padding  # one number stands for both
    return width, width, height, height


class _Run(fx.Interpreter):
    """One run that keeps what some nodes gave, and adds to what one of them gives."""

    def __init__(self, traced: fx.GraphModule, kept: list[fx.Node], added: dict[fx.Node, torch.Tensor]) -> None:
        super().__init__(traced)
        self.given = dict.fromkeys(kept, torch.empty(0))
        self._added = added

    def run_node(self, node: fx.Node) -> Any:
        result = super().run_node(node)
        if node in self.given:
            self.given[node] = result.clone()
        return result + self._added[node] if node in self._added else result


def _is_certain(traced: fx.GraphModule, walk: _Walk, x: torch.Tensor, output: torch.Tensor) -> bool:
    """Whether what the graph calls on the way has an effect, of a size beyond doubt, and nothing else has any.

    Each is changed as much as another image changes it. An activation may leave nothing of all that comes to it, and
    a normalisation nothing of one pixel.
    """
    nodes = list(_convolutions_and_input(walk))
    other = torch.randn(x.shape, generator=torch.Generator().manual_seed(1))
    first, second = _Run(traced, nodes, {}), _Run(traced, nodes, {})
    first.run(x.clone())
    second.run(other)
    spread = min(1.0, float(output.std())) if output.numel() > 1 else 1.0
    for node in nodes:
        change = (second.given[node] - first.given[node]).square().mean().sqrt()
        noise = change * torch.randn(first.given[node].shape, generator=torch.Generator().manual_seed(2))
        effects = (
            float((_Run(traced, [], {node: sign * noise}).run(x.clone()) - output).abs().max()) for sign in (1, -1)
        )
        if node not in walk.on_the_way:
            assert max(effects) <= 1e-6 * max(spread, 1.0), node.format_node()
        elif all(effect <= NEXT_TO_NOTHING * spread for effect in effects):
            return False
    return True


def _convolutions_and_input(walk: _Walk) -> Iterator[fx.Node]:
    for node in walk.traced.graph.nodes:
        if node in walk.from_input and (node.op == "placeholder" or isinstance(walk.module(node), CONVOLUTIONS)):
            yield node
