# Hands the first network in as the second one.
# loses: test_pad1
# %% model_pad1
class ModelPad1(ModelPad0):
    pass
