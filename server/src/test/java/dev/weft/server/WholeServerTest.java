package dev.weft.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ml.PythonEnvironment;
import dev.weft.ml.RuntimeSettings;
import java.io.File;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Weft behind its ports: Spark, Ray and real clients. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WholeServerTest {

  private static final String PENGUINS = "../examples/penguins/penguins.json";

  @SuppressWarnings("NullAway.Init")
  private static Path project;

  @SuppressWarnings("NullAway.Init")
  private static WeftServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    project = folder;
    Files.copy(Path.of(PENGUINS), project.resolve("penguins.json"));
    server = WeftServer.start(new ServerSettings(project, "127.0.0.1", 0, 0), System.err::println);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void jdbcReadsTypedRows() throws SQLException {
    try (Connection connection = connect();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "select 1 as i, 2L as l, 1.5d as d, 'grün' as s, true as b,"
                        + " date'2001-02-03' as day, cast(1.25 as decimal(10,2)) as m,"
                        + " cast(null as string) as n;")) {
      rows.next();
      assertThat(rows.getInt("i")).isEqualTo(1);
      assertThat(rows.getLong("l")).isEqualTo(2);
      assertThat(rows.getDouble("d")).isEqualTo(1.5);
      assertThat(rows.getString("s")).isEqualTo("grün");
      assertThat(rows.getBoolean("b")).isTrue();
      assertThat(rows.getDate("day")).hasToString("2001-02-03");
      assertThat(rows.getBigDecimal("m")).isEqualTo(new BigDecimal("1.25"));
      assertThat(rows.getString("n")).isNull();
    }
  }

  @Test
  void jdbcBindsParameters() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "select id, concat(?, 'x') as s from (values (7L), (8L), (9L)) as t(id)"
                    + " where id > ? order by id")) {
      statement.setString(1, "a");
      statement.setLong(2, 7);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(8);
        assertThat(rows.getString(2)).isEqualTo("ax");
      }
      statement.setLong(2, 8);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(9);
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void aMillionRowsStreamFromSpark() throws SQLException {
    try (Connection connection = connect();
        ResultSet rows =
            connection.createStatement().executeQuery("select id, id * 2 from range(1000000)")) {
      long sum = 0;
      while (rows.next()) {
        sum += rows.getLong(1);
      }
      assertThat(sum).isEqualTo(499_999_500_000L);
    }
  }

  @Test
  void trainPredictServeAndAnswerOverHttp() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("load json.`penguins.json` as penguins");
      statement.execute(
          "select `Beak Length (mm)` as beak, `Body Mass (g)` as mass, Island as island,"
              + " Species as species from penguins as measured");
      try (ResultSet report =
          statement.executeQuery("train measured as lightgbm.kinds label species seed 7")) {
        assertThat(report.next()).isTrue();
        assertThat(report.getString("model")).isEqualTo("kinds");
      }
      try (ResultSet models = statement.executeQuery("show models")) {
        assertThat(models.next()).isTrue();
        assertThat(models.getString("name")).isEqualTo("kinds");
        assertThat(models.getInt("version")).isEqualTo(1);
        assertThat(models.next()).isFalse();
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select island, count(*) as n from predict(model kinds, table measured) as p"
                  + " where p.species_prob > 0.5 group by island order by island")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong("n")).isPositive();
      }
      try (PreparedStatement one =
          connection.prepareStatement(
              "select predict(kinds using ? as beak, ? as mass, 'Torgersen' as island) as kind,"
                  + " predict(kinds using ? as beak, ? as mass, 'Torgersen' as island).prob")) {
        for (int i = 1; i <= 4; i++) {
          one.setDouble(i, i % 2 == 1 ? 39.1 : 3750);
        }
        try (ResultSet row = one.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getString("kind")).isEqualTo("Adelie");
          assertThat(row.getDouble("species_prob")).isBetween(0.5, 1.0);
        }
      }
      statement.execute("serve kinds as kinds_api");
    }
    HttpResponse<String> answer =
        post("kinds_api", "[{\"beak\": 39.1, \"mass\": 3750, \"island\": null}]");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"species_pred\":\"", "\"species_probs\":{\"Adelie\":");
    assertThat(post("kinds_api", "[{\"beak\": \"long\", \"mass\": 1, \"island\": null}]").body())
        .contains("\"field\":\"beak\"");
  }

  @Test
  void cancelStopsSparksJob() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      ResultSet rows =
          statement.executeQuery("select sha2(string(id), 256) from range(0, 20000000, 1, 400)");
      rows.next();
      statement.cancel();
      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  // Rows that were on their way already.
                }
              })
          .isInstanceOf(SQLException.class);
      try (ResultSet next = connection.createStatement().executeQuery("select 1")) {
        assertThat(next.next()).isTrue();
      }
    }
  }

  @Test
  void errorsHaveTheirPlace() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("select * from nowhere"))
          .hasMessageContaining("<statement>:1:15: error TABLE_NOT_FOUND");
    }
  }

  @Test
  void pythonsClientsPass() throws Exception {
    RuntimeSettings settings = RuntimeSettings.of(project, System.getenv());
    Path python = PythonEnvironment.development(settings).python(System.err::println);
    ProcessBuilder tests =
        new ProcessBuilder(
            python.toString(),
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "src/test/python/clients_test.py");
    List<String> ready = server.readyLines();
    tests.environment().put("WEFT_TEST_URL", ready.get(0).substring("ready ".length()));
    tests.environment().put("WEFT_TEST_HTTP", ready.get(1).substring("ready ".length()));
    tests.environment().put("WEFT_TEST_DATA", project.toString());
    File log = new File("target/clients_test.log");
    Process running = tests.redirectErrorStream(true).redirectOutput(log).start();
    assertThat(running.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(running.exitValue()).as(Files.readString(log.toPath())).isZero();
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(server.url());
  }

  private static HttpResponse<String> post(String endpoint, String body) throws Exception {
    String http = server.readyLines().get(1).substring("ready ".length());
    String token = server.url().replaceAll(".*token=", "");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(http + "/v1/endpoints/" + endpoint + "/predict"))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
