"""The routes of the sandbox, as the API documents them."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lib.model import V1_MODEL
from lib.sandbox import answers, errors, uploads
from lib.sandbox.checks import Limits
from lib.sandbox.errors import Refused
from lib.sandbox.jobs import Jobs
from lib.sandbox.tokens import Tokens

MOST_JSON = 65_536  # bytes a body of /v1/auth may have


@dataclass(frozen=True, slots=True)
class SandboxState:
    """What the routes share."""

    limits: Limits
    tokens: Tokens
    jobs: Jobs
    v1_seconds: float
    stopping: asyncio.Event

    async def pause(self, seconds: float) -> None:
        """Wait `seconds`, or until the sandbox stops."""
        if seconds > 0:
            try:
                await asyncio.wait_for(self.stopping.wait(), seconds)
            except TimeoutError:
                return


def build_routes(sandbox: SandboxState) -> Starlette:
    """The app; every request's state must hold a correlation id."""
    app = Starlette(
        routes=[
            Route("/v1/auth", auth, methods=["POST"]),
            Route("/v1/upload/analyze", analyze, methods=["POST"]),
            Route("/v2/upload/analyze", submit, methods=["POST"]),
            Route("/v2/upload/jobs/{job_id}", job, methods=["GET"]),
        ],
        exception_handlers={
            Refused: _refused,
            HTTPException: _not_served,
            ClientDisconnect: _gone,
            Exception: _broken,
        },
    )
    app.router.redirect_slashes = False
    app.state.sandbox = sandbox
    return app


async def auth(request: Request) -> Response:
    """POST /v1/auth: a key pair for a token."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_JSON:
            raise Refused("ih4005", "The body is too large.")
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("ih4005", "The body is not JSON.") from error
    return JSONResponse(_sandbox_of(request).tokens.exchange(asked))


async def analyze(request: Request) -> Response:
    """POST /v1/upload/analyze: the analysis itself."""
    sandbox = _sandbox_of(request)
    sandbox.tokens.admit(request.headers.get("Authorization"))
    async with uploads.form(request, limits=sandbox.limits) as form:
        include = uploads.chosen(form, "include[]", uploads.V1_INCLUDE)
        goals = uploads.chosen(form, "goal_dimensions[]", uploads.GOALS)
        context = uploads.text(form, "conversation_context")
        media = await uploads.media(form, model=V1_MODEL, limits=sandbox.limits)
    await sandbox.pause(sandbox.v1_seconds)
    return JSONResponse(answers.v1_answer(media, include=include, goals=goals, context=context))


async def submit(request: Request) -> Response:
    """POST /v2/upload/analyze: a job, held for `wait_seconds` in the hope that it ends."""
    sandbox = _sandbox_of(request)
    sandbox.tokens.admit(request.headers.get("Authorization"))
    async with uploads.form(request, limits=sandbox.limits) as form:
        model = uploads.model(form)
        wait = uploads.wait_seconds(form)
        include = uploads.chosen(form, "include[]", uploads.V2_INCLUDE)
        media = await uploads.media(form, model=model, limits=sandbox.limits)
    job = sandbox.jobs.submit(media, model=model, include=frozenset(include))
    doom = getattr(request.state, "job_error", None)
    if doom:
        job = sandbox.jobs.doom(job, error_id=doom, correlation_id=request.state.correlation_id)
    if not wait:
        return JSONResponse(job.envelope("queued"), status_code=202)
    await sandbox.pause(min(wait, job.remaining(sandbox.jobs.clock())))
    status = job.status(sandbox.jobs.clock())
    ended = status in {"completed", "failed"}
    return JSONResponse(job.envelope(status), status_code=200 if ended else 202)


async def job(request: Request) -> Response:
    """GET /v2/upload/jobs/{job_id}: the job as it stands."""
    sandbox = _sandbox_of(request)
    sandbox.tokens.admit(request.headers.get("Authorization"))
    found = sandbox.jobs.find(request.path_params["job_id"])
    return JSONResponse(found.envelope(found.status(sandbox.jobs.clock())))


def _sandbox_of(request: Request) -> SandboxState:
    return cast("SandboxState", request.app.state.sandbox)


def _error_body(request: Request, error_id: str, *, status: int, message: str | None) -> Response:
    correlation_id: str = request.state.correlation_id
    body = errors.body(error_id, correlation_id=correlation_id, message=message)
    return JSONResponse(body, status_code=status)


async def _refused(request: Request, error: Exception) -> Response:
    refused = cast("Refused", error)
    status = errors.status(refused.error_id)
    return _error_body(request, refused.error_id, status=status, message=refused.message)


async def _not_served(request: Request, error: Exception) -> Response:
    """Unknown routes and methods, bad forms: no documented id, but the documented body."""
    http = cast("HTTPException", error)
    if http.status_code == 400:  # noqa: PLR2004  Starlette could not read the form
        return _error_body(request, "ih4005", status=400, message=http.detail)
    name = http.detail.lower().replace(" ", "_")
    return _error_body(request, name, status=http.status_code, message=f"{http.detail}.")


async def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=499)  # nobody is left to read it


async def _broken(request: Request, _error: Exception) -> Response:
    return _error_body(request, "ih1001", status=500, message=None)
