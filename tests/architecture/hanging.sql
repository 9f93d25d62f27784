-- What hangs on a contact or an enquiry (corners.py), on cases that open to somebody by name: one that is reviewed, one
-- whose glass is broken, one of a social worker. Without it no clause of theirs would make a difference to anybody.

CREATE TEMP TABLE opened AS SELECT DISTINCT ON (l.why) c.id AS contact_id, c.enquiry_id, s.id AS screening_id, upper(
  translate(md5(l.why), '01', '23')) AS letters FROM (SELECT 'reviewed' AS why, enquiry_id FROM agencies_review UNION ALL
  SELECT 'broken', g.enquiry_id FROM agencies_brokenglass g JOIN who w ON w.id = g.membership_id WHERE w.name =
  'unassigned_worker' UNION ALL SELECT 'worked', e.id FROM screening_enquiry e JOIN who w ON w.id = e.social_worker_id
  WHERE w.name = 'saira.worker' AND e.state = 'deciding') l JOIN contacts_contact c ON c.enquiry_id = l.enquiry_id JOIN
  screening_screening s ON s.contact_id = c.id ORDER BY l.why, c.id;

INSERT INTO contacts_correction (id, contact_id, text, made_at, made_by_id) SELECT gen_random_uuid(), o.contact_id,
  'A correction.', now(), w.id FROM opened o, who w WHERE w.name = 'maeve.manager';

INSERT INTO contacts_earliervalue (id, contact_id, "column", text, changed_at, changed_by_id) SELECT gen_random_uuid(),
  o.contact_id, 'concern', 'An earlier concern.', now(), w.id FROM opened o, who w WHERE w.name = 'maeve.manager';

INSERT INTO contacts_protection SELECT (jsonb_populate_record(NULL::contacts_protection, to_jsonb(p) ||
  jsonb_build_object('id', gen_random_uuid(), 'reference', left(p.reference, 2) || substr(o.letters, 1, 4) || '-' ||
  substr(o.letters, 5, 4), 'contact_id', o.contact_id))).* FROM opened o, (SELECT * FROM contacts_protection WHERE state =
  'held' ORDER BY id LIMIT 1) p;

INSERT INTO decisions_complaint SELECT (jsonb_populate_record(NULL::decisions_complaint, to_jsonb(k) ||
  jsonb_build_object('id', gen_random_uuid(), 'reference', left(k.reference, 2) || substr(o.letters, 1, 4) || '-' ||
  substr(o.letters, 5, 4), 'contact_id', o.contact_id))).* FROM opened o, (SELECT * FROM decisions_complaint ORDER BY id
  LIMIT 1) k;

INSERT INTO decisions_familyletter SELECT (jsonb_populate_record(NULL::decisions_familyletter, to_jsonb(l) ||
  jsonb_build_object('id', gen_random_uuid(), 'reference', left(l.reference, 2) || substr(o.letters, 1, 4) || '-' ||
  substr(o.letters, 5, 4), 'contact_id', o.contact_id, 'subject_id', s.id, 'address', ''))).* FROM opened o JOIN LATERAL
  (SELECT id FROM contacts_subject s WHERE s.contact_id = o.contact_id ORDER BY s.kind, s.id LIMIT 1) s ON true, (SELECT *
  FROM decisions_familyletter WHERE state = 'sent' ORDER BY id LIMIT 1) l ON CONFLICT DO NOTHING;

INSERT INTO screening_handover SELECT (jsonb_populate_record(NULL::screening_handover, to_jsonb(h) ||
  jsonb_build_object('id', gen_random_uuid(), 'reference', left(h.reference, 2) || substr(o.letters, 1, 4) || '-' ||
  substr(o.letters, 5, 4), 'contact_id', o.contact_id, 'screening_id', o.screening_id))).* FROM opened o, (SELECT * FROM
  screening_handover WHERE state = 'declined' ORDER BY id LIMIT 1) h;

INSERT INTO screening_panelview SELECT (jsonb_populate_record(NULL::screening_panelview, to_jsonb(v) ||
  jsonb_build_object('id', gen_random_uuid(), 'screening_id', o.screening_id))).* FROM opened o, (SELECT * FROM
  screening_panelview ORDER BY id LIMIT 1) v ON CONFLICT DO NOTHING;

INSERT INTO decisions_dissent (id, text, agency_id, decision_id) SELECT gen_random_uuid(), 'A dissent.', (SELECT
  agency_id FROM who WHERE name = 'police.lead'), d.id FROM opened o JOIN decisions_decision d ON d.enquiry_id =
  o.enquiry_id ON CONFLICT DO NOTHING;

INSERT INTO decisions_jointview SELECT (jsonb_populate_record(NULL::decisions_jointview, to_jsonb(v) ||
  jsonb_build_object('id', gen_random_uuid(), 'enquiry_id', o.enquiry_id))).* FROM opened o, (SELECT * FROM
  decisions_jointview ORDER BY id LIMIT 1) v ON CONFLICT DO NOTHING;

INSERT INTO screening_reopening (id, enquiry_id, reason, reopened_at, reopened_by_id) SELECT gen_random_uuid(),
  o.enquiry_id, 'Opened again.', now(), w.id FROM opened o, who w WHERE w.name = 'maeve.manager';

INSERT INTO screening_owndeadline (id, enquiry_id, due_at, reason, set_at, set_by_id) SELECT gen_random_uuid(),
  o.enquiry_id, now(), 'A deadline of its own.', now(), w.id FROM opened o, who w WHERE w.name = 'maeve.manager';

INSERT INTO decisions_recall (summary_id, reason, text, was_read, recalled_at, recalled_by_id) SELECT s.id, 'unlawful',
  'A breach.', 0, now(), w.id FROM decisions_mashsummary s, who w WHERE w.name = 'maeve.manager' ON CONFLICT DO NOTHING;

INSERT INTO contacts_personapart (id, subject_id, other_id, decided_at, decided_by_id) SELECT gen_random_uuid(), s.id,
  (SELECT x.id FROM contacts_subject x WHERE x.contact_id <> o.contact_id ORDER BY x.id LIMIT 1), now(), w.id FROM opened o
  JOIN LATERAL (SELECT id FROM contacts_subject s WHERE s.contact_id = o.contact_id ORDER BY s.kind, s.id LIMIT 1) s ON
  true, who w WHERE w.name = 'maeve.manager' ON CONFLICT DO NOTHING;

-- Contacts of a person whom an earlier one is about: one is a social worker's, one was with the panel.
CREATE TEMP TABLE linked AS SELECT DISTINCT c.id, c.enquiry_id FROM contacts_contact c JOIN contacts_subject s ON
  s.contact_id = c.id JOIN contacts_subject o ON o.person_id = s.person_id AND o.contact_id <> c.id;

UPDATE screening_enquiry SET social_worker_id = (SELECT id FROM who WHERE name = 'saira.worker') WHERE id IN (SELECT
  enquiry_id FROM linked);

UPDATE contacts_contact SET social_worker_id = (SELECT id FROM who WHERE name = 'saira.worker') WHERE enquiry_id IN (SELECT
  enquiry_id FROM linked);

UPDATE contacts_contact SET screeners_see_until = now() + interval '3 days', panel_at = now() WHERE id IN (SELECT id FROM
  linked WHERE enquiry_id IS NULL);

UPDATE information_sharing_informationrequest r SET social_worker_id = e.social_worker_id FROM screening_enquiry e WHERE
  e.id = r.enquiry_id AND r.social_worker_id IS DISTINCT FROM e.social_worker_id;

UPDATE decisions_mashsummary s SET social_worker_id = e.social_worker_id FROM screening_enquiry e WHERE e.id =
  s.enquiry_id AND e.id IN (SELECT enquiry_id FROM linked);

DROP TABLE opened, linked;
