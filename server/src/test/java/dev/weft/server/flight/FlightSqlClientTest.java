package dev.weft.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlInfo;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.UInt4Vector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A raw Flight SQL client, without cookies. */
@SuppressWarnings("try") // closing a FlightStream may be interrupted
@Timeout(60)
class FlightSqlClientTest {

  private final TestServer server = new TestServer();
  private final BufferAllocator allocator = new RootAllocator();
  private FlightSqlClient client = connect();
  private final CallOption token = token(server.token());

  @BeforeEach
  void fresh() {
    server.weft.effects.clear();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
    allocator.close();
  }

  @Test
  void planningRunsNothing() {
    FlightInfo info = client.execute("numbers 10", token);
    assertThat(server.weft.given.get()).isZero();
    assertThat(info.getSchemaOptional().orElseThrow().getFields()).hasSize(2);
    assertThat(info.getSchemaOptional().orElseThrow().getFields().get(0).getMetadata())
        .containsEntry("ARROW:FLIGHT:SQL:TYPE_NAME", "BIGINT");
    assertThat(count(info)).isEqualTo(10);
  }

  @Test
  void anEffectRunsOnceWhetherFetchedOrNot() throws Exception {
    FlightInfo unfetched = client.execute("create a", token);
    assertThat(unfetched.getSchemaOptional().orElseThrow().getFields()).isEmpty();
    FlightInfo fetched = client.execute("create b", token);
    assertThat(count(fetched)).isZero();
    client.getExecuteSchema("create c", token);
    FlightInfo slow = client.execute("train slowly", token);
    assertThat(count(slow)).isEqualTo(1);
    assertThatThrownBy(() -> count(slow)).hasMessageContaining("fetched already");
    assertThat(client.executeUpdate("create d", token)).isZero();
    assertThat(server.weft.effects)
        .containsExactly("create a", "create b", "train slowly", "create d");
  }

  @Test
  void cancelFlightInfoStopsAStatementThatNobodyFetches() throws Exception {
    FlightInfo info = client.execute("train slowly", token);
    client.cancelFlightInfo(new CancelFlightInfoRequest(info), token);
    assertThatThrownBy(() -> count(info))
        .isInstanceOfSatisfying(
            FlightRuntimeException.class,
            e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.CANCELLED));
  }

  @Test
  void everySqlInfoCodeHasAValue() throws Exception {
    Set<Integer> codes = new TreeSet<>();
    try (FlightStream stream =
        client.getStream(
            client.getSqlInfo(new SqlInfo[0], token).getEndpoints().get(0).getTicket(), token)) {
      while (stream.next()) {
        UInt4Vector names = (UInt4Vector) stream.getRoot().getVector("info_name");
        for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
          codes.add(names.get(row));
          assertThat(stream.getRoot().getVector("value").getObject(row)).isNotNull();
        }
      }
    }
    List<Integer> wanted =
        IntStream.concat(
                IntStream.rangeClosed(0, 11),
                IntStream.concat(IntStream.of(100, 101), IntStream.rangeClosed(500, 576)))
            .boxed()
            .toList();
    assertThat(codes).containsExactlyElementsOf(wanted);
  }

  @Test
  void xdbcTypeInfoListsTheTypes() throws Exception {
    assertThat(count(client.getXdbcTypeInfo(token))).isGreaterThan(10);
    assertThat(count(client.getXdbcTypeInfo(java.sql.Types.VARCHAR, token))).isEqualTo(1);
  }

  @Test
  void callsWithoutTokenAreRefused() {
    assertThatThrownBy(() -> client.execute("numbers 1"))
        .isInstanceOfSatisfying(
            FlightRuntimeException.class,
            e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.UNAUTHENTICATED));
  }

  @Test
  void aConnectionThatEndsLeavesNoSessionBehindForLong() throws Exception {
    count(client.execute("numbers 1", token));
    count(client.execute("numbers 1", token));
    assertThat(server.weft.opened.get()).isEqualTo(1);
    client.close();
    client = connect();
    count(client.execute("numbers 1", token));
    assertThat(server.weft.opened.get()).isEqualTo(2);
  }

  @Test
  void aClientThatStopsReadingStopsTheRows() throws Exception {
    FlightInfo info = client.execute("numbers 50000000", token);
    try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), token)) {
      stream.next();
      long given = -1;
      for (int look = 0; look < 40 && given != server.weft.given.get(); look++) {
        given = server.weft.given.get();
        Thread.sleep(500);
      }
      assertThat(server.weft.given.get()).isEqualTo(given).isLessThan(5_000_000);
      stream.cancel("enough", null);
    }
  }

  private long count(FlightInfo info) {
    long rows = 0;
    try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), token)) {
      while (stream.next()) {
        rows += stream.getRoot().getRowCount();
      }
    } catch (FlightRuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
    return rows;
  }

  private FlightSqlClient connect() {
    Location location = Location.forGrpcInsecure("127.0.0.1", server.port());
    return new FlightSqlClient(FlightClient.builder(allocator, location).build());
  }

  private static CallOption token(String token) {
    CallHeaders headers = new FlightCallHeaders();
    headers.insert("authorization", "Bearer " + token);
    return new HeaderCallOption(headers);
  }
}
