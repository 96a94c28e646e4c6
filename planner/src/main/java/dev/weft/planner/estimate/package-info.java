/**
 * How many rows the steps of a plan give, as far as statistics of its sources tell. An estimate
 * decides how a plan is run, never what it gives.
 */
@NullMarked
package dev.weft.planner.estimate;

import org.jspecify.annotations.NullMarked;
