package dev.weft.repl.cli;

import dev.weft.repl.print.Format;
import dev.weft.repl.print.Page;
import dev.weft.repl.print.ResultPrinter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that {@code weft run}, {@code weft -e} and the terminal share. */
public final class RunOptions {

  @Mixin ParamOption parameters = new ParamOption();

  @Option(
      names = "--connect",
      paramLabel = "URL",
      description = "run on the server that printed this URL")
  @Nullable String url;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatName.class,
      description =
          "table, csv, json, markdown or vertical (default: table on a terminal, else csv)")
  @Nullable Format format;

  @Option(names = "--seed", paramLabel = "N", description = "random seed for TRAIN without SEED")
  @Nullable Long seed;

  @Option(names = "--stay", description = "keep serving after the last statement, until a signal")
  boolean stay;

  @Mixin ProjectOption project = new ProjectOption();

  @Mixin CommonOptions common = new CommonOptions();

  /** Refuses what cannot work, before anything starts. */
  void check() {
    if (stay && url != null) {
      throw new UsageFailure(
          "--stay keeps what runs here; the server at --connect serves by itself, so leave --stay"
              + " out");
    }
  }

  OptionalLong seedGiven() {
    return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
  }

  Target target(Path folder) {
    return new Target(project.of(folder), folder, Optional.ofNullable(url));
  }

  /** The printer asked for, or the one that fits where the output goes. */
  ResultPrinter printer(Console console) {
    boolean seen = console.showsTerminal();
    Format chosen = format != null ? format : seen ? Format.TABLE : Format.CSV;
    return chosen.printer(console.out(), seen ? Page.terminal(console.width()) : Page.ENDLESS);
  }

  /** Reads a format's name in any case. */
  static final class FormatName implements ITypeConverter<Format> {
    @Override
    public Format convert(String name) {
      return Format.named(name)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no format '"
                          + name
                          + "'"
                          + dev.weft.grammar.Nearest.hintOrList(name, Format.labels())));
    }
  }
}
