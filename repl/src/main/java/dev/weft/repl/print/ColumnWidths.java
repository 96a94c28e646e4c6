package dev.weft.repl.print;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** How wide each column of a table is; fewer widths than columns when not all of them fit. */
final class ColumnWidths {

  /** A column is not squeezed below this: rather, columns at the right are left out. */
  private static final int LEAST = 8;

  /** A blank on both sides and a line. */
  private static final int FRAME = 3;

  private ColumnWidths() {}

  static int[] fit(List<Field> fields, List<List<String>> rows, int room) {
    int[] natural = new int[fields.size()];
    for (int i = 0; i < natural.length; i++) {
      Field field = fields.get(i);
      natural[i] = Math.max(CellWidth.of(field.getName()), TypeName.of(field).length());
      for (List<String> row : rows) {
        natural[i] = Math.max(natural[i], CellWidth.of(row.get(i)));
      }
    }
    return room == Integer.MAX_VALUE ? natural : squeeze(leaveOut(natural, room), room);
  }

  private static int[] leaveOut(int[] natural, int room) {
    int used = 1;
    for (int i = 0; i < natural.length; i++) {
      used += Math.min(natural[i], LEAST) + FRAME;
      if (used > room && i > 0) {
        return Arrays.copyOf(natural, i);
      }
    }
    return natural;
  }

  /** Takes cells from the widest column until the table fits. */
  private static int[] squeeze(int[] widths, int room) {
    int excess = Arrays.stream(widths).sum() + FRAME * widths.length + 1 - room;
    while (excess > 0) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST) {
        return widths;
      }
      int next = nextTo(widths, widest);
      int taken = Math.min(excess, Math.max(1, widths[widest] - Math.max(next, LEAST)));
      widths[widest] -= taken;
      excess -= taken;
    }
    return widths;
  }

  private static int nextTo(int[] widths, int widest) {
    int next = 0;
    for (int i = 0; i < widths.length; i++) {
      next = i == widest ? next : Math.max(next, widths[i]);
    }
    return next;
  }
}
