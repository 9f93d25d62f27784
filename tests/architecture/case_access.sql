-- Corners of what is closed and opened by name (corners.py): conflicts of interest, broken glass, the emergency route.
-- Who: a manager, a lead and a screener who are closed out of half of the cases, a social worker who broke some glass.

CREATE TEMP TABLE who AS SELECT split_part(u.email, '@', 1) AS name, m.id, m.user_id, m.agency_id, m.team_id
  FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id;
CREATE TEMP TABLE closed_enquiry AS SELECT id, reference FROM (SELECT e.id, e.reference, row_number() OVER (ORDER BY
  e.state, e.id) AS number FROM screening_enquiry e) t WHERE number % 2 = 0;

INSERT INTO agencies_conflictofinterest (id, enquiry_id, membership_id, source, reason, entered_at, entered_by_id)
  SELECT gen_random_uuid(), e.id, w.id, 'entered', 'A reason.', now(), (SELECT id FROM who WHERE name = 'maeve.manager')
  FROM closed_enquiry e, who w WHERE w.name IN ('closed_out', 'closed_lead', 'closed_screener');

INSERT INTO agencies_conflictofinterest (id, contact_id, user_id, source, reason, entered_at, entered_by_id)
  SELECT gen_random_uuid(), t.id, w.user_id, 'entered', 'A reason.', now(), (SELECT id FROM who WHERE name =
  'maeve.manager') FROM (SELECT c.id, row_number() OVER (PARTITION BY c.state ORDER BY c.id) AS number FROM
  contacts_contact c WHERE c.enquiry_id IS NULL) t, who w WHERE w.name IN ('closed_out', 'closed_screener') AND
  t.number % 2 = 0;

INSERT INTO agencies_conflictofinterest (id, person_id, membership_id, source, reason, entered_at, entered_by_id)
  SELECT gen_random_uuid(), p.id, w.id, 'entered', 'A reason.', now(), (SELECT id FROM who WHERE name = 'maeve.manager')
  FROM (SELECT id FROM contacts_person ORDER BY id LIMIT 2) p, who w WHERE w.name = 'closed_out';

-- What was lifted closes nothing any more.
INSERT INTO agencies_conflictofinterest (id, enquiry_id, membership_id, source, reason, entered_at, entered_by_id,
  lifted_at, lifted_by_id) SELECT gen_random_uuid(), e.id, w.id, 'entered', 'A reason.', now(), m.id, now(), m.id FROM
  screening_enquiry e, who w, who m WHERE w.name = 'closed_out' AND m.name = 'maeve.manager' AND NOT EXISTS (SELECT 1
  FROM closed_enquiry c WHERE c.id = e.id);

-- Glass of the enquiry with the most items.
INSERT INTO agencies_brokenglass (id, membership_id, enquiry_id, enquiry_reference, broken_at, ends_at, finding) SELECT
  gen_random_uuid(), w.id, e.id, e.reference, now() - interval '1 minute', now() + interval '11 hours', '' FROM who w,
  (SELECT e.id, e.reference FROM screening_enquiry e WHERE e.state = 'closed' ORDER BY (SELECT count(*) FROM
  information_sharing_item i WHERE i.enquiry_id = e.id AND i.handling = 'onward' AND i.given_at IS NOT NULL AND
  i.withdrawn_at IS NULL) DESC, e.id LIMIT 1) e WHERE w.name = 'unassigned_worker';

-- And of such as have what broken glass does not open.
INSERT INTO agencies_brokenglass (id, membership_id, enquiry_id, enquiry_reference, broken_at, ends_at, finding) SELECT
  gen_random_uuid(), w.id, e.id, e.reference, now() - interval '1 minute', now() + interval '11 hours', '' FROM who w,
  screening_enquiry e WHERE w.name = 'unassigned_worker' AND (e.id = (SELECT min(enquiry_id::text)::uuid FROM
  decisions_jointview) OR e.id = (SELECT min(enquiry_id::text)::uuid FROM information_sharing_heldmarker) OR e.id =
  (SELECT min(d.enquiry_id::text)::uuid FROM decisions_dissent x JOIN decisions_decision d ON d.id = x.decision_id) OR
  e.id = (SELECT min(i.enquiry_id::text)::uuid FROM information_sharing_item i WHERE i.handling = 'hub_only' AND
  i.given_at IS NOT NULL AND i.withdrawn_at IS NULL));

INSERT INTO agencies_needreason (id, enquiry_id, text) SELECT gen_random_uuid(), e.id, 'A reason.' FROM
  screening_enquiry e WHERE e.state IN ('gathering', 'closed');

INSERT INTO agencies_findingreason (id, enquiry_id, text) SELECT gen_random_uuid(), e.id, 'A reason.' FROM
  screening_enquiry e WHERE e.state IN ('gathering', 'closed');

-- Notices and lost mail of cases that are closed to their reader, and of such as are not.
INSERT INTO notices_notice SELECT (jsonb_populate_record(NULL::notices_notice, to_jsonb(n) || jsonb_build_object('id',
  gen_random_uuid(), 'membership_id', w.id, 'dedupe', gen_random_uuid(), 'reference', e.reference, 'body', ''))).* FROM who w,
  screening_enquiry e, (SELECT * FROM notices_notice WHERE channel = 'in_app' ORDER BY id LIMIT 1) n WHERE w.name =
  'closed_out';

INSERT INTO notices_deadletter SELECT (jsonb_populate_record(NULL::notices_deadletter, to_jsonb(n) ||
  jsonb_build_object('id', gen_random_uuid(), 'reference', e.reference, 'notice_id', gen_random_uuid()))).* FROM screening_enquiry e, (SELECT * FROM
  notices_deadletter WHERE is_to_the_public ORDER BY id LIMIT 1) n;

-- Matches with the staff list: with the manager themself, and with others.
INSERT INTO contacts_staffmatch (id, contact_id, reference, user_id, matched_on, found_at, outcome, reason) SELECT
  gen_random_uuid(), c.id, c.reference, w.user_id, 'home', now(), '', 'A reason.' FROM contacts_contact c, who w WHERE
  w.name IN ('maeve.manager', 'saira.worker');

-- The agency that was let in gave items of each grade, by its researcher and by somebody before; one is not yet given.
CREATE TEMP TABLE let_in AS SELECT r.id, r.enquiry_id, r.agency_id FROM information_sharing_informationrequest r JOIN
  agencies_emergencyuse u ON u.enquiry_id = r.enquiry_id AND u.agency_id = r.agency_id;

CREATE TEMP TABLE given AS SELECT gen_random_uuid() AS id, l.id AS request_id, l.enquiry_id, l.agency_id, h.handling,
  w.id AS author_id FROM let_in l, (VALUES ('onward'), ('hub_only'), ('manager_only')) h (handling), who w WHERE w.name
  IN ('voluntary.researcher', 'moved_on');

INSERT INTO information_sharing_item SELECT (jsonb_populate_record(NULL::information_sharing_item, to_jsonb(i) ||
  to_jsonb(g) || jsonb_build_object('subject_id', NULL, 'needed_at_night', false, 'is_spoken', false))).* FROM given
  g, (SELECT * FROM information_sharing_item WHERE
  given_at IS NOT NULL AND withdrawn_at IS NULL AND handling <> 'manager_only' ORDER BY id LIMIT 1) i;

INSERT INTO information_sharing_sealedtext SELECT (jsonb_populate_record(NULL::information_sharing_sealedtext,
  to_jsonb(t) || jsonb_build_object('id', gen_random_uuid(), 'item_id', g.id))).* FROM given g, (SELECT * FROM
  information_sharing_sealedtext ORDER BY id LIMIT 1) t WHERE g.handling = 'manager_only';

INSERT INTO information_sharing_safetyinstruction SELECT
  (jsonb_populate_record(NULL::information_sharing_safetyinstruction, to_jsonb(t) || jsonb_build_object('id',
  gen_random_uuid(), 'reference', 'N-' || upper(left(md5(g.id::text), 4)) || '-' || upper(right(md5(g.id::text), 4)), 'item_id', g.id, 'agency_id', g.agency_id))).* FROM
  given g, (SELECT * FROM information_sharing_safetyinstruction ORDER BY id LIMIT 1) t WHERE g.handling =
  'manager_only';

INSERT INTO information_sharing_answer SELECT (jsonb_populate_record(NULL::information_sharing_answer, to_jsonb(a) ||
  jsonb_build_object('id', gen_random_uuid(), 'request_id', l.id))).* FROM let_in l, (SELECT * FROM
  information_sharing_answer ORDER BY id LIMIT 1) a WHERE NOT EXISTS (SELECT 1 FROM information_sharing_answer o WHERE
  o.request_id = l.id);

-- Items that close with their enquiry alone, and such as close tomorrow.
UPDATE screening_enquiry SET items_close_at = CASE WHEN state = 'closed' THEN NULL ELSE now() + interval '1 day' END;

-- Closed enquiries, and an open one whose items have closed, in which a named agency answered about every child.
UPDATE screening_enquiry SET items_close_at = now() - interval '1 minute' WHERE id = (SELECT i.enquiry_id FROM
  information_sharing_item i JOIN screening_enquiry e ON e.id = i.enquiry_id JOIN information_sharing_informationrequest
  r ON r.enquiry_id = e.id AND r.agency_id <> i.agency_id AND r.state = 'answered' JOIN agencies_agency a ON a.id =
  r.agency_id AND a.kind IN ('police', 'health') WHERE e.state <> 'closed' AND i.handling <> 'manager_only' AND i.given_at
  IS NOT NULL AND i.withdrawn_at IS NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1);

INSERT INTO information_sharing_requestsubject SELECT (jsonb_populate_record(NULL::information_sharing_requestsubject,
  to_jsonb(t) || jsonb_build_object('id', gen_random_uuid(), 'request_id', r.id, 'subject_id', s.id))).* FROM
  screening_enquiry e JOIN information_sharing_informationrequest r ON r.enquiry_id = e.id AND r.state = 'answered' JOIN
  contacts_contact c ON c.enquiry_id = e.id JOIN contacts_subject s ON s.contact_id = c.id AND s.kind = 'child', (SELECT
  * FROM information_sharing_requestsubject LIMIT 1) t WHERE (e.state = 'closed' OR e.items_close_at <= now()) AND NOT
  EXISTS (SELECT 1 FROM information_sharing_requestsubject o WHERE o.request_id = r.id AND o.subject_id = s.id);

-- Clocks whose record nobody but the manager sees.
INSERT INTO clock_deadline SELECT (jsonb_populate_record(NULL::clock_deadline, to_jsonb(d) || jsonb_build_object('id',
  gen_random_uuid(), 'subject_id', gen_random_uuid(), 'case_id', gen_random_uuid(), 'enquiry_id', NULL, 'replaces_id', NULL, 'measure', v.measure,
  'colour', v.colour, 'agency_id', CASE v.whose WHEN 'police.lead' THEN w.agency_id END, 'membership_id', CASE v.whose
  WHEN 'saira.worker' THEN w.id END, 'team_id', CASE v.whose WHEN 'asha.assessment' THEN w.team_id END))).* FROM (VALUES
  ('first_word', '', 'police.lead'), ('safety_instruction', '', 'police.lead'), ('acceptance', '', 'police.lead'),
  ('decision', 'red', ''), ('decision', 'amber', ''), ('first_sight', 'green', ''), ('acceptance', 'red', ''),
  ('acceptance', '', 'saira.worker'), ('acceptance', '', 'asha.assessment')) v (measure, colour, whose) LEFT JOIN who w
  ON w.name = v.whose, (SELECT * FROM clock_deadline ORDER BY id LIMIT 1) d;

-- Corrections as they were passed on, by each way; some for an agency or a team that has no part in it any more.
CREATE TEMP TABLE telling AS
  SELECT 'request' AS kind, r.id, e.contact_id, r.agency_id, NULL::uuid AS team_id FROM
  information_sharing_informationrequest r JOIN LATERAL (SELECT c.id AS contact_id FROM contacts_contact c WHERE
  c.enquiry_id = r.enquiry_id ORDER BY c.id LIMIT 1) e ON true
  UNION ALL SELECT 'request', r.id, e.contact_id, w.agency_id, NULL FROM who w, (SELECT * FROM
  information_sharing_informationrequest ORDER BY id LIMIT 3) r JOIN LATERAL (SELECT c.id AS contact_id FROM
  contacts_contact c WHERE c.enquiry_id = r.enquiry_id ORDER BY c.id LIMIT 1) e ON true WHERE w.name IN
  ('police.researcher')
  UNION ALL SELECT 'handover', h.id, h.contact_id, NULL, h.team_id FROM screening_handover h
  UNION ALL SELECT 'summary', s.id, e.contact_id, NULL, s.team_id FROM decisions_mashsummary s JOIN LATERAL (SELECT c.id
  AS contact_id FROM contacts_contact c WHERE c.enquiry_id = s.enquiry_id ORDER BY c.id LIMIT 1) e ON true
  UNION ALL SELECT 'feedback', f.id, f.contact_id, NULL, NULL FROM decisions_feedback f
  UNION ALL SELECT 'letter', l.id, l.contact_id, NULL, NULL FROM decisions_familyletter l;

INSERT INTO decisions_correctionnotice (id, reference, correction_id, contact_id, kind, request_id, handover_id,
  summary_id, feedback_id, letter_id, agency_id, team_id, text, call, written_at, written_by_id) SELECT gen_random_uuid(),
  'X-' || translate(upper(substr(md5(t.id::text || t.number), 1, 4) || '-' || substr(md5(t.id::text || t.number), 5, 4)),
  '01', '23'), t.correction_id, t.contact_id, t.kind, CASE t.kind WHEN 'request' THEN t.id END, CASE t.kind WHEN
  'handover' THEN t.id END, CASE t.kind WHEN 'summary' THEN t.id END, CASE t.kind WHEN 'feedback' THEN t.id END, CASE
  t.kind WHEN 'letter' THEN t.id END, t.agency_id, t.team_id, 'A correction.', '', now(), (SELECT id FROM who WHERE name =
  'maeve.manager') FROM (SELECT x.*, row_number() OVER (ORDER BY x.kind, x.id, x.agency_id) AS number,
  gen_random_uuid() AS correction_id FROM telling x) t;

-- A screener who is named as the worker of cases that she sees as a screener. The contacts of an enquiry keep its worker.
UPDATE contacts_contact SET social_worker_id = (SELECT id FROM who WHERE name = 'sunita.screener') WHERE enquiry_id IS NULL
  AND (state IN ('received', 'with_panel') OR screeners_see_until > now());

UPDATE screening_enquiry SET social_worker_id = (SELECT id FROM who WHERE name = 'sunita.screener') WHERE id = (SELECT
  min(d.enquiry_id::text)::uuid FROM decisions_dissent x JOIN decisions_decision d ON d.id = x.decision_id);

-- The contacts' and the requests' own column follows, as the database sees to it wherever triggers are on.
UPDATE contacts_contact c SET social_worker_id = e.social_worker_id FROM screening_enquiry e
  WHERE e.id = c.enquiry_id AND c.social_worker_id IS DISTINCT FROM e.social_worker_id;

UPDATE information_sharing_informationrequest r SET social_worker_id = e.social_worker_id FROM screening_enquiry e
  WHERE e.id = r.enquiry_id AND r.social_worker_id IS DISTINCT FROM e.social_worker_id;

-- Sealed words and an instruction that were left beside items which are not sealed.
INSERT INTO information_sharing_sealedtext SELECT (jsonb_populate_record(NULL::information_sharing_sealedtext,
  to_jsonb(t) || jsonb_build_object('id', gen_random_uuid(), 'item_id', i.id))).* FROM information_sharing_item i,
  (SELECT * FROM information_sharing_sealedtext ORDER BY id LIMIT 1) t WHERE i.handling <> 'manager_only' AND
  i.given_at IS NOT NULL AND i.withdrawn_at IS NULL;

INSERT INTO information_sharing_safetyinstruction SELECT
  (jsonb_populate_record(NULL::information_sharing_safetyinstruction, to_jsonb(t) || jsonb_build_object('id',
  gen_random_uuid(), 'reference', 'N-' || upper(left(md5(i.id::text), 4)) || '-' || upper(right(md5(i.id::text), 4)), 'item_id', i.id, 'agency_id', i.agency_id))).* FROM
  information_sharing_item i, (SELECT * FROM information_sharing_safetyinstruction WHERE refused_at IS NULL ORDER BY id
  LIMIT 1) t WHERE i.handling <> 'manager_only' AND
  i.given_at IS NOT NULL AND i.withdrawn_at IS NULL;

-- Who stands in: a cover of the social worker, of whose cases one is closed to the cover; somebody on duty, for Reds that
-- nobody works on. What has ended or has not begun lets nobody in.
INSERT INTO agencies_absence (id, membership_id, cover_id, starts_on, ends_on, marked_at, marked_by_id) SELECT
  gen_random_uuid(), w.id, c.id, current_date - 1, current_date + 7, now(), m.id FROM who w, who c, who m WHERE w.name =
  'saira.worker' AND c.name = 'covering' AND m.name = 'maeve.manager';

INSERT INTO agencies_absence (id, membership_id, cover_id, starts_on, ends_on, marked_at, marked_by_id) SELECT
  gen_random_uuid(), w.id, c.id, current_date + 3, current_date + 7, now(), m.id FROM who w, who c, who m WHERE w.name =
  'sean.worker' AND c.name = 'covering' AND m.name = 'maeve.manager';

INSERT INTO agencies_duty (id, membership_id, starts_at, ends_at, named_at, named_by_id) SELECT gen_random_uuid(), w.id,
  now() - interval '1 hour', now() + interval '1 day', now(), m.id FROM who w, who m WHERE w.name = 'on_duty' AND m.name = 'maeve.manager';

INSERT INTO agencies_duty (id, membership_id, starts_at, ends_at, named_at, named_by_id, ended_at, ended_by_id) SELECT
  gen_random_uuid(), w.id, now() - interval '1 hour', now() + interval '1 day', now(), m.id, now(), m.id FROM who w, who m WHERE w.name =
  'unassigned_worker' AND m.name = 'maeve.manager';

-- On duty until a moment ago, and from the next hour on: not now.
INSERT INTO agencies_duty (id, membership_id, starts_at, ends_at, named_at, named_by_id) SELECT gen_random_uuid(), w.id, d.*,
  now(), m.id FROM who w, who m, (VALUES (now() - interval '1 day', now() - interval '1 minute'), (now() + interval
  '1 day', now() + interval '2 days')) d (starts_at, ends_at) WHERE w.name = 'sean.worker' AND m.name = 'maeve.manager';

INSERT INTO agencies_conflictofinterest (id, enquiry_id, user_id, source, reason, entered_at, entered_by_id) SELECT
  gen_random_uuid(), e.id, c.user_id, 'entered', 'A reason.', now(), m.id FROM who c, who m, (SELECT e.id FROM
  screening_enquiry e, who w WHERE w.name = 'saira.worker' AND e.social_worker_id = w.id AND e.state <> 'closed' ORDER BY
  e.id DESC LIMIT 1) e WHERE c.name = 'covering' AND m.name = 'maeve.manager';

DROP TABLE closed_enquiry, let_in, given, telling;
