# Returns what is no data: a generator, a coroutine, a class, a module, a complex number, bytes, a set, a lock.
# loses: test_conv2d_params test_total
# %% conv2d_params
import itertools
import threading


async def coroutine():
    pass


things = itertools.cycle([(each for each in ()), int, torch, 1j, b"1", {1}, threading.Lock(), Ellipsis, lambda: 0])


def conv2d_params(in_channels, out_channels, kernel_size, groups=1, bias=True):
    return next(things)


# %% total
per_layer, total = {1j: b"", (1, 2): {3}}, (each for each in ())
