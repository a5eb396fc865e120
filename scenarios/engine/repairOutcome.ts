/** What a run with a repair shows, compared with a run of the fix: whether the weakness is gone, and what else is different. Pure. */
import { answerText, pathOf } from './eventText.ts';
import { labelOf } from './identity.ts';
import type { Exchange, StepView, View } from './read.ts';
import type { Answer } from './trace.ts';

/** One thing that is not as in the app with the fix. */
export type Finding = { step: number; what: 'weak' | 'other' } & (
  | { question: string; answer: Answer; fixed: Answer }
  | { who: string; request: string; status: number | null; fixed: number }
  | { error: string }
);

export interface Outcome {
  /** `weak`: the weakness still shows. `other`: something else is not as with the fix. `holds`: neither. */
  is: 'weak' | 'other' | 'holds';
  /** The index of the step that shows it. */
  step: number;
  /** What it means, then what was seen. */
  sentences: [string, string];
  findings: Finding[];
}

/**
 * Returns the outcome of a run.
 * @param run the steps played with a repair
 * @param fixed the same steps played with the fix
 * @param telling the index of the step that shows best whether a repair fails, if it is known
 */
export function outcomeOf(run: View, fixed: View, telling: number | null = null): Outcome {
  const findings = [...run.steps.flatMap(wrongAnswer), ...refusals(run, fixed), ...run.steps.flatMap(notPlayed)];
  const is = findings.some(({ what }) => what === 'weak') ? 'weak' : findings.length > 0 ? 'other' : 'holds';
  const shown = findings.find(({ step }) => step === telling) ?? findings.find(({ what }) => what === is);
  if (!shown) return { is, ...holds(run, telling), findings };
  const meaning = is === 'weak' ? 'The weakness is still there.' : 'Better, but not right.';
  return { is, step: shown.step, sentences: [meaning, seen(shown)], findings };
}

/** An answer that is not the fix's. The weakness shows if it is the answer of the vulnerable app. */
function wrongAnswer({ index, outline, ask }: StepView): Finding[] {
  if (!outline.ask || !ask || ask.holds) return [];
  const { question, vulnerable, protected: fixed } = outline.ask;
  const what = ask.actual === vulnerable ? 'weak' : 'other';
  return [{ step: index, what, question, answer: ask.actual, fixed }];
}

const notPlayed = ({ index, error }: StepView): Finding[] =>
  error === null || error === undefined ? [] : [{ step: index, what: 'other', error }];

/** Requests of those who attack nobody that are refused here, and are answered by the fix. */
function refusals(run: View, fixed: View): Finding[] {
  const before = new Map(inOrder(fixed).map(([name, exchange]) => [name, exchange]));
  const peaceful = run.header.scenario.actors.filter(({ role }) => role !== 'attacker').map(({ name }) => name);
  return inOrder(run).flatMap(([name, exchange]): Finding[] => {
    const { request, response } = exchange;
    const usual = before.get(name)?.response?.status;
    const status = response?.status ?? null;
    const stillWorks = usual === undefined || usual >= 400 || (status !== null && status < 400);
    if (request.step === null || stillWorks || !peaceful.includes(request.actor)) return [];
    const who = nameOf(run.header, request.actor);
    return [{ step: request.step, what: 'other', who, request: requestText(exchange), status, fixed: usual }];
  });
}

/** The requests of a run, each with a name that the same request has in another run of the same steps. */
function inOrder({ exchanges }: View): [name: string, Exchange][] {
  const seen = new Map<string, number>();
  return exchanges.map((exchange) => {
    const { step, actor, method, url } = exchange.request;
    const text = [step, actor, method, pathOf(url).replace(/[\w-]{12,}/g, '…')].join(' ');
    const nth = (seen.get(text) ?? 0) + 1;
    seen.set(text, nth);
    return [`${text} ${nth}`, exchange];
  });
}

/** The name for use within a sentence: "Alice" for "Alice, with two tabs". */
const nameOf = (header: View['header'], actor: string) => labelOf(header, actor).split(',')[0]!;

const requestText = ({ request }: Exchange) => `${request.method} ${pathOf(request.url)}`;

/** What a run shows in which nothing is found: an answer that tells the apps apart, and the last request that works. */
function holds({ header, steps, exchanges }: View, telling: number | null): Pick<Outcome, 'step' | 'sentences'> {
  const apart = steps.filter(({ outline: { ask } }) => ask && ask.vulnerable !== ask.protected);
  const asked = apart.find(({ index }) => index === telling) ?? apart.at(-1);
  const used = exchanges.findLast(
    ({ request, response }) =>
      header.scenario.actors.some(({ name, role }) => name === request.actor && role !== 'attacker') &&
      response &&
      response.status < 400,
  );
  const answer = asked?.ask
    ? `Step ${asked.index + 1}, “${asked.outline.ask?.question}”: ${answerText(asked.ask.actual)}.`
    : '';
  const works = used
    ? `${nameOf(header, used.request.actor)} can still use the shop: ${requestText(used)} is answered ${used.response?.status}.`
    : '';
  return { step: asked?.index ?? 0, sentences: ['Put right: the weakness is gone.', [answer, works].join(' ').trim()] };
}

function seen(finding: Finding): string {
  const step = `Step ${finding.step + 1}`;
  if ('question' in finding)
    return `${step}, “${finding.question}”: ${answerText(finding.answer)}. With the fix: ${answerText(finding.fixed)}.`;
  if ('error' in finding) return `${step} cannot be played: ${finding.error}`;
  const { who, request, status, fixed } = finding;
  return `${step}: ${who} sends ${request} and gets ${status ?? 'no answer'}. With the fix: ${fixed}.`;
}
