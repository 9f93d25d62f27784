-- Nobody ends a membership of their own: an administrator would lock themself, and perhaps everybody, out.

ALTER POLICY membership_ended ON agencies_membership
    WITH CHECK ((SELECT fw.has('administrator')) AND user_id IS DISTINCT FROM (SELECT fw.person()));
