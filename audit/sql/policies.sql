-- The log is read by the auditor's login; who writes it, agencies/sql/policies.sql says, where it is known who acts.

CREATE POLICY event_audited ON audit_event FOR SELECT TO mash_auditor USING (true);

CREATE POLICY reading_audited ON audit_reading FOR SELECT TO mash_auditor USING (true);

CREATE POLICY refusal_audited ON audit_refusal FOR SELECT TO mash_auditor USING (true);
