"""What a random network is to be: plain data, from which its sizes and its convolutions follow."""

from dataclasses import dataclass

Size = tuple[int, int]
Sides = tuple[int, int, int, int]  # left, right, top, bottom: the order of F.pad


@dataclass(frozen=True)
class Axis:
    """A convolution along the height or the width; `before` and `after` are the pixels put around the map."""

    kernel: int = 1
    stride: int = 1
    dilation: int = 1
    before: int = 0
    after: int = 0

    def size(self, size: int) -> int:
        return (size + self.before + self.after - self.dilation * (self.kernel - 1) - 1) // self.stride + 1


@dataclass(frozen=True)
class Conv:
    """A convolution; `padded` is how the padding is spelled, `written` how the weights are kept.

    `between` stands between padding put around the map in a step of its own and the convolution.
    """

    in_channels: int
    out_channels: int
    height: Axis = Axis()
    width: Axis = Axis()
    padded: str = "nothing"
    written: str = "module"
    groups: int = 1
    bias: bool = True
    between: str = "nothing"

    @property
    def sides(self) -> Sides:
        return self.width.before, self.width.after, self.height.before, self.height.after

    def size(self, size: Size) -> Size:
        return self.height.size(size[0]), self.width.size(size[1])


@dataclass(frozen=True)
class Pool:
    """A pooling; an adaptive one is given the size of its output and no more."""

    kind: str
    kernel: Size
    stride: Size = (1, 1)
    padding: int = 0

    def size(self, size: Size) -> Size:
        if self.kind.startswith("adaptive"):
            return self.kernel
        axes = zip(size, self.kernel, self.stride, strict=True)
        height, width = ((side + 2 * self.padding - kernel) // stride + 1 for side, kernel, stride in axes)
        return height, width


@dataclass(frozen=True)
class Plain:
    """A step that keeps the size; one of `PLAIN`."""

    name: str


@dataclass(frozen=True)
class Joined:
    """The map and one or two convolutions of it, brought together as `JOINED` says."""

    how: str
    convs: tuple[Conv, ...]


@dataclass(frozen=True)
class Fault:
    """A change of size that is neither convolution nor pooling; one of `FAULTS`."""

    name: str


Step = Conv | Pool | Plain | Joined | Fault


@dataclass(frozen=True)
class Plan:
    """A network's steps on maps of `channels` × `size`; `cut` where it multiplies its input by zero."""

    channels: int
    size: Size
    steps: tuple[Step, ...]
    cut: bool

    @property
    def is_lawful(self) -> bool:
        return not any(isinstance(step, Fault) for step in self.steps)


@dataclass(frozen=True)
class Use:
    """One use of a convolution on the way; `entered` is the map's size before padding, `sides` all padding it saw."""

    in_channels: int
    out_channels: int
    kernel: Size
    stride: Size
    dilation: Size
    groups: int
    bias: bool
    sides: Sides
    entered: Size
    left: Size
