"""The blueprint of the accounts, and its doors."""

from typing import Final

from flask import Blueprint, request

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.showing import Door
from hotline.console.frame.words.saying import _l

accounts = Blueprint("accounts", __name__, template_folder="templates")
ACCOUNTS_DOOR: Final = Door(_l("Accounts"), "accounts.show_accounts", Act.MANAGE_ACCOUNTS)
TRAIL_DOOR: Final = Door(_l("Audit trail"), "accounts.show_trail", Act.SEE_AUDIT)


def site_address() -> str:
    """What stands before every path of ours."""
    return parts().secrets.public_url.rstrip("/") or request.url_root.rstrip("/")
