"""Settings, read once at the edge: `DATELINE_*` variables, then a TOML file, then these defaults.

The file is `dateline.toml` in the working directory, or the one that DATELINE_CONFIG names.
"""

from __future__ import annotations

import os
from functools import cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from storage.home import Home


class Settings(BaseSettings):
    """Everything that can be set, with its default; frozen."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True, extra="forbid", env_ignore_empty=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("dateline", appauthor=False), description="folder that holds everything"
    )
    contact: str = Field(default="", description="address or page named in the User-Agent, so that sites can reach you")
    allow_private_addresses: bool = Field(
        default=False, description="let feeds and pages lie on loopback and private networks"
    )
    allowed_networks: tuple[IPv4Network | IPv6Network, ...] = Field(
        default=(), description="private networks that feeds and pages may lie on, such as 10.1.0.0/16, as a JSON array"
    )
    seconds_per_host: float = Field(default=5.0, ge=0, description="least time between two page requests to one host")
    max_connections: int = Field(default=32, ge=1, description="requests under way at once, over all hosts")
    request_seconds: float = Field(default=30.0, gt=0, description="longest time one answer may take in all")
    feeds_per_task: int = Field(default=50, ge=1, le=50, description="feeds polled by one task")
    pages_per_batch: int = Field(default=100, ge=1, le=200, description="pages read and committed together")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, description="processes that clean and read pages"
    )
    cpu_seconds_per_page: int = Field(
        default=10, ge=1, description="CPU time that reading a page, or each way of cleaning it, may cost"
    )

    spacy_model: str = Field(
        default="", description="spaCy pipeline with Universal Dependencies labels that reads instead of dateline's own"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then variables, then the file."""
        del dotenv_settings, file_secret_settings
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, os.environ.get("DATELINE_CONFIG", "dateline.toml")),
        )

    @property
    def place(self) -> Home:
        """The home's paths."""
        return Home(self.home.expanduser().absolute())


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
