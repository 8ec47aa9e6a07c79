"""Python files of the app: each is parsed once, whichever tests look into its code."""

import ast
from dataclasses import dataclass
from functools import cache

DESCRIBED = ast.Module | ast.ClassDef | ast.FunctionDef


@dataclass(frozen=True)
class Source:
    """What tests look for in a file; its syntax tree would be far more to hold on to."""

    imported: tuple  # every module that it imports, submodules by their full dotted name
    attributes: tuple  # every attribute of a name that it uses, as `a.b.c`
    texts: tuple  # every string, but for docstrings


@cache
def read_source(path):
    """What stands in the file at `path`."""
    imported, attributes, texts, docstrings = [], [], [], set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            imported += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Attribute):
            attributes.append(dotted_name(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
        elif isinstance(node, DESCRIBED):
            docstrings.add(ast.get_docstring(node, clean=False))
    texts = (text for text in texts if text not in docstrings)
    return Source(tuple(imported), tuple(attributes), tuple(texts))


def dotted_name(node):
    """`a.b.c` for an attribute of a name; "" for one of a value, such as `a().b`."""
    if isinstance(node, ast.Name):
        return node.id
    owner = dotted_name(node.value) if isinstance(node, ast.Attribute) else ""
    return owner and f"{owner}.{node.attr}"
