"""Staff, incidents, people, the gate and what is behind it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "data_key",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("owner_kind", sa.String(), nullable=False),
        sa.Column("ring_key_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "owner_kind IN ('person', 'counsel', 'source_list')", name=op.f("ck_data_key_owner_kind")
        ),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_data_key")),
    )
    op.create_index(op.f("ix_data_key_ring_key_id"), "data_key", ["ring_key_id"], unique=False)
    op.create_table(
        "gate",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.CheckConstraint("epoch >= 0", name=op.f("ck_gate_epoch")),
        sa.CheckConstraint("merged_into <> person_id", name=op.f("ck_gate_not_into_itself")),
        sa.ForeignKeyConstraint(["merged_into"], ["gate.person_id"], name=op.f("fk_gate_merged_into")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_gate")),
    )
    op.create_index(op.f("ix_gate_merged_into"), "gate", ["merged_into"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "actor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("outside_removing_office", sa.Boolean(), nullable=False),
        sa.Column("office", sa.String(), nullable=True),
        sa.Column("credential_hash", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'staff') = (credential_hash IS NOT NULL)", name=op.f("ck_actor_staff_credential")
        ),
        sa.CheckConstraint(
            "kind = 'staff' OR NOT outside_removing_office", name=op.f("ck_actor_only_staff_outside")
        ),
        sa.CheckConstraint("kind IN ('operator', 'system', 'staff', 'client')", name=op.f("ck_actor_kind")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_actor_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint(
            "id", "outside_removing_office", name=op.f("uq_actor_id_outside_removing_office")
        ),
        sa.UniqueConstraint("login", name=op.f("uq_actor_login")),
    )
    op.create_table(
        "clearance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("departure_kind", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("issued_to", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "departure_kind IN ('removal', 'expedited', 'reinstated', 'voluntary_departure', 'withdrawal', 'return', 'land_hand_over', 'extradition')",
            name=op.f("ck_clearance_departure_kind"),
        ),
        sa.CheckConstraint("length(destination) BETWEEN 2 AND 8", name=op.f("ck_clearance_destination")),
        sa.ForeignKeyConstraint(["issued_to"], ["actor.id"], name=op.f("fk_clearance_issued_to")),
        sa.ForeignKeyConstraint(["person_id"], ["gate.person_id"], name=op.f("fk_clearance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_clearance_id_person_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_clearance_reference")),
    )
    op.create_index("ix_clearance_person_id", "clearance", ["person_id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_incident_organisation_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_incident_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("name", name=op.f("uq_incident_name")),
        sa.UniqueConstraint("reference", name=op.f("uq_incident_reference")),
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_cites", sa.LargeBinary(), nullable=True),
        sa.Column("reinstates_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(basis = 'incident') = (incident_id IS NOT NULL)", name=op.f("ck_hold_incident")),
        sa.CheckConstraint(
            "(basis = 'reinstated') = (reinstates_id IS NOT NULL)", name=op.f("ck_hold_reinstates")
        ),
        sa.CheckConstraint(
            "basis IN ('incident', 'promise_window', 'automatic_stay', 'ij_stay', 'bia_stay', 'dhs_stay', 'tro', 'circuit_stay', 'habeas', 'claimed_citizenship', 'lost_hold', 'split_record', 'reinstated')",
            name=op.f("ck_hold_basis"),
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_hold_incident_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_hold_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["gate.person_id"], name=op.f("fk_hold_person_id")),
        sa.ForeignKeyConstraint(["placed_by"], ["actor.id"], name=op.f("fk_hold_placed_by")),
        sa.ForeignKeyConstraint(
            ["reinstates_id", "person_id"],
            ["hold.id", "hold.person_id"],
            name=op.f("fk_hold_reinstates_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_hold_id_person_id")),
        sa.UniqueConstraint("id", "placed_by", name=op.f("uq_hold_id_placed_by")),
        sa.UniqueConstraint("person_id", "incident_id", name=op.f("uq_hold_person_id_incident_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_hold_reference")),
        sa.UniqueConstraint("reinstates_id", name=op.f("uq_hold_reinstates_id")),
    )
    op.create_index("ix_hold_person_id", "hold", ["person_id"], unique=False)
    op.create_table(
        "removal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("clearance_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("boarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clearance_id", "person_id"],
            ["clearance.id", "clearance.person_id"],
            name=op.f("fk_removal_clearance_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["gate.person_id"], name=op.f("fk_removal_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["actor.id"], name=op.f("fk_removal_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal")),
        sa.UniqueConstraint("clearance_id", name=op.f("uq_removal_clearance_id")),
    )
    op.create_index("ix_removal_person_id", "removal", ["person_id"], unique=False)
    op.create_table(
        "source_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'people') = (incident_id IS NOT NULL)", name=op.f("ck_source_list_people_of_an_incident")
        ),
        sa.CheckConstraint("state IN ('importing', 'done')", name=op.f("ck_source_list_state")),
        sa.ForeignKeyConstraint(["imported_by"], ["actor.id"], name=op.f("fk_source_list_imported_by")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_source_list_incident_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_source_list_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_list")),
        sa.UniqueConstraint("reference", name=op.f("uq_source_list_reference")),
    )
    op.create_index("ix_source_list_sha256", "source_list", ["kind", "sha256"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("first_hold_id", sa.Uuid(), nullable=False),
        sa.Column("with_number", sa.Boolean(), nullable=False),
        sa.Column("sealed_facts", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_hold_id", "id"], ["hold.id", "hold.person_id"], name=op.f("fk_person_first_hold_id_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["gate.person_id"], name=op.f("fk_person_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("reference", name=op.f("uq_person_reference")),
    )
    op.create_index(
        "ix_person_organisation_id_created_at", "person", ["organisation_id", "created_at"], unique=False
    )
    op.create_table(
        "exposure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hold_id", "person_id"],
            ["hold.id", "hold.person_id"],
            name=op.f("fk_exposure_hold_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_exposure_incident_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exposure_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure")),
        sa.UniqueConstraint("id", "person_id", name=op.f("uq_exposure_id_person_id")),
        sa.UniqueConstraint("person_id", "incident_id", name=op.f("uq_exposure_person_id_incident_id")),
    )
    op.create_index(op.f("ix_exposure_hold_id"), "exposure", ["hold_id"], unique=False)
    op.create_index(op.f("ix_exposure_incident_id"), "exposure", ["incident_id"], unique=False)
    op.create_table(
        "person_index",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("index_key_id", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('a_number', 'name_birth_date', 'name')", name=op.f("ck_person_index_kind")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_index_person_id")),
        sa.PrimaryKeyConstraint("kind", "value", "person_id", name=op.f("pk_person_index")),
    )
    op.create_index(op.f("ix_person_index_person_id"), "person_index", ["person_id"], unique=False)
    op.create_table(
        "exposure_row",
        sa.Column("source_list_id", sa.Uuid(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("exposure_id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["exposure_id"], ["exposure.id"], name=op.f("fk_exposure_row_exposure_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_exposure_row_incident_id")),
        sa.ForeignKeyConstraint(
            ["source_list_id"], ["source_list.id"], name=op.f("fk_exposure_row_source_list_id")
        ),
        sa.PrimaryKeyConstraint("source_list_id", "row_number", name=op.f("pk_exposure_row")),
        sa.UniqueConstraint(
            "incident_id", "fingerprint", name=op.f("uq_exposure_row_incident_id_fingerprint")
        ),
    )
    op.create_index(op.f("ix_exposure_row_exposure_id"), "exposure_row", ["exposure_id"], unique=False)


def downgrade() -> None:
    op.drop_table("exposure_row")
    op.drop_table("person_index")
    op.drop_table("exposure")
    op.drop_table("person")
    op.drop_table("source_list")
    op.drop_table("removal")
    op.drop_table("hold")
    op.drop_table("incident")
    op.drop_table("clearance")
    op.drop_table("actor")
    op.drop_table("organisation")
    op.drop_table("gate")
    op.drop_table("data_key")
