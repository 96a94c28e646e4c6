/** Names: as they are meant in a script, and as Spark calls columns that have none. */
@NullMarked
package dev.weft.planner.name;

import org.jspecify.annotations.NullMarked;
