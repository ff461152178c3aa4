"""The page that describes the API, made from the OpenAPI document that the API serves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from reports.api import api


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    where: str
    type: str
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    about: str
    parameters: tuple[Parameter, ...]
    answer: str

    @property
    def anchor(self) -> str:
        return slugify(f"{self.method} {self.path.replace('/', ' ')}")


@dataclass(frozen=True, slots=True)
class Type:
    name: str
    about: str
    fields: tuple[Parameter, ...]


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    document = api.get_openapi_schema()
    types = document["components"]["schemas"]
    return render(
        request,
        "takeaway/api.html",
        {
            "about": _prose(document["info"]["description"]),
            "operations": list(_operations(document["paths"])),
            "types": [_type(name, types[name]) for name in sorted(types)],
        },
    )


def _operations(paths: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in paths.items():
        for method, operation in methods.items():
            answer = operation["responses"][200]["content"]["application/json"]["schema"]
            yield Operation(
                method.upper(),
                path,
                _prose(operation.get("description", operation["summary"])),
                tuple(
                    Parameter(
                        parameter["name"],
                        parameter["in"],
                        _type_name(parameter["schema"]),
                        _prose(parameter["schema"].get("description", "")),
                    )
                    for parameter in operation.get("parameters", ())
                ),
                _type_name(answer),
            )


def _type(name: str, schema: dict[str, Any]) -> Type:
    fields = tuple(
        Parameter(field, "", _type_name(value), _prose(value.get("description", "")))
        for field, value in schema.get("properties", {}).items()
    )
    return Type(name, _prose(schema.get("description", "")), fields)


def _prose(description: str) -> SafeString:
    """As HTML. Descriptions in OpenAPI are Markdown, of which ours use only `code`."""
    return mark_safe(re.sub("`([^`]+)`", r"<code>\1</code>", escape(description)))  # noqa: S308


def _type_name(schema: dict[str, Any]) -> str:
    """A type in words: “list of Finding”, “whole number or null”."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_type_name(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type_name(schema['items'])}"
    words = {"integer": "whole number", "string": "text", "boolean": "true or false"}
    kind = schema.get("type", "anything")
    return str(schema.get("format") or words.get(kind, kind))
