package dev.weft.ml;

import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.WeftException;
import dev.weft.ml.wire.Endpoint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * How to open a model again whose actor has died, for streams in the JVM that started the runtime.
 * Static, because Spark's tasks arrive with nothing but a key; in another JVM the key is unknown,
 * and Spark's own retry is what is left.
 */
final class Reopening {

  private static final int MOST = 256;

  private static final Map<String, Supplier<List<Endpoint>>> KNOWN =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(
                Map.Entry<String, Supplier<List<Endpoint>>> oldest) {
              return size() > MOST;
            }
          });

  private Reopening() {}

  /** Remembers a way under a new key. */
  static String keep(Supplier<List<Endpoint>> opening) {
    String key = UUID.randomUUID().toString();
    KNOWN.put(key, opening);
    return key;
  }

  /** The model's actors now; empty where nobody knows how. */
  static Optional<List<Endpoint>> again(String key) {
    Supplier<List<Endpoint>> opening = KNOWN.get(key);
    try {
      return Optional.ofNullable(opening).map(Supplier::get);
    } catch (WeftException e) {
      throw RemoteFailure.of(e.diagnostics().get(0));
    }
  }
}
