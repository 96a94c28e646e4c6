package dev.weft.repl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of Weft and of what it stands on, filtered in by the build. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    Properties versions = properties();
    return new String[] {
      "weft " + versions.getProperty("weft"),
      "Java " + Runtime.version() + ", Spark " + versions.getProperty("spark")
    };
  }

  /** Weft's own version. */
  public static String ofWeft() {
    return String.valueOf(properties().getProperty("weft"));
  }

  private static Properties properties() {
    Properties versions = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/dev/weft/repl/version.properties")) {
      if (in != null) {
        versions.load(in);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return versions;
  }
}
