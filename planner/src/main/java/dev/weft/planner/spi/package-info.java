/** What planning asks the outside for: file schemas, catalog tables, function types, models. */
@NullMarked
package dev.weft.planner.spi;

import org.jspecify.annotations.NullMarked;
