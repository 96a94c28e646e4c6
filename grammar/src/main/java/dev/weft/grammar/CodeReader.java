package dev.weft.grammar;

import dev.weft.grammar.ast.Code;
import java.util.List;
import org.antlr.v4.runtime.Token;

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
    String common =
        lines.stream()
            .filter(line -> !line.isBlank())
            .map(line -> line.substring(0, line.length() - line.stripLeading().length()))
            .reduce(CodeReader::shared)
            .orElse("");
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line.startsWith(common) ? line.substring(common.length()) : line.strip())
          .append('\n');
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
