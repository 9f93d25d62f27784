"""Evidence is written once: not even the owner changes or removes a row."""

from django.db import migrations

TABLES = ("audit_event", "audit_reading", "audit_refusal")

FORWARD = """
CREATE FUNCTION fw.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'evidence is append-only'; END $$;
""" + "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION fw.append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION fw.append_only();
"""
    for table in TABLES
)

BACKWARD = (
    "".join(f"DROP TRIGGER append_only ON {table}; DROP TRIGGER append_only_all ON {table};" for table in TABLES)
    + "DROP FUNCTION fw.append_only();"
)


class Migration(migrations.Migration):
    """Triggers that refuse change, for every role."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
