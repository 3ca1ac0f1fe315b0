"""The address of links to files, which need no sign-in."""

from starlette.requests import Request
from starlette.responses import Response

from runtime.component import ComposedComponent, RpcPort, get
from runtime.forms import Files


def file_port(files: Files) -> RpcPort:
    """Return the port behind `<path>/{token}`."""

    class FileLinks(ComposedComponent):
        """Hands out files to whoever has a link that is still good."""

        @get(
            f"{files.path}/{{token}}",
            "http.file",
            access="public",
            transaction=False,
            downloads=("*/*",),
            answers=(304, 410, 416),
        )
        async def read_file(self, request: Request, token: str) -> Response:
            """Download a file by the link that an object shows. No sign-in is needed until the link ends."""
            return await files.answer_link(request, token)

    component = FileLinks("files")
    return component.offers("http", RpcPort(component))
