"""What a worker hands to the process of a job; only that process loads what solves and plays."""

from dataclasses import dataclass
from datetime import datetime

from hotline.config.settings import Settings
from hotline.planning.jobs import JobId
from scheduling.places import Enough, Tell


@dataclass(frozen=True)
class Errand:
    """Which job, in whose name, and what time it was when it was handed out."""

    job: JobId
    holder: str
    at: datetime


def run_errand(settings: Settings, url: str, payload: str, tell: Tell, enough: Enough) -> str:
    """The work of one process. What it finds is kept with the job, or not at all."""
    from hotline.planning.doing import do_job  # here: numpy is for the process of the job alone

    return do_job(settings, url, payload, tell, enough)
