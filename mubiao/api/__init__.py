"""The HTTP API for other systems, below `/api/v1/`: it reads what the command line prints as JSON,
and writes as the command line imports. `/api/openapi.json` describes it.
"""
