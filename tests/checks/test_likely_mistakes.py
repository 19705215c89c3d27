"""The mistakes that students are most likely to make: the message names the mistake and the remedy, in both languages."""

import contextlib
from dataclasses import dataclass
from typing import Any

import pytest

from autograder.checks import Failure, notebook

SETUP = """
import torch
import torch.nn as nn
import torch.nn.functional as F
from autograder.network import Recipe

x = torch.randn(8, 3, 32, 32)
weight, bias = torch.randn(32, 3, 3, 3), torch.randn(32)
stem, conv, norm = Recipe("Conv2d", 3, 8, 3), Recipe("Conv2d", 8, 8, 3, bias=False), Recipe("BatchNorm2d", 8)
nested = Recipe("Sequential", {"stem": stem, "block": Recipe("Sequential", {"conv": conv, "norm": norm})})

def stats(t, name="tensor"):
    return dict(name=name, shape=tuple(t.shape), mean=t.mean().item())
"""

# Right answers; most mistakes are one change of one of them.
PAD0 = """
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        return F.relu(self.conv2(x))
"""
COMPACT = """
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv1x1 = nn.Conv2d(32, 12, 1)
        self.conv3 = nn.Conv2d(12, 32, 3, padding=1)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        x = F.relu(self.conv1x1(x))
        return F.relu(self.conv3(x))
"""
CLASSIFIER = """
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 2, 1)
        self.fc = nn.Linear(2 * 32 * 32, 10)

    def forward(self, x):
        return self.fc(self.conv(x).flatten(1))
"""
LISTED = """
class CompactNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Conv2d(3, 200, 3, padding=1), nn.Conv2d(200, 12, 1)]

    def forward(self, x):
        for layer in self.layers:
            x = F.relu(layer(x))
        return x
"""
SIZE = """
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - span) // stride + 1
"""
PARAMS = """
def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return weights + (out_channels if bias else 0)
"""
LAYERS = """
def layer_params_dict(net):
    own = {name: sum(p.numel() for p in m.parameters(recurse=False)) for name, m in net.named_modules()}
    return {name: count for name, count in own.items() if count > 0}
"""
TOTAL = """
per_layer = None
total = None
per_layer = layer_params_dict(CompactNet())
total = sum(per_layer.values())
"""
COMPARE = """
def compare_padding(weight, bias, x, stride=1):
    pad0 = stats(F.relu(F.conv2d(x, weight, bias, stride=stride, padding=0)), "pad0")
    pad1 = stats(F.relu(F.conv2d(x, weight, bias, stride=stride, padding=1)), "pad1")
    (h0, w0), (h1, w1) = pad0["shape"][-2:], pad1["shape"][-2:]
    size, mean = (h1 - h0, w1 - w0), pad0["mean"] - pad1["mean"]
    return {"pad0": pad0, "pad1": pad1, "size_difference": size, "mean_difference": mean}
"""

OWN = """
login = "reference"

class OwnNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(3, 8, 3, stride=2), nn.Conv2d(8, 8, 3)
        self.conv3 = nn.Conv2d(8, 98, 2)

    def forward(self, x):
        return self.conv3(F.relu(self.conv2(F.relu(self.conv1(x)))))
"""

# Lines of the test cells.
SHAPE = "check.output_shape(answer.ModelPad0, (64, 16, 16), batch_sizes=(1, 4))"
DEPENDS = "check.depends_on_input(answer.ModelPad0)"
COUNT = "check.convolutions(answer.ModelPad0, at_least=1, at_most=3)"
UNPADDED = "check.unpadded_convolution(answer.ModelPad0)"
SIZES = "check.output_size(answer.output_size, sizes=(32,), kernel_sizes=(1, 2, 3), dilations=(1, 2))"
PADDED_SIZES = "check.output_size(answer.output_size, sizes=(32,), kernel_sizes=(2, 3), strides=(1, 2, 3))"
FORMULA = "check.conv2d_parameters(answer.conv2d_params, in_channels=(3,), out_channels=(16, 32), kernel_sizes=(1, 3))"
GROUPS = "check.conv2d_parameters(answer.conv2d_params, in_channels=(8,), out_channels=(16,), groups=(2,))"
FINITE = "check.finite_output(answer.CompactNet, batch_sizes=(1, 4))"
BUDGET = "check.parameter_budget(answer.CompactNet, 50_000)"
POINTWISE = "check.pointwise_reduction(answer.CompactNet)"
BY_LAYER = "check.layer_parameters(answer.layer_params_dict, nested)"
SUM = "check.total_parameters(answer.total, answer.per_layer, answer.CompactNet, 50_000)"
OWN_SIZE = "check.own_size(answer.OwnNet, answer.login)"
COMPARISON = "check.padding_comparison(answer.compare_padding, weight, bias, x)"


@dataclass(frozen=True)
class Mistake:
    """Cells as a student ran them, the line that meets them, and what the message must say of mistake and remedy."""

    name: str
    cells: tuple[str, ...]
    line: str
    ru: tuple[str, ...]
    en: tuple[str, ...]


def change(answer: str, *changes: tuple[str, str]) -> str:
    """The answer with these changes."""
    for old, new in changes:
        assert old in answer
        answer = answer.replace(old, new)
    return answer


MISTAKES = (
    Mistake(
        "wrong in_channels",
        (change(PAD0, ("Conv2d(32, 64", "Conv2d(16, 64")),),
        SHAPE,
        ru=("остановилась на conv2", "in_channels=16, а пришло 32: подойдёт in_channels=32"),
        en=("stopped at conv2", "in_channels=16, but 32 came: in_channels=32 fits"),
    ),
    Mistake(
        "wrong out_channels",
        (change(PAD0, ("Conv2d(32, 64", "Conv2d(32, 32")),),
        SHAPE,
        ru=("ожидалось 64×16×16, получено 32×16×16", "У conv2 out_channels=32, а нужно out_channels=64"),
        en=("expected 64×16×16, got 32×16×16", "conv2 has out_channels=32, but out_channels=64 is needed"),
    ),
    Mistake(
        "missing batch axis",
        (change(PAD0, ("self.conv1(x)", "self.conv1(x[0])")),),
        SHAPE,
        ru=("получено 64×16×16", "Потеряна ось изображений", "Нет ли в нём `x[0]`, `.squeeze()`"),
        en=("got 64×16×16", "The axis of the images is lost", "Is there an `x[0]`, a `.squeeze()`"),
    ),
    Mistake(
        "one axis too many",
        (change(PAD0, ("self.conv1(x)", "self.conv1(x.unsqueeze(0))")),),
        SHAPE,
        ru=("conv1 принимает изображения, каналы, высоту и ширину, а пришло 1×1×3×32×32", "`unsqueeze`"),
        en=("conv1 takes images, channels, height and width, but 1×1×3×32×32 came", "`unsqueeze`"),
    ),
    Mistake(
        "off by one",
        (change(PAD0, ("Conv2d(3, 32, 2, stride=2)", "Conv2d(3, 32, 3, stride=2)")),),
        SHAPE,
        ru=("получено 64×15×15", "= 15.5 → 15", "С kernel_size=2 получится 16"),
        en=("got 64×15×15", "= 15.5 → 15", "With kernel_size=2 it gives 16"),
    ),
    Mistake(
        "padding='same' with a stride",
        (change(PAD0, ("Conv2d(3, 32, 2, stride=2)", "Conv2d(3, 32, 3, stride=2, padding='same')")),),
        SHAPE,
        ru=("`padding='same'` сохраняет размер, поэтому годится только при stride=1", "задайте padding числом"),
        en=("`padding='same'` keeps the size, so it needs stride=1", "give padding as a number"),
    ),
    Mistake(
        "kernel larger than the map",
        (change(PAD0, ("2, stride=2", "2, stride=16"), ("3, padding=1", "3")),),
        SHAPE,
        ru=("Ядро 3×3 не помещается в карту признаков (2×2", "Нужно ядро поменьше, дополнение побольше"),
        en=("The kernel (3×3) does not fit into the map (2×2", "Take a smaller kernel, more padding"),
    ),
    Mistake(
        "no super().__init__()",
        (change(PAD0, ("super().__init__()", "pass")),),
        SHAPE,
        ru=("при создании `ModelPad0()` возникла ошибка", "`__init__` должен начинаться с `super().__init__()`"),
        en=("`ModelPad0()` raised", "`__init__` must begin with `super().__init__()`"),
    ),
    Mistake(
        "no return in forward",
        (change(PAD0, ("return ", "x = ")),),
        SHAPE,
        ru=("`forward` возвращает `None`", "Не забыт ли `return` в конце `forward`?"),
        en=("`forward` returned `None`", "Does `forward` end with `return`?"),
    ),
    Mistake(
        "forward misspelt",
        (change(PAD0, ("def forward", "def foward")),),
        SHAPE,
        ru=("У сети нет `forward`: верно ли написано имя",),
        en=("The network has no `forward`: is the name right",),
    ),
    Mistake(
        "self forgotten",
        (change(PAD0, ("self.conv1(x)", "conv1(x)")),),
        SHAPE,
        ru=("Имя `conv1` здесь неизвестно", "`self.conv1`"),
        en=("`conv1` is not known here", "`self.conv1`"),
    ),
    Mistake(
        "layer misspelt",
        (change(PAD0, ("self.conv2(x)", "self.con2(x)")),),
        SHAPE,
        ru=("У `ModelPad0` нет `con2`", "так ли имя написано в `__init__`?"),
        en=("`ModelPad0` has no `con2`", "is the name written as in `__init__`?"),
    ),
    Mistake(
        "layer instead of its result",
        (change(PAD0, ("self.conv1(x)", "self.conv1")),),
        SHAPE,
        ru=("На месте тензора стоит слой `Conv2d`", "слой применяют ко входу"),
        en=("A layer `Conv2d` stands where a tensor is needed", "a layer is called on its input"),
    ),
    Mistake(
        "function among layers",
        (change(PAD0, ("self.conv1 = nn.Conv2d(3, 32, 2, stride=2)", "self.conv1 = nn.Sequential(nn.Conv2d(3, 32, 2, stride=2), F.relu)")),),
        SHAPE,
        ru=("`relu` — не слой", "`nn.ReLU()` вместо `F.relu`"),
        en=("`relu` is no layer", "`nn.ReLU()` for `F.relu`"),
    ),
    Mistake(
        "list of layers in nn.Sequential",
        (change(PAD0, ("self.conv1 = nn.Conv2d(3, 32, 2, stride=2)", "self.conv1 = nn.Sequential([nn.Conv2d(3, 32, 2, stride=2)])")),),
        SHAPE,
        ru=("`nn.Sequential(*layers)`",),
        en=("`nn.Sequential(*layers)`",),
    ),
    Mistake(
        "helper without return",
        (change(PAD0, ("F.relu(self.conv1(x))", "(lambda t: None)(self.conv1(x))")),),
        SHAPE,
        ru=("`NoneType` стоит там, где нужен тензор", "через `return`"),
        en=("`NoneType` stands where a tensor is needed", "`return` what it made"),
    ),
    Mistake(
        "channels by true division",
        (change(PAD0, ("Conv2d(3, 32,", "Conv2d(3, 64 / 2,")),),
        SHAPE,
        ru=("целые числа",),
        en=("are whole numbers",),
    ),
    Mistake(
        "instance instead of class",
        (PAD0, "ModelPad0 = ModelPad0()"),
        SHAPE,
        ru=("ожидался класс, получен экземпляр", "`ModelPad0` без скобок"),
        en=("expected the class, got an instance", "`ModelPad0`, without parentheses"),
    ),
    Mistake(
        "cell not run",
        (),
        SHAPE,
        ru=("`ModelPad0`: ответа ещё нет", "выполните её и ячейки над ней, потом эту"),
        en=("`ModelPad0` is not answered yet", "run that cell and those above it, and this one again"),
    ),
    Mistake(
        "cells run out of order, the next exercise first",
        (change(PAD0, ("ModelPad0", "ModelPad1")),),
        SHAPE,
        ru=("`ModelPad0`: ответа ещё нет", "выполните её и ячейки над ней, потом эту"),
        en=("`ModelPad0` is not answered yet", "run that cell and those above it, and this one again"),
    ),
    Mistake(
        "renamed class",
        (change(PAD0, ("ModelPad0", "Modelpad0")),),
        SHAPE,
        ru=("Имя `ModelPad0` не найдено", "Ваш ответ называется `Modelpad0`? Переименуйте его в `ModelPad0`"),
        en=("The name `ModelPad0` is not found", "Is your answer called `Modelpad0`? Rename it to `ModelPad0`"),
    ),
    Mistake(
        "stub of a class left below the answer",
        (change(PAD0, ("padding=1)", "padding=1)\n        raise NotImplementedError()")),),
        SHAPE,
        ru=("`ModelPad0`: ответа ещё нет", "вместо `raise NotImplementedError()`"),
        en=("`ModelPad0` is not answered yet", "in place of `raise NotImplementedError()`"),
    ),
    Mistake(
        "stub of a function left",
        ("def output_size(size, kernel_size, stride=1, padding=0, dilation=1):\n    raise NotImplementedError()",),
        SIZES,
        ru=("`output_size`: ответа ещё нет", "вместо `raise NotImplementedError()`"),
        en=("`output_size` is not answered yet", "in place of `raise NotImplementedError()`"),
    ),
    Mistake(
        "forward ignores its input",
        (change(PAD0, ("x = F.relu", "x = torch.randn(len(x), 3, 32, 32)\n        x = F.relu")),),
        DEPENDS,
        ru=("одинаков при любом входе", "Получается ли то, что возвращает `forward`, шаг за шагом из его аргумента?"),
        en=("got the same output for any input", "Does what `forward` returns come from its argument, step by step?"),
    ),
    Mistake(
        "four convolutions",
        (
            change(
                PAD0,
                ("return F.relu(self.conv2(x))", "x = self.conv2(x)\n        return self.conv2(self.conv2(x))"),
                ("(32, 64", "(32, 32"),
            ),
        ),
        COUNT,
        ru=("ожидалось от 1 до 3, получены 4 свёртки: conv1, conv2, conv2, conv2",),
        en=("expected 1 to 3, got 4 convolutions: conv1, conv2, conv2, conv2",),
    ),
    Mistake(
        "all convolutions padded",
        (change(PAD0, ("3, 32, 2, stride=2", "3, 32, 3, stride=2, padding=1")),),
        UNPADDED,
        ru=("с ядром больше 1×1, которая не видит дополнения", "conv1, 3×3: дополнение 1 со всех четырёх сторон"),
        en=("a kernel larger than 1×1 that sees no padding", "conv1, 3×3: padding 1 on all four sides"),
    ),
    Mistake(
        "convolution made but not used",
        (change(PAD0, ("F.relu(self.conv1(x))", "F.max_pool2d(x, 2)"), ("Conv2d(32, 64", "Conv2d(3, 64")),),
        UNPADDED,
        ru=("conv1 не на пути к выходу", "вызывает ли `forward` этот слой и передаёт ли результат дальше?"),
        en=("conv1 is not on the way to the output", "does `forward` call it, and pass its result on?"),
    ),
    Mistake(
        "float division",
        (change(SIZE, ("//", "/")),),
        SIZES,
        ru=("ожидалось 32, получено 32.0", "`//` делит с округлением вниз, а `/` даёт float"),
        en=("expected 32, got 32.0", "`//` divides and rounds down, `/` gives a float"),
    ),
    Mistake(
        "print instead of return",
        (
            change(
                SIZE,
                (
                    "return (size + 2 * padding - span) // stride + 1",
                    "print((size + 2 * padding - span) // stride + 1)",
                ),
            ),
        ),
        SIZES,
        ru=("получено None", "`print` лишь показывает значение, а возвращает его `return`"),
        en=("got None", "`print` shows a value, `return` gives it back"),
    ),
    Mistake(
        "dilation forgotten",
        (change(SIZE, ("dilation * (kernel_size - 1) + 1", "kernel_size")),),
        SIZES,
        ru=("ожидалось 30, получено 31", "Столько получается при dilation=1: учитывает ли функция `dilation`?"),
        en=("expected 30, got 31", "This is the result for dilation=1: does the function use `dilation`?"),
    ),
    Mistake(
        "bias forgotten",
        (change(PARAMS, ("weights + (out_channels if bias else 0)", "weights")),),
        FORMULA,
        ru=("ожидалось 64, получено 48", "Столько получается при bias=False: учитывает ли функция `bias`?"),
        en=("expected 64, got 48", "This is the result for bias=False: does the function use `bias`?"),
    ),
    Mistake(
        "groups forgotten",
        (change(PARAMS, ("(in_channels // groups)", "in_channels")),),
        GROUPS,
        ru=("ожидалось 592, получено 1168", "Столько получается при groups=1: учитывает ли функция `groups`?"),
        en=("expected 592, got 1168", "This is the result for groups=1: does the function use `groups`?"),
    ),
    Mistake(
        "batch size written into view",
        (change(CLASSIFIER, (".flatten(1)", ".view(8, -1)")),),
        FINITE,
        ru=("Изображений на входе — 1, а дошло до fc — 8", "`x.flatten(1)`"),
        en=("The images that went in: 1, that reached fc: 8", "`x.flatten(1)`"),
    ),
    Mistake(
        "map not flattened",
        (change(CLASSIFIER, (".flatten(1)", "")),),
        FINITE,
        ru=("К fc пришла карта признаков 1×2×32×32", "`x.flatten(1)`"),
        en=("A map 1×2×32×32 came to fc", "`x.flatten(1)`"),
    ),
    Mistake(
        "over the budget",
        (change(COMPACT, ("(12, 32, 3", "(12, 512, 3")),),
        BUDGET,
        ru=("не больше 50\N{NO-BREAK SPACE}000", "получено 57\N{NO-BREAK SPACE}100.\n  conv3 = 512·12·3·3 + 512 = "),
        en=("at most 50,000", "got 57,100.\n  conv3 = 512·12·3·3 + 512 = "),
    ),
    Mistake(
        "layers in a list, over the budget",
        (change(LISTED, ("(3, 200", "(3, 2000"), ("(200,", "(2000,")),),
        BUDGET,
        ru=("незарегистрированные тензоры", "Слои в обычном списке Python не регистрируются", "`nn.ModuleList`"),
        en=("unregistered tensors", "Layers in a Python list are not registered", "`nn.ModuleList`"),
    ),
    Mistake(
        "pointwise convolution that widens",
        (change(COMPACT, ("Conv2d(3, 32", "Conv2d(3, 8"), ("Conv2d(32, 12", "Conv2d(8, 12")),),
        POINTWISE,
        ru=("Свёртка 1×1, уменьшающая число каналов", "такой нет", "conv1x1, 1×1: 8 → 12, каналов становится больше"),
        en=("1×1 convolution that reduces the channels", "got none", "conv1x1, 1×1: 8 → 12, it widens"),
    ),
    Mistake(
        "result of the pointwise convolution not used",
        (change(COMPACT, ("x = F.relu(self.conv1x1(x))", "self.conv1x1(x)"), ("(12, 32, 3", "(32, 32, 3")),),
        POINTWISE,
        ru=("conv1x1 применяется, но на выход не влияет", "передаётся ли результат дальше"),
        en=("conv1x1 ran, but its result doesn't reach the output", "is it passed on"),
    ),
    Mistake(
        "nested layers counted twice",
        (change(LAYERS, ("recurse=False", ""), ("count > 0", "name and count > 0")),),
        BY_LAYER,
        ru=("['block']: такой записи быть не должно", "нет собственных параметров", "`parameters(recurse=False)`"),
        en=("['block']: expected no such entry", "no parameters of its own", "`parameters(recurse=False)`"),
    ),
    Mistake(
        "tensors counted instead of layers",
        ("def layer_params_dict(net):\n    return {name: p.numel() for name, p in net.named_parameters()}",),
        BY_LAYER,
        ru=("['stem']: ожидалось 224, такой записи нет", "'stem.weight', 'stem.bias'", "8·3·3·3 + 8 = 224"),
        en=("['stem']: expected 224, got no such entry", "'stem.weight', 'stem.bias'", "8·3·3·3 + 8 = 224"),
    ),
    Mistake(
        "total as a float",
        (COMPACT, LAYERS, TOTAL, "total = total / 1"),
        SUM,
        ru=("получено 4780.0", "число с плавающей точкой (float), а нужно целое число"),
        en=("got 4780.0", "This is a float; a whole number is needed"),
    ),
    Mistake(
        "total as a string",
        (COMPACT, LAYERS, TOTAL, "total = f'{total}'"),
        SUM,
        ru=("ожидалось 4780, получена строка '4780'",),
        en=("expected 4780, got the string '4780'",),
    ),
    Mistake(
        "network changed after the sum",
        (COMPACT, LAYERS, TOTAL, change(COMPACT, ("12", "16"))),
        SUM,
        ru=("ожидалось 6064, получено 4780", "изменили `CompactNet`, выполните ячейку с `per_layer` и `total` ещё раз"),
        en=("expected 6064, got 4780", "changed `CompactNet` since, run the cell with `per_layer` and `total` again"),
    ),
    Mistake(
        "cells run out of order, the sum first",
        (TOTAL, COMPACT, LAYERS),
        SUM,
        ru=("`per_layer` равно None", "остановилась на ошибке: исправьте то, что в ней названо, или выполните ячейки"),
        en=("`per_layer` is None", "stopped with an error: mend what it names, or run the cells above it"),
    ),
    Mistake(
        "wrong sign of the difference",
        (change(COMPARE, ('pad0["mean"] - pad1["mean"]', 'pad1["mean"] - pad0["mean"]')),),
        COMPARISON,
        ru=('["mean_difference"]: ожидалось', "среднее при padding 0 минус среднее при padding 1"),
        en=('["mean_difference"]: expected', "the mean at padding 0 minus the mean at padding 1"),
    ),
    Mistake(
        "wrong key",
        (change(COMPARE, ('"size_difference"', '"size_diff"')),),
        COMPARISON,
        ru=("ожидался словарь с ключом `size_difference`", "вместо `size_diff` нужно `size_difference`?"),
        en=(
            "expected a dictionary with the key `size_difference`",
            "Did you mean `size_difference` where you wrote `size_diff`?",
        ),
    ),
    Mistake(
        "tensors instead of their statistics",
        (change(COMPARE, ("return {", "pad0 = F.conv2d(x, weight, bias)\n    return {")),),
        COMPARISON,
        ru=('["pad0"]', "получено <Tensor 8×32×30×30>", "Словарь с размером и средним тензора даёт `stats`"),
        en=('["pad0"]', "got <Tensor 8×32×30×30>", "`stats` makes the dictionary of a tensor's shape and mean"),
    ),
    Mistake(
        "weights of its own instead of the given ones",
        (change(COMPARE, ("F.conv2d(x, weight, bias, stride=stride, padding=0)", "nn.Conv2d(3, 32, 3, stride)(x)")),),
        COMPARISON,
        ru=(
            '["pad0"]["mean"]',
            "F.relu(F.conv2d(x, weight, bias, stride=1, padding=0)) с теми весами, которые переданы",
        ),
        en=(
            '["pad0"]["mean"]',
            "F.relu(F.conv2d(x, weight, bias, stride=1, padding=0)) with the weights that the function is given",
        ),
    ),
    Mistake(
        "mean before ReLU",
        (
            change(
                COMPARE,
                (
                    "F.relu(F.conv2d(x, weight, bias, stride=stride, padding=0))",
                    "F.conv2d(x, weight, bias, stride=stride, padding=0)",
                ),
            ),
        ),
        COMPARISON,
        ru=('["pad0"]["mean"]', "Это среднее до ReLU, вместе с отрицательными значениями"),
        en=('["pad0"]["mean"]', "This is the mean before ReLU, with the negative values in it"),
    ),
    Mistake(
        "padding added once",
        (change(SIZE, ("2 * padding", "padding")),),
        PADDED_SIZES,
        ru=("ожидалось", "Дополнение добавляют с двух сторон: 2·padding"),
        en=("expected", "Padding is added on both sides: 2·padding"),
    ),
    Mistake(
        "the + 1 before the division",
        (change(SIZE, ("- span) // stride + 1", "- span + 1) // stride")),),
        PADDED_SIZES,
        ru=("Единицу прибавляют после деления",),
        en=("The + 1 belongs after the division",),
    ),
    Mistake(
        "the + 1 forgotten",
        (change(SIZE, ("// stride + 1", "// stride")),),
        PADDED_SIZES,
        ru=("Не хватает единицы: окон на одно больше, чем шагов",),
        en=("One is missing: after so many steps there is one window more",),
    ),
    Mistake(
        "the kernel's + 1 forgotten",
        (change(SIZE, ("(kernel_size - 1) + 1", "(kernel_size - 1)")),),
        PADDED_SIZES,
        ru=("Ядро накрывает dilation·(kernel_size − 1) + 1 пикселей",),
        en=("The kernel spans dilation·(kernel_size − 1) + 1 pixels",),
    ),
    Mistake(
        "rounded to the nearest",
        (change(SIZE, ("(size + 2 * padding - span) // stride + 1", "round((size + 2 * padding - span) / stride + 1)")),),
        PADDED_SIZES,
        ru=("`round` округляет до ближайшего", "`//` округляет вниз"),
        en=("`round` goes to the nearest number", "`//` rounds down"),
    ),
    Mistake(
        "rounded up",
        (change(SIZE, ("(size + 2 * padding - span) // stride", "-((span - size - 2 * padding) // stride)")),),
        PADDED_SIZES,
        ru=("Здесь округлено вверх",),
        en=("This is rounded up",),
    ),
    Mistake(
        "the bias added once",
        (change(PARAMS, ("(out_channels if bias else 0)", "bool(bias)")),),
        FORMULA,
        ru=("ожидалось", "Смещение — по одному числу на каждый выходной канал, а не одно на всех"),
        en=("expected", "The bias is one number for each output channel, not one for all"),
    ),
    Mistake(
        "the bias of the input channels",
        (change(PARAMS, ("(out_channels if", "(in_channels if")),),
        FORMULA,
        ru=("на каждый выходной канал, а не на входной",),
        en=("for each output channel, not for each input channel",),
    ),
    Mistake(
        "the kernel size not squared",
        (change(PARAMS, ("kernel_size**2", "kernel_size")),),
        FORMULA,
        ru=("kernel_size·kernel_size весов", "не хватает квадрата"),
        en=("kernel_size·kernel_size weights", "the square is missing"),
    ),
    Mistake(
        "a caret for a power",
        (change(PARAMS, ("kernel_size**2", "(kernel_size ^ 2)")),),
        FORMULA,
        ru=("`k ** 2`",),
        en=("`k ** 2`",),
    ),
    Mistake(
        "a linear layer at the end",
        (change(PAD0, ("return F.relu(self.conv2(x))", "return self.fc(F.relu(self.conv2(x)).flatten(1))"),
                ("self.conv2 =", "self.fc = nn.Linear(64 * 16 * 16, 10)\n        self.conv2 =")),),
        SHAPE,
        ru=("получено 1×10", "fc — линейный слой", "закончите сеть свёрткой"),
        en=("got 1×10", "fc is a linear layer", "end with a convolution"),
    ),
    Mistake(
        "a linear layer over the budget",
        (change(CLASSIFIER, ("nn.Linear(2 * 32 * 32, 10)", "nn.Linear(2 * 32 * 32, 100)")),),
        BUDGET,
        ru=("fc = 204800 + 100".replace("204800", "204\N{NO-BREAK SPACE}800"), "fc — линейный слой", "`nn.AdaptiveAvgPool2d(1)`"),
        en=("fc = 204,800 + 100", "fc is a linear layer", "`nn.AdaptiveAvgPool2d(1)`"),
    ),
    Mistake(
        "ReLU made and not applied, in a function",
        (change(COMPARE, ("F.relu(F.conv2d(x, weight, bias, stride=stride, padding=0))",
                          "nn.ReLU(F.conv2d(x, weight, bias, stride=stride, padding=0))")),),
        COMPARISON,
        ru=("'ReLU' object has no attribute 'shape'", "`nn.ReLU(t)` создаёт слой, но не применяет его"),
        en=("'ReLU' object has no attribute 'shape'", "`nn.ReLU(t)` makes a layer and does not apply it"),
    ),
    Mistake(
        "ReLU made and not applied, at the end of a network",
        (change(PAD0, ("return F.relu(", "return nn.ReLU(")),),
        SHAPE,
        ru=("`forward` возвращает `ReLU`", "`nn.ReLU()(t)`"),
        en=("`forward` returned `ReLU`", "`nn.ReLU()(t)`"),
    ),
    Mistake(
        "ReLU made and not applied, inside of a network",
        (change(PAD0, ("x = F.relu(", "x = nn.ReLU(")),),
        SHAPE,
        ru=("`nn.ReLU(t)` создаёт слой, но не применяет его",),
        en=("`nn.ReLU(t)` makes a layer and does not apply it",),
    ),
    Mistake(
        "a network that misses the size of its own task: the arithmetic of each layer, and no layer that would do",
        (change(OWN, ("Conv2d(8, 98, 2)", "Conv2d(8, 98, 3)")),),
        OWN_SIZE,
        ru=("conv2: (28 + 2·0 − 1·(3−1) − 1)/1 + 1 = 26.\n  conv3: (26 + 2·0 − 1·(3−1) − 1)/1 + 1 = 24.\n  Числа для логина",),
        en=("conv2: (28 + 2·0 − 1·(3−1) − 1)/1 + 1 = 26.\n  conv3: (26 + 2·0 − 1·(3−1) − 1)/1 + 1 = 24.\n  The numbers of",),
    ),
    Mistake(
        "the network of another login",
        (OWN, "login = 'ivan'"),
        OWN_SIZE,
        ru=("Числа для логина `ivan`", "Сеть подходит к числам другого логина: 3×57×57 → 98×25×25"),
        en=("The numbers of the login `ivan`", "The network fits the numbers of another login: 3×57×57 → 98×25×25"),
    ),
    Mistake(
        "an empty login",
        (OWN, "login = '  '"),
        OWN_SIZE,
        ru=("`login`: ответа ещё нет", "Впишите свой логин в кавычки"),
        en=("`login` is not answered yet", "Write your login between the quotes"),
    ),
    Mistake(
        "a login that is no text",
        (OWN, "login = 1234"),
        OWN_SIZE,
        ru=("`login`: ожидалась строка, получено 1234",),
        en=("`login`: expected a string, got 1234",),
    ),
)


def namespace_after(cells: tuple[str, ...], language: str) -> dict[str, Any]:
    """The names of a notebook in which these cells have run, those that need a cell not run yet up to their error."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    namespace["answer"], namespace["check"] = notebook(language, namespace)
    exec("import torch; torch.manual_seed(0)" + SETUP, namespace)
    for cell in cells:
        with contextlib.suppress(NameError):
            exec(cell, namespace)
    return namespace


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_the_message_names_the_mistake_and_the_remedy(mistake, language):
    namespace = namespace_after(mistake.cells, language)
    with pytest.raises(Failure) as caught:
        exec(mistake.line, namespace)
    message = str(caught.value)
    assert message.startswith("✗")
    for phrase in getattr(mistake, language):
        assert phrase in message


@pytest.mark.parametrize("line", sorted({mistake.line for mistake in MISTAKES}))
def test_the_answers_without_a_mistake_pass(line):
    exec(line, namespace_after((PAD0, COMPACT, SIZE, PARAMS, LAYERS, TOTAL, COMPARE, OWN), "en"))
