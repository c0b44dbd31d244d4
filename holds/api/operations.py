"""The calls of the API as data: routes and the OpenAPI document are both made from this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response
from pydantic import BaseModel

from holds.domain.client import SCOPES, Call

PREFIX = "/api/v1"


@dataclass(frozen=True, kw_only=True)
class Link:
    """What can be called next with what came back: `parameters` of the path, or the `body`.

    Values are OpenAPI's runtime expressions, such as `$response.body#/manifest`.
    """

    to: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One call. `path` is below `PREFIX`, in Flask's spelling; `keyed`: it needs an Idempotency-Key.

    `queried` describes the parameters of a query by name, each a reference.
    `answers` maps a status to the model of its body; refusals are problems everywhere.
    """

    id: str
    method: str
    path: str
    summary: str
    call: Call
    view: Callable[..., Response]
    answers: dict[int, type[BaseModel]]
    request: type[BaseModel] | None = None
    keyed: bool = False
    links: tuple[Link, ...] = ()
    queried: Mapping[str, str] = field(default_factory=dict)

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes that may call it, sorted."""
        return tuple(sorted(scope.value for scope, calls in SCOPES.items() if self.call in calls))
