# Has its function loop for ever when it is asked for its name.
# loses: test_conv2d_params
# stops: test_conv2d_params
# %% conv2d_params
class Endless:
    def __call__(self, *arguments):
        return 0

    def __getattr__(self, name):
        while True:
            pass


conv2d_params = Endless()
