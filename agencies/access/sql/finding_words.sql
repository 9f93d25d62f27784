-- The auditor's own words about broken glass or an emergency use: for managers and auditors, written once with the finding,
-- by whoever found it. Who found it, the row that it belongs to says.

ALTER TABLE agencies_findingreason ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_findingreason FORCE ROW LEVEL SECURITY;

CREATE POLICY finding_seen ON agencies_findingreason FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager', 'auditor')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
CREATE POLICY finding_given ON agencies_findingreason FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('auditor')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    AND (
        (SELECT true FROM agencies_brokenglass g
          WHERE g.id = agencies_findingreason.id AND g.enquiry_id = agencies_findingreason.enquiry_id
            AND g.reviewed_by_id = (SELECT fw.membership()) LIMIT 1)
        OR (SELECT true FROM agencies_emergencyuse u
             WHERE u.id = agencies_findingreason.id AND u.enquiry_id = agencies_findingreason.enquiry_id
               AND u.reviewed_by_id = (SELECT fw.membership()) LIMIT 1)
    )
);

-- Which keys of the ring close it, the rotation of keys asks.
GRANT SELECT ON agencies_findingreason TO mash_definer;
