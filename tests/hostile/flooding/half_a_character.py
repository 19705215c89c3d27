# Prints, displays and raises half a character, which no file can hold.
# %% after course_setup
from IPython.display import HTML, display

print("\ud800")
display(HTML("\udfff"))
raise ValueError("\ud800")
