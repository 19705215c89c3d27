# Has an object loop for ever when it is asked for its class.
# loses: test_total
# stops: test_total
# %% total
class Endless:
    @property
    def __class__(self):
        while True:
            pass


per_layer = layer_params_dict(CompactNet())
total = Endless()
