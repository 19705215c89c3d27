# Gives a login that is another each time that it is looked at, for a network of somebody else's numbers.
# loses: test_own_net
# %% login
import itertools


class Login(str):
    asked = itertools.cycle(["petrova", "reference"])

    def casefold(self):
        return next(self.asked)

    def encode(self, *_how):
        return next(self.asked).encode()

    def __str__(self):
        return next(self.asked)

    def __getitem__(self, _place):
        return next(self.asked)


login = Login("petrova")
