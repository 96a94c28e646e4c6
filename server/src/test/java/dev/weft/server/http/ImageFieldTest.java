package dev.weft.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.spi.EndpointServer.Served;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.server.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images over HTTP: base64 text in JSON. */
@Timeout(60)
class ImageFieldTest {

  private static final Run RUN =
      new Run("r", Span.all(new Source("t", "")), progress -> {}, () -> false);
  private static final String GIF = encoded("GIF89a, or so it begins");

  private final AccessToken token = AccessToken.generate();
  private final EndpointHttpServer server = EndpointHttpServer.start("127.0.0.1", 0, token);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void serve() {
    ModelSignature signature =
        new ModelSignature(
            "torch_image_classifier",
            Task.CLASSIFICATION,
            List.of(new Feature("photo", "binary", FeatureKind.IMAGE)),
            Optional.of(new Column("kind", "string", true)));
    server.serve("api", new Served("m", 1, signature, new Lengths()), RUN);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theModelGetsTheBytesAndTheRowsComeBackAsSent() {
    HttpResponse<String> response =
        post(
            "[{\"photo\":\"" + GIF + "\"},{\"photo\":null},{\"photo\":\"iVBORw\\r\\n0KGgo=\\n\"}]");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body())
        .startsWith("[{\"photo\":\"" + GIF + "\",\"kind_pred\":\"23 bytes\"")
        .contains("{\"photo\":null,\"kind_pred\":\"nothing\"", "\"kind_pred\":\"8 bytes\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"no base64!\"",
        "\"aGVsbG8\\n=\"",
        "\"\"",
        "\"aGVsbG8gd29ybGQ=\"",
        "\"iVBO\"",
        "17",
        "true",
        "[\"R0lGODlh\"]",
        "{\"data\": \"R0lGODlh\"}"
      })
  void whatIsNoImageNamesItsRowAndField(String value) {
    HttpResponse<String> response = post("[{\"photo\":\"" + GIF + "\"},{\"photo\":" + value + "}]");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body())
        .contains(
            "\"code\":\"WRONG_TYPE\"",
            "row 1: the field 'photo' takes the file of an image (PNG, JPEG, GIF, BMP or WebP) as"
                + " base64, not ",
            "\"row\":1",
            "\"field\":\"photo\"");
  }

  @Test
  void whatOnlyTheModelFindsBrokenNamesTheFieldToo() {
    HttpResponse<String> response = post("[{\"photo\":\"" + encoded("BM broken") + "\"}]");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"code\":\"WRONG_TYPE\"", "it is damaged", "\"field\":\"photo\"");
  }

  @Test
  void theSignatureSaysThatItIsAnImage() {
    assertThat(send(request("").GET()).body())
        .contains("{\"name\":\"photo\",\"type\":\"binary\",\"kind\":\"image\"}");
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private HttpResponse<String> post(String body) {
    return send(request("/predict").POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + "/v1/endpoints/api" + path))
        .header("Authorization", "Bearer " + token.reveal());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** Answers how many bytes an image has, but refuses those of BMP. */
  private static final class Lengths implements RowPredictor {

    @Override
    public List<Map<String, Object>> predict(List<Map<String, Object>> rows) {
      List<Map<String, Object>> answers = new ArrayList<>();
      for (Map<String, Object> row : rows) {
        Object photo = row.get("photo");
        if (photo instanceof byte[] file && file[0] == 'B') {
          throw ErrorCode.PREDICTION_DATA.failure(RUN.span(), "it is damaged");
        }
        String said = photo instanceof byte[] file ? file.length + " bytes" : "nothing";
        answers.add(Map.of("kind_pred", said, "kind_prob", 1.0, "kind_probs", Map.of(said, 1.0)));
      }
      return answers;
    }

    @Override
    public void close() {}
  }
}
