"""Holds the SARIF of article-lsp against the official schema, of which sarif-schema-2.1.0.json is a copy.

usage: sarif.py BINARY PATH…
"""
import copy
import json
import pathlib
import subprocess
import sys

import jsonschema

schema = json.loads(pathlib.Path(__file__).with_name("sarif-schema-2.1.0.json").read_text("utf8"))
validator = jsonschema.Draft7Validator(schema)
binary, *paths = sys.argv[1:]
output = subprocess.run([binary, "check", "--format", "sarif", *paths], capture_output=True, check=False)
document = json.loads(output.stdout)
errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(document)]
results = document["runs"][0]["results"]
if errors or not results:
    sys.exit("\n".join(errors) or "no findings to validate")
broken = copy.deepcopy(document)
broken["runs"][0]["columnKind"] = "bytes"
if validator.is_valid(broken):
    sys.exit("the validator accepts what the schema forbids")
print(f"{len(results)} findings are valid SARIF")
