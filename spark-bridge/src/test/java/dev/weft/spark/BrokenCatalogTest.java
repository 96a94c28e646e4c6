package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog file that something else has damaged. */
class BrokenCatalogTest {

  private static final Path TABLE =
      TestSpark.PROJECT.resolve(".weft/catalog/default/damaged.table.json");

  @TempDir Path folder;

  @AfterEach
  void remove() throws IOException {
    Files.deleteIfExists(TABLE);
    try (ScriptRun script = new ScriptRun(folder)) {
      script.submit("drop table if exists sound; drop table if exists damaged;");
    }
  }

  @Test
  void theErrorNamesTheFileAndOtherTablesStayUsable() throws IOException {
    try (ScriptRun script = new ScriptRun(folder)) {
      script.submit(
          """
          create table damaged using parquet as select 1 as a;
          create table sound using parquet as select 2 as a;
          """);
    }
    String before = Files.readString(TABLE);
    for (String text : List.of("", "{", "{}", "[1]", before.substring(0, before.length() / 2))) {
      Files.writeString(TABLE, text);
      try (ScriptRun script = new ScriptRun(folder)) {
        assertThatThrownBy(() -> script.submit("select * from damaged;"))
            .hasMessageContaining("the catalog's file '" + TABLE + "' cannot be understood");
        assertThatThrownBy(() -> script.submit("insert into damaged values (2);"))
            .hasMessageContaining("cannot be understood");
        script.submit("select * from sound;");
        assertThat(script.answers().get(0)).isEqualTo(List.of(List.of(2)));
      }
    }
    Files.writeString(TABLE, before);
    try (ScriptRun script = new ScriptRun(folder)) {
      script.submit("select * from damaged;");
      assertThat(script.answers().get(0)).isEqualTo(List.of(List.of(1)));
    }
  }
}
