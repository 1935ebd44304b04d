"""Strict loopback emulators of the five services that Easel's tests and benches run against.

    with Cloud() as cloud:
        settings = cloud.environment()            # addresses and good keys for all five
        cloud.pace("fal", queue=2, steps=3)       # polls queued, polls running
        cloud.fail("fal", "submit", "cut_after")  # the job exists, the answer never comes
        ...
        assert len(cloud.jobs("fal")) == 1 and cloud.leaks() == [] and cloud.pending() == []

They follow recorded answers and the services' documents, not Easel. Failures, by stage:

    submit     400…504, cut_before, html_200, empty_body, hang: no job is created
               cut_after: the job is created, then the line is cut
               refusal, failed, aborted, empty_result, unknown_status, wrong_content_type:
               the job is created and ends so (openai and hf-inference refuse without a job)
    accepted   the same kinds; the job exists in every case
    poll       all kinds; unknown_status lasts for one answer, the others end the job
    result     fal's call for the result: statuses, cuts, hang, html_200, empty_body
    cancel     the same, and runs_on: answered as usual, and disobeyed
    mapping    the Hub's look-up: statuses, cuts, hang, html_200, empty_body
    upload     replicate's POST of a file, wavespeed's of a ticket, fal's of a token: statuses,
               cuts, hang, html_200, empty_body; after cut_after the file, or the ticket, exists
    put        the bytes, to wavespeed's storage or fal's CDN: the same
    fetch      statuses, cuts, hang, empty_body, truncated, truncated_ok, wrong_type, redirect,
               huge, drip
    everywhere but at fetch: drip (ten bytes a second without end), oversized (20 MB of log lines),
               redirect (307 to another host)
    accepted   many (1,000 addresses), black (pictures), odd_values (NaN, 10^400, -5 …), foreign_url
               (the job's addresses lead to another host): fal, replicate and wavespeed; the job
               ends well

Pictures that come with a request, as data URIs, uploads, parts of a form or bodies, are decoded,
and kept as they came: `job.received` is a list of Received(name, data, claimed, format, width,
height, way, metadata) in the order of the fields, so that a test can say

        (job,) = cloud.jobs("fal")
        assert [picture.metadata for picture in job.received] == [()]  # no EXIF, GPS, XMP, text

An edit is shaped like its first picture where the request does not say otherwise, an upscaled
picture is its input times the scale, a retouched or swapped one as large as it. What cannot be
decoded, and any address but that of an upload to the same service, ends as at the service: fal
400 at the door for a data URI that is no picture, else 422 as the result; replicate 422 for what
is no address, else a failed job; wavespeed 400 or a failed job; openai 400; hf-inference 422.

`cloud.uploads()` lists Upload(id, service, path, name, content_type, data, size, created, …).
Replicate's /v1/files (not its signed download), wavespeed's tickets and fal's storage are spoken;
the last lives on hosts that no base address of Easel's settings names: see fal_storage.py.

Language models write a text as long as they are told, with the user's words in it, or the next of
`cloud.writes(...)`: at openai and huggingface by chat, as events where asked for, whole otherwise;
at replicate as an `output` that grows while it is polled; at fal in the end. Whoever hangs up in
the middle of events is noticed: the job is `cancelled`. Stage stream: cut_after, hang, length,
refusal, error, no_end, garbled, all after so many events (after=3).

Money: wavespeed's balance starts at 10 dollars and falls with every job that did not fail; its
price call answers in two wordings, of /model/price (price, discounted_price) and of the older
/model/pricing (unit_price). Replicate's finished predictions have metrics, openai's answers usage.

Details: retry_after=, detail= (the text), nginx=True (its page instead of the service's words),
form= (fal's refusal: policy, no_media, nsfw, text; openai's 429: quota, 400: billing),
message= (replicate's error), location= (redirect), claim=True (huge with Content-Length).
"""

from .inputs import Received, Upload
from .ledger import Call, Fault, Job
from .server import Cloud

__all__ = ["Call", "Cloud", "Fault", "Job", "Received", "Upload"]
