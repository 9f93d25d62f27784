-- Corners of the rules (corners.py): rows that one clause alone opens, or closes, to somebody.

-- Out of hours by danger alone; in danger and ended; looked at by somebody, and claimed by somebody.
CREATE TEMP TABLE waiting AS SELECT c.id, c.state, row_number() OVER (PARTITION BY c.state ORDER BY c.id DESC) AS number
  FROM contacts_contact c, who w WHERE w.name = 'omar.nights' AND c.state IN ('received', 'ended') AND c.logged_by_id IS
  DISTINCT FROM w.id AND c.colour IS DISTINCT FROM 'red' AND c.enquiry_id IS NULL;

UPDATE contacts_contact c SET immediate_danger = (t.number = 1), claimed_by_id = CASE t.number WHEN 3 THEN w.id END,
  acknowledged_at = CASE t.number WHEN 3 THEN NULL ELSE now() END,
  acknowledged_by_id = CASE t.number WHEN 3 THEN NULL ELSE w.id END FROM waiting t, who w WHERE t.id = c.id AND t.state =
  'received' AND t.number <= 3 AND w.name = 'fiona.front';

UPDATE contacts_contact c SET immediate_danger = true FROM waiting t WHERE t.id = c.id AND t.state = 'ended' AND t.number =
  1;

-- Sealed by a lead and one other reader named; named once, and ended; refused, and its lead has no other way to it.
CREATE TEMP TABLE confided AS SELECT gen_random_uuid() AS id, r.id AS request_id, r.enquiry_id, r.agency_id, w.id AS
  author_id, 'manager_only' AS handling FROM who w, (SELECT r.id, r.enquiry_id, r.agency_id FROM
  information_sharing_informationrequest r JOIN agencies_agency a ON a.id = r.agency_id WHERE a.kind = 'police' AND r.state =
  'answered' AND NOT EXISTS (SELECT 1 FROM information_sharing_sealedreader s WHERE s.request_id = r.id) ORDER BY r.id LIMIT
  1) r WHERE w.name = 'moved_on';

INSERT INTO information_sharing_item SELECT (jsonb_populate_record(NULL::information_sharing_item, to_jsonb(i) || to_jsonb(n)
  || jsonb_build_object('subject_id', NULL, 'needed_at_night', false, 'is_spoken', false))).* FROM confided n, (SELECT * FROM
  information_sharing_item WHERE given_at IS NOT NULL AND withdrawn_at IS NULL AND handling <> 'manager_only' ORDER BY id
  LIMIT 1) i;

INSERT INTO information_sharing_sealedtext SELECT (jsonb_populate_record(NULL::information_sharing_sealedtext, to_jsonb(t) ||
  jsonb_build_object('id', gen_random_uuid(), 'item_id', n.id))).* FROM confided n, (SELECT * FROM
  information_sharing_sealedtext ORDER BY id LIMIT 1) t;

INSERT INTO information_sharing_safetyinstruction SELECT (jsonb_populate_record(NULL::information_sharing_safetyinstruction,
  to_jsonb(t) || jsonb_build_object('id', gen_random_uuid(), 'reference', 'N-7777-7777', 'item_id', n.id, 'agency_id',
  n.agency_id))).* FROM confided n, (SELECT * FROM information_sharing_safetyinstruction WHERE refused_at IS NOT NULL ORDER BY
  id LIMIT 1) t;

INSERT INTO information_sharing_sealedreader (id, request_id, membership_id, named_at, named_by_id, ended_at, ended_by_id) SELECT
  gen_random_uuid(), n.request_id, w.id, now(), m.id, CASE w.name WHEN 'police.researcher' THEN now() END, CASE w.name WHEN
  'police.researcher' THEN m.id END FROM confided n, who
  w, who m WHERE w.name IN ('other_researcher', 'police.researcher') AND m.name = 'maeve.manager';

DROP TABLE waiting, confided;
