"""Stays and closings: every way a hold begins and ends."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = (
    "kind IN ('released', 'stay_rejected', 'closed_protected', 'closed_terminated', 'closed_deceased', "
    "'closed_departed_by_choice', 'closed_removed', 'closed_extradited', 'entered_in_error')"
)
EVIDENCE = (
    "(kind = 'released' AND review_id IS NOT NULL AND proposal_id IS NOT NULL AND closing_id IS NULL) OR "
    "(kind <> 'released' AND review_id IS NULL AND proposal_id IS NULL AND closing_id IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "hold_verification",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("verified_by", sa.Uuid(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("verified_by <> placed_by", name=op.f("ck_hold_verification_two_people")),
        sa.ForeignKeyConstraint(
            ["hold_id", "person_id"],
            ["hold.id", "hold.person_id"],
            name=op.f("fk_hold_verification_hold_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["hold_id", "placed_by"],
            ["hold.id", "hold.placed_by"],
            name=op.f("fk_hold_verification_hold_id_placed_by"),
        ),
        sa.ForeignKeyConstraint(["verified_by"], ["actor.id"], name=op.f("fk_hold_verification_verified_by")),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_hold_verification")),
    )
    op.create_table(
        "choice_revocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_choice_revocation_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_choice_revocation_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_revocation")),
    )
    op.create_index(op.f("ix_choice_revocation_person_id"), "choice_revocation", ["person_id"], unique=False)
    op.create_table(
        "choice_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chooses_to_leave", sa.Boolean(), nullable=False),
        sa.Column("in_private", sa.Boolean(), nullable=False),
        sa.Column("officer_present", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("own_language", sa.Boolean(), nullable=False),
        sa.Column("interpreter_id", sa.String(), nullable=True),
        sa.Column("support", sa.String(), nullable=True),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "support IN ('counsel', 'independent_provider')", name=op.f("ck_choice_statement_support")
        ),
        sa.CheckConstraint("outside", name=op.f("ck_choice_statement_outside")),
        sa.CheckConstraint(
            "sound = (chooses_to_leave AND in_private AND NOT officer_present AND (own_language OR interpreter_id IS NOT NULL) AND support IS NOT NULL)",
            name=op.f("ck_choice_statement_sound"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_choice_statement_person_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by", "outside"],
            ["actor.id", "actor.outside_removing_office"],
            name=op.f("fk_choice_statement_recorded_by_outside"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_statement")),
    )
    op.create_index(op.f("ix_choice_statement_person_id"), "choice_statement", ["person_id"], unique=False)
    op.create_table(
        "stay",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("appearance_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_order", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("communicated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(asked_by = 'counsel') = (appearance_id IS NOT NULL)", name=op.f("ck_stay_counsel")
        ),
        sa.CheckConstraint("asked_by IN ('counsel', 'duty_officer')", name=op.f("ck_stay_asked_by")),
        sa.CheckConstraint(
            "rule IN ('bia_appeal', 'bia_appeal_period', 'in_absentia_motion')", name=op.f("ck_stay_rule")
        ),
        sa.CheckConstraint("(rule IS NULL) <> (document_id IS NULL)", name=op.f("ck_stay_order_or_rule")),
        sa.ForeignKeyConstraint(["appearance_id"], ["appearance.id"], name=op.f("fk_stay_appearance_id")),
        sa.ForeignKeyConstraint(
            ["document_id", "person_id"],
            ["document.id", "document.person_id"],
            name=op.f("fk_stay_document_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["hold_id", "person_id"], ["hold.id", "hold.person_id"], name=op.f("fk_stay_hold_id_person_id")
        ),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_stay")),
    )
    op.create_index(op.f("ix_stay_expires_at"), "stay", ["expires_at"], unique=False)
    op.create_index(op.f("ix_stay_person_id"), "stay", ["person_id"], unique=False)
    op.create_table(
        "closing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_reasons", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('closed_deceased', 'closed_departed_by_choice', 'closed_extradited', 'closed_protected', 'closed_removed', 'closed_terminated', 'entered_in_error', 'stay_rejected')",
            name=op.f("ck_closing_kind"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('closed_deceased', 'closed_removed') OR document_id IS NOT NULL",
            name=op.f("ck_closing_document"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('closed_extradited', 'closed_protected', 'closed_terminated') OR review_id IS NOT NULL",
            name=op.f("ck_closing_review"),
        ),
        sa.CheckConstraint("outside", name=op.f("ck_closing_outside")),
        sa.ForeignKeyConstraint(
            ["document_id", "person_id"],
            ["document.id", "document.person_id"],
            name=op.f("fk_closing_document_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["hold_id", "person_id"], ["hold.id", "hold.person_id"], name=op.f("fk_closing_hold_id_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by", "outside"],
            ["actor.id", "actor.outside_removing_office"],
            name=op.f("fk_closing_proposed_by_outside"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id", "hold_id"],
            ["court_review.id", "court_review.hold_id"],
            name=op.f("fk_closing_review_id_hold_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
        sa.UniqueConstraint(
            "id", "hold_id", "kind", "proposed_by", name=op.f("uq_closing_id_hold_id_kind_proposed_by")
        ),
    )
    op.create_index(op.f("ix_closing_hold_id"), "closing", ["hold_id"], unique=False)
    op.create_index(op.f("ix_closing_person_id"), "closing", ["person_id"], unique=False)
    op.create_table(
        "closing_service",
        sa.Column("closing_id", sa.Uuid(), nullable=False),
        sa.Column("served_on", sa.String(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "served_on IN ('person', 'counsel', 'placer')", name=op.f("ck_closing_service_served_on")
        ),
        sa.ForeignKeyConstraint(["closing_id"], ["closing.id"], name=op.f("fk_closing_service_closing_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_closing_service_recorded_by")),
        sa.PrimaryKeyConstraint("closing_id", "served_on", name=op.f("pk_closing_service")),
    )
    with op.batch_alter_table("hold_ending") as ending:
        ending.drop_constraint(op.f("ck_hold_ending_kind"), type_="check")
    with op.batch_alter_table("hold_ending") as ending:
        ending.add_column(sa.Column("closing_id", sa.Uuid(), nullable=True))
        ending.alter_column("review_id", existing_type=sa.Uuid(), nullable=True)
        ending.alter_column("proposal_id", existing_type=sa.Uuid(), nullable=True)
        ending.create_check_constraint(op.f("ck_hold_ending_kind"), sa.text(KINDS))
        ending.create_check_constraint(op.f("ck_hold_ending_evidence"), sa.text(EVIDENCE))
        ending.create_foreign_key(
            op.f("fk_hold_ending_closing_id_hold_id_kind_proposed_by"),
            "closing",
            ["closing_id", "hold_id", "kind", "proposed_by"],
            ["id", "hold_id", "kind", "proposed_by"],
        )


def downgrade() -> None:
    with op.batch_alter_table("hold_ending") as ending:
        ending.drop_constraint(op.f("fk_hold_ending_closing_id_hold_id_kind_proposed_by"), type_="foreignkey")
        ending.drop_constraint(op.f("ck_hold_ending_evidence"), type_="check")
        ending.drop_constraint(op.f("ck_hold_ending_kind"), type_="check")
    with op.batch_alter_table("hold_ending") as ending:
        ending.create_check_constraint(op.f("ck_hold_ending_kind"), sa.text("kind = 'released'"))
        ending.alter_column("proposal_id", existing_type=sa.Uuid(), nullable=False)
        ending.alter_column("review_id", existing_type=sa.Uuid(), nullable=False)
        ending.drop_column("closing_id")
    op.drop_table("closing_service")
    op.drop_table("closing")
    op.drop_table("stay")
    op.drop_table("choice_statement")
    op.drop_table("choice_revocation")
    op.drop_table("hold_verification")
