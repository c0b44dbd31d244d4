"""Settings of the removal-check API, from the environment like all others."""

from typing import Self

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from holds.settings import SettingsError, complaint


class ApiSettings(BaseSettings):
    """What every blocked answer says. Each field is the environment variable `HOLDFAST_` + its name.

    duty_desk: whom an officer calls, with the number: it stands in every answer that blocks.
    """

    model_config = SettingsConfigDict(env_prefix="HOLDFAST_", frozen=True, extra="ignore")

    duty_desk: str = "the duty desk of the holding office"

    @classmethod
    def read(cls) -> Self:
        """Read the environment, or raise `SettingsError` naming each wrong variable."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError(complaint(error)) from None
