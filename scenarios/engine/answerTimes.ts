/** How long the answers took that a lesson about timing compares. Pure. */
import { quickest } from './deeds.ts';
import type { ActorOutline, ScenarioOutline } from './trace.ts';
import type { Exchange, View } from './view.ts';
import { list } from './whoIsWhoSentences.ts';

/** The standard that a lesson about response times refers to: observable timing discrepancy. */
const timing = 'CWE-208';

/** Whether a lesson is about how long an answer takes. Else durations are noise, and are shown only with a request's details. */
export const isAboutTiming = ({ references }: Pick<ScenarioOutline, 'references'>) => references.includes(timing);

export interface AnswerTimes {
  actor: ActorOutline;
  /** Real ms from the first byte of a request to the last byte of its response, in the order of the requests. At least one. */
  times: number[];
  /** The least of them, in ms: load makes an answer late, and nothing makes it early. */
  quickest: number;
}

/**
 * Returns how long the answers of the current step took, by actor, in the order of the actors. Only answers to the same request are
 * comparable, so of several requests, such as GET /basket and POST /auth/login, it is the one that was sent most often. Empty in a lesson
 * about anything else.
 */
export function answerTimes({ header, exchanges, since, actors }: View): AnswerTimes[] {
  if (!isAboutTiming(header.scenario)) return [];
  const inStep = exchanges.filter(({ request }) => request.seq >= since);
  const byRequest = Object.values(groupedByRequest(inStep));
  const compared = byRequest.sort((a, b) => b.length - a.length)[0] ?? [];
  return actors.flatMap(({ outline }): AnswerTimes[] => {
    const own = compared.filter(({ request }) => request.actor === outline.name);
    const times = own.flatMap(timeOf);
    return times.length === 0 ? [] : [{ actor: outline, times, quickest: quickest(own) }];
  });
}

/** "Mallory, trying accounts: answered after 64, 62 and 63 ms." */
export const answerTimesLine = ({ actor, times }: AnswerTimes) =>
  `${actor.label}: answered after ${list(times.map((ms) => ms.toFixed(0)))} ms.`;

const timeOf = ({ response }: Exchange): number[] => (response ? [response.ms] : []);

function groupedByRequest(exchanges: readonly Exchange[]): Record<string, Exchange[]> {
  const groups: Record<string, Exchange[]> = {};
  for (const exchange of exchanges) {
    const { method, url } = exchange.request;
    const key = `${method} ${url.split('?')[0]}`;
    groups[key] = [...(groups[key] ?? []), exchange];
  }
  return groups;
}
