package dev.weft.ml;

import dev.weft.ml.wire.Endpoint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of this JVM, one per server. Static, because Spark's tasks arrive with nothing
 * but an address.
 */
final class Connections {

  private static final Map<String, Connection> OPEN = new ConcurrentHashMap<>();

  private Connections() {}

  /** The connection to a server, made on first need. */
  static Connection to(Endpoint endpoint) {
    return OPEN.computeIfAbsent(key(endpoint), key -> new Connection(endpoint));
  }

  /** Closes the connection to a server that has ended. */
  static void forget(Endpoint endpoint) {
    Connection connection = OPEN.remove(key(endpoint));
    if (connection != null) {
      connection.close();
    }
  }

  private static String key(Endpoint endpoint) {
    // The token tells two servers apart that had the same port one after the other.
    return endpoint.getHost() + ":" + endpoint.getPort() + "#" + endpoint.getToken().hashCode();
  }
}
