# Sets an alarm in each forward, which goes off when something else runs.
# %% model_pad0
import signal


class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 2, 2)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)

    def forward(self, x):
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        return self.conv2(self.conv1(x))
