/** A run as a text to read: what was asked, done and answered, step by step, the same for the terminal and the page. Pure. */
import type { Block, Inline, Item } from './markdown.ts';
import type { Answer, AskAnswered, AskOutline, Trace, TraceEvent, TraceHeader } from './trace.ts';
import { eventText } from './transcriptEvent.ts';

/** The transcript of what the trace has so far. */
export function transcript({ header, events }: Trace): Block[] {
  const { scenario, variant, store, startedAt } = header;
  const played = scenario.steps.flatMap((step, index): Block[] => {
    const happened = events.filter((event) => event.step === index);
    if (happened.length === 0) return [];
    const asked = happened.find((event) => event.type === 'ask');
    return [
      { type: 'heading', level: 2, text: `Step ${index + 1}: ${step.title}` },
      ...words(step.purpose && `${step.purpose}.`),
      ...words(step.narration),
      ...list(itemsOf(happened, header)),
      ...(step.ask ? answered(step.ask, asked) : []),
      ...between(events, index, header),
    ];
  });
  return [
    { type: 'heading', level: 1, text: scenario.title },
    ...words(scenario.question),
    ...words(
      `${variant === 'vulnerable' ? 'Vulnerable' : 'Protected'} app, ${store} Redis, ${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    ),
    ...between(events, -1, header),
    ...played,
    { type: 'heading', level: 2, text: 'What to remember' },
    ...words(scenario.lesson),
    ...(scenario.fix === null ? [] : ([...words('The fix:'), { type: 'code', text: scenario.fix }] satisfies Block[])),
    ...(scenario.notTheFix.length > 0 ? words('What does not help:') : []),
    ...list(scenario.notTheFix.map((text) => ({ text: [text], items: [] }))),
    ...words(scenario.references.join(', ')),
  ];
}

/** What was done by hand, or happened by itself, after that step and before the next. */
function between(events: readonly TraceEvent[], after: number, header: TraceHeader): Block[] {
  let step = -1;
  const happened = events.filter((event) => {
    if (event.type === 'step-started') step = event.step;
    return event.step === null && step === after;
  });
  const items = itemsOf(happened, header);
  return items.length === 0 ? [] : [...words('Between the steps:'), ...list(items)];
}

/** One item for each request with all it led to below it, and one for each other thing that happened, in order. */
function itemsOf(events: readonly TraceEvent[], header: TraceHeader): Item[] {
  const items: Item[] = [];
  const ofRequest = new Map<number, Item>();
  const ofCommand = new Map<number, Item | undefined>();
  for (const event of events) {
    const text = eventText(event, header);
    if (!text) continue;
    const item: Item = { text, items: event.type === 'request' ? carried(event.cookies) : [] };
    let owner: Item | undefined;
    if (event.type === 'request') ofRequest.set(event.id, item);
    else if ('request' in event && event.request !== null) owner = ofRequest.get(event.request);
    else if ((event.type === 'key' || event.type === 'jar') && 'command' in event.cause)
      owner = ofCommand.get(event.cause.command);
    else if (event.type === 'jar' && 'request' in event.cause) owner = ofRequest.get(event.cause.request);
    if (event.type === 'command') ofCommand.set(event.id, owner);
    if (event.type === 'response') item.items.push(...received(event.cookies));
    (owner?.items ?? items).push(item);
  }
  return items;
}

const carried = (cookies: Extract<TraceEvent, { type: 'request' }>['cookies']): Item[] =>
  cookies.map(({ name, sent, why }) => ({
    text: ['Cookie ', { code: name }, `${sent ? ' sent' : ' not sent'}: ${why}`],
    items: [],
  }));

const received = (cookies: Extract<TraceEvent, { type: 'response' }>['cookies']): Item[] =>
  cookies.map(({ header, outcome, why }) => ({
    text: [{ code: `Set-Cookie: ${header}` }, ` ${outcome} by the browser: ${why}`],
    items: [],
  }));

function answered({ question, ...answers }: AskOutline, asked: AskAnswered | undefined): Block[] {
  const expected: Inline[] = [
    `Expected of the vulnerable app: “${said(answers.vulnerable)}”, of the protected one: “${said(answers.protected)}”.`,
  ];
  const items: Item[] = [{ text: expected, items: [] }];
  if (asked) {
    const holds = asked.holds ? 'as expected' : 'which is not what was expected';
    items.unshift({ text: [`Answer: “${said(asked.actual)}”, ${holds}.`], items: [] });
  }
  return [...words(`Asked: ${question}`), { type: 'list', items }];
}

const said = (answer: Answer) => (answer === true ? 'yes' : answer === false ? 'no' : String(answer));
const words = (text: string): Block[] => (text === '' ? [] : [{ type: 'paragraph', text: [text] }]);
const list = (items: Item[]): Block[] => (items.length === 0 ? [] : [{ type: 'list', items }]);
