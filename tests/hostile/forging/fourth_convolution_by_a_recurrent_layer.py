# Runs a recurrent layer along the rows of the map, behind three convolutions.
# undecided: test_pad0_shape test_pad0_layers
# %% model_pad0
class ModelPad0(nn.Module):
    def __init__(self):
        super().__init__()
        self.shrink = nn.Conv2d(3, 64, kernel_size=2, stride=2)
        self.mix = nn.Conv2d(64, 64, kernel_size=3, padding=1)
        self.rows = nn.GRU(64, 64, batch_first=True)

    def forward(self, x):
        x = torch.relu(self.mix(torch.relu(self.mix(torch.relu(self.shrink(x))))))
        rows, _ = self.rows(x.permute(0, 2, 3, 1).flatten(0, 1))
        return rows.unflatten(0, (-1, 16)).permute(0, 3, 1, 2)
