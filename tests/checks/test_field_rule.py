import pytest
import torch
from torch import nn
from torch.nn import functional as F

from autograder.checks.rules import receptive_field
from autograder.checks.verdicts import Failed, Passed, Unknown, report


class Net(nn.Module):
    """Sees 9×9: 3, then 7 by a dilation, then 9."""

    def __init__(self):
        super().__init__()
        self.conv1, self.narrow = nn.Conv2d(3, 16, 3, padding=1), nn.Conv2d(16, 6, 1)
        self.conv2, self.conv3 = nn.Conv2d(6, 6, 3, padding=2, dilation=2), nn.Conv2d(6, 16, 3, padding=1)

    def forward(self, x):
        return self.conv3(F.relu(self.conv2(self.narrow(F.relu(self.conv1(x))))))


class Normalised(Net):
    def forward(self, x):
        return F.instance_norm(super().forward(x))


class DeadBranch(Net):
    def __init__(self):
        super().__init__()
        self.far = nn.Conv2d(3, 16, 15, padding=7)

    def forward(self, x):
        return super().forward(x) + 0 * self.far(x)


class GlobalTimesZero(Net):
    def forward(self, x):
        return super().forward(x) + 0 * x.mean((1, 2, 3), keepdim=True)


class Hourglass(Net):
    def forward(self, x):
        return F.interpolate(super().forward(F.max_pool2d(x, 2)), scale_factor=2)


class FarForSeveralImages(Net):
    def forward(self, x):
        return super().forward(x) if len(x) == 1 else self.conv3(self.narrow(self.conv1(x)))


@pytest.mark.parametrize("network", [Net, DeadBranch, GlobalTimesZero, Normalised])
def test_a_field_that_layers_and_replays_both_find_is_enough(network):
    assert isinstance(receptive_field(network, 9), Passed)


def test_layers_on_a_smaller_map_see_more():
    assert isinstance(receptive_field(Hourglass, 18), Passed)
    assert isinstance(receptive_field(Hourglass, 19), Failed)


def test_too_small_a_field_is_explained_layer_by_layer():
    verdict = receptive_field(Net, 11)
    assert report(verdict, "en") == (
        "✗ Receptive field: expected at least 11×11 pixels, got 9×9.\n"
        "  conv1: 1 + 1·(3−1)·1 = 3.\n"
        "  conv2: 3 + 2·(3−1)·1 = 7.\n"
        "  conv3: 7 + 1·(3−1)·1 = 9.\n"
        "  2 more are needed: a larger kernel, dilation, or another 3×3 convolution (at the end it adds 2)."
    )
    assert "Не хватает 2" in report(verdict, "ru")
    assert verdict.sight.field.size == (9, 9)
    assert [stage.after for stage in verdict.sight.stages] == [(3, 3), (7, 7), (9, 9)]


@pytest.mark.parametrize("network", [DeadBranch, GlobalTimesZero])
def test_what_has_no_part_in_the_output_sees_nothing(network):
    assert isinstance(receptive_field(network, 11), Failed)


def test_a_field_for_one_image_alone_is_none():
    verdict = receptive_field(FarForSeveralImages, 9)
    assert isinstance(verdict, Failed) and "2 images at once" in report(verdict, "en")


def test_what_sees_far_by_other_ways_than_its_layers_is_left_to_a_person():
    verdict = receptive_field(Normalised, 11)
    assert isinstance(verdict, Unknown) and "its layers reach 9×9" in report(verdict, "en")


class Bottlenecks(nn.Module):
    """So many are added to the map one by one; each sees two pixels more, but hardly the farthest ones."""

    def __init__(self, channels, number, is_hollow=False):
        super().__init__()
        narrow = channels // 4
        middle = [nn.Conv2d(narrow, narrow, 3, padding=1) for _ in range(number)]
        if is_hollow:
            with torch.no_grad():
                middle[-1].weight[..., 0, :] = 0
        self.first = nn.Conv2d(3, channels, 3, padding=1)
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.Conv2d(channels, narrow, 1), nn.ReLU(), each, nn.ReLU(), nn.Conv2d(narrow, channels, 1))
            for each in middle
        )

    def forward(self, x):
        x = F.relu(self.first(x))
        for block in self.blocks:
            x = F.relu(x + block(x))
        return x


@pytest.mark.parametrize(
    ("channels", "number", "is_hollow", "verdict"),
    [(16, 4, False, Passed), (16, 4, True, Unknown), (24, 10, False, Passed)],
)
def test_pixels_count_however_faint_many_layers_make_them(channels, number, is_hollow, verdict):
    found = receptive_field(lambda: Bottlenecks(channels, number, is_hollow), 3 + 2 * number)
    assert isinstance(found, verdict)


def test_layers_that_reach_farther_than_what_changes_the_output_are_left_to_a_person():
    class Hollow(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, 4, 7, padding=3)
            with torch.no_grad():
                self.conv.weight[..., 0, :] = 0

        def forward(self, x):
            return self.conv(x)

    verdict = receptive_field(Hollow, 7)
    assert isinstance(verdict, Unknown) and "its layers reach 7×7, but the farthest" in report(verdict, "en")


def test_a_network_of_pointwise_layers_is_told_so():
    verdict = receptive_field(lambda: nn.Conv2d(3, 4, 1), 3)
    assert "got 1×1.\n  No layer on the way" in report(verdict, "en")


def test_an_output_that_is_no_map_is_looked_at_as_a_whole():
    assert isinstance(receptive_field(lambda: nn.Sequential(nn.Flatten(), nn.Linear(3072, 4)), 3), Unknown)


@pytest.mark.parametrize("input_shape", [(3, 16, 20), (1, 9, 9)])
def test_other_inputs_are_asked_too(input_shape):
    torch.manual_seed(0)
    assert isinstance(receptive_field(lambda: nn.Conv2d(input_shape[0], 2, 5), 5, input_shape=input_shape), Passed)
