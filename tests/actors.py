"""Who acts in tests."""

from mubiao.model import Actor


def named(name: str) -> Actor:
    """Whoever typed a name."""
    return Actor.typed(name)
