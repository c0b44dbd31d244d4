"""The table of operations."""

from holds.api.gate_calls import check, clear, remove
from holds.api.health_calls import health
from holds.api.manifest_calls import depart_manifest, read, register
from holds.api.operations import Link, Operation
from holds.api.transmission_calls import acknowledge, list_transmissions
from holds.api.wire import (
    AcknowledgementAnswer,
    AcknowledgementRequest,
    ClearanceAnswer,
    ClearanceRequest,
    DepartureReport,
    HealthAnswer,
    ManifestAnswer,
    ManifestRequest,
    ManifestView,
    RemovalAnswer,
    RemovalCheck,
    RemovalCheckAnswer,
    RemovalReport,
    TransmissionList,
)
from holds.domain.client import Call

MANIFEST = {"reference": "$response.body#/manifest"}

OPERATIONS = (
    Operation(
        id="checkRemoval",
        method="POST",
        path="/removal-checks",
        summary="May this person be removed?",
        call=Call.CHECK,
        view=check,
        request=RemovalCheck,
        answers={200: RemovalCheckAnswer},
    ),
    Operation(
        id="clearRemoval",
        method="POST",
        path="/clearances",
        summary="Leave to board one person, once, for fifteen minutes.",
        call=Call.CLEAR,
        view=clear,
        request=ClearanceRequest,
        answers={201: ClearanceAnswer},
        keyed=True,
        links=(
            Link(to="recordRemoval", body={"event": "boarded", "clearance": "$response.body#/clearance"}),
        ),
    ),
    Operation(
        id="recordRemoval",
        method="POST",
        path="/removals",
        summary="Record that somebody boarded, or that who boarded departed.",
        call=Call.REMOVE,
        view=remove,
        request=RemovalReport,
        answers={201: RemovalAnswer},
        keyed=True,
        links=(Link(to="recordRemoval", body={"event": "departed", "removal": "$response.body#/removal"}),),
    ),
    Operation(
        id="registerManifest",
        method="POST",
        path="/manifests",
        summary="Check everybody on a journey, and have it watched until it departed.",
        call=Call.REGISTER_MANIFEST,
        view=register,
        request=ManifestRequest,
        answers={201: ManifestAnswer},
        keyed=True,
        links=(Link(to="readManifest", parameters=MANIFEST), Link(to="departManifest", parameters=MANIFEST)),
    ),
    Operation(
        id="readManifest",
        method="GET",
        path="/manifests/<reference>",
        summary="How the lines stand at this moment.",
        call=Call.READ_MANIFEST,
        view=read,
        answers={200: ManifestView},
    ),
    Operation(
        id="departManifest",
        method="POST",
        path="/manifests/<reference>/departure",
        summary="Report that the journey left, and who was not aboard.",
        call=Call.REGISTER_MANIFEST,
        view=depart_manifest,
        request=DepartureReport,
        answers={201: ManifestAnswer},
        keyed=True,
    ),
    Operation(
        id="listTransmissions",
        method="GET",
        path="/transmissions",
        summary="The holds that wait for your office. Listing them confirms nothing.",
        call=Call.LIST_TRANSMISSIONS,
        view=list_transmissions,
        answers={200: TransmissionList},
        queried={"after": "The `after` of the page before this one."},
    ),
    Operation(
        id="acknowledge",
        method="POST",
        path="/acknowledgements",
        summary="Relay what a named officer of your office confirms, with the officer's one-time code.",
        call=Call.ACKNOWLEDGE,
        view=acknowledge,
        request=AcknowledgementRequest,
        answers={201: AcknowledgementAnswer},
        keyed=True,
    ),
    Operation(
        id="readHealth",
        method="GET",
        path="/health",
        summary="Does anybody watch? Where nobody does, no alarm comes.",
        call=Call.SEE_HEALTH,
        view=health,
        answers={200: HealthAnswer},
    ),
)
