-- Corners of the rules (corners.py): rows at which one clause alone decides. They take nothing from the hour at which the
-- hub was built: each says itself what its clause asks for.

-- Contacts that nothing but their clause opens to somebody: out of hours by having logged it, or by protective work that
-- was held and is not theirs, and not by such as was stood down; no screener of a partner by a panel that sits on it.
CREATE TEMP TABLE own_contact AS SELECT n.name, md5('own contact ' || n.name)::uuid AS id, c.id AS like_id,
  jsonb_build_object('id', md5('own contact ' || n.name)::uuid, 'reference', 'C-2222-' || n.letters, 'version', 1,
  'logged_by_id', CASE n.name WHEN 'logged' THEN o.id ELSE f.id END, 'state', CASE n.name WHEN 'logged' THEN 'ended' ELSE
  'received' END, 'ended_at', CASE n.name WHEN 'logged' THEN now() END, 'immediate_danger', false, 'acknowledged_at', now(),
  'acknowledged_by_id', f.id, 'claimed_by_id', NULL, 'panel_at', NULL, 'screeners_see_until', NULL, 'enquiry_id', NULL,
  'enquiry_reference', '', 'social_worker_id', NULL, 'colour', '', 'address_keys', '{}'::text[]) AS own FROM (VALUES
  ('logged', 'AAAA'), ('held', 'BBBB'), ('stood_down', 'CCCC'), ('sat_on', 'DDDD')) n (name, letters), who o, who f, (SELECT
  s.contact_id AS id FROM contacts_subject s JOIN contacts_contact c ON c.id = s.contact_id JOIN contacts_report r ON
  r.contact_id = c.id JOIN contacts_referrer f ON f.contact_id = c.id WHERE s.kind = 'child' AND c.enquiry_id IS NULL ORDER
  BY c.state = 'received' DESC, s.id LIMIT 1) c WHERE o.name = 'omar.nights' AND f.name = 'fiona.front';

INSERT INTO contacts_contact SELECT (jsonb_populate_record(NULL::contacts_contact, to_jsonb(c) || o.own)).* FROM own_contact
  o JOIN contacts_contact c ON c.id = o.like_id;

INSERT INTO contacts_report SELECT (jsonb_populate_record(NULL::contacts_report, to_jsonb(r) || jsonb_build_object(
  'contact_id', o.id))).* FROM own_contact o JOIN contacts_report r ON r.contact_id = o.like_id;

INSERT INTO contacts_referrer SELECT (jsonb_populate_record(NULL::contacts_referrer, to_jsonb(r) || jsonb_build_object(
  'id', gen_random_uuid(), 'contact_id', o.id))).* FROM own_contact o JOIN contacts_referrer r ON r.contact_id = o.like_id;

INSERT INTO contacts_subject SELECT (jsonb_populate_record(NULL::contacts_subject, to_jsonb(s) || jsonb_build_object('id',
  gen_random_uuid(), 'contact_id', o.id, 'enquiry_id', NULL, 'person_id', NULL, 'staff_keys', '{}'::text[]))).* FROM
  own_contact o JOIN contacts_subject s ON s.contact_id = o.like_id;

INSERT INTO contacts_protection SELECT (jsonb_populate_record(NULL::contacts_protection, to_jsonb(p) || jsonb_build_object(
  'id', gen_random_uuid(), 'reference', 'N-2222-' || right(o.own->>'reference', 4), 'contact_id', o.id, 'state', o.name,
  'raised_by_id', m.id, 'convened_at', NULL, 'convened_by_id', NULL, 'held_at', now(), 'held_by_id', m.id, 'stood_down_at',
  CASE o.name WHEN 'stood_down' THEN now() END, 'stood_down_by_id', CASE o.name WHEN 'stood_down' THEN m.id END,
  'stood_down_reason', CASE o.name WHEN 'stood_down' THEN 'It ended.' ELSE '' END))).* FROM own_contact o, who m, (SELECT *
  FROM contacts_protection WHERE state = 'held' ORDER BY id LIMIT 1) p WHERE o.name IN ('held', 'stood_down') AND m.name =
  'maeve.manager';

INSERT INTO screening_screening SELECT (jsonb_populate_record(NULL::screening_screening, to_jsonb(s) || jsonb_build_object(
  'id', o.id, 'reference', 'S-2222-2222', 'contact_id', o.id))).* FROM own_contact o, (SELECT * FROM screening_screening WHERE state = 'with_panel' ORDER
  BY id LIMIT 1) s WHERE o.name = 'sat_on';

INSERT INTO screening_panelview SELECT (jsonb_populate_record(NULL::screening_panelview, to_jsonb(v) || jsonb_build_object(
  'id', gen_random_uuid(), 'screening_id', o.id))).* FROM own_contact o, (SELECT * FROM screening_panelview ORDER BY id LIMIT
  1) v WHERE o.name = 'sat_on';

-- Clocks of the door's corrections, of an agency's, and of what is no correction; clocks that bear the key of a record and
-- are of another kind; clocks of a social worker's enquiry, for whoever stands in. None of them runs.
CREATE TEMP TABLE own_clock AS SELECT gen_random_uuid() AS id, v.kind AS subject_kind, gen_random_uuid() AS subject_id,
  NULL::uuid AS enquiry_id, v.measure, NULL::uuid AS agency_id FROM (VALUES ('correction', 'correction'),
  ('correction_said', 'correction'), ('correction_read', 'correction'), ('correction', 'acceptance')) v (kind, measure)
  UNION ALL SELECT gen_random_uuid(), 'correction_read', gen_random_uuid(), NULL, 'correction', agency_id FROM who WHERE name
  = 'police.lead'
  UNION ALL SELECT gen_random_uuid(), 'protection', r.id, NULL, 'acceptance', NULL FROM (
    SELECT id FROM own_contact WHERE name = 'logged'
    UNION ALL SELECT min(id::text)::uuid FROM screening_enquiry
    UNION ALL SELECT min(r.id::text)::uuid FROM information_sharing_informationrequest r JOIN who w ON w.agency_id =
    r.agency_id WHERE w.name = 'police.lead' AND r.state = 'answered'
    UNION ALL SELECT min(id::text)::uuid FROM screening_handover
    UNION ALL SELECT min(n.id::text)::uuid FROM information_sharing_safetyinstruction n JOIN who w ON w.agency_id =
    n.agency_id WHERE w.name = 'police.lead' AND n.refused_at IS NOT NULL
    UNION ALL SELECT min(s.id::text)::uuid FROM decisions_mashsummary s JOIN who w ON w.id = s.social_worker_id WHERE w.name =
    'saira.worker'
    UNION ALL SELECT min(id::text)::uuid FROM decisions_complaint) r
  UNION ALL (SELECT gen_random_uuid(), 'protection', gen_random_uuid(), e.id, 'acceptance', NULL FROM screening_enquiry e JOIN
  who w ON w.id = e.social_worker_id WHERE w.name = 'saira.worker' AND e.state <> 'closed' AND EXISTS (SELECT 1 FROM
  contacts_contact c WHERE c.enquiry_id = e.id) AND NOT EXISTS (SELECT 1 FROM agencies_conflictofinterest x WHERE x.enquiry_id =
  e.id AND x.lifted_at IS NULL) ORDER BY e.id LIMIT 1);

INSERT INTO clock_deadline SELECT (jsonb_populate_record(NULL::clock_deadline, to_jsonb(d) || to_jsonb(o) ||
  jsonb_build_object('colour', '', 'membership_id', NULL, 'team_id', NULL, 'replaces_id', NULL, 'met_at', now(),
  'cancelled_at', NULL, 'next_check_at', NULL, 'case_id', coalesce(o.enquiry_id, gen_random_uuid())))).* FROM own_clock o, (SELECT * FROM clock_deadline ORDER BY id LIMIT 1) d;

-- There the referrer is a private one.
UPDATE contacts_referrer SET is_private = true WHERE contact_id IN (SELECT c.id FROM contacts_contact c JOIN own_clock o ON
  o.enquiry_id = c.enquiry_id);

-- Reasons of somebody who sees the clock no more, and of the agency that was let in, for a clock of its request.
INSERT INTO clock_breachreason (id, deadline_id, text, given_at, given_by_id) SELECT gen_random_uuid(), o.id, 'A reason.',
  now(), w.id FROM own_clock o, who w WHERE o.subject_kind = 'correction' AND o.measure = 'acceptance' AND w.name IN
  ('fiona.front', 'saira.worker', 'police.lead', 'omar.nights');

INSERT INTO clock_breachreason (id, deadline_id, text, given_at, given_by_id) SELECT gen_random_uuid(), d.id, 'A reason.',
  now(), w.id FROM clock_deadline d JOIN information_sharing_informationrequest r ON r.id = d.subject_id AND d.subject_kind =
  'request' JOIN agencies_emergencyuse u ON u.enquiry_id = r.enquiry_id AND u.agency_id = r.agency_id JOIN who w ON
  w.agency_id = r.agency_id WHERE w.name = 'voluntary.researcher';

-- Who was asked through a link that was undone: of each social worker's enquiries, and of such as nobody works on.
CREATE TEMP TABLE own_asking AS SELECT DISTINCT ON (e.social_worker_id, e.state = 'closed') r.id AS request_id,
  gen_random_uuid() AS correction_id, c.id AS contact_id FROM information_sharing_informationrequest r JOIN screening_enquiry
  e ON e.id = r.enquiry_id JOIN contacts_contact c ON c.enquiry_id = e.id ORDER BY e.social_worker_id, e.state = 'closed',
  r.id, c.id;

INSERT INTO contacts_correction (id, contact_id, text, made_at, made_by_id) SELECT o.correction_id, o.contact_id,
  'A correction.', now(), w.id FROM own_asking o, who w WHERE w.name = 'maeve.manager';

INSERT INTO decisions_askedthrough (id, correction_id, request_id) SELECT gen_random_uuid(), correction_id, request_id FROM
  own_asking;

-- What did not arrive, to somebody with an account and to somebody without: about an enquiry, about a contact, about both;
-- seen to, and not.
CREATE TEMP TABLE own_loss AS SELECT gen_random_uuid() AS id, x.*, w.id AS recipient_id, p.is_open FROM (
    (SELECT DISTINCT ON (e.social_worker_id, e.state = 'closed', x.closed) e.id AS enquiry_id, NULL::uuid AS contact_id,
    e.reference, e.social_worker_id, e.colour FROM screening_enquiry e, LATERAL (SELECT EXISTS (SELECT 1 FROM
    agencies_conflictofinterest n WHERE n.enquiry_id = e.id AND n.lifted_at IS NULL) AS closed) x ORDER BY e.social_worker_id,
    e.state = 'closed', x.closed, e.id)
    UNION ALL (SELECT DISTINCT ON (x.closed) NULL, c.id, c.reference, NULL, '' FROM contacts_contact c, LATERAL (SELECT EXISTS
    (SELECT 1 FROM agencies_conflictofinterest n WHERE n.contact_id = c.id AND n.lifted_at IS NULL) AS closed) x WHERE
    c.enquiry_id IS NULL ORDER BY x.closed, c.id)
    UNION ALL (SELECT e.id, c.id, e.reference, e.social_worker_id, e.colour FROM screening_enquiry e JOIN contacts_contact c
    ON c.enquiry_id = e.id ORDER BY e.id, c.id LIMIT 2)) x, (VALUES ('police.researcher', true), ('', false)) p (name,
  is_open) LEFT JOIN who w ON w.name = p.name;

INSERT INTO notices_deadletter SELECT (jsonb_populate_record(NULL::notices_deadletter, to_jsonb(n) || jsonb_build_object('id',
  o.id, 'notice_id', gen_random_uuid(), 'reference', o.reference, 'is_to_the_public', o.recipient_id IS NULL, 'seen_to_at',
  CASE WHEN NOT o.is_open THEN now() END))).* FROM own_loss o, (SELECT * FROM notices_deadletter WHERE is_to_the_public ORDER
  BY id LIMIT 1) n;

INSERT INTO decisions_undelivered (letter_id, reference, contact_id, enquiry_id, social_worker_id, colour, kind,
  recipient_id, error, failed_at, settled_at, settled_by_id, way, how, informed_by, reason) SELECT o.id, o.reference,
  o.contact_id, o.enquiry_id, o.social_worker_id, o.colour, CASE WHEN o.recipient_id IS NULL THEN 'receipt.sent' ELSE
  'request.answered' END, o.recipient_id, 'refused', now(), CASE WHEN NOT o.is_open THEN now() END, CASE WHEN NOT o.is_open
  THEN m.id END, CASE WHEN o.is_open THEN '' ELSE 'not_needed' END, '', '', CASE WHEN o.is_open THEN '' ELSE 'A reason.' END
  FROM own_loss o, who m WHERE m.name = 'maeve.manager';

-- What was handed over as Red and waits, in each state, on a contact that nothing else opens to out of hours; and once a
-- team has it, and an Amber one, which they do not see.
INSERT INTO contacts_contact SELECT (jsonb_populate_record(NULL::contacts_contact, to_jsonb(c) || o.own ||
  jsonb_build_object('id', md5('red handed ' || n.state)::uuid, 'reference', 'C-3333-' || n.letters, 'state', 'passed_on',
  'ended_at', now(), 'red_waits', n.state <> 'accepted' AND n.colour = 'red', 'immediate_danger', false, 'panel_at',
  NULL))).* FROM own_contact o JOIN contacts_contact c ON c.id = o.like_id, (VALUES ('sent', 'red', 'AAAA'), ('queried',
  'red', 'BBBB'), ('declined', 'red', 'CCCC'), ('withdrawn', 'red', 'DDDD'), ('accepted', 'red', 'EEEE'), ('settled',
  'amber', 'FFFF')) n (state, colour, letters) WHERE o.name = 'stood_down';

CREATE TEMP TABLE own_red AS SELECT c.id AS contact_id, substr(c.reference, 8) AS letters, n.state, n.colour FROM (VALUES
  ('sent', 'red'), ('queried', 'red'), ('declined', 'red'), ('withdrawn', 'red'), ('accepted', 'red'), ('settled', 'amber'))
  n (state, colour) JOIN contacts_contact c ON c.id = md5('red handed ' || n.state)::uuid;

INSERT INTO contacts_report SELECT (jsonb_populate_record(NULL::contacts_report, to_jsonb(r) || jsonb_build_object(
  'contact_id', o.contact_id))).* FROM own_red o, (SELECT r.* FROM contacts_report r JOIN own_contact c ON c.like_id =
  r.contact_id WHERE c.name = 'stood_down') r;

INSERT INTO screening_screening SELECT (jsonb_populate_record(NULL::screening_screening, to_jsonb(s) || jsonb_build_object(
  'id', md5('red screened ' || o.state)::uuid, 'reference', 'S-3333-' || o.letters, 'contact_id', o.contact_id))).* FROM
  own_red o, (SELECT * FROM screening_screening WHERE state = 'decided' ORDER BY id LIMIT 1) s;

INSERT INTO screening_handover SELECT (jsonb_populate_record(NULL::screening_handover, to_jsonb(h) || jsonb_build_object(
  'id', md5('red handover ' || o.state)::uuid, 'reference', 'H-3333-' || o.letters, 'contact_id', o.contact_id, 'screening_id', md5(
  'red screened ' || o.state)::uuid, 'state', o.state, 'colour', o.colour))).* FROM own_red o, (SELECT * FROM
  screening_handover WHERE state = 'sent' ORDER BY id LIMIT 1) h;

INSERT INTO screening_handovergrant (permission_id, group_id, content_object_id) SELECT p.id, t.group_id, h.id FROM own_red o
  JOIN screening_handover h ON h.contact_id = o.contact_id JOIN agencies_team t ON t.id = h.team_id, auth_permission p JOIN
  django_content_type y ON y.id = p.content_type_id WHERE p.codename = 'receive_handover' AND y.app_label = 'screening' AND
  o.state IN ('sent', 'queried', 'accepted');

INSERT INTO screening_handoverexchange (id, handover_id, kind, text, said_at, said_by_id) SELECT gen_random_uuid(), h.id,
  'night', 'Decided for the night.', now(), w.id FROM own_red o JOIN screening_handover h ON h.contact_id = o.contact_id,
  who w WHERE w.name = 'omar.nights' AND o.state IN ('queried', 'declined', 'withdrawn');

-- What came back of letters that were posted, of what the referrer was told, and of receipts, wherever the case stands:
-- open, and seen to in each way.
CREATE TEMP TABLE own_back AS SELECT gen_random_uuid() AS id, x.*, p.way, now() - interval '1 hour' AS at FROM (
    (SELECT l.contact_id, 'letter' AS kind, l.id AS letter_id, NULL::uuid AS feedback_id FROM decisions_familyletter l
    WHERE l.state = 'sent')
    UNION ALL (SELECT f.contact_id, 'feedback', NULL, f.id FROM decisions_feedback f)
    UNION ALL (SELECT r.contact_id, 'receipt', NULL, NULL FROM contacts_receipt r)) x, (VALUES (''), ('told'),
  ('not_needed')) p (way);

INSERT INTO decisions_cameback (id, contact_id, kind, letter_id, feedback_id, came_back_on, stands_on_it, words,
  recorded_at, recorded_by_id, settled_at, settled_by_id, way, how, informed_at, informed_by, reason) SELECT b.id,
  b.contact_id, b.kind, b.letter_id, b.feedback_id, current_date, CASE b.way WHEN '' THEN 'gone_away' ELSE 'other' END,
  'Words on it.', b.at, m.id, CASE WHEN b.way <> '' THEN b.at END, CASE WHEN b.way <> '' THEN m.id END, b.way, CASE b.way
  WHEN 'told' THEN 'in_person' ELSE '' END, CASE b.way WHEN 'told' THEN b.at END, CASE b.way WHEN 'told' THEN
  'Somebody' ELSE '' END, CASE WHEN b.way = '' THEN '' ELSE 'A reason.' END FROM own_back b, who m WHERE m.name =
  'maeve.manager';

-- A virtual partner was named for an item and has answered about every child of its owner's request: it is not core.
CREATE TEMP TABLE own_naming AS SELECT gen_random_uuid() AS id, o.id AS request_id, o.enquiry_id, o.agency_id, v.id AS
  answered_id, a.group_id FROM who w JOIN agencies_agency a ON a.id = w.agency_id JOIN information_sharing_informationrequest v
  ON v.agency_id = a.id AND v.state = 'answered' JOIN screening_enquiry e ON e.id = v.enquiry_id AND e.state <> 'closed' AND
  e.items_close_at > now() JOIN information_sharing_informationrequest o ON o.enquiry_id = e.id AND o.agency_id <> a.id AND
  o.state <> 'withdrawn' WHERE w.name = 'gp.researcher' ORDER BY o.id LIMIT 1;

INSERT INTO information_sharing_requestsubject SELECT (jsonb_populate_record(NULL::information_sharing_requestsubject,
  to_jsonb(s) || jsonb_build_object('id', gen_random_uuid(), 'request_id', n.answered_id))).* FROM own_naming n JOIN
  information_sharing_requestsubject s ON s.request_id = n.request_id WHERE NOT EXISTS (SELECT 1 FROM
  information_sharing_requestsubject t WHERE t.request_id = n.answered_id AND t.subject_id = s.subject_id);

INSERT INTO information_sharing_item SELECT (jsonb_populate_record(NULL::information_sharing_item, to_jsonb(i) ||
  jsonb_build_object('id', n.id, 'request_id', n.request_id, 'enquiry_id', n.enquiry_id, 'agency_id', n.agency_id,
  'subject_id', NULL, 'needed_at_night', false, 'is_spoken', false))).* FROM own_naming n, (SELECT * FROM
  information_sharing_item WHERE given_at IS NOT NULL AND withdrawn_at IS NULL AND handling = 'onward' ORDER BY id LIMIT 1) i;

INSERT INTO information_sharing_itemgrant (permission_id, group_id, content_object_id) SELECT min(g.permission_id),
  n.group_id, n.id FROM own_naming n, information_sharing_itemgrant g GROUP BY n.group_id, n.id;

-- A handover that was taken back, and one that no team takes over: their team sees neither, though its grant was left behind.
INSERT INTO screening_handover SELECT (jsonb_populate_record(NULL::screening_handover, to_jsonb(h) || jsonb_build_object('id',
  md5('own handover ' || n.state)::uuid, 'reference', 'H-2222-' || n.letters, 'state', n.state, 'team_id', w.team_id))).* FROM
  (VALUES ('withdrawn', 'AAAA'), ('settled', 'BBBB')) n (state, letters), who w, (SELECT * FROM screening_handover ORDER BY
  id LIMIT 1) h WHERE w.name = 'asha.assessment';

INSERT INTO screening_handovergrant (permission_id, group_id, content_object_id) SELECT min(g.permission_id), t.group_id, h.id
  FROM screening_handovergrant g, screening_handover h JOIN agencies_team t ON t.id = h.team_id WHERE h.state IN ('withdrawn',
  'settled') GROUP BY t.group_id, h.id ON CONFLICT DO NOTHING;

-- A grant of a summary to an agency opens nothing: summaries go to teams.
INSERT INTO decisions_summarygrant (permission_id, group_id, content_object_id) SELECT min(g.permission_id), a.group_id, s.id
  FROM decisions_summarygrant g, agencies_agency a JOIN who w ON w.agency_id = a.id, decisions_mashsummary s WHERE w.name =
  'police.lead' AND s.state IN ('sent', 'accepted') GROUP BY a.group_id, s.id ON CONFLICT DO NOTHING;

DROP TABLE own_contact, own_clock, own_asking, own_loss, own_naming;
