"""Answers to the labs of COMP6258, which are public without any: by cell, one for each place that students fill."""

ANSWERS = {
    # 1_1_linear_regression
    "cell-4d422a83842ebab7": ("U, S, V = torch.svd(X)\nX_inv_svd = V @ torch.diag(1 / S) @ U.t()",),
    "cell-640dcd4113de31d6": ("grad = X.t() @ (X @ theta - y)",),
    "cell-b7854194044222ed": ("theta = torch.pinverse(X_train) @ y_train",),
    # 1_2_logistic_regression
    "cell-1d05572289571209": ("p = torch.sigmoid(X @ theta)\ngrad = X.t() @ (p - y)",),
    # 1_3_softmax_regression
    "cell-1cd9ef4ca5aac607": (
        "scores = torch.exp(X @ Theta)\n"
        "p = scores / scores.sum(1, keepdim=True)\n"
        "difference = indicator - p\n"
        "grad = -X.t() @ difference",
        "scores = torch.exp(X @ Theta)\n"
        "p = scores / scores.sum(1, keepdim=True)\n"
        "loss = -torch.log(p.gather(1, y)).sum()",
    ),
    "cell-5f82a71197a01bdd": ("grad = softmax_regression_loss_grad(Theta, X, y)",),
    # 2_1_ForwardAD
    "cell-a645b47036f56c2e": (
        "return DualNumber(self.value + other.value, self.dvalue + other.dvalue)",
        "def __sub__(self, other):\n"
        "    return DualNumber(self.value - other.value, self.dvalue - other.dvalue)\n"
        "def __truediv__(self, other):\n"
        "    slope = (self.dvalue * other.value - self.value * other.dvalue) / other.value ** 2\n"
        "    return DualNumber(self.value / other.value, slope)\n"
        "def __pow__(self, other):\n"
        "    value = self.value ** other.value\n"
        "    slope = other.value * self.value ** (other.value - 1) * self.dvalue\n"
        "    if other.dvalue:\n"
        "        slope += value * math.log(self.value) * other.dvalue\n"
        "    return DualNumber(value, slope)",
    ),
    "cell-61b9462cb781a8e1": (
        "return DualNumber(math.cos(x.value), -math.sin(x.value) * x.dvalue)",
        "return DualNumber(math.tan(x.value), x.dvalue / math.cos(x.value) ** 2)",
        "return DualNumber(math.exp(x.value), math.exp(x.value) * x.dvalue)",
    ),
    "cell-12f7c8fa42784946": (
        "x, y = DualNumber(0.5, 1), DualNumber(4.2, 0)\nz = x * y + sin(x)\nprint('dz/dx:', z.dvalue)",
    ),
    "cell-eab763bf1b218dc8": ("x, y = DualNumber(0.5, 0), DualNumber(4.2, 1)\ndzdy = (x * y + sin(x)).dvalue",),
    # 2_2_ReverseAD
    "cell-b23d219550cd2934": (
        "z = Var(self.value + other.value)\nself.children.append((1, z))\nother.children.append((1, z))\nreturn z",
        "def __sub__(self, other):\n"
        "    z = Var(self.value - other.value)\n"
        "    self.children.append((1, z))\n"
        "    other.children.append((-1, z))\n"
        "    return z\n"
        "def __truediv__(self, other):\n"
        "    z = Var(self.value / other.value)\n"
        "    self.children.append((1 / other.value, z))\n"
        "    other.children.append((-self.value / other.value ** 2, z))\n"
        "    return z\n"
        "def __pow__(self, other):\n"
        "    z = Var(self.value ** other.value)\n"
        "    self.children.append((other.value * self.value ** (other.value - 1), z))\n"
        "    other.children.append((z.value * math.log(self.value), z))\n"
        "    return z",
    ),
    "cell-29e8985bf1eae001": (
        "z = Var(math.cos(x.value))\nx.children.append((-math.sin(x.value), z))\nreturn z",
        "z = Var(math.tan(x.value))\nx.children.append((1 / math.cos(x.value) ** 2, z))\nreturn z",
        "z = Var(math.exp(x.value))\nx.children.append((z.value, z))\nreturn z",
    ),
    "cell-ab12803572df9248": ("dzdy = y.grad()",),
    "cell-d177505b72fe0811": ("z.grad_value = 1.0\ngrad = x.grad()",),
    # 2_3_PyTorchAD
    "cell-62e1f0838236eddf": (
        "x = torch.tensor(0.5, requires_grad=True)\n"
        "z = 1\n"
        "for i in range(2):\n"
        "    z = (z + i) * x * x\n"
        "z.backward()\n"
        "dzdx = x.grad",
    ),
}
