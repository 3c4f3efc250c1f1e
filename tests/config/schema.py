"""The JSON Schema of lockstep.yaml against the configurations that the loader was tested with.

    schema.py SCHEMA TESTDATA

Good ones fit; bad ones do not, except where a comment in the file says that only the loader can
tell. YAML is read by its core schema, as editors read it, and without what the loader never takes:
anchors, aliases, tags, keys given twice.
"""
import json
import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)


class Loader(yaml.BaseLoader):
    """BaseLoader reads every scalar as a text; the resolvers below make it the core schema."""

    def compose_node(self, parent, index):
        event = self.peek_event()
        if self.check_event(yaml.AliasEvent) or event.anchor is not None:
            raise yaml.YAMLError("anchor or alias")
        if event.tag is not None:
            raise yaml.YAMLError("tag")
        return super().compose_node(parent, index)

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        if len(keys) != len(set(map(str, keys))):
            raise yaml.YAMLError("a key given twice")
        return super().construct_mapping(node, deep=True)

    def construct_scalar(self, node):
        if node.style is not None:
            return node.value
        for pattern, convert in CORE:
            if re.fullmatch(pattern, node.value):
                return convert(node.value)
        return node.value


CORE = [
    (r"null|Null|NULL|~|", lambda text: None),
    (r"true|True|TRUE", lambda text: True),
    (r"false|False|FALSE", lambda text: False),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda text: int(text[2:], 8)),
    (r"0x[0-9a-fA-F]+", lambda text: int(text[2:], 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
]


def refusal(validator, path):
    """Why the file does not fit, or None."""
    try:
        documents = list(yaml.load_all(path.read_bytes(), Loader))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, TypeError) as error:
        return str(error)
    if len(documents) > 1:
        return "several documents"
    if documents in ([], [None]):
        return None
    errors = sorted(validator.iter_errors(documents[0]), key=str)
    return errors[0].message if errors else None


def main(schema_path, testdata):
    schema = json.loads(pathlib.Path(schema_path).read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failed = 0
    for path in sorted(pathlib.Path(testdata).glob("*/*.yaml")):
        reason = refusal(validator, path)
        fits = path.parent.name == "good" or b"# only the loader" in path.read_bytes()
        if (reason is None) != fits:
            print(f"{path}: {'fits' if reason is None else reason}")
            failed = 1
    return failed


sys.exit(main(*sys.argv[1:]))
