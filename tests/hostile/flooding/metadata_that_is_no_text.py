# Displays a word with a tensor for metadata.
# %% after course_setup
from IPython.display import HTML, display

display(HTML("word"), metadata={"note": torch.ones(3), 5: b"bytes"})
