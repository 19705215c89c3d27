"""The term: what comes in from the LMS, and who is who. It knows the gradebook and runs nothing."""
