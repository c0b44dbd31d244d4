"""Alarms, whom they reach, checks by telephone, and codes with which an officer confirms by a system."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWNERS = "owner_kind IN ('person', 'counsel', 'source_list'{more})"
MORE_OWNERS = ", 'alarm', 'alarm_contact', 'phone_check'"

DELIVERY_CHECKS = {
    "notice_or_alarm": "(notice_id IS NULL) <> (alarm_id IS NULL)",
    "notice_of_a_person": "(notice_id IS NULL) = (person_id IS NULL)",
    "no_batch": "alarm_id IS NULL OR (batch_id IS NULL AND state <> 'planned')",
}


def _owners(condition: str) -> None:
    with op.batch_alter_table("data_key") as data_key:
        data_key.drop_constraint(op.f("ck_data_key_owner_kind"), type_="check")
    with op.batch_alter_table("data_key") as data_key:
        data_key.create_check_constraint(op.f("ck_data_key_owner_kind"), sa.text(condition))


def upgrade() -> None:
    _owners(OWNERS.format(more=MORE_OWNERS))
    op.create_table(
        "alarm_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("sealed_value", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(duty = 'on_call') = (actor_id IS NOT NULL)", name=op.f("ck_alarm_contact_on_call_is_somebody")
        ),
        sa.CheckConstraint(
            "(duty = 'on_call') = (office IS NULL)", name=op.f("ck_alarm_contact_office_is_named")
        ),
        sa.CheckConstraint(
            "duty IN ('field_office', 'facility', 'on_call')", name=op.f("ck_alarm_contact_duty")
        ),
        sa.CheckConstraint("way IN ('email', 'phone')", name=op.f("ck_alarm_contact_way")),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_alarm_contact_rank")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_alarm_contact_actor_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_alarm_contact_organisation_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_alarm_contact_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_contact")),
        sa.UniqueConstraint("reference", name=op.f("uq_alarm_contact_reference")),
    )
    op.create_index("ix_alarm_contact_office", "alarm_contact", ["duty", "office"], unique=False)
    op.create_table(
        "confirmation_code",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_confirmation_code_actor_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_confirmation_code")),
    )
    op.create_index(op.f("ix_confirmation_code_actor_id"), "confirmation_code", ["actor_id"], unique=False)
    op.create_table(
        "alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("recipient_kind", sa.String(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('manifest', 'hold_sent', 'hold_overdue', 'counsel', 'page')", name=op.f("ck_alarm_kind")
        ),
        sa.CheckConstraint(
            "recipient_kind IN ('manifest', 'contact', 'counsel')", name=op.f("ck_alarm_recipient_kind")
        ),
        sa.ForeignKeyConstraint(["cause_id"], ["ledger_row.id"], name=op.f("fk_alarm_cause_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["alarm.id"], name=op.f("fk_alarm_follows_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_alarm_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_alarm_person_id")),
        sa.ForeignKeyConstraint(["planned_by"], ["actor.id"], name=op.f("fk_alarm_planned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sa.UniqueConstraint(
            "cause_id",
            "kind",
            "recipient_id",
            "place",
            name=op.f("uq_alarm_cause_id_kind_recipient_id_place"),
        ),
        sa.UniqueConstraint("follows_id", name=op.f("uq_alarm_follows_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_alarm_reference")),
    )
    op.create_index("ix_alarm_person_id", "alarm", ["person_id", "recipient_id"], unique=False)
    op.create_table(
        "phone_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("departure_kind", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_call", sa.LargeBinary(), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('blocked', 'no_active_hold', 'not_on_record')", name=op.f("ck_phone_check_decision")
        ),
        sa.CheckConstraint("stage IN ('manifest', 'staging', 'boarding')", name=op.f("ck_phone_check_stage")),
        sa.ForeignKeyConstraint(["check_id"], ["ledger_row.id"], name=op.f("fk_phone_check_check_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["alarm_contact.id"], name=op.f("fk_phone_check_contact_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_phone_check_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_phone_check_person_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["actor.id"], name=op.f("fk_phone_check_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_check")),
        sa.UniqueConstraint("reference", name=op.f("uq_phone_check_reference")),
    )
    op.create_index(op.f("ix_phone_check_person_id"), "phone_check", ["person_id"], unique=False)
    op.create_table(
        "phone_read_back",
        sa.Column("phone_check_id", sa.Uuid(), nullable=False),
        sa.Column("heard", sa.String(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "heard IN ('blocked', 'no_active_hold', 'not_on_record')", name=op.f("ck_phone_read_back_heard")
        ),
        sa.ForeignKeyConstraint(
            ["phone_check_id"], ["phone_check.id"], name=op.f("fk_phone_read_back_phone_check_id")
        ),
        sa.ForeignKeyConstraint(["read_by"], ["actor.id"], name=op.f("fk_phone_read_back_read_by")),
        sa.PrimaryKeyConstraint("phone_check_id", name=op.f("pk_phone_read_back")),
    )
    op.create_table(
        "alarmed_row",
        sa.Column("ledger_row_id", sa.Uuid(), nullable=False),
        sa.Column("alarms", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ledger_row_id"], ["ledger_row.id"], name=op.f("fk_alarmed_row_ledger_row_id")
        ),
        sa.PrimaryKeyConstraint("ledger_row_id", name=op.f("pk_alarmed_row")),
    )
    op.create_index("ix_kept_answer_kept_at", "kept_answer", ["kept_at"], unique=False)
    with op.batch_alter_table("delivery") as delivery:
        delivery.alter_column("notice_id", existing_type=sa.Uuid(), nullable=True)
        delivery.alter_column("person_id", existing_type=sa.Uuid(), nullable=True)
        delivery.add_column(sa.Column("alarm_id", sa.Uuid(), nullable=True))
        delivery.create_foreign_key(op.f("fk_delivery_alarm_id"), "alarm", ["alarm_id"], ["id"])
        delivery.create_unique_constraint(op.f("uq_delivery_alarm_id_carriage"), ["alarm_id", "carriage"])
        for name, condition in DELIVERY_CHECKS.items():
            delivery.create_check_constraint(op.f(f"ck_delivery_{name}"), sa.text(condition))


def downgrade() -> None:
    # An alarm has no place below: its delivery has no notice, and stops the way down.
    with op.batch_alter_table("delivery") as delivery:
        for name in DELIVERY_CHECKS:
            delivery.drop_constraint(op.f(f"ck_delivery_{name}"), type_="check")
        delivery.drop_constraint(op.f("uq_delivery_alarm_id_carriage"), type_="unique")
        delivery.drop_constraint(op.f("fk_delivery_alarm_id"), type_="foreignkey")
        delivery.drop_column("alarm_id")
        delivery.alter_column("person_id", existing_type=sa.Uuid(), nullable=False)
        delivery.alter_column("notice_id", existing_type=sa.Uuid(), nullable=False)
    op.drop_index("ix_kept_answer_kept_at", table_name="kept_answer")
    for table in (
        "alarmed_row",
        "phone_read_back",
        "phone_check",
        "alarm",
        "confirmation_code",
        "alarm_contact",
    ):
        op.drop_table(table)
    _owners(OWNERS.format(more=""))
