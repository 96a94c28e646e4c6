package dev.weft.ml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who reads what users' code prints. Static, because Spark's tasks arrive with nothing but a key;
 * in another JVM the key is unknown, and what is printed goes to its log.
 */
final class PythonPrints {

  private static final Logger LOG = LoggerFactory.getLogger(PythonPrints.class);
  private static final int MOST = 256;

  private static final Map<String, Consumer<String>> READERS =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Consumer<String>> oldest) {
              return size() > MOST;
            }
          });

  private PythonPrints() {}

  static void read(String key, Consumer<String> reader) {
    READERS.put(key, reader);
  }

  static void pass(String key, List<String> lines) {
    Consumer<String> reader = READERS.get(key);
    for (String line : lines) {
      if (reader == null) {
        LOG.info("{}", line);
      } else {
        reader.accept(line);
      }
    }
  }
}
