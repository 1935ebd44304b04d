"""What a job has made, written into it: a text as it came, or pictures, which are fetched first."""

from __future__ import annotations

from engines.admission import in_thread
from i18n import say
from providers.catalogue import provider_of
from providers.schema import Done
from studio.jobs.job import Job
from studio.money.charges import believe
from studio.money.pricing import count
from studio.results.anomalies import MOST_AREA, as_many_as_asked, oddities
from studio.results.expected_size import shortfalls
from studio.results.fetching import Fetcher
from studio.results.image_files import StoredPicture
from studio.results.sanitizing import MOST_WHOLE
from studio.results.text_checks import examine


def keep_text(job: Job, done: Done) -> None:
    """The answer is the result: nothing is fetched. It is held against what was asked."""
    held = examine(job.request.brief, job.request.prompt, done.text)
    job.text, job.result.findings = held.text, held.findings
    job.warnings += (*done.warnings, *held.warnings)
    job.result.seed = _seed(job, done)
    believe(job, done.charged)


async def keep_pictures(job: Job, done: Done, fetcher: Fetcher) -> None:
    """Fetch the pictures and write them down. Raises why there is none, when none could be had."""
    job.warnings += done.warnings
    job.result.seed = _seed(job, done)
    model, wanted = job.request.model, count(job.request.settings)
    provider = provider_of(model)
    pictures, more = as_many_as_asked(done.pictures, wanted, provider.title)
    job.warnings += more
    got = await fetcher.collect_all(job, pictures)
    job.result.stored = [each for each in got if isinstance(each, StoredPicture)]
    lost = [each for each in got if isinstance(each, BaseException)]
    if not job.result.stored:
        raise lost[0]
    job.warnings += [say("note.lost", total=len(got), why=each) for each in lost]
    believe(job, done.charged)  # not before: a lost result can be asked after again
    made = [(each.width, each.height) for each in job.result.stored]
    job.warnings += shortfalls(model, job.request.settings, job.user_request.pictures, made)
    if provider.needs_key:  # our own engines have no filter
        largest = max(each.width * each.height for each in job.result.stored) / 1e6
        job.warnings += await in_thread(min(largest, MOST_AREA / 1e6), oddities, job.result.stored)


def _seed(job: Job, done: Done) -> int | None:
    """The seed the provider tells, or the one that was asked for."""
    asked = job.request.settings.get("seed")
    seed = done.seed if done.seed is None or abs(done.seed) <= MOST_WHOLE else None
    return seed if seed is not None or asked is None else int(asked)
