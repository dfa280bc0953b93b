"""Validates a SARIF file against the published schema: validate_sarif.py SCHEMA FILE"""

import json
import sys

import jsonschema

schema, report = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
errors = list(validator.iter_errors(report))
for error in errors:
    print(f"{error.json_path}: {error.message}", file=sys.stderr)
results = sum(len(run.get("results", [])) for run in report["runs"])
print(f"{sys.argv[2]}: {results} results, {len(errors)} schema errors")
sys.exit(1 if errors or not results else 0)
