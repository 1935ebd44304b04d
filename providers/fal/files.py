"""How pictures reach fal: inside the request, or over its CDN where they are too large for that.

fal names no limit for data URIs; Easel's is 10 MB for all pictures of a request. The CDN is used
with fal's own address alone: a gateway in its place is not known to pass uploads on, so there the
pictures stay in the request. Source: fal_client 1.0.3, read 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from errors import NotAvailable, StudioError
from i18n import say
from providers.http.client import Access
from providers.http.json_reading import name
from providers.http.picture_uploads import upload_each
from providers.inputs import InputPicture

NAME = "fal"
BASE = "FAL_BASE_URL"
OWN_DOMAINS = (".fal.run", ".falrun.com")
REST = "https://rest.fal.ai"
CDN = "https://v3.fal.media"
IN_REQUEST = 10_000_000
# Results lie on a public CDN; fal is asked to drop them after a day instead of its usual week.
# https://docs.fal.ai/model-apis/media-expiration, read 2026-11-21.
LIFECYCLE = {"X-Fal-Object-Lifecycle-Preference": '{"expiration_duration_seconds": 86400}'}
# What the user sent is needed only until the job has run. fal_client sends both headers.
BRIEF = '{"expiration_duration_seconds": 3600}'
SHORT_LIFE = {"X-Fal-Object-Lifecycle": BRIEF, "X-Fal-Object-Lifecycle-Preference": BRIEF}


async def hand_in(pictures: Sequence[InputPicture], access: Access) -> list[str]:
    """What stands for each picture in the request: a data URI, or an address on fal's CDN."""
    inside = [picture.data_uri for picture in pictures]
    if sum(map(len, inside)) <= IN_REQUEST or not is_own(REST, access.bases[BASE], (".fal.ai",)):
        return inside

    async def put(picture: InputPicture, number: int) -> str:
        token = await _token(access)
        headers = {
            "Authorization": token,
            "Content-Type": picture.media_type,
            "X-Fal-File-Name": picture.file_name(number),
            **SHORT_LIFE,
        }
        try:
            answer = await access.client(headers).post(f"{CDN}/files/upload", content=picture.data)
            address = name((await access.json(answer, paid=False)).get("access_url"))
        except StudioError as error:  # a token that the CDN refuses is not the user's key
            text = say("error.upload.storage", who="fal")
            raise NotAvailable(text, provider=NAME, status=error.status) from error
        if not address.startswith("https://"):
            raise NotAvailable(say("error.upload.storage", who="fal"), provider=NAME)
        return address

    return await upload_each(pictures, put, access)


async def _token(access: Access) -> str:
    """Leave to upload, from fal's REST host, the only one of these that is sent the key."""
    url = f"{REST}/storage/auth/token"
    client = access.client({"Authorization": f"Key {access.key}"})
    answer = await client.post(url, params={"storage_type": "fal-cdn-v3"}, json={})
    body = await access.json(answer, paid=False)
    token = f"{name(body.get('token_type'))} {name(body.get('token'))}"
    if not (token.isascii() and token.isprintable()):
        raise NotAvailable(say("error.upload.storage", who="fal"), provider=NAME)
    return token


def is_own(url: str, base: str, domains: tuple[str, ...] = OWN_DOMAINS) -> bool:
    """Whether an address may be sent the key: the base's own, or fal's when the base is fal's."""
    try:
        there, home = httpx.URL(url), httpx.URL(base)
        hosts = (there.host, home.host)
        plain = url.isascii() and url.isprintable() and not {"\\", " "} & set(url)
    except (httpx.InvalidURL, UnicodeError):
        return False
    if there.userinfo or not plain:
        return False
    if (there.scheme, there.port, hosts[0]) == (home.scheme, home.port, hosts[1]):
        return True
    secure = there.scheme == "https" and there.port is None
    return secure and there.host.endswith(domains) and home.host.endswith(OWN_DOMAINS)
