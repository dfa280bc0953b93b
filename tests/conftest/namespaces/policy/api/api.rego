package api.checks

deny contains "api" if not input.api
