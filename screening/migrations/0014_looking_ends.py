"""A conflict of interest also ends the review or the broken glass of whoever it names."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "looking_ends.sql"

BACKWARD = """
SET ROLE mash_definer;
CREATE OR REPLACE FUNCTION fw.part_from(contacts uuid[], memberships uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    enquiries uuid[];
BEGIN
    enquiries := coalesce((SELECT array_agg(DISTINCT c.enquiry_id) FROM public.contacts_contact c
                            WHERE c.id = ANY (contacts) AND c.enquiry_id IS NOT NULL), '{}');
    UPDATE public.contacts_contact c SET claimed_by_id = NULL, version = c.version + 1
     WHERE c.id = ANY (contacts) AND c.claimed_by_id = ANY (memberships) AND c.ended_at IS NULL;
    UPDATE public.screening_enquiry e SET social_worker_id = NULL, assigned_at = NULL, version = e.version + 1
     WHERE e.id = ANY (enquiries) AND e.social_worker_id = ANY (memberships) AND e.state <> 'closed';
    UPDATE public.clock_deadline d SET membership_id = NULL, version = d.version + 1
     WHERE d.enquiry_id = ANY (enquiries) AND d.membership_id = ANY (memberships)
       AND d.met_at IS NULL AND d.cancelled_at IS NULL;
END $$;
RESET ROLE;
REVOKE UPDATE (ended_at) ON public.agencies_review FROM mash_definer;
REVOKE UPDATE (ends_at) ON public.agencies_brokenglass FROM mash_definer;
"""


class Migration(migrations.Migration):
    """The function of `0009_conflicts`, with what was added since."""

    dependencies = [("screening", "0013_handover_returned"), ("agencies", "0007_as_of")]

    operations = [run_file(SQL, reverse=BACKWARD)]
