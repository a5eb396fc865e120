/** What the picture of who is who means at the end of each step of a trace. Pure. */
import { read } from './read.ts';
import type { Trace } from './trace.ts';
import type { Part } from './verdict.ts';
import { verdict } from './whoIsWhoText.ts';

/** Returns the sentences of each step that has ended. */
export const sentencesIn = (trace: Trace): Part[][] =>
  trace.events.flatMap(({ type }, index) => (type === 'step-ended' ? [verdict(read(trace, index + 1)).parts] : []));
