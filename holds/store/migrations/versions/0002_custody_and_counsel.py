"""Facilities and custody, contacts and counsel."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "counsel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("eoir_id", sa.String(), nullable=True),
        sa.Column("bar_jurisdiction", sa.String(), nullable=True),
        sa.Column("bar_number", sa.String(), nullable=True),
        sa.Column("sealed_card", sa.LargeBinary(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "eoir_id IS NOT NULL OR bar_number IS NOT NULL", name=op.f("ck_counsel_identified")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counsel")),
        sa.UniqueConstraint(
            "bar_jurisdiction", "bar_number", name=op.f("uq_counsel_bar_jurisdiction_bar_number")
        ),
        sa.UniqueConstraint("eoir_id", name=op.f("uq_counsel_eoir_id")),
    )
    op.create_table(
        "facility",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("detloc", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("zip", sa.String(), nullable=True),
        sa.Column("aor", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mailing", sa.Boolean(), nullable=False),
        sa.Column("operator", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_facility_source_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility")),
        sa.UniqueConstraint("detloc", name=op.f("uq_facility_detloc")),
    )
    op.create_table(
        "appearance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("counsel_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("judgement IN ('exact', 'needs_judgement')", name=op.f("ck_appearance_judgement")),
        sa.CheckConstraint(
            "scope IN ('all', 'custody_and_bond', 'all_but_custody')", name=op.f("ck_appearance_scope")
        ),
        sa.CheckConstraint(
            "verified_by IS NULL OR judgement = 'exact'", name=op.f("ck_appearance_judged_before_verified")
        ),
        sa.CheckConstraint(
            "(verified_by IS NULL) = (verified_at IS NULL)", name=op.f("ck_appearance_verified")
        ),
        sa.ForeignKeyConstraint(["counsel_id"], ["counsel.id"], name=op.f("fk_appearance_counsel_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appearance_person_id")),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_appearance_source_list_id")
        ),
        sa.ForeignKeyConstraint(["verified_by"], ["actor.id"], name=op.f("fk_appearance_verified_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
        sa.UniqueConstraint(
            "counsel_id",
            "person_id",
            "form",
            "filed_on",
            name=op.f("uq_appearance_counsel_id_person_id_form_filed_on"),
        ),
    )
    op.create_index(op.f("ix_appearance_person_id"), "appearance", ["person_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sealed_value", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_withdrawn_on", sa.Date(), nullable=True),
        sa.Column("sealed_confirmed_by", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("safe_hours", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('phone', 'email', 'post')", name=op.f("ck_contact_kind")),
        sa.CheckConstraint(
            "(sealed_confirmed_by IS NULL) = (confirmed_on IS NULL)", name=op.f("ck_contact_confirmed")
        ),
        sa.CheckConstraint(
            "consent_on IS NULL OR consent_withdrawn_on IS NULL OR consent_on > consent_withdrawn_on",
            name=op.f("ck_contact_consent_after_withdrawal"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint(
            "person_id", "kind", "fingerprint", name=op.f("uq_contact_person_id_kind_fingerprint")
        ),
    )
    op.create_index(op.f("ix_contact_person_id"), "contact", ["person_id"], unique=False)
    op.create_table(
        "facility_name",
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name=op.f("fk_facility_name_facility_id")),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_facility_name_source_list_id")
        ),
        sa.PrimaryKeyConstraint("facility_id", "name", name=op.f("pk_facility_name")),
    )
    op.create_table(
        "failing_row",
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("key_owner_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_cells", sa.LargeBinary(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("mended_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["mended_by"], ["source_list.id"], name=op.f("fk_failing_row_mended_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_failing_row_person_id")),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_failing_row_source_list_id")
        ),
        sa.PrimaryKeyConstraint("source_list_id", "row_number", name=op.f("pk_failing_row")),
    )
    op.create_index(op.f("ix_failing_row_person_id"), "failing_row", ["person_id"], unique=False)
    op.create_table(
        "language_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source IN ('stated', 'noted', 'proposed')", name=op.f("ck_language_note_source")),
        sa.ForeignKeyConstraint(["noted_by"], ["actor.id"], name=op.f("fk_language_note_noted_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_language_note_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_note")),
        sa.UniqueConstraint("person_id", "source", "tag", name=op.f("uq_language_note_person_id_source_tag")),
    )
    op.create_index(op.f("ix_language_note_person_id"), "language_note", ["person_id"], unique=False)
    op.create_table(
        "place_match",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("sealed_spelling", sa.LargeBinary(), nullable=False),
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=True),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "judgement IN ('exact', 'confident', 'needs_judgement', 'none')",
            name=op.f("ck_place_match_judgement"),
        ),
        sa.CheckConstraint(
            "text IS NULL OR judgement IN ('exact', 'confident')", name=op.f("ck_place_match_text")
        ),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name=op.f("fk_place_match_facility_id")),
        sa.ForeignKeyConstraint(["judged_by"], ["actor.id"], name=op.f("fk_place_match_judged_by")),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_place_match_source_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_match")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_place_match_fingerprint")),
    )
    op.create_index(op.f("ix_place_match_facility_id"), "place_match", ["facility_id"], unique=False)
    op.create_index(op.f("ix_place_match_source_list_id"), "place_match", ["source_list_id"], unique=False)
    op.create_table(
        "posture_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_posture", sa.LargeBinary(), nullable=False),
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_posture_note_person_id")),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_posture_note_source_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posture_note")),
    )
    op.create_index(op.f("ix_posture_note_person_id"), "posture_note", ["person_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["closed_by"], ["actor.id"], name=op.f("fk_task_closed_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_task_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("kind", "subject_id", "detail", name=op.f("uq_task_kind_subject_id_detail")),
    )
    op.create_index("ix_task_open", "task", ["kind", "raised_at"], unique=False)
    op.create_index(op.f("ix_task_person_id"), "task", ["person_id"], unique=False)
    op.create_table(
        "custody",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("place_match_id", sa.Uuid(), nullable=True),
        sa.Column("facility_id", sa.Uuid(), nullable=True),
        sa.Column("housing_unit", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('detained', 'released', 'removed', 'unknown')", name=op.f("ck_custody_status")
        ),
        sa.ForeignKeyConstraint(["facility_id"], ["facility.id"], name=op.f("fk_custody_facility_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_custody_person_id")),
        sa.ForeignKeyConstraint(
            ["place_match_id"], ["place_match.id"], name=op.f("fk_custody_place_match_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_custody_source_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody")),
    )
    op.create_index(op.f("ix_custody_facility_id"), "custody", ["facility_id"], unique=False)
    op.create_index(op.f("ix_custody_person_id"), "custody", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("custody")
    op.drop_table("task")
    op.drop_table("posture_note")
    op.drop_table("place_match")
    op.drop_table("language_note")
    op.drop_table("failing_row")
    op.drop_table("facility_name")
    op.drop_table("contact")
    op.drop_table("appearance")
    op.drop_table("facility")
    op.drop_table("counsel")
