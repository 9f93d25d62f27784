"""The libraries' tables of rights stay empty or fixed, whatever a library would do."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "library_policies.sql"

BACKWARD = """
DROP POLICY group_seen ON auth_group;
DROP POLICY group_made ON auth_group;
DROP POLICY permission_seen ON auth_permission;
DROP POLICY permission_migrated ON auth_permission;
DROP POLICY address_seen ON account_emailaddress;
ALTER TABLE auth_group NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE auth_permission NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE auth_group_permissions NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_user_groups NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_user_user_permissions NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE guardian_groupobjectpermission NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE guardian_userobjectpermission NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE account_emailaddress NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE account_emailconfirmation NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Wall 2 for groups, permissions, grants of guardian and further addresses."""

    dependencies = [
        ("agencies", "0013_directory_policies"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
