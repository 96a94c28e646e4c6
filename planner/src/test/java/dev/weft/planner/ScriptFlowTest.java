package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.plan.StatementPlan.LoadPlan;
import dev.weft.planner.plan.StatementPlan.SparkPlan;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.StatementEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, includes and barriers: what one statement leaves to the next. */
class ScriptFlowTest {

  private final Scripts scripts = new Scripts();
  @TempDir Path folder;

  @BeforeEach
  void startInTheFolder() {
    scripts.folder = folder;
  }

  private void file(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void pathsStartAtTheScriptsFolder() throws IOException {
    file("data/a.csv", "a,b\n1,2\n");
    LoadPlan load = (LoadPlan) scripts.last("load csv.`data/a.csv` where header = true as t");
    assertThat(load.source().path()).isEqualTo(folder.resolve("data/a.csv").toString());
    assertThat(load.source().options()).containsEntry("header", "true");
  }

  @Test
  void anEmptyFileAndTheNearestNameAreNamed() throws IOException {
    file("a.csv", "");
    assertThat(scripts.errors("load csv.^`a.csv`^ as t; load csv.^`b.csv`^ as u"))
        .containsExactly(
            "FILE_EMPTY: the file 'a.csv' is empty; it has no columns to read",
            "FILE_NOT_FOUND: there is no file or folder 'b.csv'; did you mean 'a.csv'?");
  }

  @Test
  void globsMustMatch() throws IOException {
    file("d/a.csv", "a\n1\n");
    assertThat(scripts.check("load csv.`d/*.csv` as t").errors()).isEmpty();
    assertThat(scripts.errors("load csv.^`d/*.tsv`^ as t")).hasSize(1);
  }

  @Test
  void aSchemaIsReadAsTypes() throws IOException {
    file("a.csv", "1,2\n");
    assertThat(scripts.plan("load csv.`a.csv` where schema = 'x int, y decimal(9,2)' as t"))
        .isEqualTo("Name t\n  Scan csv a.csv [x, y]");
    assertThat(scripts.errors("load csv.`a.csv` where schema = ^'x intt('^ as t")).hasSize(1);
  }

  @Test
  void whatAStatementSavesALaterOneLoads() {
    assertThat(
            scripts.plan(
                """
                save trips as parquet.`out/t` partition by origin;
                load parquet.`out/t` as again
                """))
        .isEqualTo(
            """
            Name again
              Scan parquet out/t [destination, distance, delay, day, at, price, origin]""");
  }

  @Test
  void anOutputThatExistsIsSaidBeforehand() throws IOException {
    file("out/x.parquet", "x");
    assertThat(scripts.errors("save errorifexists trips as parquet.^`out`^")).hasSize(1);
    assertThat(scripts.check("save overwrite trips as parquet.`out`").errors()).isEmpty();
    assertThat(
            scripts.errors(
                "save trips as parquet.`new`; save errorifexists trips as parquet.^`new`^"))
        .hasSize(1);
  }

  @Test
  void aFileIsNotSavedOverItself() throws IOException {
    file("a.parquet", "x");
    assertThat(
            scripts.errors(
                "load parquet.`a.parquet` as t; save overwrite t as parquet.^`a.parquet`^"))
        .hasSize(1);
  }

  @Test
  void includedFilesBringTheirStatementsAndTheirFolder() throws IOException {
    file("sub/a.csv", "a\n1\n");
    file("sub/inc.weft", "load csv.`a.csv` as t;");
    assertThat(scripts.check("include 'sub/inc.weft'; select a from t").errors()).isEmpty();
  }

  @Test
  void errorsOfAnIncludedFileNameIt() throws IOException {
    file("inc.weft", "\nselect * from nope;");
    assertThat(scripts.check("include 'inc.weft'").errors().get(0).span().place())
        .isEqualTo("inc.weft:2:15");
  }

  @Test
  void aCycleOfIncludesIsAnError() throws IOException {
    file("a.weft", "include 'b.weft'");
    file("b.weft", "include 'a.weft'");
    assertThat(scripts.errors("include 'a.weft'"))
        .containsExactly("INCLUDE_CYCLE: 'a.weft' includes itself: b.weft from a.weft");
  }

  @Test
  void behindAStatementOfSparksTheRestWaits() {
    Checked checked = scripts.check("select 1; create table x (a int); select * from x");
    assertThat(checked.errors()).isEmpty();
    assertThat(checked.plans()).hasSize(2).last().isInstanceOf(SparkPlan.class);
    assertThat(checked.rest()).hasSize(1);
    assertThat(checked.unchecked().orElseThrow().text()).isEqualTo("select * from x");
  }

  @Test
  void whatAStatementOfSparksMakesIsKnownBehindIt() {
    scripts.relations.effects.put(
        "create table x (a int)",
        new StatementEffect.Makes(
            "x", List.of(new Column("a", "int", true)), StatementEffect.IfThere.FAILS));
    scripts.relations.effects.put("drop table x", new StatementEffect.Removes("x", false));
    String made = "create table x (a int); select a from x as y; ";
    Checked checked = scripts.check(made + "drop table x; select b from x; select a from y");
    assertThat(checked.errors()).isEmpty();
    assertThat(checked.rest()).hasSize(4);
    assertThat(checked.unchecked()).isEmpty();
    assertThat(scripts.errors(made + "select ^b^ from y; select * from ^xx^"))
        .containsExactly(
            "COLUMN_NOT_FOUND: there is no column 'b'; did you mean 'a'?",
            "TABLE_NOT_FOUND: there is no table 'xx'; did you mean 'x'?");
  }

  @Test
  void versionsOfATableToComeHaveItsColumns() {
    scripts.relations.effects.put(
        "create table x (a int)",
        new StatementEffect.Makes(
            "x", List.of(new Column("a", "int", true)), StatementEffect.IfThere.FAILS));
    String made = "create table x (a int); ";
    assertThat(scripts.check(made + "select a from x version as of 1").errors()).isEmpty();
    assertThat(scripts.errors(made + "select ^b^ from x version as of 1"))
        .containsExactly("COLUMN_NOT_FOUND: there is no column 'b'; did you mean 'a'?");
  }

  @Test
  void whatIsWrittenToMustBeThere() {
    scripts.relations.effects.put("insert into tripz", new StatementEffect.Writes("tripz"));
    assertThat(scripts.errors("insert into ^tripz^"))
        .containsExactly("TABLE_NOT_FOUND: there is no table 'tripz'; did you mean 'trips'?");
  }

  @Test
  void explainLeavesNothingBehind() {
    assertThat(scripts.errors("explain select * from trips as t; select * from ^t^")).hasSize(1);
  }
}
