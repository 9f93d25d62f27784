"""The audit log is given codes, never words."""

import pytest
from auditlog.registry import auditlog
from django.db import models

from common.auditing import register
from contacts.models import Contact, Report


@pytest.mark.parametrize("model", [Contact, Report])
def test_registered_columns_hold_no_free_text(model: type[models.Model]) -> None:
    tracked = auditlog.get_model_fields(model)["include_fields"]
    assert tracked[0] == model._meta.pk.name
    assert not {"concern", "text", "address", "agreement_reason", "open_to"} & set(tracked)


@pytest.mark.parametrize("column", ["concern", "address", "open_to", "reference"])
def test_a_column_of_words_is_refused(column: str) -> None:
    with pytest.raises(ValueError, match=f"Contact.{column} may hold what somebody wrote"):
        register(Contact, fields=[column])
