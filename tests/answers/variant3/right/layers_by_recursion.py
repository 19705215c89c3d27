# Walks the tree of modules by recursion, remembers which were seen, and returns an OrderedDict.
# %% layer_params_dict
from collections import OrderedDict


def layer_params_dict(net):
    counts = OrderedDict()
    seen = set()

    def visit(module, path):
        if module in seen:
            return
        seen.add(module)
        own = sum(p.numel() for p in module._parameters.values() if p is not None)
        if own and path:
            counts[path] = own
        for name, child in module.named_children():
            visit(child, f"{path}.{name}" if path else name)

    visit(net, "")
    return counts


# %% total
per_layer = layer_params_dict(CompactNet())
total = 0
for number in per_layer.values():
    total += number
