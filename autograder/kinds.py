"""What may come in the way of a mark, by name; each name is a string, and stays one in JSON.

What a reader is told: of losses in `checks/losses.py`, of what is to be looked at in `attention.py`, of faults in
`cli/faults.py`, which are imported for `--help`, too: this file imports nothing that takes long.
"""

from enum import StrEnum


class LossKind(StrEnum):
    """Why a student's process did not live to answer."""

    ENDED = "ended"
    CPU = "cpu"
    WALL = "wall"
    TOTAL = "total"  # the submission as a whole took too long
    MEMORY = "memory"
    PROCESSES = "processes"
    LEFT_RUNNING = "left_running"
    MEMORY_KEPT = "memory_kept"
    GARBLED = "garbled"


class OddityKind(StrEnum):
    """What is odd in what was handed in, and was put right or left aside."""

    DUPLICATED = "duplicated"
    MISSING = "missing"
    RETYPED = "retyped"
    REORDERED = "reordered"
    CHANGED = "changed"
    RETAGGED = "retagged"
    ACTIVE = "active"  # what a browser would run or fetch
    BESIDE = "beside"  # a notebook that is none of the assignment's
    NOT_LAID = "not_laid"  # a file that the student's process did not get
    NOT_HANDED_IN = "not_handed_in"  # a notebook of the assignment, while others were
    NO_LOGIN = "no_login"  # from which the numbers of a task of one's own are drawn
    UNKNOWN_LOGIN = "unknown_login"  # to the class list
    OTHERS_LOGIN = "others_login"  # another student's, says the class list
    SAME_LOGIN = "same_login"  # as another student typed
    TAMPERED = "tampered"  # a test judged inside did not run as it stands
    MORE_THAN_ALL = "more_than_all"  # points, given by a test
    BROKEN_RULE = "broken_rule"  # of the lab's own: it stopped with an error
    MISUSED = "misused"  # a test judged outside asks of an answer what can't be had from there


AttentionKind = LossKind | OddityKind


class ReasonKind(StrEnum):
    """Why a submission is marked."""

    NEW = "new"
    SUBMISSION_CHANGED = "submission_changed"
    COURSE_CHANGED = "course_changed"
    FORCED = "forced"


class CauseKind(StrEnum):
    """Why a mark moved."""

    NEW = "new"
    SUBMISSION = "submission"
    CELL = "cell"  # of the course
    FILE = "file"  # of the course
    VERSION = "version"  # of a package, or of Python
    SETTINGS = "settings"
    GRADER = "grader"
    DATES = "dates"  # a due date, an extension, or what lateness costs
    FORCED = "forced"


class FaultKind(StrEnum):
    """Why a course or a submission can't be marked, or not fully."""

    NOT_A_COURSE = "not_a_course"
    BAD_CONFIGURATION = "bad_configuration"
    UNKNOWN_SETTING = "unknown_setting"
    UNKNOWN_ASSIGNMENT = "unknown_assignment"
    NOTHING_SUBMITTED = "nothing_submitted"
    NO_MARKS = "no_marks"
    UNKNOWN_STUDENT = "unknown_student"
    CELLS_CHANGED = "cells_changed"
    OLD_METADATA = "old_metadata"  # nbgrader's, in a notebook of the source
    BAD_SOURCE = "bad_source"
    SOURCE_NOTEBOOK = "source_notebook"  # is none
    SOURCE_CELL = "source_cell"
    COURSE_CELL = "course_cell"
    OWN_ANSWERS = "own_answers"  # earn less than all points
    OTHER_KERNEL = "other_kernel"
    ALREADY_GRADING = "already_grading"
    GRADEBOOK_BUSY = "gradebook_busy"
    BAD_GRADEBOOK = "bad_gradebook"
    LOCKED_GRADEBOOK = "locked_gradebook"  # it, or its folder, may not be written
    NO_DATABASE = "no_database"
    BAD_DB_URL = "bad_db_url"
    MISPLACED = "misplaced"
    SWAPPED = "swapped"
    RENAMED = "renamed"
    ALL_RENAMED = "all_renamed"  # of several notebooks
    NESTED = "nested"
    ARCHIVE = "archive"
    NO_NOTEBOOK = "no_notebook"
    UNREADABLE = "unreadable"
    NOT_JSON = "not_json"
    OTHER_ENCODING = "other_encoding"  # than JSON may have
    ZIPPED = "zipped"
    NOT_A_NOTEBOOK = "not_a_notebook"
    FOREIGN = "foreign"
    LINK = "link"
    BAD_NAME = "bad_name"
    TOO_LARGE = "too_large"
    TOO_MANY_FILES = "too_many_files"
    LONG_PATH = "long_path"
    NOT_A_FILE = "not_a_file"
    NAME_IS_NO_TEXT = "name_is_no_text"
    BAD_TIMESTAMP = "bad_timestamp"
    TOO_MANY_VALUES = "too_many_values"
    TOO_DEEP = "too_deep"
    TOO_MANY_CELLS = "too_many_cells"
    BAD_TIME_ZONE = "bad_time_zone"
    BAD_MOMENT = "bad_moment"
    TIME_TWICE = "time_twice"
    TIME_SKIPPED = "time_skipped"
    NOT_ENROLLED = "not_enrolled"
    NO_DUE_DATE = "no_due_date"
    EARLY_EXTENSION = "early_extension"
    BAD_RELEASED = "bad_released"
    NOT_WRITTEN = "not_written"
    GRADEBOOK = "gradebook"
    CANNOT_START = "cannot_start"
    NO_TORCH = "no_torch"  # nor what else the examiner needs
    NO_DISTRIBUTED = "no_distributed"
    BAD_LOCAL = "bad_local"
    NO_CLUSTER = "no_cluster"
    NO_WORKERS = "no_workers"
    NO_WORKER_LEFT = "no_worker_left"
    SEVERAL_THREADS = "several_threads"
    OTHER_VERSION = "other_version"  # on a worker of a cluster
    CELL_ON_WORKER = "cell_on_worker"
    NOT_READY = "not_ready"
    COULD_NOT_TELL = "could_not_tell"
    ENGINE = "engine"
    NOT_AN_ARCHIVE = "not_an_archive"
    ARCHIVE_TOO_LARGE = "archive_too_large"
    OPEN_QUOTE = "open_quote"
    BAD_TABLE = "bad_table"
    NO_COLUMNS = "no_columns"
    BAD_WORKSHEET = "bad_worksheet"
    OTHER_WORKSHEET = "other_worksheet"  # of another assignment
    NO_GRADE_COLUMN = "no_grade_column"
    SCALE = "scale"  # of words, for which there are no points
    NO_ASSIGNMENT_COLUMN = "no_assignment_column"


class CollectKind(StrEnum):
    """What is odd in what came in from the LMS, of one student or of an archive."""

    UNLISTED = "unlisted"
    NAMESAKES = "namesakes"
    TWICE = "twice"
    SEVERAL = "several"
    NO_NOTEBOOK = "no_notebook"
    CUT_SHORT = "cut_short"  # what has the name of a notebook
    LATE = "late"  # says the LMS, which does not say when
    BAD_TIMESTAMP = "bad_timestamp"
    OWN_TIMESTAMP = "own_timestamp"
    REPLACED = "replaced"
    OUTSIDE = "outside"  # a path that leads out of its folder
    LINK = "link"
    ENCRYPTED = "encrypted"
    PACKING = "packing"  # compressed in a way that can't be read here
    DAMAGED = "damaged"
    TWIN = "twin"  # its name differs from another's in case alone
    LONG_NAME = "long_name"
    TOO_LARGE = "too_large"
    TOO_LARGE_IN_ALL = "too_large_in_all"
    TOO_MANY_FILES = "too_many_files"
    OF_A_CLASS = "of_a_class"  # what a whole class has handed in, in the place of a student's own
    BAD_ARCHIVE = "bad_archive"  # a student's own, which can't be opened
    IN_THE_WAY = "in_the_way"  # a link or a file where the submission's folder should be
    BAD_ID = "bad_id"
    NO_ID = "no_id"
    SAME_ID = "same_id"


class ExportKind(StrEnum):
    """Why a mark, a comment or a page of feedback did not go where the LMS takes it from."""

    LOCKED = "locked"
    EXCUSED = "excused"
    NOT_ASSIGNED = "not_assigned"
    TOO_MANY = "too_many"  # points, more than the LMS takes
    UNKNOWN = "unknown"  # a row of nobody that the gradebook knows
    TWICE = "twice"  # several rows may be the same student's
    NO_ROW = "no_row"
    OTHERS_COMMENT = "others_comment"
    NO_FEEDBACK = "no_feedback"
    OLD_FEEDBACK = "old_feedback"
