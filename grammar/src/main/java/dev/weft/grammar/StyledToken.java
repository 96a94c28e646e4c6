package dev.weft.grammar;

/** A stretch of text that an editor colours; offsets count UTF-16 units, the end is exclusive. */
public record StyledToken(int start, int end, Kind kind) {

  /** What it is. */
  public enum Kind {
    KEYWORD,
    NAME,
    QUOTED_NAME,
    STRING,
    NUMBER,
    OPERATOR,
    COMMENT,
    CODE,
    ERROR
  }
}
