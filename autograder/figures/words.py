"""The words in figures, in every language of the course, and numbers as the reader writes them."""

from collections.abc import Mapping

from autograder.languages import grouped

WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "input": "вход",
        "output": "выход сети: {shape}",
        "no tensor": "✗ forward возвращает не тензор, а {kind}",
        "height": "высота: {formula}",
        "width": "ширина: {formula}",
        "arrived": "на вход слоя пришло {shape}",
        "predicted": "прогноз {shape} {mark}",
        "no prediction": "Прогноз — список, в котором для каждой свёртки и каждого пулинга стоит "
        "(каналы, высота, ширина) или None; {given} — ни то ни другое.",
        "stopped": "✗ сеть остановилась",
        "received": "✗ {layer}: пришёл тензор {shape}",
        "not received": "✗ {layer}",
        "scale": "Передние грани — в одном масштабе (высота и ширина карты), толщина — число каналов.",
        "mean": "среднее {mean}",
        "difference": "разность (по модулю)",
        "inside": "внутри значений: {count}\nнаибольшая разность {largest}",
        "new ring": "в кольце значений: {count}, все новые\nсреднее кольца {mean}",
        "ring": "кольцо (штриховка)",
        "centre": "центр (внутри рамки)",
        "values": "значений: {count}",
        "nothing": "значений нет",
        "ring minus centre": "кольцо − центр: {difference}",
        "by formula": "по формуле (рамка)",
        "by gradient": "по градиенту (цвет)",
        "extent": "{height}×{width}, со строки {top} и столбца {left}",
        "nonzero": "ненулевых пикселей: {count}",
        "outside": "из них за рамкой: {count}",
        "white is zero": "белое — ровно 0",
        "sensitivity": "|∂ выход / ∂ пиксель|",
        "total": "всего",
        "parameters": "число параметров",
        "budget": "бюджет {budget}",
        "within budget": "✓ всего {total}: до бюджета остаётся {difference}",
        "over budget": "✗ всего {total}: больше бюджета на {difference}",
        "sum": "всего {total}",
        "mean and spread": "среднее {mean}, стандартное отклонение {spread}, чисел: {count}",
        "not finite": "✗ NaN и бесконечных: {count}",
        "zero": "ноль",
        "field asked": "нужно не меньше {size} (пунктир)",
        "field found": "выход зависит от {size} (серое)",
        "nothing is seen": "ни одного пикселя",
        "field by layers": "по слоям (рамки):",
        "size task": "Постройте сеть, которая без всякого дополнения превращает {size} в {output}: "
        "не больше {count} свёрток, ядра не больше {kernel}.",
        "budget task": "Постройте сеть с выходом {output}, у которой каждое значение видит не меньше {field} пикселей "
        "входа, а параметров не больше {budget}.",
        "task input": "вход",
        "task output": "выход",
        "task convolutions": "свёрток, не больше",
        "task kernel": "ядро, не больше",
        "task padding": "дополнение",
        "no padding": "нет",
        "task field": "рецептивное поле, не меньше",
        "task budget": "параметров, не больше",
        "task direct": "прямая сеть (только свёртки 3×3)",
        "times the budget": "{total}: в {times} раза больше бюджета",
        "up to convolutions": "≤ {count} свёрток",
        "windows": "окон: {count}; пикселей, не попавших ни в одно (✗): {missed}",
        "no window": "окно накрывает {span}, а места всего {length}: ни одно не помещается",
        "needed": "нужно подряд: {count}",
        "mean line": "◆ среднее, ├─┤ одно стандартное отклонение в обе стороны",
    },
    "en": {
        "input": "input",
        "output": "output of the network: {shape}",
        "no tensor": "✗ forward returns {kind}, not a tensor",
        "height": "height: {formula}",
        "width": "width: {formula}",
        "arrived": "what enters the layer is {shape}",
        "predicted": "predicted {shape} {mark}",
        "no prediction": "A prediction is a list with (channels, height, width) or None for each convolution and "
        "pooling; {given} is neither.",
        "stopped": "✗ the network stopped",
        "received": "✗ {layer}: it received a tensor {shape}",
        "not received": "✗ {layer}",
        "scale": "Front faces are drawn to one scale (height and width of a map), thickness is the number of channels.",
        "mean": "mean {mean}",
        "difference": "difference (absolute)",
        "inside": "values inside: {count}\nlargest difference {largest}",
        "new ring": "values in the ring: {count}, all new\nmean of the ring {mean}",
        "ring": "ring (hatched)",
        "centre": "centre (inside the frame)",
        "values": "values: {count}",
        "nothing": "no values",
        "ring minus centre": "ring − centre: {difference}",
        "by formula": "by formula (frame)",
        "by gradient": "by gradient (colour)",
        "extent": "{height}×{width}, from row {top} and column {left}",
        "nonzero": "pixels that are not zero: {count}",
        "outside": "of these outside the frame: {count}",
        "white is zero": "white is exactly 0",
        "sensitivity": "|∂ output / ∂ pixel|",
        "total": "total",
        "parameters": "number of parameters",
        "budget": "budget {budget}",
        "within budget": "✓ {total} in all: {difference} left of the budget",
        "over budget": "✗ {total} in all: {difference} over the budget",
        "sum": "{total} in all",
        "mean and spread": "mean {mean}, standard deviation {spread}, numbers: {count}",
        "not finite": "✗ NaN or infinite: {count}",
        "zero": "zero",
        "field asked": "asked: at least {size} (dashed)",
        "field found": "the output depends on {size} (grey)",
        "nothing is seen": "no pixel",
        "field by layers": "by layers (frames):",
        "size task": "Build a network that turns {size} into {output} without any padding: "
        "at most {count} convolutions, kernels of at most {kernel}.",
        "budget task": "Build a network with output {output} whose every value sees at least {field} pixels of the "
        "input, with at most {budget} parameters.",
        "task input": "input",
        "task output": "output",
        "task convolutions": "convolutions, at most",
        "task kernel": "kernel, at most",
        "task padding": "padding",
        "no padding": "none",
        "task field": "receptive field, at least",
        "task budget": "parameters, at most",
        "task direct": "direct network (3×3 convolutions only)",
        "times the budget": "{total}: {times} times the budget",
        "up to convolutions": "≤ {count} convolutions",
        "windows": "windows: {count}; pixels that fall into none (✗): {missed}",
        "no window": "a window spans {span}, but there is room for {length}: not one fits",
        "needed": "needed in a row: {count}",
        "mean line": "◆ mean, ├─┤ one standard deviation to each side",
    },
}


def words(language: str) -> Mapping[str, str]:
    """The words of a language by their English key; ValueError for a language that the course has not."""
    if language not in WORDS:
        raise ValueError(f"language {language!r} is not one of {', '.join(WORDS)}")
    return WORDS[language]


def whole(number: int, language: str) -> str:
    """A whole number with a minus sign, its figures grouped as in the language."""
    return grouped(number, language).replace("-", "−")


def real(number: float) -> str:
    """Four significant figures, with a decimal point, as the cells of the notebook print them."""
    return f"{number:.4g}".replace("-", "−")


def by(shape: tuple[int, ...]) -> str:
    """A shape as the course writes it: `64×16×16`."""
    return "×".join(map(str, shape))


def shortened(name: str, longest: int) -> str:
    """The end of a qualified name that is too long, which tells layers apart."""
    return name if len(name) <= longest else "…" + name[1 - longest :]
