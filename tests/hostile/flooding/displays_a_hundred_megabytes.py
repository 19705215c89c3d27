# Displays a page of a hundred megabytes.
# %% after course_setup
from IPython.display import HTML, display

display(HTML("p" * 100_000_000))
