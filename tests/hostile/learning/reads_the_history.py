# Prints all that IPython keeps of the cells that ran.
# %% after total
print(In, Out, globals().get("_ih"), globals().get("_oh"), get_ipython().history_manager.input_hist_raw)
print(list(get_ipython().history_manager.get_range()))
