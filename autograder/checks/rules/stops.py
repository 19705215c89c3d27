"""Why a network could not be made, or stopped on its way, in plain words."""

import re

from autograder.checks.messages import Message, _
from autograder.checks.subject import Raised, one_line
from autograder.checks.verdicts import Shown
from autograder.network import Stop

# PyTorch's words, and the explanation that takes the named numbers from them.
EXPLANATIONS = (
    (
        r"expected input\[.*\] to have (?P<has>\d+) channels, but got (?P<came>\d+) channels",
        _("{layer} has in_channels={has}, but {came} came: in_channels={came} fits."),
    ),
    (
        r"per channel: \((?P<size>\d+ x \d+)\)\. Kernel size: \((?P<kernel>\d+ x \d+)\)",
        _("The kernel ({kernel}) does not fit into the map ({size} with its padding)."),
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
        _("The map is smaller than the window of {layer}."),
    ),
    (
        r"forward\(\) takes 1 positional argument but 2 were given",
        _("`forward` takes the network and the images: `def forward(self, x)`."),
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


def why_stopped(stop: Stop) -> tuple[Shown, ...]:
    """PyTorch's error explained, and the error itself."""
    return (*_explained(stop.module or stop.module_class, stop.message), one_line(f"{stop.error}: {stop.message}"))


def why_not_made(name: str, raised: Raised) -> tuple[Shown, ...]:
    """What is usually behind an error of a constructor."""
    if "before Module.__init__() call" in raised.message:
        return (_("`__init__` must begin with `super().__init__()`."),)
    if raised.error == "TypeError" and f"{name}.__init__() missing" in raised.message:
        return (_("The check makes the network as `{name}()`: give its arguments default values.", name=name),)
    return ()


def _explained(layer: str, message: str) -> tuple[Message, ...]:
    for pattern, explanation in EXPLANATIONS:
        if found := re.search(pattern, message):
            numbers = {name: text.replace(" x ", "×") for name, text in found.groupdict().items()}
            return (explanation.filled(layer=layer, **numbers),)
    return ()
