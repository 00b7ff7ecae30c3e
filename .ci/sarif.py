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
# A path that is not there brings in the notifications of the invocation.
arguments = ["check", "--format", "sarif", *paths, "no-such-file.md"]
output = subprocess.run([binary, *arguments], capture_output=True, check=False)
document = json.loads(output.stdout)
errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(document)]
run = document["runs"][0]
results = run["results"]
present = {
    "findings": results,
    "fixes": [fix for result in results for fix in result.get("fixes", [])],
    "fingerprints": [result for result in results if result.get("partialFingerprints")],
    "related places": [place for result in results for place in result.get("relatedLocations", [])],
    "help of rules": [rule for rule in run["tool"]["driver"]["rules"] if rule.get("help", {}).get("markdown")],
    "notifications": run["invocations"][0]["toolExecutionNotifications"],
}
errors += [f"no {what} to validate" for what, found in present.items() if not found]
if errors:
    sys.exit("\n".join(errors))
broken = copy.deepcopy(document)
broken["runs"][0]["columnKind"] = "bytes"
if validator.is_valid(broken):
    sys.exit("the validator accepts what the schema forbids")
counts = ", ".join(f"{len(found)} {what}" for what, found in present.items())
print(f"valid SARIF: {counts}")
