"""`python -m autograder`, for an environment that is not activated."""

from autograder.cli import main

if __name__ == "__main__":
    main(prog_name="autograder")
