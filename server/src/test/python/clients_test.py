"""Python's Flight SQL clients against a running server.

The server's two ready lines are given in the environment: WEFT_TEST_URL is the
jdbc: URL with its token, WEFT_TEST_HTTP the http: one. WEFT_TEST_DATA names a folder
with penguins.json. All three are required: nothing here is skipped in silence.
"""

from __future__ import annotations

import datetime
import decimal
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

import adbc_driver_flightsql.dbapi as adbc
import pyarrow as pa
import pyarrow.flight as flight
import pytest
from adbc_driver_flightsql import ConnectionOptions, DatabaseOptions

URL = urllib.parse.urlparse(os.environ["WEFT_TEST_URL"].removeprefix("jdbc:"))
TOKEN = urllib.parse.parse_qs(URL.query)["token"][0]
GRPC = f"grpc://{URL.hostname}:{URL.port}"
HTTP = os.environ["WEFT_TEST_HTTP"]
DATA = os.environ["WEFT_TEST_DATA"]


def connect(token: str = TOKEN, cookies: bool = False) -> adbc.Connection:
    """Open an ADBC connection."""
    options = {DatabaseOptions.AUTHORIZATION_HEADER.value: f"Bearer {token}"}
    if cookies:
        options[DatabaseOptions.WITH_COOKIE_MIDDLEWARE.value] = "true"
    return adbc.connect(GRPC, db_kwargs=options, autocommit=True)


@pytest.fixture
def connection() -> Iterator[adbc.Connection]:
    """Give a connection with cookies."""
    with connect(cookies=True) as opened:
        yield opened


def test_select_gives_typed_rows(connection: adbc.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1 as one, 'grün' as text, 2.5d as real, true as yes, null as nothing")
        table = cursor.fetch_arrow_table()
    assert table.column_names == ["one", "text", "real", "yes", "nothing"]
    assert table.to_pylist() == [
        {"one": 1, "text": "grün", "real": 2.5, "yes": True, "nothing": None}
    ]
    assert table.schema.field("one").type == pa.int32()


def test_dates_times_and_decimals(connection: adbc.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select date'2001-02-03' as d, cast(1.25 as decimal(10,2)) as m")
        row = cursor.fetchone()
    assert row == (datetime.date(2001, 2, 3), decimal.Decimal("1.25"))


def test_parameters_keep_their_types(connection: adbc.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select ? + 1 as n, concat(?, '!') as s", (41, "hey"))
        assert cursor.fetchone() == (42, "hey!")


def test_a_million_rows_stream(connection: adbc.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select id, id * 2 as twice from range(1000000)")
        batches = 0
        rows = 0
        for batch in cursor.fetch_record_batch():
            batches += 1
            rows += batch.num_rows
    assert rows == 1_000_000
    assert batches > 1


def test_two_cursors_share_a_session(connection: adbc.Connection) -> None:
    with connection.cursor() as first, connection.cursor() as second:
        first.execute("select id from range(3) as session_words")
        first.fetchall()
        second.execute("select count(*) from session_words")
        assert second.fetchone() == (3,)


def test_connections_do_not_share_names() -> None:
    with connect(cookies=True) as first, connect(cookies=True) as second:
        with first.cursor() as cursor:
            cursor.execute("select id from range(3) as only_first")
            cursor.fetchall()
        with second.cursor() as cursor, pytest.raises(adbc.Error, match="only_first"):
            cursor.execute("select * from only_first")
            cursor.fetchall()


def test_connections_without_cookies_do_not_share_names_either() -> None:
    with connect() as first, connect() as second:
        with first.cursor() as cursor:
            cursor.execute("select id from range(3) as quiet_first")
            cursor.fetchall()
            cursor.execute("select count(*) from quiet_first")
            assert cursor.fetchone() == (3,)
        with second.cursor() as cursor, pytest.raises(adbc.Error, match="quiet_first"):
            cursor.execute("select * from quiet_first")
            cursor.fetchall()


def test_errors_name_the_place(connection: adbc.Connection) -> None:
    with connection.cursor() as cursor, pytest.raises(adbc.Error) as caught:
        cursor.execute("select * from no_such_table")
        cursor.fetchall()
    assert "<statement>:1:15: error TABLE_NOT_FOUND" in str(caught.value)
    assert "dev.weft" not in str(caught.value)


def test_objects_are_listed(connection: adbc.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1 as a, 'x' as b as listed_here")
        cursor.fetchall()
    catalogs = connection.adbc_get_objects(depth="all").read_all().to_pylist()
    schemas = catalogs[0]["catalog_db_schemas"]
    tables = {
        table["table_name"]: [column["column_name"] for column in table["table_columns"]]
        for schema in schemas
        for table in schema["db_schema_tables"]
    }
    assert tables["listed_here"] == ["a", "b"]
    assert connection.adbc_get_info()["vendor_name"] == "Weft"


def test_a_wrong_token_is_refused() -> None:
    with pytest.raises(adbc.Error, match="token is wrong"), connect(token="wrong") as refused:
        refused.cursor().execute("select 1")


def test_plain_flight_client_runs_a_query() -> None:
    # The Any message of a CommandStatementQuery, written by hand: type_url, then value.
    query = b"select id from range(5)"
    command = b"\x0a" + bytes([len(query)]) + query
    name = b"type.googleapis.com/arrow.flight.protocol.sql.CommandStatementQuery"
    any_message = b"\x0a" + bytes([len(name)]) + name + b"\x12" + bytes([len(command)]) + command
    options = flight.FlightCallOptions(headers=[(b"authorization", f"Bearer {TOKEN}".encode())])
    with flight.connect(GRPC) as client:
        info = client.get_flight_info(
            flight.FlightDescriptor.for_command(any_message), options
        )
        table = client.do_get(info.endpoints[0].ticket, options).read_all()
    assert table.column("id").to_pylist() == [0, 1, 2, 3, 4]


def test_a_script_runs_through_our_own_action() -> None:
    options = flight.FlightCallOptions(headers=[(b"authorization", f"Bearer {TOKEN}".encode())])
    body = json.dumps({"name": "s.weft", "text": "select 1 a;\nselect 2 b;"}).encode()
    kinds = []
    tables = []
    with flight.connect(GRPC) as client:
        for result in client.do_action(flight.Action("weft.RunScript", body), options):
            event = json.loads(result.body.to_pybytes())
            kinds.append(event["event"])
            if event["event"] == "rows":
                ticket = flight.Ticket(__import__("base64").b64decode(event["ticket"]))
                tables.append(client.do_get(ticket, options).read_all().to_pylist())
    assert tables == [[{"a": 1}], [{"b": 2}]]
    assert kinds[-1] == "done"


def test_cancelling_a_read_ends_it_soon(connection: adbc.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select id, sha2(string(id), 256) as h from range(0, 20000000, 1, 200)")
        reader = cursor.fetch_record_batch()
        next(iter(reader))
        start = time.monotonic()
        cursor.adbc_cancel()
        with pytest.raises((adbc.Error, pa.ArrowException, OSError)):
            for _ in reader:
                pass
        assert time.monotonic() - start < 5


def test_train_predict_and_show_models(connection: adbc.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"load json.`{DATA}/penguins.json` as penguins")
        cursor.execute(
            "train penguins as lightgbm.adbc_species label Species "
            "features (`Beak Length (mm)` as beak, `Body Mass (g)` as mass) seed 7"
        )
        report = cursor.fetch_arrow_table()
        assert report.num_rows > 0
        cursor.execute("show models")
        models = [row[0] for row in cursor.fetchall()]
        assert models.count("adbc_species") == 1
        cursor.execute(
            "select count(*) from predict(model adbc_species, table ("
            "select `Beak Length (mm)` as beak, `Body Mass (g)` as mass from penguins)) as p "
            "where p.Species_prob > 0"
        )
        (rows,) = cursor.fetchone()
        assert rows > 100


def test_http_wants_the_token() -> None:
    with urllib.request.urlopen(f"{HTTP}/health") as answer:
        assert json.load(answer) == {"status": "ok"}
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{HTTP}/v1/endpoints/x")
    assert caught.value.code == 401
