"""The OpenAPI 3.1 document, made from the table of operations and the wire's models."""

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from holds.api.operations import PREFIX, Operation
from holds.api.problems import MEDIA_TYPE
from holds.api.wire import REFERENCE, Problem

REFUSALS = ("400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503")
HEADERS: dict[str, dict[str, Any]] = {
    "401": {"WWW-Authenticate": {"required": True, "schema": {"type": "string", "const": "Bearer"}}},
    "429": {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}},
}
"""What a refusal carries beside its body."""
REPEATED = {
    "Idempotent-Replayed": {
        "description": "This is the answer of before, under the same key.",
        "schema": {"type": "string", "const": "true"},
    }
}
_SCHEMA = "#/components/schemas/{model}"
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key and body are answered the same; another body is refused.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{8,100}$"},
}
NONCE_HEADER = {
    "name": "Request-Nonce",
    "in": "header",
    "description": "Random, new for each call (8 to 100 letters, digits, . _ : ~ -); the answer repeats it "
    "in a header of the same name. An answer with another one, or none, is to another question: blocked.",
    "required": False,
    "schema": {"type": "string"},
}


def openapi_document(operations: tuple[Operation, ...], version: str) -> dict[str, Any]:
    """The whole document, ready for JSON."""
    models: dict[type[BaseModel], None] = {Problem: None}
    for operation in operations:
        models |= dict.fromkeys(operation.answers.values())
        if operation.request is not None:
            models[operation.request] = None
    mode_of: list[tuple[type[BaseModel], Any]] = [(model, "validation") for model in models]
    _, schemas = models_json_schema(mode_of, ref_template=_SCHEMA)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        path = paths.setdefault(_PARAMETER.sub(r"{\1}", operation.path), {})
        path[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Holdfast removal checks",
            "version": version,
            "description": "Every failure, time-out and unreadable answer means blocked.",
        },
        "servers": [{"url": PREFIX}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "responses": {
                "Problem": _content("Refused: blocked", Problem, MEDIA_TYPE),
                **{
                    f"Problem{status}": {
                        **_content("Refused: blocked", Problem, MEDIA_TYPE),
                        "headers": headers,
                    }
                    for status, headers in HEADERS.items()
                },
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PARAMETER.findall(operation.path)
    ]
    parameters.append(NONCE_HEADER)
    parameters += [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": description,
            "schema": {"type": "string", "pattern": REFERENCE},
        }
        for name, description in operation.queried.items()
    ]
    if operation.request is not None:
        parameters.append({**KEY_HEADER, "required": operation.keyed})
    described: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "description": f"For keys of scope {', '.join(operation.scopes)}.",
        "parameters": parameters,
        "responses": {
            **{str(status): _answer(operation, model) for status, model in operation.answers.items()},
            **{
                status: {"$ref": f"#/components/responses/Problem{status if status in HEADERS else ''}"}
                for status in REFUSALS
            },
        },
    }
    if operation.request is not None:
        described["requestBody"] = {"required": True, "content": _body(operation.request, "application/json")}
    return described


def _answer(operation: Operation, model: type[BaseModel]) -> dict[str, Any]:
    answer = _content(model.__doc__ or "", model, "application/json")
    if operation.request is not None:
        answer["headers"] = REPEATED
    links = {
        f"{link.to}{''.join(name.title() for name in link.body or ())}": {
            "operationId": link.to,
            **({"parameters": dict(link.parameters)} if link.parameters else {}),
            **({"requestBody": dict(link.body)} if link.body else {}),
        }
        for link in operation.links
    }
    return {**answer, "links": links} if links else answer


def _content(description: str, model: type[BaseModel], media_type: str) -> dict[str, Any]:
    return {"description": " ".join(description.split()), "content": _body(model, media_type)}


def _body(model: type[BaseModel], media_type: str) -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": _SCHEMA.format(model=model.__name__)}}}
