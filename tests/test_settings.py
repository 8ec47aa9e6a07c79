import pytest

from lib.model import API_URL, GIB, MIB
from lib.settings import load


def secret(**table):
    return {"interhuman": table}


def test_no_credentials_mean_sandbox_mode():
    settings = load({}, {})
    assert settings.sandbox
    assert settings.problems == ()
    assert (settings.base_url, settings.api) == (API_URL, "v1")


def test_secrets_and_environment_serve_the_same():
    table = {"key_id": "k", "key_secret": "s", "base_url": "https://x.example/", "api": "V2"}
    variables = {f"INTERHUMAN_{name.upper()}": value for name, value in table.items()}
    assert load(secret(**table), {}) == load({}, variables)
    assert load(secret(**table), {}).base_url == "https://x.example"
    assert load(secret(**table), {}).api == "v2"


def test_secrets_win_and_credentials_are_never_mixed_from_two_places():
    settings = load(
        secret(api_key="from-secrets", base_url="https://s.example"),
        {
            "INTERHUMAN_KEY_ID": "k",
            "INTERHUMAN_KEY_SECRET": "s",
            "INTERHUMAN_BASE_URL": "https://e.example",
            "INTERHUMAN_API": "v2",
        },
    )
    assert (settings.api_key, settings.key_id, settings.key_secret) == ("from-secrets", "", "")
    assert (settings.base_url, settings.api) == ("https://s.example", "v2")
    assert settings.problems == ()


@pytest.mark.parametrize(
    ("table", "setting", "remedy"),
    [
        ({"key_id": "k"}, "[interhuman] key_secret", "Set [interhuman] key_secret"),
        ({"key_secret": "s"}, "[interhuman] key_id", "Set [interhuman] key_id"),
        ({"api_key": "a", "key_id": "k"}, "[interhuman] api_key", "Keep one"),
        ({"api_key": "a", "key_id": "k", "key_secret": "s"}, "[interhuman] api_key", "Keep one"),
        ({"api_key": "two\nlines"}, "[interhuman] api_key", "Copy the key again"),
        ({"api": "v3"}, "[interhuman] api", "v1 or to v2"),
        ({"base_url": "ftp://x.example"}, "[interhuman] base_url", "address like"),
        ({"base_url": "x.example"}, "[interhuman] base_url", "address like"),
        ({"base_url": "https://"}, "[interhuman] base_url", "address like"),
        ({"base_url": "https://[half"}, "[interhuman] base_url", "address like"),
        ({"base_url": "https://x:99999"}, "[interhuman] base_url", "address like"),
        ({"base_url": "http://x.example"}, "[interhuman] base_url", "Use https"),
        ({"base_url": "https://u:p@x.example"}, "[interhuman] base_url", "settings of"),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(table, setting, remedy):
    (problem,) = load(secret(**table), {}).problems
    assert problem.setting == setting
    assert remedy in problem.next_step


def test_a_problem_in_the_environment_names_the_variable():
    (problem,) = load({}, {"INTERHUMAN_KEY_ID": "k"}).problems
    assert problem.setting == "INTERHUMAN_KEY_SECRET"


@pytest.mark.parametrize("name", ["interhuman", "library", "recordings"])
def test_a_table_that_is_none_is_a_problem(name):
    (problem,) = load({name: "ih_live_x"}, {}).problems
    assert problem.setting == f"[{name}]"
    assert f"[{name}]" in problem.next_step


@pytest.mark.parametrize("host", ["127.0.0.1:9100", "localhost:9100", "[::1]:9100"])
def test_plain_http_is_for_loopback(host):
    settings = load(secret(api_key="a", base_url=f"http://{host}"), {})
    assert settings.problems == ()
    assert settings.base_url == f"http://{host}"


@pytest.mark.parametrize(
    "table",
    [
        {"api_key": "tell-nobody"},
        {"key_id": "hush-id", "key_secret": "hush-secret"},
        {"api_key": "tell-nobody", "key_id": "hush-id", "key_secret": "hush-secret"},
        {"key_id": "hush-id"},
        {"key_secret": "hush-secret"},
        {"api_key": "tell-nobody\ntell-nobody"},
        {"api_key": "tell-nobody", "base_url": "https://hush-user:hush-pw@x.example"},
    ],
)
def test_no_credential_shows_in_a_repr_or_a_problem(table):
    shown = repr(load(secret(**table), {"LIBRARY_URL": "postgresql://u:hush-pw@db/x"}))
    assert not any(word in shown for word in ("tell-nobody", "hush"))


@pytest.mark.parametrize(
    "table", [{"api_key": "k", "base_url": "http://x.example"}, {"key_id": "k"}, {"api": "v9"}]
)
def test_settings_with_a_problem_hold_nothing_that_could_be_sent(table):
    settings = load(secret(**table), {})
    assert settings.problems
    assert not settings.sandbox
    assert (settings.api_key, settings.key_id, settings.key_secret) == ("", "", "")


def test_the_library_is_named_by_secrets_before_environment():
    assert load({}, {"LIBRARY_URL": "sqlite:///e"}).library_url == "sqlite:///e"
    both = load({"library": {"url": "sqlite:///s"}}, {"LIBRARY_URL": "sqlite:///e"})
    assert both.library_url == "sqlite:///s"


@pytest.mark.parametrize(
    "url",
    ["data/library.db", "postgres:hush@db/x", "mysql://u:hush@db/x", "https://u:hush@db/x", "://"],
)
def test_an_address_of_no_database_is_a_problem_that_does_not_quote_it(url):
    for settings, name in (
        (load({"library": {"url": url}}, {}), "[library] url"),
        (load({}, {"LIBRARY_URL": url}), "LIBRARY_URL"),
    ):
        (problem,) = settings.problems
        assert problem.setting == name
        assert "postgresql://" in problem.next_step
        assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    "url", ["sqlite:////a/b.db", "postgres://u:p@h/x", "postgresql+psycopg://u:p@h/x", ""]
)
def test_an_address_of_a_database_is_none(url):
    assert load({"library": {"url": url}}, {}).problems == ()
    assert load({}, {"LIBRARY_URL": url}).library_url == url


def test_what_the_library_keeps_is_off_by_itself():
    settings = load({}, {})
    assert (settings.keep_recordings, settings.retention_days) == (False, None)


@pytest.mark.parametrize(
    ("value", "keeps"), [(True, True), ("Yes", True), ("1", True), (False, False), ("off", False)]
)
def test_recordings_are_kept_where_a_setting_says_so(value, keeps):
    assert load({"library": {"keep_recordings": value}}, {}).keep_recordings is keeps
    assert load({}, {"LIBRARY_KEEP_RECORDINGS": str(value)}).keep_recordings is keeps


@pytest.mark.parametrize(("value", "days"), [(30, 30), ("1", 1), (0, None), ("off", None)])
def test_sessions_go_after_so_many_days(value, days):
    assert load({"library": {"retention_days": value}}, {}).retention_days == days
    assert load({}, {"LIBRARY_RETENTION_DAYS": str(value)}).retention_days == days


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("keep_recordings", "maybe", "true to keep"),
        ("retention_days", -1, "days after which"),
        ("retention_days", 2.5, "days after which"),
        ("retention_days", "a month", "days after which"),
        ("retention_days", 36_501, "days after which"),
        ("retention_days", True, "days after which"),
    ],
)
def test_a_setting_of_keeping_that_cannot_be_read_deletes_nothing(name, value, remedy):
    settings = load({"library": {name: value, "url": "sqlite:///s"}}, {})
    (problem,) = settings.problems
    assert problem.setting == f"[library] {name}"
    assert remedy in problem.next_step
    assert settings.library_url == "sqlite:///s"
    assert settings.retention_days is None
    assert settings.keep_recordings is (name == "keep_recordings")


def test_a_problem_of_the_credentials_leaves_alone_what_is_kept():
    settings = load({"library": {"keep_recordings": True}, "interhuman": {"key_id": "k"}}, {})
    assert settings.problems
    assert settings.keep_recordings


@pytest.mark.parametrize(
    "value",
    ["https://a.example, http://b.example:81", ["https://a.example", "http://b.example:81"]],
)
def test_pages_that_may_frame_the_app_are_origins(value):
    settings = load({"access": {"framed_by": value}}, {"ACCESS_FRAMED_BY": "https://c.example"})
    assert settings.framed_by == ("https://a.example", "http://b.example:81")
    assert settings.problems == ()
    assert load({}, {"ACCESS_FRAMED_BY": "https://c.example"}).framed_by == ("https://c.example",)
    assert load({}, {}).framed_by == ()


@pytest.mark.parametrize(
    "value",
    [
        "a.example",
        "https://a.example/",
        "https://a.example/page",
        "https://a.example; script-src *",
        "*",
        "https://*",
        "https://a.example\r\nX: y",
        "'self'",
        "https://a.example b.example",
        ["https://a.example", 5],
        {"a": "https://a.example"},
    ],
)
def test_what_is_no_origin_frames_nothing_and_locks_nobody_out(value):
    settings = load({"access": {"framed_by": value}}, {})
    assert settings.framed_by == ()
    (problem,) = settings.problems
    assert problem.setting == "[access] framed_by"
    assert problem.next_step
    assert settings.access_problem is None


def test_a_passphrase_that_is_misspelt_beside_it_keeps_everybody_out():
    table = {"framed_by": "https://a.example", "pasphrase": "x"}
    assert load({"access": table}, {}).access_problem


def test_recordings_have_limits_by_themselves():
    settings = load({}, {})
    assert (settings.max_upload_bytes, settings.reserve_bytes) == (4 * GIB, 256 * MIB)


@pytest.mark.parametrize("value", [0.5, "0.5", " .5 "])
def test_the_limits_of_recordings_are_set_in_gigabytes(value):
    table = {"max_gigabytes": value, "reserve_gigabytes": value}
    variables = {f"RECORDINGS_{name.upper()}": str(value) for name in table}
    for settings in (load({"recordings": table}, {}), load({}, variables)):
        assert (settings.max_upload_bytes, settings.reserve_bytes) == (512 * MIB, 512 * MIB)
        assert settings.problems == ()
    assert load({"recordings": {"max_gigabytes": 2}}, variables).max_upload_bytes == 2 * GIB


def test_nothing_needs_to_be_left_free():
    assert load({"recordings": {"reserve_gigabytes": 0}}, {}).reserve_bytes == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("max_gigabytes", value) for value in (0, -1, "4 GB", "nan", "inf", 1001, True, [4])),
        *(("reserve_gigabytes", value) for value in (-0.1, "all", "1e999", False)),
    ],
)
def test_a_limit_that_is_no_number_is_a_problem_and_the_usual_one_holds(name, value):
    settings = load({"recordings": {name: value}}, {})
    (problem,) = settings.problems
    assert problem.setting == f"[recordings] {name}"
    assert "remove it" in problem.next_step
    assert (settings.max_upload_bytes, settings.reserve_bytes) == (4 * GIB, 256 * MIB)


def test_a_limit_in_the_environment_is_named_by_its_variable():
    (problem,) = load({}, {"RECORDINGS_MAX_GIGABYTES": "much"}).problems
    assert problem.setting == "RECORDINGS_MAX_GIGABYTES"
