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
    fetch      statuses, cuts, hang, empty_body, truncated, truncated_ok, wrong_type, redirect, huge

Details: retry_after=, detail= (the text), nginx=True (its page instead of the service's words),
form= (fal's refusal: policy, no_media, nsfw, text; openai's 429: quota, 400: billing),
message= (replicate's error), location= (redirect), claim=True (huge with Content-Length).
"""

from .ledger import Call, Fault, Job
from .server import Cloud

__all__ = ["Call", "Cloud", "Fault", "Job"]
