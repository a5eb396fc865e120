/** A run as a text to read: what was done, asked and answered, step by step. Terminal and page show the same. Pure. */
import { answerText, differsText, eventText, untrueText } from './eventText.ts';
import type { Block, Inline, Item } from './markdown.ts';
import { narrationFor, toldIn } from './narration.ts';
import { endOfStep, read } from './read.ts';
import { appName } from './repairs.ts';
import type { AskAnswered, AskOutline, EventOf, Trace, TraceEvent, TraceHeader } from './trace.ts';
import { verdict } from './whoIsWhoText.ts';

/** Returns the transcript of a trace, which may still be growing. */
export function transcript({ header, events }: Pick<Trace, 'header' | 'events'>): Block[] {
  const { scenario, store, startedAt, browser } = header;
  const played = scenario.steps.flatMap((step, index): Block[] => {
    const happened = events.filter((event) => event.step === index);
    if (happened.length === 0) return [];
    const asked = happened.find((event) => event.type === 'ask');
    const ended = happened.find((event) => event.type === 'step-ended');
    return [
      { type: 'heading', level: 2, text: `Step ${index + 1}: ${step.title}` },
      ...paragraph(step.purpose && `${step.purpose}.`),
      ...paragraph(narrationFor(step, toldIn(header))),
      ...(ended?.untrue ?? []).flatMap((untrue) => paragraph(untrueText(untrue))),
      ...(ended?.differs ?? []).flatMap((differs) => paragraph(differsText(differs, header.browser))),
      ...list(itemsOf(happened, header)),
      ...paragraph(meaningOf(index, { header, events })),
      ...(step.ask ? answered(step.ask, asked) : []),
      ...between(events, index, header),
    ];
  });
  const date = new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ');
  return [
    { type: 'heading', level: 1, text: scenario.title },
    ...paragraph(scenario.subtitle ?? ''),
    ...paragraph(scenario.question),
    ...paragraph([appName(header), `${store} Redis`, ...(browser ? [browser] : []), `${date} UTC.`].join(', ')),
    ...between(events, -1, header),
    ...played,
    { type: 'heading', level: 2, text: 'What to remember' },
    ...paragraph(scenario.lesson),
    ...(scenario.fix === null
      ? []
      : ([...paragraph('The fix:'), { type: 'code', text: scenario.fix }] satisfies Block[])),
    ...(scenario.notTheFix.length > 0 ? paragraph('What does not help:') : []),
    ...list(scenario.notTheFix.map((text) => ({ text: [text], items: [] }))),
    ...paragraph(scenario.references.join(', ')),
  ];
}

/** Returns who the shop thinks each browser is after a step; '' while it plays. */
function meaningOf(step: number, trace: Pick<Trace, 'header' | 'events'>): string {
  const end = endOfStep(trace.events, step);
  return end === null ? '' : verdict(read(trace, end)).text;
}

/** What happened after that step and before the next: manual actions, and what happened by itself. */
function between(events: readonly TraceEvent[], after: number, header: TraceHeader): Block[] {
  let step = -1;
  const happened = events.filter((event) => {
    if (event.type === 'step-started') step = event.step;
    return event.step === null && step === after;
  });
  const items = itemsOf(happened, header);
  return items.length === 0 ? [] : [...paragraph('Between the steps:'), ...list(items)];
}

/** One item for each request with everything it caused below it, and one for each other event, in order. */
function itemsOf(events: readonly TraceEvent[], header: TraceHeader): Item[] {
  const items: Item[] = [];
  const ofRequest = new Map<number, Item>();
  const ofCommand = new Map<number, Item | undefined>();
  for (const event of events) {
    if (isShownElsewhere(event)) continue;
    const item: Item = {
      text: eventText(event, header),
      items: event.type === 'request' ? event.cookies.map(sentCookie) : [],
    };
    let owner: Item | undefined;
    if (event.type === 'request') ofRequest.set(event.id, item);
    else if ('request' in event && event.request !== null) owner = ofRequest.get(event.request);
    else if (event.type === 'key' && 'command' in event.cause) owner = ofCommand.get(event.cause.command);
    else if (event.type === 'jar' && 'request' in event.cause) owner = ofRequest.get(event.cause.request);
    if (event.type === 'command') ofCommand.set(event.id, owner);
    if (event.type === 'response') item.items.push(...event.cookies.map(receivedCookie));
    (owner?.items ?? items).push(item);
  }
  return items;
}

/** Events that other parts of the transcript show: its headings, its questions, the cookies below a response. */
function isShownElsewhere(event: TraceEvent): boolean {
  switch (event.type) {
    case 'step-started':
    case 'wait':
    case 'ask':
      return true;
    case 'step-ended':
      return event.error === null;
    case 'jar':
      return ['response', 'planted', 'copied'].includes(event.cause.by);
    default:
      return false;
  }
}

const sentCookie = ({ name, sent, why }: EventOf<'request'>['cookies'][number]): Item => ({
  text: ['Cookie ', { code: name }, `${sent ? ' sent' : ' not sent'}: ${why}`],
  items: [],
});

const receivedCookie = ({ header, outcome, why }: EventOf<'response'>['cookies'][number]): Item => ({
  text: [{ code: `Set-Cookie: ${header}` }, ` ${outcome} by the browser: ${why}`],
  items: [],
});

function answered({ question, ...expected }: AskOutline, asked: AskAnswered | undefined): Block[] {
  const expectation: Inline[] = [
    `Expected: “${answerText(expected.vulnerable)}” from the vulnerable app, “${answerText(expected.protected)}” from the protected app.`,
  ];
  const items: Item[] = [{ text: expectation, items: [] }];
  if (asked) {
    const verdict = asked.holds ? 'as expected' : 'not as expected';
    items.unshift({ text: [`Answer: “${answerText(asked.actual)}”, ${verdict}.`], items: [] });
  }
  return [...paragraph(`Asked: ${question}`), { type: 'list', items }];
}

const paragraph = (text: string): Block[] => (text === '' ? [] : [{ type: 'paragraph', text: [text] }]);
const list = (items: Item[]): Block[] => (items.length === 0 ? [] : [{ type: 'list', items }]);
