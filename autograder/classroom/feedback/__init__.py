"""What a student gets back: one page a notebook, made by nbgrader's `generate_feedback`."""

from autograder.classroom.feedback.exporter import FeedbackExporter

__all__ = ["FeedbackExporter"]
