package dev.weft.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** The project's JSON files: read with a clear failure, written by rename. */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  static <T> T read(Path file, Class<T> type) throws IOException {
    return read(Files.readAllBytes(file), type);
  }

  static <T> T read(byte[] content, Class<T> type) throws IOException {
    T value = MAPPER.readValue(content, type);
    if (value == null) {
      throw new IOException("the file holds nothing");
    }
    return value;
  }

  /** A value as JSON on one line. */
  public static String line(Object value) {
    return written(value, false);
  }

  static String text(Object value) {
    return written(value, true);
  }

  /** Readers see the old file or the new one, never half of one. */
  static void write(Path file, Object value) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID());
    try {
      Files.writeString(draft, text(value));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static String written(Object value, boolean indented) {
    try {
      return indented
          ? MAPPER.writeValueAsString(value)
          : MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
