package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelationalPlansTest {

  @TempDir Path folder;
  private final TestPlans plans = new TestPlans();
  private final RelBuilder b = plans.builder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(
        folder.resolve("t.csv"), "id,city,amount\n1,Oslo,2.5\n2,Rome,\n3,Oslo,4.0\n4,,1.0\n");
  }

  private TestPlans table() {
    return plans.push(TestPlans.csv(folder.resolve("t.csv").toString()));
  }

  @Test
  void filterAndProjectKeepNamesAndTypes() {
    table();
    RelNode plan =
        b.filter(b.greaterThan(b.field("id"), b.literal(1)))
            .project(
                List.of(b.field("city"), plans.call("*", b.field("id"), b.literal(10))),
                List.of("City", "x"),
                true)
            .build();
    assertThat(TestSpark.collect(plan))
        .containsExactly(
            java.util.Arrays.asList("Rome", 20),
            java.util.Arrays.asList("Oslo", 30),
            java.util.Arrays.asList(null, 40));
    assertThat(TestSpark.backend().schema(plan).getFields())
        .extracting(f -> f.getName())
        .containsExactly("City", "x");
  }

  @Test
  void selfJoinsReadTheSameFileTwice() {
    table();
    table();
    RelNode plan =
        b.join(JoinRelType.INNER, b.equals(b.field(2, 0, "city"), b.field(2, 1, "city")))
            .aggregate(b.groupKey(), b.countStar("n"))
            .build();
    assertThat(TestSpark.collect(plan)).containsExactly(List.of(5L));
  }

  @Test
  void nullsComeFirstWhereNothingElseIsSaid() {
    table();
    RelNode plan =
        b.project(b.field("city")).sort(b.nullsFirst(b.field("city"))).limit(1, 2).build();
    assertThat(TestSpark.collect(plan)).containsExactly(List.of("Oslo"), List.of("Oslo"));
  }
}
