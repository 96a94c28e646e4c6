package dev.weft.server.remote;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a server listens and the token it wants, as the server printed them.
 *
 * @param url what the user gave, for error messages
 */
record ServerAddress(String url, String host, int port, String token) {

  private static final String FORM =
      "jdbc:arrow-flight-sql://HOST:PORT/?useEncryption=false&token=… or grpc://HOST:PORT?token=…";

  /**
   * Reads {@code jdbc:arrow-flight-sql://host:port/?…token=…} or {@code grpc://host:port?token=…}.
   */
  static ServerAddress parse(String url) {
    Span place = Span.all(new Source("--connect", url));
    String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    URI uri;
    try {
      uri = URI.create(plain);
    } catch (IllegalArgumentException malformed) {
      throw ErrorCode.USAGE.failure(place, "'" + redacted(url) + "' is no URL; write " + FORM);
    }
    boolean known = "arrow-flight-sql".equals(uri.getScheme()) || "grpc".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getPort() < 0) {
      throw ErrorCode.USAGE.failure(
          place, "'" + redacted(url) + "' does not name a Weft server; write " + FORM);
    }
    Map<String, String> options = options(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    if (Boolean.parseBoolean(options.getOrDefault("useencryption", "false"))) {
      throw ErrorCode.USAGE.failure(
          place, "the server has no encryption yet; write useEncryption=false");
    }
    return new ServerAddress(
        redacted(url), uri.getHost(), uri.getPort(), options.getOrDefault("token", ""));
  }

  private static Map<String, String> options(String query) {
    return Arrays.stream(query.split("&"))
        .filter(pair -> pair.contains("="))
        .collect(
            Collectors.toMap(
                pair -> pair.substring(0, pair.indexOf('=')).toLowerCase(Locale.ROOT),
                pair -> decode(pair.substring(pair.indexOf('=') + 1)),
                (first, second) -> second));
  }

  private static String decode(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static String redacted(String url) {
    return url.replaceAll("(?i)token=[^&]*", "token=…");
  }
}
