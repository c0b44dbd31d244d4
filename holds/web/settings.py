"""Settings of the pages, from the environment like all others."""

from typing import Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from holds.settings import SettingsError, complaint


class WebSettings(BaseSettings):
    """How the pages are reached. Every field is the environment variable `HOLDFAST_` + its name.

    web_hosts: host names the pages answer to, comma-separated; any other Host header is refused.
    web_https: 1 where readers come by HTTPS: cookies are then never sent without it.
    web_proxies: how many proxies of ours stand before the server and set X-Forwarded-For (default 0).
    """

    model_config = SettingsConfigDict(env_prefix="HOLDFAST_", frozen=True, extra="ignore")

    web_hosts: str = "127.0.0.1,localhost"
    web_https: bool = False
    web_proxies: int = Field(default=0, ge=0, le=5)

    @property
    def hosts(self) -> list[str]:
        return [host.strip() for host in self.web_hosts.split(",") if host.strip()]

    @classmethod
    def read(cls) -> Self:
        """Read the environment, or raise `SettingsError` naming each wrong variable."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError(complaint(error)) from None
