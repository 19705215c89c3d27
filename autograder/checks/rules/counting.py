"""Rules for the number of parameters: the budget, and the student's own count."""

from collections.abc import Callable, Iterator, Mapping
from math import prod
from typing import Any

from torch import nn

from autograder.checks import subject
from autograder.checks.inputs import Inputs, Normal, Recipes
from autograder.checks.messages import Message, _, ngettext, one_line, some
from autograder.checks.plain_data import Opaque, Plain, described, same_number
from autograder.checks.rules.calls import call_text, expected_value, got_value, missing_return, returned
from autograder.checks.rules.observed import NetworkClass, observed_made
from autograder.checks.rules.rule import rule
from autograder.checks.rules.running import IMAGE, Seen, network_rule
from autograder.checks.verdicts import CELL_STOPPED, Failed, Passed, Shown, Unanswered, Unknown, Verdict, formula
from autograder.network import CannotReplay, Recipe, Trace, arithmetic
from autograder.network.layers import LINEAR, product_operands, windows
from autograder.network.modules import own_shapes, parameters_by_layer
from autograder.network.parameters import ParameterTensor

BUDGET = _("Number of parameters")
BY_LAYER = _("Parameters by layer")
TOTAL = _("Total of the parameters")
MOST_LAYERS, MOST_TERMS = 3, 8
ROOT = ""  # the name of the network itself among its layers
NOT_REGISTERED = (
    _("Layers in a Python list are not registered: keep them in `nn.ModuleList` or `nn.Sequential`."),
    _("Weights that `forward` makes anew count as well."),
)
BUFFER = _("{name} is a buffer: used as a weight, it counts as well.")
KINDS = {
    "parameter": _("{name}, whose complex numbers are two each: {at_most}"),
    "buffer": _("the buffer {name}: {at_most}"),
    "outside": _("tensors that are not registered: {at_most}"),
    "drawn": _("numbers drawn at random in `forward`: {at_most}"),
    "made": _("numbers that `forward` makes by a formula: {at_most}"),
    "derived": _("numbers that `forward` makes of fewer, beyond those: {at_most}"),
}
NO_LAYER = _("The network has no layer of this name with parameters of its own.")
Shapes = dict[str, tuple[int, ...]]


@network_rule(BUDGET, _("The parameters, and every other number that may serve as one, are within the budget."))
def parameter_budget(seen: Seen, budget: int) -> Verdict:
    bounds = seen.trace.parameter_bounds
    if bounds.at_least > budget:
        expected, got = _("expected at most {budget}", budget=budget), _("got {value}", value=bounds.at_least)
        return Failed(BUDGET, expected, got, _biggest_layers(seen.trace))
    if bounds.at_most > budget:
        between = _("between {at_least} and {at_most}", at_least=bounds.at_least, at_most=bounds.at_most)
        simpler = _("What can be judged at once: weights in layers or as `nn.Parameter`, and nothing large beside.")
        return Unknown(BUDGET, between, (*_undecided(bounds.tensors), simpler))
    return Passed(BUDGET, _("{count} of at most {budget}", count=bounds.at_most, budget=budget))


@rule(BY_LAYER, _("The function gives an entry for each layer with parameters of its own: its name and their number."))
def layer_parameters(function: Callable[[nn.Module], Mapping[str, int]], recipe: Recipe) -> Verdict:
    network = recipe.build()
    layers = parameters_by_layer(network)
    modules = dict(network.named_modules(remove_duplicate=False))
    call = call_text(function, "net")
    expected = _("expected a dictionary of layers and their numbers")
    found = returned(call, expected, function, recipe)
    if type(found) is not dict:
        return Failed(call, expected, got_value(found), missing_return(found))
    if wrong := _first_wrong_entry(call, found, layers, {}, lambda key: _why_not(key, modules, layers)):
        return wrong
    return Passed(BY_LAYER, ngettext("{count} layer is right", "{count} layers are right", len(layers)))


@rule(TOTAL, _("`per_layer` is right for the network, and `total` the number of its parameters, within the budget."))
def total_parameters(
    total: int | None,
    per_layer: Mapping[str, int] | None,
    network_class: NetworkClass,
    budget: int,
    input_shape: tuple[int, ...] = IMAGE,
    inputs: Recipes | None = None,
) -> Verdict:
    for name, value in (("per_layer", per_layer), ("total", total)):
        if value is None:
            return Unanswered(name, (_why_none(name), CELL_STOPPED))
    observed = observed_made(network_class, TOTAL, 1, Inputs.of(inputs or Normal(input_shape)))
    if observed.doubt and observed.is_followed:
        raise CannotReplay(observed.doubt)
    trace = observed.trace
    count = sum(elements for __, elements in trace.named_parameters)
    layers = _own_parameters(trace)
    root = layers.pop(ROOT, {})
    found, counts = subject.value_of(total), subject.value_of(per_layer)
    if type(found) is not int or found not in (count, sum(map(_elements, layers.values()))):
        why = (*_not_whole(found), _as_total(trace), *_changed_since(found, counts, network_class))
        return Failed(TOTAL, expected_value(count), got_value(found), why)
    may_be = {ROOT: root} if root else {}  # a `layer_params_dict` may list what lies at the root, or leave it out
    tied_once = _own_parameters(trace, tied_once=True)
    tied_once.pop(ROOT, None)
    if type(counts) is not dict:
        return Failed("`per_layer`", _("expected a dictionary of layers and their numbers"), got_value(counts))
    wrong = _first_wrong_entry("per_layer", counts, layers, may_be, lambda _name: (NO_LAYER,))
    if wrong and _first_wrong_entry("per_layer", counts, tied_once, may_be, lambda _name: ()):
        return wrong
    if found > budget:
        return Failed(TOTAL, _("expected at most {budget}", budget=budget), got_value(found), _biggest_layers(trace))
    return Passed(TOTAL, _("{count} of at most {budget}", count=found, budget=budget))


def _elements(shapes: Shapes) -> int:
    return sum(map(prod, shapes.values()))


def _own_parameters(trace: Trace, tied_once: bool = False) -> dict[str, Shapes]:
    """By layer, the parameters of its own and how many elements each has; under `ROOT` those of no layer.

    What two layers share stands under both, or `tied_once` under the first of them.
    """
    layers: dict[str, Shapes] = {}
    seen: set[tuple[str, int]] = set()
    for tensor in trace.owned:
        layer, __, name = tensor.name.rpartition(".")
        known = ("" if tied_once else layer), tensor.number
        if tensor.kind == "parameter" and tensor.elements and known not in seen:
            layers.setdefault(layer, {})[name] = (tensor.elements,)
        seen.add(known)
    return layers


def _first_wrong_entry(
    text: str,
    found: dict[Any, Plain],
    layers: dict[str, Shapes],
    may_be: dict[str, Shapes],
    why_not: Callable[[Any], tuple[Shown, ...]],
) -> Failed | None:
    """What is wrong with numbers by layer, if anything is; an entry that `may_be` there must be right where it is."""
    for name, shapes in (layers | {name: may_be[name] for name in may_be if name in found}).items():
        where, count = f"{text}[{one_line(name)!r}]", _elements(shapes)
        if name not in found:
            return Failed(where, expected_value(count), _("got no such entry"), _why_missing(name, shapes, found))
        if not same_number(found[name], count, tolerance=0):
            return Failed(where, expected_value(count), got_value(found[name]), (_as_sum(name, shapes),))
    for key, value in found.items():
        if key not in layers | may_be:
            return Failed(f"{text}[{described(key)}]", _("expected no such entry"), got_value(value), why_not(key))
    return None


def module_sums(network: nn.Module) -> tuple[Message, ...]:
    """A line for each of the first layers, the network itself among them, whose own parameters add up to a number."""
    layers = {type(network).__name__: own_shapes(network), **parameters_by_layer(network)}
    return tuple(_as_sum(name, shapes) for name, shapes in layers.items() if shapes)[:MOST_TERMS]


def _as_sum(name: str, shapes: Shapes) -> Message:
    terms = " + ".join("·".join(map(str, shape)) or "1" for shape in shapes.values())
    return formula(f"{one_line(name)} ({', '.join(shapes)}): {terms} = {_elements(shapes)}.")


def _why_missing(name: str, shapes: Shapes, found: dict[Any, Plain]) -> tuple[Shown, ...]:
    return (_("The keys are {keys}.", keys=described(list(found))), _as_sum(name, shapes))


def _why_not(name: Any, modules: dict[str, nn.Module], layers: dict[str, Shapes]) -> tuple[Shown, ...]:
    if type(name) is not str:
        return (_("The keys are the names of the layers, from `named_modules()`."),)
    if name == "":
        return (_("This is the network as a whole: its layers are counted under their own names."),)
    if name not in modules:
        return (_("The network has no layer of this name."),)
    twin = next((each for each in layers if modules[each] is modules[name]), None)
    if twin:
        return (_("It is the same layer as {twin}, which is counted already.", twin=repr(twin)),)
    if next(modules[name].children(), None) is not None:
        why = _("Those of the layers inside are counted under their own names: `parameters(recurse=False)`.")
        return (_("This layer has no parameters of its own."), why)
    return (_("This layer has no parameters of its own."),)


def _undecided(tensors: tuple[ParameterTensor, ...]) -> Iterator[Shown]:
    """The largest tensors of which it is not told how many parameters they are."""
    open_ = sorted(tensors, key=lambda each: each.at_least - each.at_most)
    for each in open_[:MOST_LAYERS]:
        if each.at_most > each.at_least:
            said = KINDS[each.kind].filled(name=each.name, at_least=each.at_least, at_most=each.at_most)
            yield _("Not sure: {what}.", what=said)


def _biggest_layers(trace: Trace) -> tuple[Shown, ...]:
    sentences = dict(_convolution_sentences(trace))
    biggest = sorted(_by_layer(trace).items(), key=lambda item: -sum(item[1]))[:MOST_LAYERS]
    lines = tuple(_layer_line(layer, elements, sentences.get(layer)) for layer, elements in biggest)
    named = dict(biggest)
    weighs = [each for each in trace.parameter_bounds.tensors if each.kind == "buffer" and each.at_least]
    lines += tuple(BUFFER.filled(name=each.name) for each in weighs if _layer_of(each) in named)
    lines += _why_linear(trace, next(iter(named), ""))
    return lines if all(named) else (*lines, *NOT_REGISTERED)


def _why_linear(trace: Trace, biggest: str) -> tuple[Shown, ...]:
    """What makes a linear layer the biggest one: that it takes all pixels of a map."""
    maps = {prod(each.output_shape[1:]) for each in windows(trace) if prod(each.output_shape[2:]) > 1}
    linear = [each for each in trace.operators if biggest and each.module == biggest and each.family in LINEAR]
    entered = {operands[0].shape[-1] for operands in map(product_operands, linear) if operands}
    if not maps & entered:
        return ()
    return (
        _("{layer} is a linear layer: a weight for each number of the map and each output. Average the map before it: "
          "`nn.AdaptiveAvgPool2d(1)`.", layer=biggest),
    )  # fmt: skip


def _layer_line(layer: str, elements: list[int], sentence: str | None) -> Shown:
    total = sum(elements)
    if not layer:
        return _("unregistered tensors: {count}.", count=total)
    if sentence and sentence.endswith(f"= {total}"):
        return formula(f"{layer} = {sentence}.")
    return formula(f"{layer} = {' + '.join(map(str, elements))}{f' = {total}' if len(elements) > 1 else ''}.")


def _by_layer(trace: Trace) -> dict[str, list[int]]:
    """Elements of each counted tensor under the layer that owns it; a tensor of the network itself stands alone."""
    layers: dict[str, list[int]] = {}
    for tensor in trace.parameter_bounds.tensors:
        if tensor.at_least:
            layers.setdefault(_layer_of(tensor), []).append(tensor.at_least)
    return layers


def _layer_of(tensor: ParameterTensor) -> str:
    return tensor.name.rpartition(".")[0] or tensor.name


def _convolution_sentences(trace: Trace) -> Iterator[tuple[str, str]]:
    for each in windows(trace):
        if each.is_plane_convolution:
            height, width = each.kernel_size
            numbers = each.in_channels, each.out_channels, (height, width), each.groups, each.bias
            yield each.module, arithmetic.convolution_parameters_sentence(*numbers)


def _why_none(name: str) -> Message:
    return _(
        "`{name}` is None. If you have filled it in: `print` and a function without `return` give None.", name=name
    )


def _changed_since(found: Plain, counts: Plain, network_class: NetworkClass) -> Iterator[Shown]:
    """A hint where the student's sum is right for another network than there is now."""
    entries = list(counts.values()) if type(counts) is dict else []
    numbers = [each for each in entries if type(each) is int]
    if type(found) is int and numbers and len(numbers) == len(entries) and found == sum(numbers):
        name = subject.name_of(network_class)
        yield _(
            "This is the sum of `per_layer`. If you have changed `{name}` since, "
            "run the cell with `per_layer` and `total` again; or is an entry of `per_layer` wrong?",
            name=name,
        )


def _not_whole(found: Plain) -> Iterator[Shown]:
    if type(found) not in (int, str):  # a string is called one already
        name = found.kind if isinstance(found, Opaque) else type(found).__name__
        kind = _("a float") if type(found) is float else _("an object of type `{name}`", name=name)
        yield _("This is {kind}; a whole number is needed.", kind=kind)


def _as_total(trace: Trace) -> Message:
    layers: dict[str, int] = {}
    for name, elements in trace.named_parameters:
        layer = name.rpartition(".")[0] or name
        layers[layer] = layers.get(layer, 0) + elements
    terms = [f"{layer} {elements}" for layer, elements in layers.items()]
    return formula(f"{' + '.join(some(terms, MOST_TERMS))} = {sum(layers.values())}.")
