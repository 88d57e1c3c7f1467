"""Why a roster below its floor was published all the same: the coordinator's own words.

On the roster and nowhere else, so that it goes with it into the archive.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the reason; rosters published before have none."""
    op.add_column("roster", sa.Column("accepted_gaps", sa.String(400)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("roster", "accepted_gaps")
