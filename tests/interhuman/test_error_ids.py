import pytest

from lib.interhuman import error_ids

# Every id that the API's references, skills and clients name.
DOCUMENTED_IDS = [
    *("ih1001", "ih1002", "ih1003", "ih1004"),
    *("ih2001", "ih2002", "ih2003", "ih2005", "ih2010", "ih2011", "ih2014"),
    *("ih3001", "ih3002", "ih3003", "ih3006"),
    *("ih4001", "ih4002", "ih4003", "ih4004", "ih4005", "ih4007", "ih4020", "ih4021"),
    *("ih5001", "ih5002", "ih5003", "ih5004", "ih5005", "ih5006", "ih5007", "ih5008"),
    *("ih6001", "ih6002", "ih6003", "ih6004"),
]


@pytest.mark.parametrize("error_id", DOCUMENTED_IDS)
def test_every_documented_id_has_its_own_sentences(error_id):
    what, next_step = error_ids.SENTENCES[error_id]
    assert what.endswith(".")
    assert next_step.endswith(".")
    assert [row for row, (text, _) in error_ids.SENTENCES.items() if text == what] == [error_id]


def test_no_sentence_is_for_an_id_that_is_not_documented():
    assert set(error_ids.SENTENCES) == set(DOCUMENTED_IDS)
    groups = (
        error_ids.CREDENTIAL,
        error_ids.SCOPE,
        error_ids.QUOTA,
        error_ids.BUSY,
        error_ids.GONE,
    )
    ids = frozenset().union(*groups, error_ids.RECORDING, error_ids.TRANSIENT)
    assert ids <= set(DOCUMENTED_IDS)
