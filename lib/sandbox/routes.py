"""The HTTP routes of the sandbox, as the API documents them."""

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

MAX_AUTH_BYTES = 65_536  # that the body of a token request may have


@dataclass(frozen=True, slots=True)
class SandboxState:
    """The limits, tokens and jobs that all routes of one sandbox share."""

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


def build_app(state: SandboxState) -> Starlette:
    """The ASGI app of the routes; every request's state must hold a correlation id."""
    app = Starlette(
        routes=[
            Route("/v1/auth", issue_token, methods=["POST"]),
            Route("/v1/upload/analyze", analyze_v1, methods=["POST"]),
            Route("/v2/upload/analyze", submit_job, methods=["POST"]),
            Route("/v2/upload/jobs/{job_id}", read_job, methods=["GET"]),
        ],
        exception_handlers={
            Refused: _answer_refusal,
            HTTPException: _answer_http_error,
            ClientDisconnect: _answer_client_left,
            Exception: _answer_failure,
        },
    )
    app.router.redirect_slashes = False
    app.state.sandbox = state
    return app


async def issue_token(request: Request) -> Response:
    """POST /v1/auth: a key pair for a token."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_AUTH_BYTES:
            raise Refused("ih4005", "The body is too large.")
    try:
        credentials = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("ih4005", "The body is not JSON.") from error
    return JSONResponse(_sandbox_state(request).tokens.exchange(credentials))


async def analyze_v1(request: Request) -> Response:
    """POST /v1/upload/analyze: the analysis, after the seconds that V1 takes."""
    state = _sandbox_state(request)
    state.tokens.admit(request.headers.get("Authorization"))
    async with uploads.open_form(request, limits=state.limits) as form:
        include = uploads.read_choices(form, "include[]", uploads.V1_INCLUDE)
        goals = uploads.read_choices(form, "goal_dimensions[]", uploads.GOAL_DIMENSIONS)
        context = uploads.read_text(form, "conversation_context")
        media = await uploads.check_upload(form, model=V1_MODEL, limits=state.limits)
    await state.pause(state.v1_seconds)
    return JSONResponse(
        answers.build_v1_answer(media, include=include, goals=goals, context=context)
    )


async def submit_job(request: Request) -> Response:
    """POST /v2/upload/analyze: a job, answered at its end or after `wait_seconds`."""
    state = _sandbox_state(request)
    state.tokens.admit(request.headers.get("Authorization"))
    async with uploads.open_form(request, limits=state.limits) as form:
        model = uploads.read_model(form)
        wait_seconds = uploads.read_wait_seconds(form)
        include = uploads.read_choices(form, "include[]", uploads.V2_INCLUDE)
        media = await uploads.check_upload(form, model=model, limits=state.limits)
    job = state.jobs.submit(media, model=model, include=frozenset(include))
    job_error = getattr(request.state, "job_error", None)
    if job_error:
        job = state.jobs.doom(job, error_id=job_error, correlation_id=request.state.correlation_id)
    if not wait_seconds:
        return JSONResponse(job.envelope("queued"), status_code=202)
    await state.pause(min(wait_seconds, job.remaining(state.jobs.clock())))
    status = job.status(state.jobs.clock())
    ended = status in {"completed", "failed"}
    return JSONResponse(job.envelope(status), status_code=200 if ended else 202)


async def read_job(request: Request) -> Response:
    """GET /v2/upload/jobs/{job_id}: the job as it stands."""
    state = _sandbox_state(request)
    state.tokens.admit(request.headers.get("Authorization"))
    job = state.jobs.find(request.path_params["job_id"])
    return JSONResponse(job.envelope(job.status(state.jobs.clock())))


def _sandbox_state(request: Request) -> SandboxState:
    return cast("SandboxState", request.app.state.sandbox)


def _error_response(
    request: Request, error_id: str, *, status: int, message: str | None
) -> Response:
    correlation_id: str = request.state.correlation_id
    body = errors.error_body(error_id, correlation_id=correlation_id, message=message)
    return JSONResponse(body, status_code=status)


async def _answer_refusal(request: Request, error: Exception) -> Response:
    refused = cast("Refused", error)
    status = errors.http_status(refused.error_id)
    return _error_response(request, refused.error_id, status=status, message=refused.message)


async def _answer_http_error(request: Request, error: Exception) -> Response:
    """Unknown routes and methods, bad forms: no documented id, but the documented body."""
    http = cast("HTTPException", error)
    if http.status_code == 400:  # noqa: PLR2004  Starlette could not read the form
        return _error_response(request, "ih4005", status=400, message=http.detail)
    name = http.detail.lower().replace(" ", "_")
    return _error_response(request, name, status=http.status_code, message=f"{http.detail}.")


async def _answer_client_left(_request: Request, _error: Exception) -> Response:
    return Response(status_code=499)  # the client has gone; only the call log shows it


async def _answer_failure(request: Request, _error: Exception) -> Response:
    return _error_response(request, "ih1001", status=500, message=None)
