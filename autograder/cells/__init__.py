"""What a cell of a notebook is: its name, tags and flags, the names that its code uses; and notebook files."""
