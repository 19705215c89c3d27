# Displays a word with a hundred megabytes of metadata.
# %% after course_setup
from IPython.display import HTML, display

display(HTML("word"), metadata={"note": "m" * 100_000_000})
