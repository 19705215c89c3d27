"""Pictures beside one another, as they are or as maps of how large something is."""

from collections.abc import Mapping

import torch
from matplotlib.patches import Rectangle

from autograder.figures.drawing import NORMAL, VERMILION, WIDTH, Picture, axes_at, picture

MARGIN, CAPTION = 12, 26  # pixels


def side_by_side(
    pictures: Mapping[str, torch.Tensor], in_a_row: int = 4, colours: str = "gray", frame: int = 0
) -> Picture:
    """Images (H, W) or (3, H, W) under their titles, each on a scale from 0 to its largest, or to 1 where it is grey.

    A `frame` is drawn so many pixels from the border.

        >>> side_by_side({"noise": torch.rand(20, 20), "more": torch.rand(20, 20)}, colours="cividis")
        <Picture size 700x370 with 2 Axes>
    """
    columns = min(in_a_row, max(2, len(pictures)))
    width = (WIDTH - MARGIN * (columns + 1)) / columns
    height = width * max(each.shape[-2] / each.shape[-1] for each in pictures.values())
    rows = -(-len(pictures) // columns)
    with picture(rows * (CAPTION + height) + MARGIN) as figure:
        for place, (title, image) in enumerate(pictures.items()):
            row, column = divmod(place, columns)
            left, above = MARGIN + column * (width + MARGIN), row * (CAPTION + height) + CAPTION
            axes = axes_at(figure, left, above, width, height)
            shown = image.detach().permute(1, 2, 0) if image.dim() == 3 else image.detach()
            top = 1.0 if colours == "gray" else shown.max().item() or 1.0
            axes.imshow(shown.clamp(0, top).numpy(), cmap=colours, vmin=0, vmax=top, interpolation="nearest")
            axes.set_title(title, size=NORMAL)
            axes.axis("off")
            if frame:
                tall, wide = shown.shape[0] - 2 * frame, shown.shape[1] - 2 * frame
                axes.add_patch(Rectangle((frame - 0.5, frame - 0.5), wide, tall,
                                         fill=False, edgecolor=VERMILION, linestyle="--"))  # fmt: skip
    return figure
