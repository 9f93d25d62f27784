-- What referrers and families are told, and complaints: for a reviewer, not for whoever broke the glass.

ALTER POLICY looked_into ON decisions_feedback USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id
        AND c.enquiry_id = ANY ((SELECT fw.reviewed())::uuid[]) LIMIT 1)
);
ALTER POLICY looked_into ON decisions_familyletter USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id
        AND c.enquiry_id = ANY ((SELECT fw.reviewed())::uuid[]) LIMIT 1)
);
ALTER POLICY looked_into ON decisions_complaint USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id
        AND c.enquiry_id = ANY ((SELECT fw.reviewed())::uuid[]) LIMIT 1)
);
