PRAGMA application_id = 1131377266;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE audit (
        pk INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        act TEXT NOT NULL,
        batch TEXT NOT NULL,
        detail TEXT NOT NULL,
        hash TEXT NOT NULL
    );
INSERT INTO "audit" VALUES(1,'2026-03-31T12:00:00Z','created','','{"version":1}','9e03f7ba5fb0beb3352fd45bc4cbbc90ec5d8d23d63f1d68285a45aec7800558');
INSERT INTO "audit" VALUES(2,'2026-03-31T12:00:00Z','loaded','LK-CIU.2026-01-28.6fb232df18af','{"new":2,"records":2,"rejected":0}','37fe7d6a695bd88e49b5a769061628db9e4fe3425fc0b852ab13d48ae4f32980');
CREATE TABLE batch (
        pk INTEGER PRIMARY KEY,
        batch TEXT NOT NULL UNIQUE,
        originator TEXT NOT NULL,
        as_of TEXT NOT NULL,
        records INTEGER NOT NULL
    );
INSERT INTO "batch" VALUES(1,'LK-CIU.2026-01-28.6fb232df18af','LK-CIU','2026-01-28',2);
CREATE TABLE batch_event (
        pk INTEGER PRIMARY KEY,
        batch INTEGER NOT NULL REFERENCES batch,
        event TEXT NOT NULL CHECK (event IN ('loaded', 'withdrawn', 'erased'))
    );
INSERT INTO "batch_event" VALUES(1,1,'loaded');
CREATE TABLE file (
        load INTEGER NOT NULL REFERENCES load,
        place INTEGER NOT NULL,
        batch INTEGER NOT NULL REFERENCES batch,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        read INTEGER NOT NULL,
        accepted INTEGER NOT NULL,
        duplicates INTEGER NOT NULL,
        revised INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        records INTEGER NOT NULL,
        PRIMARY KEY (load, place),
        CHECK (read = accepted + duplicates + revised + rejected)
    ) WITHOUT ROWID;
INSERT INTO "file" VALUES(1,0,1,'persons.csv','0000000000000000000000000000000000000000000000000000000000000000',2,2,0,0,0,2);
CREATE TABLE load (
        pk INTEGER PRIMARY KEY REFERENCES batch_event,
        batch INTEGER NOT NULL REFERENCES batch,
        title TEXT NOT NULL,
        country TEXT NOT NULL,
        schema_version TEXT NOT NULL,
        defaults TEXT NOT NULL,
        facts TEXT NOT NULL
    );
INSERT INTO "load" VALUES(1,1,'Lantern','LK','1.0','[]','[["purpose","JPA"]]');
CREATE TABLE record (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        hash BLOB NOT NULL,
        tbl TEXT NOT NULL,
        originator TEXT NOT NULL,
        supersedes TEXT,
        content TEXT NOT NULL,
        UNIQUE (id, hash)
    );
INSERT INTO "record" VALUES(1,'LK-CIU:persons:P-1',X'538AE9243EC76D3277197B8E998919E10996CD1C62F40E3F978164C9ED0CF67E','persons','LK-CIU',NULL,'{"id":"LK-CIU:persons:P-1","said":{"grading":"none","handling":"TLP:AMBER H1","name":"P-1","record_id":"P-1","source_ref":"file 1"},"written":[]}');
INSERT INTO "record" VALUES(2,'LK-CIU:persons:P-2',X'144681BAE1DCFF522F37D278D3AFC74E57B6ADD4203259D0B4474F0947B26D71','persons','LK-CIU',NULL,'{"id":"LK-CIU:persons:P-2","said":{"grading":"none","handling":"TLP:AMBER H1","name":"P-2","record_id":"P-2","source_ref":"file 1"},"written":[]}');
CREATE TABLE reject (
        load INTEGER NOT NULL REFERENCES load,
        place INTEGER NOT NULL,
        batch INTEGER NOT NULL REFERENCES batch,
        file TEXT NOT NULL,
        row INTEGER NOT NULL,
        cells TEXT NOT NULL,
        reasons TEXT NOT NULL,
        PRIMARY KEY (load, place)
    ) WITHOUT ROWID;
CREATE TABLE statement (
        record INTEGER NOT NULL REFERENCES record,
        batch INTEGER NOT NULL REFERENCES batch DEFERRABLE INITIALLY DEFERRED,
        as_of TEXT NOT NULL,
        inherited TEXT NOT NULL,
        PRIMARY KEY (record, batch)
    ) WITHOUT ROWID;
INSERT INTO "statement" VALUES(1,1,'2026-01-28','as_of handling');
INSERT INTO "statement" VALUES(2,1,'2026-01-28','as_of handling');
CREATE TABLE warning (
        load INTEGER NOT NULL REFERENCES load,
        place INTEGER NOT NULL,
        batch INTEGER NOT NULL REFERENCES batch,
        words TEXT NOT NULL,
        PRIMARY KEY (load, place)
    ) WITHOUT ROWID;
CREATE INDEX batch_event_of ON batch_event (batch, pk);
CREATE INDEX load_of ON load (batch, pk);
CREATE INDEX record_supersedes ON record (supersedes) WHERE supersedes IS NOT NULL;
CREATE TRIGGER batch_no_update BEFORE UPDATE ON batch WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'batch is append-only'); END;
CREATE TRIGGER batch_event_no_update BEFORE UPDATE ON batch_event WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'batch_event is append-only'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER load_no_update BEFORE UPDATE ON load WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'load is append-only'); END;
CREATE TRIGGER file_no_update BEFORE UPDATE ON file WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'file is append-only'); END;
CREATE TRIGGER reject_no_update BEFORE UPDATE ON reject WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'reject is append-only'); END;
CREATE TRIGGER warning_no_update BEFORE UPDATE ON warning WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'warning is append-only'); END;
CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END;
CREATE TRIGGER record_no_update BEFORE UPDATE ON record WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'record is append-only'); END;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'batch is append-only'); END;
CREATE TRIGGER batch_event_no_delete BEFORE DELETE ON batch_event WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'batch_event is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER load_no_delete BEFORE DELETE ON load WHEN NOT ((SELECT state FROM batch_state WHERE batch_state.batch = OLD.batch) IS 'erased') BEGIN SELECT RAISE(ABORT, 'load is append-only'); END;
CREATE TRIGGER file_no_delete BEFORE DELETE ON file WHEN NOT ((SELECT state FROM batch_state WHERE batch_state.batch = OLD.batch) IS 'erased') BEGIN SELECT RAISE(ABORT, 'file is append-only'); END;
CREATE TRIGGER reject_no_delete BEFORE DELETE ON reject WHEN NOT ((SELECT state FROM batch_state WHERE batch_state.batch = OLD.batch) IS 'erased') BEGIN SELECT RAISE(ABORT, 'reject is append-only'); END;
CREATE TRIGGER warning_no_delete BEFORE DELETE ON warning WHEN NOT ((SELECT state FROM batch_state WHERE batch_state.batch = OLD.batch) IS 'erased') BEGIN SELECT RAISE(ABORT, 'warning is append-only'); END;
CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement WHEN NOT ((SELECT state FROM batch_state WHERE batch_state.batch = OLD.batch) IS 'erased') BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END;
CREATE TRIGGER record_no_delete BEFORE DELETE ON record WHEN NOT (NOT EXISTS (SELECT 1 FROM statement WHERE statement.record = OLD.pk)) BEGIN SELECT RAISE(ABORT, 'record is append-only'); END;
CREATE VIEW batch_state AS
    SELECT batch.pk AS batch, (
        SELECT event FROM batch_event WHERE batch_event.batch = batch.pk
        ORDER BY batch_event.pk DESC LIMIT 1
    ) AS state
    FROM batch;
CREATE VIEW live_statement AS
    SELECT record, batch, as_of, inherited FROM statement
    WHERE batch IN (SELECT batch FROM batch_state WHERE state = 'loaded');
CREATE VIEW latest AS
    SELECT record.pk, record.id, record.supersedes, max(live_statement.as_of) AS as_of
    FROM live_statement JOIN record ON record.pk = live_statement.record
    GROUP BY record.id;
CREATE VIEW current AS
    SELECT record.pk, record.id, record.tbl, record.originator, record.content, latest.as_of
    FROM latest JOIN record ON record.pk = latest.pk
    WHERE latest.id NOT IN (SELECT supersedes FROM latest WHERE supersedes IS NOT NULL);
CREATE VIEW "persons" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.case_ref') AS "case_ref",
  json_extract(content, '$.said.journey_ref') AS "journey_ref",
  json_extract(content, '$.said.name') AS "name",
  json_extract(content, '$.said.name_kind') AS "name_kind",
  json_extract(content, '$.said.name_order') AS "name_order",
  json_extract(content, '$.said.other_names') AS "other_names",
  json_extract(content, '$.said.birth_date') AS "birth_date",
  json_extract(content, '$.said.gender') AS "gender",
  json_extract(content, '$.said.nationalities') AS "nationalities",
  json_extract(content, '$.said.residence_country') AS "residence_country",
  json_extract(content, '$.said.operating_countries') AS "operating_countries",
  json_extract(content, '$.said.protected') AS "protected",
  json_extract(content, '$.said.trafficking_status') AS "trafficking_status",
  json_extract(content, '$.said.status_decided_by') AS "status_decided_by",
  json_extract(content, '$.said.consent') AS "consent"
FROM current WHERE tbl = 'persons';
CREATE VIEW "organisations" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.case_ref') AS "case_ref",
  json_extract(content, '$.said.journey_ref') AS "journey_ref",
  json_extract(content, '$.said.name') AS "name",
  json_extract(content, '$.said.kind') AS "kind",
  json_extract(content, '$.said.jurisdiction') AS "jurisdiction",
  json_extract(content, '$.said.registration_no') AS "registration_no",
  json_extract(content, '$.said.other_names') AS "other_names"
FROM current WHERE tbl = 'organisations';
CREATE VIEW "identifiers" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.case_ref') AS "case_ref",
  json_extract(content, '$.said.journey_ref') AS "journey_ref",
  json_extract(content, '$.said.kind') AS "kind",
  json_extract(content, '$.said.value') AS "value",
  json_extract(content, '$.said.issuer_country') AS "issuer_country",
  json_extract(content, '$.said.platform') AS "platform",
  json_extract(content, '$.said.channel_kind') AS "channel_kind",
  json_extract(content, '$.said.valid_from') AS "valid_from",
  json_extract(content, '$.said.valid_to') AS "valid_to",
  json_extract(content, '$.said.fraud') AS "fraud",
  json_extract(content, '$.said.holder_ref') AS "holder_ref",
  json_extract(content, '$.said.holder_role') AS "holder_role"
FROM current WHERE tbl = 'identifiers';
CREATE VIEW "locations" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.country') AS "country",
  json_extract(content, '$.said.kind') AS "kind",
  json_extract(content, '$.said.name') AS "name",
  json_extract(content, '$.said.admin_area') AS "admin_area",
  json_extract(content, '$.said.venue_code') AS "venue_code",
  CAST(json_extract(content, '$.said.lat') AS REAL) AS "lat",
  CAST(json_extract(content, '$.said.lon') AS REAL) AS "lon"
FROM current WHERE tbl = 'locations';
CREATE VIEW "journeys" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.case_ref') AS "case_ref",
  json_extract(content, '$.said.person_refs') AS "person_refs",
  json_extract(content, '$.said.group_size') AS "group_size",
  json_extract(content, '$.said.promised_destination') AS "promised_destination",
  json_extract(content, '$.said.actual_destination') AS "actual_destination",
  json_extract(content, '$.said.claimed_purpose') AS "claimed_purpose",
  json_extract(content, '$.said.true_work') AS "true_work",
  json_extract(content, '$.said.fee_amount') AS "fee_amount",
  json_extract(content, '$.said.fee_currency') AS "fee_currency",
  json_extract(content, '$.said.fee_payer') AS "fee_payer",
  json_extract(content, '$.said.fee_timing') AS "fee_timing",
  json_extract(content, '$.said.fee_paid') AS "fee_paid",
  json_extract(content, '$.said.documents_held_by') AS "documents_held_by",
  json_extract(content, '$.said.lodging_by') AS "lodging_by",
  json_extract(content, '$.said.facts_present') AS "facts_present",
  json_extract(content, '$.said.facts_absent') AS "facts_absent",
  json_extract(content, '$.said.outcome') AS "outcome"
FROM current WHERE tbl = 'journeys';
CREATE VIEW "legs" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.journey_ref') AS "journey_ref",
  CAST(json_extract(content, '$.said.seq') AS INTEGER) AS "seq",
  json_extract(content, '$.said.mode') AS "mode",
  json_extract(content, '$.said.from_ref') AS "from_ref",
  json_extract(content, '$.said.from_country') AS "from_country",
  json_extract(content, '$.said.to_ref') AS "to_ref",
  json_extract(content, '$.said.to_country') AS "to_country",
  json_extract(content, '$.said.depart') AS "depart",
  json_extract(content, '$.said.arrive') AS "arrive",
  json_extract(content, '$.said.carrier') AS "carrier",
  json_extract(content, '$.said.booking_ref') AS "booking_ref",
  json_extract(content, '$.said.document_ref') AS "document_ref",
  json_extract(content, '$.said.hte_type') AS "hte_type"
FROM current WHERE tbl = 'legs';
CREATE VIEW "cases" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.local_ref') AS "local_ref",
  json_extract(content, '$.said.status') AS "status",
  json_extract(content, '$.said.offences') AS "offences",
  json_extract(content, '$.said.opened') AS "opened",
  json_extract(content, '$.said.closed') AS "closed",
  json_extract(content, '$.said.lead_agency') AS "lead_agency",
  json_extract(content, '$.said.period_ref') AS "period_ref",
  json_extract(content, '$.said.plan_ref') AS "plan_ref",
  json_extract(content, '$.said.linked_cases') AS "linked_cases"
FROM current WHERE tbl = 'cases';
CREATE VIEW "events" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.case_ref') AS "case_ref",
  json_extract(content, '$.said.journey_ref') AS "journey_ref",
  json_extract(content, '$.said.kind') AS "kind",
  json_extract(content, '$.said.date') AS "date",
  json_extract(content, '$.said.date_to') AS "date_to",
  json_extract(content, '$.said.location_ref') AS "location_ref",
  json_extract(content, '$.said.country') AS "country",
  json_extract(content, '$.said.person_refs') AS "person_refs",
  json_extract(content, '$.said.amount') AS "amount",
  json_extract(content, '$.said.currency') AS "currency",
  json_extract(content, '$.said.method_of_recruitment') AS "method_of_recruitment",
  json_extract(content, '$.said.methods_of_control') AS "methods_of_control",
  json_extract(content, '$.said.exploitation_types') AS "exploitation_types",
  json_extract(content, '$.said.sex_exploitation_types') AS "sex_exploitation_types",
  json_extract(content, '$.said.labour_industry') AS "labour_industry",
  json_extract(content, '$.said.platforms') AS "platforms"
FROM current WHERE tbl = 'events';
CREATE VIEW "links" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.case_ref') AS "case_ref",
  json_extract(content, '$.said.journey_ref') AS "journey_ref",
  json_extract(content, '$.said.from_ref') AS "from_ref",
  json_extract(content, '$.said.kind') AS "kind",
  json_extract(content, '$.said.to_ref') AS "to_ref",
  json_extract(content, '$.said.stage') AS "stage",
  json_extract(content, '$.said.role') AS "role",
  json_extract(content, '$.said.process_role') AS "process_role",
  json_extract(content, '$.said.date_from') AS "date_from",
  json_extract(content, '$.said.date_to') AS "date_to",
  json_extract(content, '$.said.amount') AS "amount",
  json_extract(content, '$.said.currency') AS "currency",
  json_extract(content, '$.said.channel') AS "channel",
  CAST(json_extract(content, '$.said.count') AS INTEGER) AS "count",
  json_extract(content, '$.said.claim') AS "claim"
FROM current WHERE tbl = 'links';
CREATE VIEW "agencies" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.code') AS "code",
  json_extract(content, '$.said.name') AS "name",
  json_extract(content, '$.said.country') AS "country",
  json_extract(content, '$.said.kind') AS "kind"
FROM current WHERE tbl = 'agencies';
CREATE VIEW "focal_points" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.agency') AS "agency",
  json_extract(content, '$.said.post_title') AS "post_title",
  json_extract(content, '$.said.country') AS "country",
  json_extract(content, '$.said.channel') AS "channel",
  json_extract(content, '$.said.remit') AS "remit",
  json_extract(content, '$.said.confirmed_on') AS "confirmed_on",
  json_extract(content, '$.said.confirmed_by') AS "confirmed_by",
  CAST(json_extract(content, '$.said.confirm_every_days') AS INTEGER) AS "confirm_every_days",
  json_extract(content, '$.said.valid_from') AS "valid_from",
  json_extract(content, '$.said.valid_to') AS "valid_to",
  json_extract(content, '$.said.successor_of') AS "successor_of"
FROM current WHERE tbl = 'focal_points';
CREATE VIEW "periods" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.name') AS "name",
  json_extract(content, '$.said.date_from') AS "date_from",
  json_extract(content, '$.said.date_to') AS "date_to",
  json_extract(content, '$.said.baseline_from') AS "baseline_from",
  json_extract(content, '$.said.baseline_to') AS "baseline_to",
  json_extract(content, '$.said.countries') AS "countries"
FROM current WHERE tbl = 'periods';
CREATE VIEW "plans" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.title') AS "title",
  json_extract(content, '$.said.period_refs') AS "period_refs",
  json_extract(content, '$.said.lead') AS "lead",
  json_extract(content, '$.said.partners') AS "partners",
  json_extract(content, '$.said.status') AS "status",
  json_extract(content, '$.said.corridor') AS "corridor",
  json_extract(content, '$.said.case_refs') AS "case_refs",
  json_extract(content, '$.said.drafted_on') AS "drafted_on",
  json_extract(content, '$.said.reviewed_on') AS "reviewed_on",
  json_extract(content, '$.said.closed_on') AS "closed_on"
FROM current WHERE tbl = 'plans';
CREATE VIEW "requests" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.from_post') AS "from_post",
  json_extract(content, '$.said.to_post') AS "to_post",
  json_extract(content, '$.said.about') AS "about",
  json_extract(content, '$.said.plan_ref') AS "plan_ref",
  json_extract(content, '$.said.asked') AS "asked",
  json_extract(content, '$.said.due') AS "due",
  json_extract(content, '$.said.answered') AS "answered",
  json_extract(content, '$.said.outcome') AS "outcome"
FROM current WHERE tbl = 'requests';
CREATE VIEW "flows" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.from_country') AS "from_country",
  json_extract(content, '$.said.to_country') AS "to_country",
  json_extract(content, '$.said.date') AS "date",
  CAST(json_extract(content, '$.said.persons') AS INTEGER) AS "persons",
  json_extract(content, '$.said.kind') AS "kind"
FROM current WHERE tbl = 'flows';
CREATE VIEW "outcomes" AS SELECT id, originator,
  json_extract(content, '$.said.record_id') AS "record_id",
  json_extract(content, '$.said.source_ref') AS "source_ref",
  as_of,
  json_extract(content, '$.said.handling') AS "handling",
  json_extract(content, '$.said.grading') AS "grading",
  json_extract(content, '$.said.releasable_to') AS "releasable_to",
  json_extract(content, '$.said.caveat') AS "caveat",
  json_extract(content, '$.said.supersedes') AS "supersedes",
  json_extract(content, '$.said.evidence_ref') AS "evidence_ref",
  json_extract(content, '$.said.note') AS "note",
  json_extract(content, '$.said.retention_until') AS "retention_until",
  json_extract(content, '$.said.counter') AS "counter",
  CAST(json_extract(content, '$.said.value') AS INTEGER) AS "value",
  json_extract(content, '$.said.date') AS "date",
  json_extract(content, '$.said.agency') AS "agency",
  json_extract(content, '$.said.plan_ref') AS "plan_ref",
  json_extract(content, '$.said.period_ref') AS "period_ref",
  json_extract(content, '$.said.case_ref') AS "case_ref"
FROM current WHERE tbl = 'outcomes';
COMMIT;
