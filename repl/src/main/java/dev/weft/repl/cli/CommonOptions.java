package dev.weft.repl.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {

  @Option(names = "--debug", description = "print stack traces")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this help")
  boolean help;
}
