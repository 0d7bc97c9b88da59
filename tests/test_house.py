"""The house stands as it was laid out: sizes, floors, and what a command may import."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.cli.app import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "toolkit").rglob("*.py"))
TRACKED_TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".lock", ".css", ".js", ".html", ".jinja", ".svg", ""}


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function):
    """Lines of a function without its docstring."""
    body = function.body
    documented = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    docstring = (body[0].end_lineno - body[0].lineno + 1) if documented else 0
    return function.end_lineno - function.lineno + 1 - docstring


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_says_what_it_is_and_stays_small(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)

    assert ast.get_docstring(tree), "a module says in its first line what it does"
    assert text.count("\n") <= 400
    assert [(each.name, length(each)) for each in functions(tree) if length(each) > 40] == []


def imported_by(*arguments):
    """The top-level modules that a command imports."""
    code = "import sys; sys.argv[0] = 'mentoring'; from toolkit.cli import main\ntry:\n main()\nexcept SystemExit: pass\nprint('|'.join(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT, check=False, timeout=120
    )
    assert "Traceback" not in done.stderr
    return set(done.stderr.strip().splitlines()[-1].split("|"))


def test_help_imports_little_more_than_click():
    assert not imported_by("--help") & {"pydantic", "yaml", "rich", "jinja2", "numpy", "ortools", "mkdocs", "cmarkgfm"}


def test_check_imports_no_heavy_library():
    assert not imported_by("check", "--quiet") & {"numpy", "ortools", "jinja2", "mkdocs", "rich", "pandas"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_table_of_commands_agrees_with_the_commands(name):
    command = cli.get_command(None, name)

    assert command is not None
    first = (command.help or "").split("\n\n")[0].replace("\n", " ").strip()
    assert first == COMMANDS[name][2]


def commands(group, path=()):
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        yield (*path, name), command
        if hasattr(command, "list_commands"):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize(
    ("path", "command"), list(commands(cli)), ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_shows_an_example_and_documents_its_options(path, command):
    if not hasattr(command, "list_commands"):
        assert "Example:" in (command.help or "")
    for option in command.params:
        if option.param_type_name == "option":
            assert option.help, f"{path}: {option.name}"


def tracked():
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_no_file_names_a_package_registry():
    names = ("py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "deb." + "debian.org")
    hosts = re.compile("|".join(map(re.escape, names)))
    named = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix in TRACKED_TEXT
        and path.is_file()
        and hosts.search(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert named == []
