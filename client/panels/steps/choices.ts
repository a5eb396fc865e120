/**
 * What a learner can choose from before a step is played: the answers of both apps, and others that could be true. Those are
 * worked out from the answers and from the people of the scenario; nothing is made up. Pure.
 */
import type { Answer, AskOutline, ScenarioOutline } from '../../../scenarios/engine/trace.ts';
import { isStatus, neighbours, otherStatuses } from './numberChoices.ts';
import { isList, partsOf, varied } from './textChoices.ts';

type Asking = Pick<ScenarioOutline, 'slug' | 'actors' | 'steps'>;

/** So many choices are enough to be wrong. */
const enough = 3;

/**
 * The choices, in an order that does not tell the right one; always the same for the same ask. Fewer than two, when the answers
 * are equal and nothing else suggests itself: then there is nothing to predict.
 */
export function choicesFor(ask: AskOutline, scenario: Asking): Answer[] {
  const answers = unique([ask.vulnerable, ask.protected]);
  return unique([...answers, ...others(answers, ask, scenario)])
    .slice(0, enough)
    .sort(inOrder);
}

function others(answers: Answer[], ask: AskOutline, scenario: Asking): Answer[] {
  const opposites = answers.flatMap((answer) => opposite(answer) ?? []);
  if (opposites.length > 0) return answers.length > 1 ? [] : opposites;
  const numbers = answers.filter((answer) => typeof answer === 'number');
  const texts = answers.filter((answer) => typeof answer === 'string');
  if (numbers.some(isStatus) && !/how many/i.test(ask.question)) return otherStatuses(numbers);
  if (texts.length === 0) return neighbours(numbers, sumOf(`${scenario.slug} ${ask.question}`));
  return [
    ...answeredElsewhere(ask, texts, scenario),
    ...(texts.some(isAccount) || texts.every(isNobody) ? people(ask, scenario) : []),
    ...(texts.every(isList) ? texts.flatMap(partsOf) : []),
    ...(texts.length > 1 ? [] : texts.flatMap(varied)),
  ];
}

/** The other one of two answers that leave no third. */
function opposite(answer: Answer): Answer | null {
  if (typeof answer === 'boolean') return !answer;
  const word = /^(?:yes|no)(?=$|,)|^(?:the same|a new) id$/.exec(`${answer}`)?.[0];
  return word === undefined ? null : (pairs[word] ?? null);
}

const pairs: Record<string, string> = { yes: 'no', no: 'yes', 'the same id': 'a new id', 'a new id': 'the same id' };

const isAccount = (text: string) => /^[\w.-]+@[\w.-]+$/.test(text);
const isNobody = (text: string) => text.startsWith('nobody');

/** Everybody with an account whom the scenario names; and where it asks who, nobody. */
function people(ask: AskOutline, { actors }: Asking): string[] {
  const nobody = [`${ask.vulnerable}`, `${ask.protected}`].find(isNobody) ?? 'nobody';
  const accounts = actors.flatMap(({ label }) => /^[A-Z][a-z]+/.exec(label) ?? []).map(accountOf);
  return /\bwho/i.test(ask.question) ? [nobody, ...accounts] : accounts;
}

/** As the users of the shop are called (server/app/db.ts). */
const accountOf = (name: string) => `${name.toLowerCase()}@shop.example`;

/** What the same question is answered with at other steps, and what is there where this time there is nobody. */
function answeredElsewhere(ask: AskOutline, texts: string[], { steps }: Asking): Answer[] {
  const asks = steps.flatMap((step) => step.ask ?? []);
  const related = asks.filter(
    (other) =>
      other.question === ask.question ||
      (texts.every(isNobody) && [other.vulnerable, other.protected].some((answer) => texts.includes(`${answer}`))),
  );
  return related.flatMap((other) => [other.vulnerable, other.protected]);
}

const unique = (answers: Answer[]) => [...new Set(answers)];

/** Any number that is always the same for the same text. */
const sumOf = (text: string) => [...text].reduce((sum, character) => sum + character.codePointAt(0)!, 0);

/** Numbers by size, then yes, then texts; what says that there is nothing comes last. */
function inOrder(a: Answer, b: Answer): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return rank(a) - rank(b) || `${a}`.localeCompare(`${b}`, 'en');
}

function rank(answer: Answer): number {
  if (typeof answer === 'number') return 0;
  if (answer === true || answer === 'yes') return 1;
  return answer === false || /^(?:no|none|nobody|nothing|never|there is none)\b/.test(`${answer}`) ? 3 : 2;
}
