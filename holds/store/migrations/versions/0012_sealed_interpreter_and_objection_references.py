"""Who interpreted a choice to leave is sealed; objections have a public reference as everything else has."""

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SOUND = (
    "sound = (chooses_to_leave AND in_private AND NOT officer_present "
    "AND (own_language OR {interpreter}) AND support IS NOT NULL)"
)


def _said_anew(condition: str) -> None:
    with op.batch_alter_table("choice_statement") as statement:
        statement.create_check_constraint(op.f("ck_choice_statement_sound"), sa.text(condition))


def upgrade() -> None:
    """An interpreter's name in clear cannot be sealed here, where there are no keys: it is refused, not lost.

    No release wrote such a row; a database that has one keeps it, and the migration says what to do.
    """
    connection = op.get_bind()
    named = sa.text("SELECT count(*) FROM choice_statement WHERE interpreter_id IS NOT NULL")
    if connection.execute(named).scalar_one():
        raise RuntimeError(
            "Statements of choice name their interpreters in clear, and cannot be sealed without the keys: "
            "have the persons state their choice anew, and take these rows out with the owner's role."
        )
    with op.batch_alter_table("choice_statement") as statement:
        statement.drop_constraint(op.f("ck_choice_statement_sound"), type_="check")
        statement.drop_column("interpreter_id")
    with op.batch_alter_table("choice_statement") as statement:
        statement.add_column(
            sa.Column("interpreted", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        statement.add_column(sa.Column("sealed_interpreter", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("choice_statement") as statement:
        statement.alter_column("interpreted", server_default=None)
        statement.create_check_constraint(
            op.f("ck_choice_statement_interpreted"),
            sa.text("interpreted = (sealed_interpreter IS NOT NULL)"),
        )
    _said_anew(SOUND.format(interpreter="interpreted"))
    with op.batch_alter_table("objection") as objection:
        objection.add_column(sa.Column("reference", sa.String(), nullable=True))
    table = sa.table("objection", sa.column("id", sa.Uuid()), sa.column("reference", sa.String()))
    for (objection_id,) in connection.execute(sa.select(table.c.id)).all():
        reference = "".join(secrets.choice(ALPHABET) for _ in range(10))
        connection.execute(sa.update(table).where(table.c.id == objection_id).values(reference=reference))
    with op.batch_alter_table("objection") as objection:
        objection.alter_column("reference", existing_type=sa.String(), nullable=False)
        objection.create_unique_constraint(op.f("uq_objection_reference"), ["reference"])


def downgrade() -> None:
    """A statement that was interpreted has no place in the older schema, which would show by whom."""
    connection = op.get_bind()
    named = sa.text("SELECT count(*) FROM choice_statement WHERE interpreted")
    if connection.execute(named).scalar_one():
        raise RuntimeError(
            "an interpreted statement of choice would lose its interpreter; nothing was changed"
        )
    with op.batch_alter_table("objection") as objection:
        objection.drop_constraint(op.f("uq_objection_reference"), type_="unique")
        objection.drop_column("reference")
    with op.batch_alter_table("choice_statement") as statement:
        statement.drop_constraint(op.f("ck_choice_statement_interpreted"), type_="check")
        statement.drop_constraint(op.f("ck_choice_statement_sound"), type_="check")
        statement.drop_column("interpreted")
        statement.drop_column("sealed_interpreter")
    with op.batch_alter_table("choice_statement") as statement:
        statement.add_column(sa.Column("interpreter_id", sa.String(), nullable=True))
    _said_anew(SOUND.format(interpreter="interpreter_id IS NOT NULL"))
