"""`autograder demo`: a sample class through nbgrader, each with the marks that the answer file says."""

import autograder


def test_the_sample_class_gets_the_marks_that_the_answer_files_say(run, tmp_path):
    result = run("demo", "--jobs", "2", folder=tmp_path, columns=80)

    assert result.exit_code == 0, result.output
    assert "14 submissions in " in result.output
    for line in ("! gleb, cell output_size: ended the process.", "✗ polina: variant3.ipynb is not a notebook"):
        assert line in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_not_used(run, tmp_path):
    (tmp_path / "mine.txt").touch()

    result = run("demo", "--keep", tmp_path, folder=tmp_path)

    assert result.exit_code == 2
    assert "is not empty." in result.output


def test_without_the_repository_the_remedy_is_named(run, tmp_path, monkeypatch):
    monkeypatch.setattr(autograder, "__file__", str(tmp_path / "site-packages" / "autograder" / "__init__.py"))

    result = run("demo", folder=tmp_path)

    assert result.exit_code == 2
    assert "Clone the repository" in result.output
