"""What a malicious administrator of the database does: each attack is SQL, by what it does."""

from typing import Final

ATTACKS: Final = {
    "the ledger is emptied": "DELETE FROM ledger_entry",
    "the ledger is emptied with its checkpoints": """
        DELETE FROM ledger_countersigned;
        DELETE FROM ledger_head;
        DELETE FROM ledger_checkpoint;
        DELETE FROM ledger_entry
    """,
    "the ledger is cut at a checkpoint": """
        DELETE FROM ledger_entry AS entry USING ledger_head AS head WHERE checkpoint_id = 2 AND
        entry.chain = head.chain AND entry.number > coalesce((SELECT max(number) FROM
        ledger_head AS was WHERE was.chain = head.chain AND checkpoint_id = 1), 0);
        DELETE FROM ledger_countersigned;
        DELETE FROM ledger_head WHERE checkpoint_id = 2;
        DELETE FROM ledger_checkpoint WHERE number = 2
    """,
    "all states are changed": "UPDATE clearance_clearance SET state = 'CLOSED'",
    "payments are set to 1.00": "UPDATE revenue_payment SET amount = 1.00",
    "a declaration is deleted": """
        DELETE FROM declarations_declaration WHERE id = (SELECT id FROM declarations_declaration
        LIMIT 1)
    """,
    "a declaration is deleted with its chain": """
        CREATE TEMPORARY TABLE victim AS SELECT id FROM declarations_declaration LIMIT 1;
        DELETE FROM ledger_entry WHERE chain IN (SELECT id FROM victim);
        DELETE FROM declarations_declaration WHERE id IN (SELECT id FROM victim)
    """,
    "a declaration is inserted": """
        INSERT INTO declarations_declaration
        SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', gen_random_uuid(), 'number', '999999999999999999', 'reference', 'X'
        ))).* FROM declarations_declaration AS row LIMIT 1
    """,
    "a declaration is inserted under the lowest identifier there can be": """
        INSERT INTO declarations_declaration
        SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', '00000000-0000-0000-0000-000000000000', 'number', '999999999999999999',
            'reference', 'X'
        ))).* FROM declarations_declaration AS row LIMIT 1
    """,
    "a second state is written beside the first": """
        ALTER TABLE clearance_clearance DROP CONSTRAINT clearance_clearance_pkey CASCADE;
        CREATE TEMPORARY TABLE again AS SELECT * FROM clearance_clearance;
        INSERT INTO clearance_clearance SELECT * FROM again
    """,
    "orders are changed and removed": """
        UPDATE release_releaseorder SET unit = 'X' WHERE id = (SELECT min(id::text)::uuid FROM
        release_releaseorder);
        DELETE FROM release_releaseorder WHERE id = (SELECT max(id::text)::uuid FROM
        release_releaseorder)
    """,
    "a number is changed": """
        UPDATE declarations_declaration SET number = '999999999999999999' WHERE id = (SELECT id
        FROM declarations_declaration LIMIT 1)
    """,
    "what was declared is changed": """
        UPDATE declarations_version SET content = jsonb_set(content, '{bill}', '"OTHER"')
    """,
    "a rejected submission is changed": """
        UPDATE declarations_attempt SET received_by = 'nobody' WHERE declaration_id IS NULL
    """,
    "a rejected submission is removed with its chain": """
        CREATE TEMPORARY TABLE victim AS SELECT id FROM declarations_attempt WHERE
        declaration_id IS NULL LIMIT 1;
        DELETE FROM ledger_entry WHERE chain IN (SELECT id FROM victim);
        DELETE FROM declarations_attempt WHERE id IN (SELECT id FROM victim)
    """,
    "a rejected submission is invented": """
        INSERT INTO declarations_attempt SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', gen_random_uuid(), 'declaration_id', NULL
        ))).* FROM declarations_attempt AS row LIMIT 1
    """,
    "a submission was rejected": "UPDATE declarations_attempt SET declaration_id = NULL",
    "a line of goods is changed": "UPDATE declarations_line SET total = total + 1",
    "a release order is made anew": "UPDATE release_releaseorder SET state = 'SENT'",
    "a release order is inserted": """
        INSERT INTO release_releaseorder
        SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', gen_random_uuid(), 'unit', 'X'
        ))).* FROM release_releaseorder AS row LIMIT 1
    """,
    "a hold is ended": "UPDATE clearance_hold SET ended_at = now() WHERE ended_at IS NULL",
    "a hold is opened again": """
        UPDATE clearance_hold SET ended_at = NULL WHERE ended_at IS NOT NULL
    """,
    "a hold is removed": "DELETE FROM clearance_hold",
    "what is owed is changed": """
        UPDATE revenue_assessment SET duty = 0, total = total - duty WHERE settled = 0
    """,
    "a payment of what nobody owes is invented": """
        INSERT INTO revenue_payment SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', 999999, 'assessment_id', gen_random_uuid(), 'bank_reference', 'X'
        ))).* FROM revenue_payment AS row LIMIT 1
    """,
    "a guarantee is free again": "UPDATE revenue_guarantee SET drawn_cny = 0",
    "a licence is free again": "UPDATE permits_licence SET drawn = 0",
    "an agency's answer is changed": """
        UPDATE permits_request SET answered_by = 'nobody'
    """,
    "an inspection found nothing": "UPDATE inspection_inspectionrecord SET content = '{}'",
    "a declaration was not selected": "UPDATE risk_selected SET goods = NOT goods",
    "a criterion is changed": "UPDATE risk_criterionversion SET content = content || ' '",
    "a mandate is inserted": """
        INSERT INTO parties_mandate (principal_id, broker_id, flow, chapters, valid_from,
        valid_until, signed_by, signed_at, signature, revoked_by) SELECT broker_id,
        principal_id, flow, chapters, valid_from, valid_until, signed_by, signed_at, signature,
        revoked_by FROM parties_mandate LIMIT 1
    """,
    "a mandate is not revoked": "UPDATE parties_mandate SET valid_until = valid_until + 365",
    "a posting is inserted": """
        INSERT INTO accounts_posting (person_id, role, office, district, site, valid_from)
        SELECT person_id, 'ADMINISTRATOR', '', '', '', now() FROM accounts_posting LIMIT 1
    """,
    "a person has another password": "UPDATE accounts_person SET password = 'x' WHERE is_active",
    "a person has the password of another": """
        UPDATE accounts_person SET password = (SELECT password FROM accounts_person ORDER BY id
        LIMIT 1)
    """,
    "a person may do all": "UPDATE accounts_person SET is_superuser = true",
    "a credit class is better": "UPDATE parties_creditrecord SET reason = 'x'",
    "a rate is changed": "UPDATE reference_ratecorrection SET rate = 1",
    "goods have arrived": "UPDATE cargo_bill SET arrived_at = now() WHERE arrived_at IS NULL",
    "goods have arrived, as an event tells": """
        UPDATE cargo_bill SET arrived_at = now(), arrived_site = '0202-01' WHERE id = (SELECT id
        FROM cargo_bill WHERE arrived_at IS NULL ORDER BY id LIMIT 1);
        INSERT INTO announcements_announcement (kind, subject, at, facts) SELECT 'Arrived', id,
        now(), jsonb_build_object('bill', number, 'unit', '', 'site', arrived_site) FROM cargo_bill
        WHERE arrived_site = '0202-01' ORDER BY id LIMIT 1
    """,
    "a release is announced": """
        INSERT INTO announcements_announcement (kind, subject, at, facts) SELECT 'Released',
        declaration_id, now(), '{}' FROM clearance_clearance LIMIT 1
    """,
    "another event is announced than happened": """
        UPDATE announcements_announcement SET kind = 'Released' WHERE kind = 'HoldOpened'
    """,
    "an event of the house is announced": """
        INSERT INTO announcements_announcement (kind, subject, at, facts) VALUES
        ('CriteriaChanged', '00000000-0000-8000-8000-000000000001', now(), '{}')
    """,
    "something unheard of is announced": """
        UPDATE announcements_announcement SET kind = 'Unheard' WHERE id = (SELECT min(id) FROM
        announcements_announcement)
    """,
    "a container has come": "UPDATE cargo_cargounit SET arrived_at = now()",
    "a container has left": "UPDATE cargo_cargounit SET left_at = now() WHERE left_at IS NULL",
    "a container has other seals": "UPDATE cargo_cargounit SET seals = '{X}'",
    "a container is of another bill": """
        UPDATE cargo_cargounit SET bill_id = (SELECT id FROM cargo_bill WHERE id NOT IN (SELECT
        bill_id FROM cargo_cargounit) LIMIT 1) WHERE id = (SELECT max(id) FROM cargo_cargounit)
    """,
    "a container is removed": """
        DELETE FROM cargo_cargounit WHERE id = (SELECT min(id) FROM cargo_cargounit)
    """,
    "a bill weighs less": "UPDATE cargo_bill SET gross = gross / 2, packages = 1",
    "a bill is of another carrier": """
        UPDATE cargo_bill SET carrier_id = (SELECT min(id) FROM parties_enterprise)
    """,
    "a bill is of another manifest": """
        UPDATE cargo_bill SET manifest_id = (SELECT max(id::text)::uuid FROM cargo_manifest)
    """,
    "a bill was never withdrawn": "UPDATE cargo_bill SET withdrawn_at = now()",
    "a bill is removed with its containers and its chain": """
        CREATE TEMPORARY TABLE victim AS SELECT id FROM cargo_bill LIMIT 1;
        DELETE FROM ledger_entry WHERE chain IN (SELECT id FROM victim);
        DELETE FROM cargo_cargounit WHERE bill_id IN (SELECT id FROM victim);
        DELETE FROM cargo_arrival WHERE bill_id IN (SELECT id FROM victim);
        DELETE FROM cargo_bill WHERE id IN (SELECT id FROM victim)
    """,
    "a bill is invented": """
        INSERT INTO cargo_bill SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', gen_random_uuid(), 'number', 'INVENTED'
        ))).* FROM cargo_bill AS row LIMIT 1
    """,
    "a manifest is of another carrier": """
        UPDATE cargo_manifest SET carrier_id = (SELECT min(id) FROM parties_enterprise)
    """,
    "a manifest is invented": """
        INSERT INTO cargo_manifest SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', gen_random_uuid(), 'number', 'INVENTED'
        ))).* FROM cargo_manifest AS row LIMIT 1
    """,
    "a manifest was sent by another": "UPDATE cargo_manifestmessage SET received_by = 'nobody'",
    "a manifest never came": "DELETE FROM cargo_manifestmessage",
    "goods arrived elsewhere": "UPDATE cargo_arrival SET site = 'X'",
    "a report of goods is removed": "DELETE FROM cargo_arrival",
    "a transport was declared earlier": """
        UPDATE cargo_transport SET declared_at = declared_at - interval '9 days'
    """,
    "a check found something else": "UPDATE risk_outcome SET finding = 'X', value_effect = 1",
    "a check was never done": "DELETE FROM risk_outcome",
    "a seed was committed to later": "UPDATE risk_dailyseed SET commitment = 'x'",
    "a set of criteria was committed to later": """
        UPDATE risk_setcommitment SET published_at = published_at - interval '1 day'
    """,
    "an officer was on duty": """
        INSERT INTO inspection_presence (officer, day, office, marked_at, marked_by)
        VALUES ('nobody', '2026-11-19', '0202', now(), 'nobody')
    """,
    "an examination record is supplemented by nobody": """
        UPDATE inspection_supplement SET added_by = 'nobody', words = 'x'
    """,
    "a supplement is removed": "DELETE FROM inspection_supplement",
    "nobody said that nobody comes": "DELETE FROM inspection_declaredabsence",
    "somebody said that nobody comes": """
        INSERT INTO inspection_declaredabsence (hold, declaration_id, ground, words, declared_by,
        declared_at) SELECT id, declaration_id, 'DELEGATED', 'x', 'x', now() FROM clearance_hold
        WHERE id NOT IN (SELECT hold FROM inspection_declaredabsence) LIMIT 1
    """,
    "more is given back": "UPDATE revenue_overpayment SET amount = amount + 1000",
    "nothing is given back": "DELETE FROM revenue_overpayment",
    "what was paid is given back twice": """
        INSERT INTO revenue_refund SELECT (jsonb_populate_record(row, jsonb_build_object(
            'payment_id', (SELECT max(id) FROM revenue_payment)
        ))).* FROM revenue_refund AS row LIMIT 1
    """,
    "a refund is of another amount": "UPDATE revenue_refund SET amount = amount * 2",
    "a refund is removed": "DELETE FROM revenue_refund",
    "a holiday is worked": "UPDATE reference_calendarday SET worked = NOT worked",
    "a holiday is added": """
        INSERT INTO reference_calendarday SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', 999999, 'day', '2027-06-06'
        ))).* FROM reference_calendarday AS row LIMIT 1
    """,
    "holidays are removed": """
        DELETE FROM reference_calendarday; DELETE FROM reference_calendarrelease
    """,
    "holidays were loaded by another": "UPDATE reference_calendarrelease SET loaded_by = 'x'",
    "a dispute was decided otherwise": """
        UPDATE cargo_dispute SET outcome = 'FIRST' WHERE outcome = 'SECOND'
    """,
    "a dispute is decided": """
        UPDATE cargo_dispute SET outcome = 'SECOND', decided_by = 'x' WHERE outcome = ''
    """,
    "a dispute is removed": "DELETE FROM cargo_dispute WHERE outcome = ''",
    "a diversion is approved": "UPDATE cargo_diversion SET approved = true",
    "a diversion goes elsewhere": "UPDATE cargo_diversion SET to_site = 'X'",
    "a diversion is removed with its effect": """
        UPDATE cargo_bill SET site = from_site, office = '' FROM cargo_diversion AS asked
        WHERE asked.bill_id = cargo_bill.id;
        DELETE FROM cargo_diversion
    """,
    "a bill is diverted": "UPDATE cargo_bill SET office = '0101', site = '0101-01'",
    "software has another secret": "UPDATE oauth2_provider_application SET client_secret = 'x'",
    "software has the secret of another": """
        UPDATE oauth2_provider_application SET client_id = client_id || 'x';
        UPDATE accounts_apiclient SET client_id = client_id || 'x'
    """,
    "a person owns the credentials of software": """
        UPDATE oauth2_provider_application SET user_id = (SELECT min(id) FROM accounts_person)
    """,
    "credentials are invented": """
        INSERT INTO oauth2_provider_application SELECT (jsonb_populate_record(row,
        jsonb_build_object('id', 999999, 'client_id', 'X'))).* FROM oauth2_provider_application
        AS row LIMIT 1
    """,
    "software of another name acts": "UPDATE accounts_apiclient SET name = name || 'x'",
    "a tariff that was declined waits again": """
        UPDATE reference_tariffrelease SET declined_by = '', declined_at = NULL, decline_reason = ''
        WHERE declined_at IS NOT NULL
    """,
    "a tariff line is cheaper": "UPDATE reference_tariffrow SET mfn = 0, vat = 0",
    "a tariff line is removed": """
        DELETE FROM reference_tariffrow WHERE id = (SELECT min(id) FROM reference_tariffrow)
    """,
    "a tariff line is added": """
        INSERT INTO reference_tariffrow SELECT (jsonb_populate_record(row, jsonb_build_object(
            'id', 999999, 'code', '9999999999'
        ))).* FROM reference_tariffrow AS row LIMIT 1
    """,
    "a tariff begins earlier": """
        UPDATE reference_tariffrelease SET valid_from = valid_from - 400
    """,
    "a case was decided otherwise": "UPDATE review_casedecision SET consequence = 'NONE'",
    "a certificate is free again": "UPDATE permits_certificate SET drawn = 0",
    "a certificate was never used": "DELETE FROM permits_certificateuse",
    "a bank has another key": "UPDATE revenue_bank SET public_key = '\\x00'",
}
CHANGED: Final = {
    "text": "coalesce({0}, '') || 'x'",
    "character varying": "coalesce({0}, '') || 'x'",
    "numeric": "coalesce({0}, 0) + 1",
    "integer": "coalesce({0}, 0) + 1000",
    "smallint": "coalesce({0}, 0) + 1000",
    "bigint": "coalesce({0}, 0) + 1000",
    "boolean": "NOT coalesce({0}, false)",
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 s'",
    "date": "coalesce({0}, current_date) + 1000",
    "jsonb": "'{{\"x\": 1}}'",
    "bytea": "coalesce({0}, '') || '\\x00'",
    "uuid": "gen_random_uuid()",
    "ARRAY": "'{{9}}'",
}
"""A change of a column, by its type."""
