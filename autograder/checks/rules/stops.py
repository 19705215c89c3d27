"""Why a network could not be made, or stopped on its way, in plain words."""

import re
from collections.abc import Collection

from autograder.checks.messages import Message, _, ngettext, one_line
from autograder.checks.raised import Raised
from autograder.checks.rules.sizes import by, place_of
from autograder.checks.verdicts import Shown
from autograder.network import Stop, Trace

NOT_APPLIED = r"^'ReLU' object has no attribute|(?:must be Tensor, not|- got \() ?ReLU\b"
HOW_TO_APPLY = _("`nn.ReLU(t)` makes a layer and does not apply it: write `F.relu(t)`, or `nn.ReLU()(t)`.")

# PyTorch's words, and the explanation that takes the named numbers from them.
EXPLANATIONS = (
    (
        r"input\[\d+, \d+, (?P<row>\d+), (?P<last>\d+)\] to have (?!(?P=row) )(?P=last) channels",
        _("Channels came last: {layer} takes images, channels, height and width. Is there a `permute` before it?"),
    ),
    (
        r"expected input\[.*\] to have (?P<has>\d+) channels, but got (?P<came>\d+) channels",
        _("{layer} has in_channels={has}, but {came} came: in_channels={came} fits."),
    ),
    (
        r"per channel: \((?P<size>\d+ x \d+)\)\. Kernel size: \((?P<kernel>\d+ x \d+)\)",
        _(
            "The kernel ({kernel}) does not fit into the map ({size} with its padding). "
            "Take a smaller kernel, more padding, or smaller strides before it."
        ),
    ),
    (
        r"cannot be multiplied \(\d+x(?P<came>\d+) and (?P<has>\d+)x\d+\)",
        _("{layer} has in_features={has}, but {came} came: in_features={came} fits."),
    ),
    (
        r"running_mean should contain (?P<came>\d+) elements not (?P<has>\d+)",
        _("{layer} has num_features={has}, but {came} came: num_features={came} fits."),
    ),
    (
        r"tensor a \((?P<left>\d+)\) must match the size of tensor b \((?P<right>\d+)\)",
        _("Sizes {left} and {right} can't be combined element by element."),
    ),
    (
        r"Output size is too small",
        _("The map is smaller than the window of {layer}. Take a smaller window, or smaller strides before it."),
    ),
    (
        r"Expected 3D \(unbatched\) or 4D \(batched\) input to conv2d, but got input of size: \[(?P<size>[\d, ]+)\]",
        _(
            "{layer} takes images, channels, height and width, but {size} came: "
            "is there an `unsqueeze`, `flatten` or `view` before it?"
        ),
    ),
    (
        r"^name '(?P<missing>\w+)' is not defined",
        _(
            "`{missing}` is not known here: a layer is called as `self.{missing}`, "
            "and a name from another cell is there once that cell has run."
        ),
    ),
    (NOT_APPLIED, HOW_TO_APPLY),
    (
        r"^'NoneType' object",
        _("None stands where a value is needed: does what made it `return` it?"),
    ),
    (
        r"(?:must be Tensor, not|- got \() ?(?P<kind>NoneType|tuple|list|dict|numpy\.ndarray|int|float|str)\b",
        _("`{kind}` stands where a tensor is needed: does the step before `return` what it made, and that alone?"),
    ),
    (
        r"^'(?P<owner>\w+)' object has no attribute '(?P<missing>\w+)'",
        _("`{owner}` has no `{missing}`: is the name written as in `__init__`?"),
    ),
    (
        r"(?:must be Tensor, not|- got \() ?(?P<kind>Conv2d|MaxPool2d|AvgPool2d|BatchNorm2d|Linear|Sequential)\b",
        _("A layer `{kind}` stands where a tensor is needed: a layer is called on its input, as in `self.layer(x)`."),
    ),
    (
        r"^Boolean value of Tensor with more than one value is ambiguous",
        _(
            "A tensor stands where a number or a condition is needed. If a layer is made in `forward`: "
            "make it in `__init__`, and call it here, as in `self.layer(x)`."
        ),
    ),
    (
        r"forward\(\) takes 1 positional argument but 2 were given",
        _("`forward` takes the network and the images: `def forward(self, x)`."),
    ),
    (
        r"forward\(\) got an unexpected keyword argument '(?P<missing>\w+)'",
        _("`forward` has no argument `{missing}`: are its arguments named as the exercise says?"),
    ),
    (
        r"^conv\dd\(\) received an invalid combination.*got \(Tensor, .*(?:tuple|float)"
        r"|must be tuple of ints, ?(?:but got|not|but found element of type) float",
        _("Kernel size, stride, padding and channels are whole numbers: `(k - 1) // 2`, not `(k - 1) / 2`."),
    ),
    (
        r"^'(?:list|tuple|dict)' object is not callable|Module \[Module(?:List|Dict)\] is missing"
        r"|^(?:list|tuple|dict) is not a Module subclass",
        _(
            "A list of layers is no layer: call one after the other, `for layer in self.layers: x = layer(x)`, "
            "or make one of them, `nn.Sequential(*layers)`."
        ),
    ),
    (
        r"expected 2D or 3D input \(got 4D input\)",
        _("{layer} takes rows of numbers; what normalises maps is `nn.BatchNorm2d`."),
    ),
    (
        r"\.nn\.modules\.\w+\.(?P<kind>\w+) is not a Module subclass",
        _("`nn.{kind}` is the class of a layer: with parentheses, `nn.{kind}()`, it makes one."),
    ),
    (
        r"(?P<function>\w+) is not a Module subclass",
        _("`{function}` is no layer: take one, as `nn.ReLU()` for `F.relu`, or call the function in `forward`."),
    ),
    (
        r"unexpected keyword argument 'activation'",
        _("An activation is a layer of its own, or a function: `F.relu(...)` of what the convolution gives."),
    ),
    (
        r"^(?P<owner>Conv\dd|\w+Pool2d|BatchNorm\dd|Linear)\.__init__\(\) got an unexpected .*'(?P<missing>\w+)'",
        _(
            "`{owner}` has no argument `{missing}`: `help(nn.{owner})` shows what they are called, "
            "as `stride`, `out_channels`."
        ),
    ),
    (
        r"before Module\.__init__\(\) call",
        _("`__init__` must begin with `super().__init__()`."),
    ),
    (
        r"padding='same' is not supported for strided",
        _("`padding='same'` keeps the size, so it needs stride=1: with another stride give padding as a number."),
    ),
    (
        r'missing the required "forward"',
        _("The network has no `forward`: is the name right, and does it stand inside the class?"),
    ),
)


def got_stop(stop: Stop) -> Message:
    """Where the network stopped, and what had arrived there."""
    received = tuple("×".join(map(str, shape)) for shape in stop.received)
    if not stop.module:
        return _("but the network stopped in its `forward`")
    if not received:
        return _("but the network stopped at {module} ({kind})", module=stop.module, kind=stop.module_class)
    return _(
        "but the network stopped at {module} ({kind}), which received {received}",
        module=stop.module,
        kind=stop.module_class,
        received=received,
    )


def why_stopped(stop: Stop, batch_size: int) -> tuple[Shown, ...]:
    """PyTorch's error explained, and the error itself."""
    explained = _not_flat(stop, batch_size) or _explained(stop.module or stop.module_class, stop.message)
    return (*explained, one_line(str(Raised(stop.error, stop.message))))


def why_not_made(name: str, raised: Raised) -> tuple[Shown, ...]:
    """What is usually behind an error of a constructor."""
    if raised.error == "TypeError" and f"{name}.__init__() missing" in raised.message:
        return (_("The check makes the network as `{name}()`: give its arguments default values.", name=name),)
    return _explained(name, raised.message)


def why_raised(raised: Raised) -> tuple[Shown, ...]:
    """What is behind an error of a function, where that is known."""
    return (HOW_TO_APPLY,) if re.search(NOT_APPLIED, raised.message) else ()


def got_returned(trace: Trace, asked: int | Collection[str] | None) -> tuple[Message, tuple[Shown, ...]]:
    """What a `forward` returned that was to return a tensor, or what is `asked`; and what is behind that."""
    kind = "None" if trace.returned == "NoneType" else trace.returned or "Tensor"
    got = _("but `forward` returned `{kind}`", kind=kind)
    why: tuple[Shown, ...] = ()
    if kind == "None":
        why = (_("Does `forward` end with `return`?"),)
    elif kind == "ReLU":
        why = (HOW_TO_APPLY,)
    elif asked is not None and trace.returned and not trace.outputs:
        why = (_("Tensors can be judged, in tuples, lists, dictionaries and named tuples, and nothing else in them."),)
    elif asked is not None:
        outputs = tuple(f"{place_of(each.name)} {by(each.shape)}".strip() for each in trace.outputs)
        got = _("but `forward` returned `{kind}`: {outputs}", kind=kind, outputs=outputs)
    if isinstance(asked, int):
        why = (*why, ngettext("It is to return {count} tensor.", "It is to return {count} tensors.", asked))
    elif asked is not None:
        why = (*why, _("It is to return tensors named {names}.", names=tuple(map(str, asked))))
    return got, why


def _not_flat(stop: Stop, batch_size: int) -> tuple[Message, ...]:
    """What is behind a linear layer's error where its input is no row of numbers for each image."""
    shape = next(iter(stop.received), ())
    if "cannot be multiplied" not in stop.message or not stop.module or not shape:
        return ()
    rows, *rest = shape
    if len(rest) > 1:
        map_size = "×".join(map(str, shape))
        why = _(
            "A map {map_size} came to {layer}, which takes a row of numbers for each image: "
            "flatten the map before it, `x.flatten(1)`.",
            map_size=map_size,
            layer=stop.module,
        )
    elif rows != batch_size:
        why = _(
            "The images that went in: {count}, that reached {layer}: {rows}. "
            "Flatten each image by itself, `x.flatten(1)`.",
            count=batch_size,
            layer=stop.module,
            rows=rows,
        )
    else:
        return ()
    return (why,)


def _explained(layer: str, message: str) -> tuple[Message, ...]:
    for pattern, explanation in EXPLANATIONS:
        if found := re.search(pattern, message):
            numbers = {name: text.replace(" x ", "×").replace(", ", "×") for name, text in found.groupdict().items()}
            return (explanation.filled(layer=layer, **numbers),)
    return ()
