/** The style sheet that lights what is about the thing that is followed, and fades the rest. Pure. */

/** Selects what shows an event: its own row, or the fold that it is in. */
const rowsOf = (seq: number, fold = '') => `[data-event="${seq}"], [data-holds~="${seq}"]${fold}`;

/** In an open fold, the event has a row of its own. */
const closed = ':not(:has(> [aria-expanded="true"]))';

/** --ground is the background of a label in the diagram: it hides the lifelines behind the letters. */
const currentRow = (row: string) => [
  `:is(${row}, ${row} .diagram-label) { --ground: color-mix(in srgb, var(--ink) 8%, var(--paper)); }`,
  `${row} { background: var(--ground); box-shadow: -4px 0 0 var(--ink); }`,
  // A row of the diagram begins at the edge of its panel, and a line of text at its first letter.
  `${row}.diagram-row { box-shadow: inset 4px 0 0 var(--ink); }`,
];

/**
 * Panels only say what their parts are about: `data-about` has names of what can be followed, `data-event` the `seq` of an event,
 * `data-holds` those of events that are folded, `data-chip` the one name that is written there. A rule with the followed name and
 * its events does the rest, so that no panel is drawn again.
 *
 * @param events the `seq` of each event that is about it
 * @param current the `seq` of the event that is the current moment; null before the first
 */
export function followStyle(followed: string, events: readonly number[], current: number | null): string {
  const name = `"${followed.replace(/["\\\n]/g, (letter) => `\\${letter.codePointAt(0)!.toString(16)} `)}"`;
  const scope = `[data-following=${name}]`;
  const chip = `[data-chip=${name}]`;
  const lit = events.map((seq) => rowsOf(seq));
  const other = `[data-about]:not([data-about~=${name}])`;
  const faded = [
    `${other}:not(.identity-chip)`,
    // Through a faded chip one would see the line under it, as if it were struck out.
    `.identity-chip${other} .identity-note`,
    `:is([data-event], [data-holds])${lit.length > 0 ? `:not(${lit.join(', ')})` : ''}`,
    // What the browser did with a cookie goes with the header that sets it.
    `.wire-line:not(:has(${chip}), .wire-line:has(${chip}) + [data-outcome])`,
  ];
  return [
    `${scope} :is(${faded.join(', ')}) { opacity: 0.3; }`,
    `${scope} .identity-chip${other} .sid { --sid-color: var(--faint); --sid-soft: var(--card); }`,
    // This changes the size of nothing: the letters of a chip have one width in every weight.
    `${scope} ${chip} { font-weight: 750; }`,
    `${scope} .sid${chip} { box-shadow: inset 0 0 0 1.5px currentcolor; border-radius: 5px; }`,
    // Letters without a margin have no room for a frame.
    `${scope} ${chip}:not(.sid) { background: color-mix(in srgb, currentcolor 16%, transparent); box-shadow: inset 0 -2px 0 currentcolor; }`,
    // There the ID has no room for a frame of its own.
    `${scope} .identity-record:has(${chip}) { box-shadow: inset 0 0 0 1px var(--identity-color); }`,
    `${scope} .identity-record ${chip} { box-shadow: none; }`,
    ...(current === null ? [] : currentRow(`${scope} :is(${rowsOf(current, closed)})`)),
  ].join('\n');
}
