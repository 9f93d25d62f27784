-- Corners of the rules (corners.py): rows at which each clause of a rule makes a difference to somebody.

CREATE TEMP TABLE numbered AS SELECT i.id, row_number() OVER (PARTITION BY a.kind ORDER BY i.enquiry_id, i.id) AS
  number FROM information_sharing_item i JOIN agencies_agency a ON a.id = i.agency_id WHERE i.handling <>
  'manager_only';

-- What was named for an item: about a child, an adult or nobody; given, withdrawn or neither; asked about the same
-- child or not.
UPDATE information_sharing_item i SET subject_id = NULL FROM numbered n WHERE n.id = i.id AND n.number % 4 = 0;

UPDATE information_sharing_item i SET subject_id = (SELECT s.id FROM contacts_subject s JOIN contacts_contact c ON
  c.id = s.contact_id WHERE c.enquiry_id = i.enquiry_id AND s.kind = 'adult' ORDER BY s.id LIMIT 1) FROM numbered n
  WHERE n.id = i.id AND n.number % 4 = 1;

UPDATE information_sharing_item i SET withdrawn_at = now() FROM numbered n WHERE n.id = i.id AND n.number % 9 = 2;

UPDATE information_sharing_item i SET given_at = NULL FROM numbered n WHERE n.id = i.id AND n.number % 9 = 5;

UPDATE information_sharing_item i SET needed_at_night = true FROM numbered n WHERE n.id = i.id AND n.number % 2 = 0;

DELETE FROM information_sharing_requestsubject WHERE id IN (SELECT id FROM (SELECT s.id, row_number() OVER
  (PARTITION BY a.kind ORDER BY s.id) AS number FROM information_sharing_requestsubject s JOIN
  information_sharing_informationrequest r ON r.id = s.request_id JOIN agencies_agency a ON a.id = r.agency_id WHERE
  a.kind IN ('police', 'health')) t WHERE number % 3 = 0);

DELETE FROM information_sharing_requestsubject s USING contacts_subject p WHERE p.id = s.subject_id AND p.kind =
  'child' AND s.request_id IN (SELECT r.id FROM information_sharing_informationrequest r JOIN agencies_agency a ON
  a.id = r.agency_id JOIN screening_enquiry e ON e.id = r.enquiry_id WHERE a.kind = 'police' AND r.state =
  'answered' AND e.state <> 'closed' AND NOT EXISTS (SELECT 1 FROM information_sharing_informationrequest o JOIN
  agencies_agency h ON h.id = o.agency_id WHERE o.enquiry_id = r.enquiry_id AND h.kind = 'health' AND o.state =
  'answered'));

INSERT INTO information_sharing_itemgrant (permission_id, group_id, content_object_id) SELECT p.id, a.group_id, i.id
  FROM information_sharing_item i, agencies_agency a, auth_permission p JOIN django_content_type t ON t.id =
  p.content_type_id WHERE t.app_label = 'information_sharing' AND t.model = 'item' AND p.codename = (SELECT codename
  FROM auth_permission q WHERE q.content_type_id = t.id AND q.codename LIKE 'named%') AND a.kind IN ('police',
  'health', 'general_practice') AND a.id <> i.agency_id AND i.handling <> 'manager_only' AND i.id NOT IN (SELECT id FROM
  numbered WHERE number % 3 = 0) ON CONFLICT DO NOTHING;

-- Summaries whose grant was left behind; that of a declined one ends with its transaction, and both walls rely on it.
UPDATE decisions_mashsummary SET team_id = (SELECT m.team_id FROM agencies_membership m JOIN agencies_user u ON u.id
  = m.user_id WHERE u.email = 'asha.assessment@demo.invalid') WHERE state IN ('declined', 'withdrawn');

INSERT INTO decisions_summarygrant (permission_id, group_id, content_object_id) SELECT (SELECT min(permission_id)
  FROM decisions_summarygrant), t.group_id, s.id FROM decisions_mashsummary s JOIN agencies_team t ON t.id =
  s.team_id WHERE s.state <> 'declined' ON CONFLICT DO NOTHING;

-- Contacts that screeners see to the next working day, some of which were with the panel.
UPDATE contacts_contact SET screeners_see_until = now() + interval '3 days', panel_at = NULL WHERE id IN (SELECT
  contact_id FROM screening_handover ORDER BY id LIMIT 2);

UPDATE contacts_contact SET screeners_see_until = now() + interval '3 days', panel_at = now() WHERE id IN (SELECT id
  FROM contacts_contact WHERE state = 'ended' ORDER BY id LIMIT 1);

UPDATE contacts_contact SET screeners_see_until = now() + interval '3 days', panel_at = now() WHERE id IN (SELECT
  contact_id FROM screening_handover WHERE state = 'queried' ORDER BY id LIMIT 1);

UPDATE contacts_contact SET screeners_see_until = now() - interval '1 minute' WHERE id IN (SELECT id FROM
  contacts_contact WHERE state = 'ended' ORDER BY id DESC LIMIT 4);

UPDATE screening_panelview SET screening_id = (SELECT s.id FROM screening_screening s JOIN contacts_contact c ON
  c.id = s.contact_id WHERE c.state = 'ended' AND c.screeners_see_until <= now() ORDER BY s.id LIMIT 1) WHERE id =
  (SELECT min(id::text)::uuid FROM screening_panelview);

-- A contact that was left in an enquiry that is closed; nobody has decided about its children where it was.
UPDATE contacts_contact SET enquiry_id = (SELECT id FROM screening_enquiry WHERE state = 'closed' ORDER BY id LIMIT
  1) WHERE id = (SELECT c.id FROM contacts_contact c WHERE c.state = 'in_enquiry' ORDER BY EXISTS (SELECT 1 FROM
  decisions_childdecision d JOIN contacts_subject s ON s.id = d.subject_id WHERE s.contact_id = c.id), c.id LIMIT 1);

-- Nobody is asked any more, in the enquiry that it left, about the people of it.
DELETE FROM information_sharing_requestsubject s USING information_sharing_informationrequest r, contacts_subject p,
  contacts_contact c WHERE r.id = s.request_id AND p.id = s.subject_id AND c.id = p.contact_id AND c.enquiry_id IS DISTINCT
  FROM r.enquiry_id;

-- A contact that waits for screening is about a child of a running enquiry, whose contact the screener does not see.
UPDATE contacts_subject SET person_id = (SELECT s.person_id FROM contacts_subject s JOIN contacts_contact c ON c.id =
  s.contact_id JOIN screening_enquiry e ON e.id = c.enquiry_id WHERE s.person_id IS NOT NULL AND s.kind = 'child' AND
  e.state <> 'closed' ORDER BY s.id LIMIT 1) WHERE id = (SELECT s.id FROM contacts_subject s JOIN contacts_contact c ON
  c.id = s.contact_id WHERE c.state = 'received' AND s.kind = 'child' AND s.person_id IS NULL ORDER BY s.id LIMIT 1);
