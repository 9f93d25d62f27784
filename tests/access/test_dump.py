"""What a copy of the tables gives away of a protected text: nothing."""

from __future__ import annotations

import base64
import io

from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from agencies.access.identity import acting_as
from contacts.models import Contact, Referrer
from decisions.choices import SealedConsidered
from decisions.models import SealedReasons
from tests.scenes.case import Case
from tests.scenes.enquiries import MORNING
from tests.scenes.rows import new_contact

CANARY = "CanarySealed"


def test_dump_of_every_table_holds_no_word_of_it(transactional_db: None, superuser_connection: Connection) -> None:
    new_contact(address=f"{CANARY} Road")
    Referrer.objects.create(contact=Contact.objects.get(), name=f"{CANARY} Quill", email=f"{CANARY}@quay.invalid")
    case = Case(MORNING)
    case.in_mash()
    item = case.sealed(case.asked(), text=f"{CANARY} text")
    with acting_as(case.manager.viewer):
        assert item.sealed_texts.get().text == f"{CANARY} text"
    case.recommended()
    case.decided(sealed_considered=SealedConsidered.YES, sealed_reasons=f"{CANARY} reasons")
    with acting_as(case.manager.viewer):
        assert SealedReasons.objects.get().text == f"{CANARY} reasons"
    with superuser_connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        dump = {table: copied(cursor, schema, table) for schema, table in cursor.fetchall()}
    assert "enc2." in dump["information_sharing_sealedtext"]
    assert len(dump) > 60
    words = [CANARY, base64.b64encode(CANARY.encode()).decode().rstrip("="), CANARY.encode().hex()]
    assert [(table, word) for table, text in dump.items() for word in words if word.lower() in text.lower()] == []
    assert "Sorrel" in dump["contacts_subject"]  # What is not protected is there: the search looks at the right place.


def copied(cursor: Cursor, schema: str, table: str) -> str:
    out = io.StringIO()
    cursor.copy_expert(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(schema, table)), out)
    return out.getvalue()
