"""How far ends are reached: telephones dialled and rung, talks begun and ended."""
