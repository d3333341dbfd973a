/** From this many rows on, a list can be entered at a place within it. */
export const LONG_LIST = 100;
