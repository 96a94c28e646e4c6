package dev.weft.grammar;

import dev.weft.grammar.ast.Code;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads code between its fences: common indentation goes, the lines stay the script's. */
final class CodeReader {

  private CodeReader() {}

  static Code read(Source source, Token block) {
    Span span = Places.of(source, block);
    int fence = source.text().startsWith("$$", span.start()) ? 2 : 3;
    String inside = source.text().substring(span.start() + fence, span.end() - fence);
    List<String> lines = inside.lines().toList();
    int line = new Span(source, span.start(), span.start()).line();
    boolean opensAlone = lines.isEmpty() || lines.get(0).isBlank();
    String first = opensAlone ? "" : lines.get(0).strip() + "\n";
    List<String> rest = lines.isEmpty() ? List.of() : lines.subList(1, lines.size());
    String text = first + withoutIndentation(rest);
    return new Code(span, text, opensAlone ? line + 1 : line);
  }

  private static String withoutIndentation(List<String> lines) {
    @Nullable String common = null;
    for (String line : lines) {
      if (!line.isBlank()) {
        String own = line.substring(0, line.length() - line.stripLeading().length());
        common = common == null ? own : shared(common, own);
      }
    }
    String indentation = common == null ? "" : common;
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      boolean indented = line.startsWith(indentation);
      text.append(indented ? line.substring(indentation.length()) : line.strip()).append('\n');
    }
    return text.toString();
  }

  private static String shared(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return one.substring(0, length);
  }
}
