# SPDX-License-Identifier: MIT
"""schema.py SCHEMA FILE...: prints "FILE: PLACE: MESSAGE" for what the schema refuses."""
import json
import sys

import jsonschema
import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        spec = yaml.safe_load(file)
    for error in validator.iter_errors(spec):
        print(f"{path}: {'.'.join(map(str, error.absolute_path))}: {error.message}")
