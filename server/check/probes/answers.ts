import type { LoginAnswer } from '../asking.ts';
import type { Verdict } from '../verdicts.ts';
import { learnChanging } from './changing.ts';

interface Judged {
  verdict: Verdict;
  says: string;
}

/**
 * Compares what an app answers to a wrong password for names that exist and for names that do not. What differs among the names
 * that do not exist tells nothing.
 */
export function compareAnswers(known: readonly LoginAnswer[], unknown: readonly LoginAnswer[]): Judged {
  const throttled = [...known, ...unknown].find(({ steps }) => steps.some(({ status }) => status === 429));
  const constant = learnChanging(unknown.map(textOf));
  const essenceOf = (answer: LoginAnswer) => constant(textOf(answer));
  const usual = unknown.map(essenceOf);
  const first = usual[0]!;
  if (throttled || usual.some((one) => one !== first)) {
    const why = throttled ? 'after some attempts it answers 429' : 'it answers names that nobody has in different ways';
    return { verdict: 'not shown', says: `The app gives no two names the same chance: ${why}.` };
  }
  const different = known.filter((answer) => essenceOf(answer) !== first);
  if (different.length === known.length) {
    return {
      verdict: 'fails',
      says: `For a name that exists the app answers ${shown(different[0]!)}; for one that nobody has, ${shown(unknown[0]!)}.`,
    };
  }
  return different.length === 0
    ? { verdict: 'holds', says: `The app answers ${shown(unknown[0]!)} to both.` }
    : { verdict: 'not shown', says: 'The answers to the two names that exist differ from each other.' };
}

/** What of an answer does not depend on what was typed. */
const textOf = ({ steps, typed }: LoginAnswer): string =>
  steps.map(({ status, location, text }) => [status, plain(location, typed), plain(text, typed)].join('\n')).join('\n');

const plain = (text: string, names: readonly string[]) =>
  names.reduce((rest, name) => rest.replaceAll(name, '').replaceAll(encodeURIComponent(name), ''), text);

function shown({ steps }: LoginAnswer): string {
  const text = (steps.at(-1)?.text ?? '')
    .replace(/<(script|style|head)\b.*?<\/\1>|<[^>]*>/gis, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const statuses = steps.map(({ status }) => status).join(', ');
  return text === '' ? statuses : `${statuses} “${text.slice(0, 60)}${text.length > 60 ? '…' : ''}”`;
}
