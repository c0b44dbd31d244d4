"""`holdfast keys …`: the key ring and its backup."""

from pathlib import Path

import click

from holds.actions.back_up_keys import back_up_keys, restore_keys
from holds.cli.context import Office, emit, json_option


@click.group()
def keys() -> None:
    """The key ring: without it nobody can be found, and every check answers blocked."""


@keys.command()
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def backup(office: Office, target: Path, as_json: bool) -> None:
    """Write a copy of the ring to FILE (a new file, mode 0600). Keep it on another machine."""
    count = back_up_keys(office.settings, target)
    emit(as_json, {"keys": count, "file": str(target)}, f"{count} keys copied to {target}, and read back.")


@keys.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def restore(office: Office, source: Path, as_json: bool) -> None:
    """Put a backup in place of a lost ring, if it is the one this database was made with."""
    count = restore_keys(office.settings, source)
    emit(as_json, {"keys": count}, f"{count} keys are back in {office.settings.key_ring_path}.")
