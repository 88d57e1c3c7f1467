"""What a supervisor sees of the lines at one instant: people, callers, rates, and what is wrong."""

from hotline.board.concerns import Concern, ConcernKind
from hotline.board.facts import (
    BoardFacts,
    CarrierState,
    LateCall,
    OpenCall,
    Promised,
    Stage,
)
from hotline.board.looking import board
from hotline.board.presence import SOON, Present
from hotline.board.rate import Rate
from hotline.board.shown import (
    Board,
    CallerShown,
    DeskShown,
    Doing,
    LineShown,
    PersonShown,
)

__all__ = [
    "SOON",
    "Board",
    "BoardFacts",
    "CallerShown",
    "CarrierState",
    "Concern",
    "ConcernKind",
    "DeskShown",
    "Doing",
    "LateCall",
    "LineShown",
    "OpenCall",
    "PersonShown",
    "Present",
    "Promised",
    "Rate",
    "Stage",
    "board",
]
