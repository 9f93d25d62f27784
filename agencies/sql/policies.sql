-- Wall 2 for the directory and for what decides rights. The directory is read by everybody, also before anybody is
-- known (a session's account, signing in, choosing a membership); it is written by a signed administrator, and by
-- nobody for themself. Whoever is excluded from a case does not learn of it here either.

-- Accounts. Nobody is made a superuser from a page, and nobody changes their own account: its address is what they
-- sign in with, and who is a registered social worker may close a contact.
CREATE POLICY account_seen ON agencies_user FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY account_made ON agencies_user FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('administrator')) AND NOT is_superuser AND NOT is_staff AND password_stamp = ''
    AND second_factor_stamp = ''
);
CREATE POLICY account_changed ON agencies_user FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator')) AND id IS DISTINCT FROM (SELECT fw.person()))
    WITH CHECK ((SELECT fw.has('administrator')) AND NOT is_superuser AND NOT is_staff);

-- Agencies and teams. The group to which their grants go is theirs for good.
CREATE POLICY agency_seen ON agencies_agency FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY agency_made ON agencies_agency FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY agency_changed ON agencies_agency FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));

CREATE POLICY team_seen ON agencies_team FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY team_made ON agencies_team FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY team_changed ON agencies_team FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));

-- Memberships. Whose it is, where and in which roles never changes: another role is another membership. A case role is
-- given by fw.give_roles() after a manager's word; alone, an administrator gives it only to who follows the last manager.
CREATE POLICY membership_seen ON agencies_membership FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY membership_begun ON agencies_membership FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('administrator')) AND user_id IS DISTINCT FROM (SELECT fw.person())
    AND (roles::text[] <@ '{auditor,administrator}'::text[] OR (SELECT fw.has('builder'))
         OR (roles::text[] = '{manager}'::text[] AND fw.follows_last_manager(user_id, agency_id)))
);

-- Nobody ends a membership of their own: an administrator would lock themself, and perhaps everybody, out.
CREATE POLICY membership_ended ON agencies_membership FOR UPDATE TO mash_web USING ((SELECT fw.has('administrator')))
    WITH CHECK ((SELECT fw.has('administrator')) AND user_id IS DISTINCT FROM (SELECT fw.person()));

-- The agreement and who has signed it.
CREATE POLICY agreement_seen ON agencies_agreement FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY agreement_made ON agencies_agreement FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY agreement_changed ON agencies_agreement FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));

CREATE POLICY signature_seen ON agencies_signature FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY signature_entered ON agencies_signature FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY signature_ended ON agencies_signature FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));

-- How the hub works: the public form reads it, the administrator writes it.
CREATE POLICY hub_seen ON agencies_hubsettings FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY hub_begun ON agencies_hubsettings FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY hub_changed ON agencies_hubsettings FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));

-- Forms that were sent: each membership its own, the public form its own.
CREATE POLICY submission_own ON agencies_submission FOR ALL TO mash_web
    USING (membership_id = (SELECT fw.membership())) WITH CHECK (membership_id = (SELECT fw.membership()));

-- Wall 2 for the libraries' tables that could decide rights. The hub reads rights from memberships alone; these stay
-- empty or fixed, so that no library is ever asked and answers yes.

-- Groups of agencies and teams, to which grants go; made with them.
CREATE POLICY group_seen ON auth_group FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY group_made ON auth_group FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));

-- Permissions are made by migrations, as the owner.
CREATE POLICY permission_seen ON auth_permission FOR SELECT TO mash_web USING (true);
CREATE POLICY permission_migrated ON auth_permission FOR ALL TO mash_owner USING (true) WITH CHECK (true);

-- Further addresses of an account, to which a reset would go: the hub has none. Signing in asks, and finds nothing.
CREATE POLICY address_seen ON account_emailaddress FOR SELECT TO mash_web USING (false);

CREATE POLICY conflict_seen ON agencies_conflictofinterest FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager')) AND NOT id = ANY ((SELECT fw.conflicts_ever())::uuid[])
);

-- What is closed to a manager is closed with whoever else is excluded from it.
CREATE POLICY closed ON agencies_conflictofinterest AS RESTRICTIVE FOR SELECT TO mash_web USING (
    (enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])) IS NOT TRUE
    AND (contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])) IS NOT TRUE
    AND (person_id = ANY ((SELECT fw.closed_persons())::uuid[])) IS NOT TRUE
);
CREATE POLICY closed_unchanged ON agencies_conflictofinterest AS RESTRICTIVE FOR UPDATE TO mash_web USING (
    (enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])) IS NOT TRUE
    AND (contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])) IS NOT TRUE
    AND (person_id = ANY ((SELECT fw.closed_persons())::uuid[])) IS NOT TRUE
);
CREATE POLICY conflict_entered ON agencies_conflictofinterest FOR INSERT TO mash_web WITH CHECK (
    entered_by_id = (SELECT fw.membership()) AND lifted_at IS NULL AND lifted_by_id IS NULL AND (
        (source IN ('entered', 'matched') AND (SELECT fw.has('manager')))
        OR (source = 'declared' AND cardinality((SELECT fw.roles())) > 0 AND (
            user_id = (SELECT fw.person()) OR membership_id = ANY ((SELECT fw.memberships())::uuid[])))
    )
);
CREATE POLICY conflict_lifted ON agencies_conflictofinterest FOR UPDATE TO mash_web
    USING ((SELECT fw.has('manager')) AND NOT id = ANY ((SELECT fw.conflicts_ever())::uuid[]))
    WITH CHECK ((SELECT fw.has('manager')) AND (lifted_by_id IS NULL OR lifted_by_id = (SELECT fw.membership())));

-- Reviews: named by a manager for somebody else, on enquiries that are open to that manager.
CREATE POLICY review_seen ON agencies_review FOR SELECT TO mash_web USING (
    NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    AND (membership_id = (SELECT fw.membership()) OR (SELECT fw.has('manager', 'auditor')))
);
CREATE POLICY review_named ON agencies_review FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND named_by_id = (SELECT fw.membership()) AND ended_at IS NULL
    AND NOT membership_id = ANY ((SELECT fw.memberships())::uuid[])
    AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
CREATE POLICY review_ended ON agencies_review FOR UPDATE TO mash_web
    USING ((SELECT fw.has('manager')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[]))
    WITH CHECK ((SELECT fw.has('manager')));

-- Broken glass: made by fw.break_glass() alone; judged by an auditor who is another.
CREATE POLICY glass_seen ON agencies_brokenglass FOR SELECT TO mash_web USING (
    NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    AND (membership_id = (SELECT fw.membership()) OR (SELECT fw.has('manager', 'auditor')))
);
CREATE POLICY glass_judged ON agencies_brokenglass FOR UPDATE TO mash_web
    USING (
        (SELECT fw.has('auditor')) AND NOT membership_id = ANY ((SELECT fw.memberships())::uuid[])
        AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    )
    WITH CHECK ((SELECT fw.has('auditor')) AND reviewed_by_id = (SELECT fw.membership()));

-- Wrong passwords in a row: each account its own.
CREATE POLICY tries_own ON agencies_passwordtries FOR ALL TO mash_web
    USING (user_id = (SELECT fw.person())) WITH CHECK (user_id = (SELECT fw.person()));

-- Data keys: functions of the definer's hand them out one by one; the owner of the tables closes them anew and destroys
-- them. No role of the application reaches the table.
CREATE POLICY keys_kept ON agencies_datakey TO mash_owner USING (true) WITH CHECK (true);

-- The emergency route. The web role changes nothing but the columns of the auditor's review (agencies/rights.py).
CREATE POLICY emergency_seen ON agencies_emergencyuse FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager', 'auditor')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
CREATE POLICY emergency_opened ON agencies_emergencyuse FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND opened_by_id = (SELECT fw.membership()) AND reviewed_at IS NULL
    AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
CREATE POLICY emergency_reviewed ON agencies_emergencyuse FOR UPDATE TO mash_web
    USING (
        (SELECT fw.has('auditor')) AND reviewed_at IS NULL
        AND NOT opened_by_id = ANY ((SELECT fw.memberships())::uuid[])
        AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    )
    WITH CHECK (reviewed_by_id = (SELECT fw.membership()));

CREATE POLICY reason_seen ON agencies_needreason FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
CREATE POLICY reason_given ON agencies_needreason FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);

-- The log's own policies. A refusal may come from somebody who has chosen no membership yet: then nobody's identity
-- writes it, and it names no membership and no agency. The auditor's side stands in audit/sql/policies.sql.
CREATE POLICY event_written ON audit_event FOR INSERT TO mash_web, mash_sweep
    WITH CHECK (fw.writes_as(membership_id, user_id, agency_id));

CREATE POLICY reading_written ON audit_reading FOR INSERT TO mash_web, mash_sweep
    WITH CHECK (fw.writes_as(membership_id, user_id, agency_id));

CREATE POLICY refusal_written ON audit_refusal FOR INSERT TO mash_web, mash_sweep
    WITH CHECK (fw.writes_as(membership_id, user_id, agency_id)
        OR (membership_id IS NULL AND agency_id IS NULL AND (SELECT fw.membership()) IS NULL));

-- The auditor's own words about broken glass or an emergency use: for managers and auditors, written once with the
-- finding, by whoever found it. Who found it, the row that it belongs to says.
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

-- Who changed the hub's settings: entered by the administrator who does it, read by those whom a setting warns.
CREATE POLICY setting_change_seen ON agencies_settingchange FOR SELECT TO mash_web
    USING ((SELECT fw.has('administrator', 'manager', 'auditor')));
CREATE POLICY setting_change_entered ON agencies_settingchange FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('administrator')) AND changed_by_id = (SELECT fw.membership()));

-- What is held of staff: the administrator alone, and of others than themself nobody reads more than that it is held.
CREATE POLICY kept ON agencies_staffrecord FOR ALL TO mash_web USING ((SELECT fw.has('administrator')));

-- Who is away and who is on duty: staff know it of each other, without a reason; managers say it. A cover is of the same
-- agency, and nobody covers for themself.
CREATE POLICY absence_seen ON agencies_absence FOR SELECT TO mash_web, mash_sweep USING ((SELECT fw.is_staff()));
CREATE POLICY absence_marked ON agencies_absence FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND marked_by_id = (SELECT fw.membership()) AND ended_at IS NULL
    AND (cover_id IS NULL OR (SELECT true FROM agencies_membership m JOIN agencies_membership c ON c.agency_id = m.agency_id
         WHERE m.id = membership_id AND c.id = cover_id AND c.user_id <> m.user_id LIMIT 1))
);
CREATE POLICY absence_ended ON agencies_absence FOR UPDATE TO mash_web
    USING ((SELECT fw.has('manager'))) WITH CHECK ((SELECT fw.has('manager')));

CREATE POLICY duty_seen ON agencies_duty FOR SELECT TO mash_web, mash_sweep USING ((SELECT fw.is_staff()));
CREATE POLICY duty_named ON agencies_duty FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND named_by_id = (SELECT fw.membership()) AND ended_at IS NULL
    AND (SELECT true FROM agencies_membership m
          WHERE m.id = membership_id AND m.roles::text[] && '{social_worker}'::text[] LIMIT 1)
);
CREATE POLICY duty_ended ON agencies_duty FOR UPDATE TO mash_web
    USING ((SELECT fw.has('manager'))) WITH CHECK ((SELECT fw.has('manager')));

-- Case roles that wait for a manager's word: never that of the person themself or of whoever proposed it, in whichever
-- membership. They are shown to nobody else, and withdrawn by administrators.
CREATE POLICY proposal_seen ON agencies_roleproposal FOR SELECT TO mash_web USING (
    (SELECT fw.has('administrator'))
    OR ((SELECT fw.has('manager')) AND user_id IS DISTINCT FROM (SELECT fw.person())
        AND NOT proposed_by_id = ANY ((SELECT fw.memberships())::uuid[]))
);
CREATE POLICY proposal_made ON agencies_roleproposal FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('administrator')) AND proposed_by_id = (SELECT fw.membership())
    AND user_id IS DISTINCT FROM (SELECT fw.person()) AND answer = '' AND membership_id IS NULL
);
CREATE POLICY proposal_answered ON agencies_roleproposal FOR UPDATE TO mash_web
    USING (answer = '' AND ((SELECT fw.has('administrator'))
        OR ((SELECT fw.has('manager')) AND user_id IS DISTINCT FROM (SELECT fw.person())
            AND NOT proposed_by_id = ANY ((SELECT fw.memberships())::uuid[]))))
    WITH CHECK (answered_by_id = (SELECT fw.membership()) AND (
        (answer = 'withdrawn' AND (SELECT fw.has('administrator')))
        OR (answer IN ('given', 'refused') AND (SELECT fw.has('manager')))));

-- What somebody or something was called before: read with the name of today, written with the change, never reworded.
CREATE POLICY former_name_seen ON agencies_formername FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY former_name_kept ON agencies_formername FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('administrator')) AND (changed_by_id = (SELECT fw.membership()) OR (SELECT fw.has('builder'))));
