"""A course on convolutional networks and its grader."""
