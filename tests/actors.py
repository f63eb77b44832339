"""Who acts in tests."""

from mubiao.model import Actor, ActorKind


def named(name: str) -> Actor:
    """Whoever typed a name."""
    return Actor.typed(name)


ADMINISTRATOR = Actor.of(ActorKind.OIDC, "id.example/0", "Ada")


def signed_in(name: str) -> Actor:
    """Whoever signed in with a provider."""
    return Actor.of(ActorKind.OIDC, f"id.example/{name}", name)
