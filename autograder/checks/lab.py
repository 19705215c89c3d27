"""A lab's rules of its own: `rules.py` beside its notebook, and beside it a catalogue for each other language."""

from collections.abc import Mapping
from gettext import NullTranslations
from importlib.abc import SourceLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

from autograder.languages import NotACatalogue, catalogue_of, translations

MODULE = "rules"  # as a notebook imports it
FILE = f"{MODULE}.py"
FilesOfRules = dict[str, bytes]  # by name


def files_of_rules(folder: Path) -> FilesOfRules:
    """A folder's rules.py and its catalogues; none where the lab has no rules of its own."""
    files = [folder / FILE, *sorted(folder.glob(f"{MODULE}.*.po"))]
    return {path.name: path.read_bytes() for path in files} if files[0].is_file() else {}


def loaded(files: Mapping[str, bytes]) -> ModuleType:
    """The module of these files, made anew; whatever rules.py raises is raised."""
    spec = spec_from_loader(MODULE, _Loader(files))
    if spec is None or spec.loader is None:
        raise ImportError(f"{FILE} can't be loaded")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Loader(SourceLoader):
    """Loads from files in memory: those of the course, whatever lies in the folder that Python runs in."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def get_filename(self, fullname: str) -> str:
        return FILE

    def get_data(self, path: str | bytes) -> bytes:
        if str(path) not in self._files:
            raise FileNotFoundError(path)
        return self._files[str(path)]


def catalogue_beside(module: ModuleType, language: str) -> NullTranslations:
    """A lab's translations, from the file `rules.LANGUAGE.po`, and behind them the package's own.

    ValueError, which names the file, where it can't be read.
    """
    place = Path(module.__file__ or FILE).with_name(f"{MODULE}.{language}.po")
    try:
        content = module.__loader__.get_data(str(place))  # type: ignore[union-attr]  # a file's loader has it
    except OSError:  # English is the language of the code
        return translations(language)
    try:
        found = catalogue_of(content, language)
    except NotACatalogue as error:
        raise ValueError(f"{place.name}: {error}") from error
    found.add_fallback(translations(language))
    return found
