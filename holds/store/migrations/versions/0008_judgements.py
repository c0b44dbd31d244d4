"""Judgements, and the merge of two records."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "doubt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("sealed_question", sa.LargeBinary(), nullable=True),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'near_match') = (other_id IS NULL)", name=op.f("ck_doubt_near_match")),
        sa.CheckConstraint(
            "(kind = 'near_match') = (sealed_question IS NOT NULL)", name=op.f("ck_doubt_question")
        ),
        sa.CheckConstraint(
            "kind IN ('near_match', 'identity_conflict', 'same_person', 'wrong_merge')",
            name=op.f("ck_doubt_kind"),
        ),
        sa.CheckConstraint("other_id <> subject_id", name=op.f("ck_doubt_two_records")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_doubt_organisation_id")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_doubt_other_id")),
        sa.ForeignKeyConstraint(["raised_by"], ["actor.id"], name=op.f("fk_doubt_raised_by")),
        sa.ForeignKeyConstraint(["subject_id"], ["person.id"], name=op.f("fk_doubt_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt")),
        sa.UniqueConstraint("id", "subject_id", "other_id", name=op.f("uq_doubt_id_subject_id_other_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_doubt_reference")),
    )
    op.create_index(op.f("ix_doubt_organisation_id"), "doubt", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_doubt_other_id"), "doubt", ["other_id"], unique=False)
    op.create_index(op.f("ix_doubt_subject_id"), "doubt", ["subject_id"], unique=False)
    op.create_table(
        "doubt_number",
        sa.Column("doubt_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("index_key_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["doubt_id"], ["doubt.id"], name=op.f("fk_doubt_number_doubt_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["person.id"], name=op.f("fk_doubt_number_subject_id")),
        sa.PrimaryKeyConstraint("doubt_id", "value", name=op.f("pk_doubt_number")),
        sa.UniqueConstraint("subject_id", "value", name=op.f("uq_doubt_number_subject_id_value")),
    )
    op.create_index(op.f("ix_doubt_number_value"), "doubt_number", ["value"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("doubt_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("judged_by", sa.Uuid(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('positive', 'negative', 'unsure')", name=op.f("ck_judgement_verdict")
        ),
        sa.CheckConstraint("outside", name=op.f("ck_judgement_outside")),
        sa.ForeignKeyConstraint(["doubt_id"], ["doubt.id"], name=op.f("fk_judgement_doubt_id")),
        sa.ForeignKeyConstraint(
            ["judged_by", "outside"],
            ["actor.id", "actor.outside_removing_office"],
            name=op.f("fk_judgement_judged_by_outside"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint(
            "id", "doubt_id", "verdict", "judged_by", name=op.f("uq_judgement_id_doubt_id_verdict_judged_by")
        ),
    )
    op.create_index(op.f("ix_judgement_doubt_id"), "judgement", ["doubt_id"], unique=False)
    op.create_table(
        "judgement_confirmation",
        sa.Column("judgement_id", sa.Uuid(), nullable=False),
        sa.Column("doubt_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("judged_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("verdict <> 'unsure'", name=op.f("ck_judgement_confirmation_verdict")),
        sa.CheckConstraint("confirmed_by <> judged_by", name=op.f("ck_judgement_confirmation_two_people")),
        sa.CheckConstraint("outside", name=op.f("ck_judgement_confirmation_outside")),
        sa.ForeignKeyConstraint(
            ["confirmed_by", "outside"],
            ["actor.id", "actor.outside_removing_office"],
            name=op.f("fk_judgement_confirmation_confirmed_by_outside"),
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id", "doubt_id", "verdict", "judged_by"],
            ["judgement.id", "judgement.doubt_id", "judgement.verdict", "judgement.judged_by"],
            name=op.f("fk_judgement_confirmation_judgement_id_doubt_id_verdict_judged_by"),
        ),
        sa.PrimaryKeyConstraint("judgement_id", name=op.f("pk_judgement_confirmation")),
        sa.UniqueConstraint(
            "judgement_id",
            "doubt_id",
            "verdict",
            name=op.f("uq_judgement_confirmation_judgement_id_doubt_id_verdict"),
        ),
    )
    op.create_index(
        op.f("ix_judgement_confirmation_doubt_id"), "judgement_confirmation", ["doubt_id"], unique=False
    )
    op.create_table(
        "record_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("doubt_id", sa.Uuid(), nullable=False),
        sa.Column("judgement_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("verdict = 'positive'", name=op.f("ck_record_merge_verdict")),
        sa.ForeignKeyConstraint(
            ["doubt_id", "person_id", "other_id"],
            ["doubt.id", "doubt.subject_id", "doubt.other_id"],
            name=op.f("fk_record_merge_doubt_id_person_id_other_id"),
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id", "doubt_id", "verdict"],
            [
                "judgement_confirmation.judgement_id",
                "judgement_confirmation.doubt_id",
                "judgement_confirmation.verdict",
            ],
            name="fk_record_merge_judged",
        ),
        sa.ForeignKeyConstraint(["merged_id"], ["gate.person_id"], name=op.f("fk_record_merge_merged_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_merge")),
        sa.UniqueConstraint(
            "id",
            "person_id",
            "other_id",
            "merged_id",
            name=op.f("uq_record_merge_id_person_id_other_id_merged_id"),
        ),
        sa.UniqueConstraint("judgement_id", name=op.f("uq_record_merge_judgement_id")),
    )
    op.create_index(op.f("ix_record_merge_merged_id"), "record_merge", ["merged_id"], unique=False)
    op.create_index(op.f("ix_record_merge_other_id"), "record_merge", ["other_id"], unique=False)
    op.create_index(op.f("ix_record_merge_person_id"), "record_merge", ["person_id"], unique=False)
    op.create_table(
        "record_split",
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("doubt_id", sa.Uuid(), nullable=False),
        sa.Column("judgement_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("split_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("verdict = 'negative'", name=op.f("ck_record_split_verdict")),
        sa.ForeignKeyConstraint(
            ["doubt_id", "person_id", "other_id"],
            ["doubt.id", "doubt.subject_id", "doubt.other_id"],
            name=op.f("fk_record_split_doubt_id_person_id_other_id"),
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id", "doubt_id", "verdict"],
            [
                "judgement_confirmation.judgement_id",
                "judgement_confirmation.doubt_id",
                "judgement_confirmation.verdict",
            ],
            name="fk_record_split_judged",
        ),
        sa.ForeignKeyConstraint(
            ["merge_id", "person_id", "other_id", "merged_id"],
            ["record_merge.id", "record_merge.person_id", "record_merge.other_id", "record_merge.merged_id"],
            name=op.f("fk_record_split_merge_id_person_id_other_id_merged_id"),
        ),
        sa.PrimaryKeyConstraint("merge_id", name=op.f("pk_record_split")),
        sa.UniqueConstraint("judgement_id", name=op.f("uq_record_split_judgement_id")),
    )
    op.create_index(op.f("ix_record_split_merged_id"), "record_split", ["merged_id"], unique=False)
    op.create_index(op.f("ix_record_split_other_id"), "record_split", ["other_id"], unique=False)
    op.create_index(op.f("ix_record_split_person_id"), "record_split", ["person_id"], unique=False)


def downgrade() -> None:
    # An older program would answer for each number alone: someone held under the other one would get through.
    if op.get_bind().exec_driver_sql("SELECT 1 FROM gate WHERE merged_into IS NOT NULL").first() is not None:
        raise RuntimeError(
            "Records were merged, and an older release would take them apart; restore a backup."
        )
    op.drop_table("record_split")
    op.drop_table("record_merge")
    op.drop_table("judgement_confirmation")
    op.drop_table("judgement")
    op.drop_table("doubt_number")
    op.drop_table("doubt")
