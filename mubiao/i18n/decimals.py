"""Numbers as decimals with so many places."""

from decimal import Decimal
from fractions import Fraction


def rounded_decimal(value: Decimal | Fraction | int, digits: int | None) -> Decimal:
    """A number as it is, or rounded half up to `digits` places; a fraction to one."""
    if digits is None and not isinstance(value, Fraction):
        return Decimal(value)
    # Half up, as people round by hand; the sign apart so that -2.5 goes to -3.
    places = 1 if digits is None else digits
    scaled = int(abs(Fraction(value)) * 10**places + Fraction(1, 2))
    exact = Decimal(scaled).scaleb(-places)
    return -exact if value < 0 and scaled else exact


def places(value: Decimal) -> int:
    """How many places a decimal has after the point."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
