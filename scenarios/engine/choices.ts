/**
 * The answers that a learner can choose from before a step is played: the answers of both apps, and others that are plausible.
 * Those are derived from the answers and the actors of the scenario. Pure.
 */
import type { Answer, AskOutline, ScenarioOutline } from './trace.ts';

type Asking = Pick<ScenarioOutline, 'slug' | 'actors' | 'steps'>;

const mostChoices = 3;

/**
 * Returns the choices, in an order that does not reveal the right one. The same ask always has the same choices. Returns
 * fewer than two when there is nothing to predict: both apps give the same answer, and no other one is plausible.
 */
export function choicesFor(ask: AskOutline, scenario: Asking): Answer[] {
  const answers = unique([ask.vulnerable, ask.protected]);
  return unique([...answers, ...plausible(answers, ask, scenario)])
    .slice(0, mostChoices)
    .sort(inOrder);
}

function plausible(answers: Answer[], ask: AskOutline, scenario: Asking): Answer[] {
  const opposites = answers.flatMap((answer) => opposite(answer) ?? []);
  if (opposites.length > 0) return answers.length > 1 ? [] : opposites;
  const numbers = answers.filter((answer) => typeof answer === 'number');
  const texts = answers.filter((answer) => typeof answer === 'string');
  if (numbers.some(isStatus) && !asksHowMany(ask.question)) return otherStatuses(numbers);
  if (texts.length === 0) return nearNumbers(numbers, checksum(`${scenario.slug} ${ask.question}`));
  return [
    ...relatedAnswers(ask, texts, scenario),
    ...(texts.some(isAccount) || texts.every(isNobody) ? people(ask, scenario) : []),
    ...(texts.every(isList) ? texts.flatMap(itemsOf) : []),
    ...(texts.length > 1 ? [] : texts.flatMap(variations)),
  ];
}

const unique = (answers: Answer[]) => [...new Set(answers)];

const english = new Intl.Collator('en');

/** Orders numbers by size, then yes, then texts. An answer that says that there is nothing comes last. */
function inOrder(a: Answer, b: Answer): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return rank(a) - rank(b) || english.compare(`${a}`, `${b}`);
}

function rank(answer: Answer): number {
  if (typeof answer === 'number') return 0;
  if (answer === true || answer === 'yes') return 1;
  return answer === false || /^(?:no|none|nobody|nothing|never|there is none)\b/.test(`${answer}`) ? 3 : 2;
}

// Answers with an opposite

/** Returns the only other possible answer, or null when there may be several. */
function opposite(answer: Answer): Answer | null {
  if (typeof answer === 'boolean') return !answer;
  const word = /^(?:yes|no)(?=$|,)|^(?:the same|a new) ID$/.exec(`${answer}`)?.[0];
  return word === undefined ? null : (oppositeWords[word] ?? null);
}

const oppositeWords: Record<string, string> = {
  yes: 'no',
  no: 'yes',
  'the same ID': 'a new ID',
  'a new ID': 'the same ID',
};

// Numbers

/** RFC 9110 section 15: a status code has three digits, the first of which is 1 to 5. */
const isStatus = (number: number) => number >= 100 && number <= 599;

/** Whether a number is no status code, which 400 days would look like. */
export const asksHowMany = (question: string): boolean => /how many/i.test(question);

/** The answers of a shop to a stranger, to a user, and to a user without permission. */
const usualStatuses = [401, 200, 403];

/** Offers at most one successful status, because to choose between two would be a question about HTTP. */
const otherStatuses = (statuses: number[]) =>
  usualStatuses.filter((status) => status >= 300 || statuses.every((one) => one >= 300));

/**
 * Returns a number between two that are apart, or one next to two that are adjacent. For a single number below ten, returns
 * three adjacent ones including it; from ten on, numbers half and twice as large, because 400 and 401 are hard to tell apart.
 *
 * @param turn decides whether a single number is the first, second or third of three, so that its place does not reveal it
 */
function nearNumbers(numbers: number[], turn: number): number[] {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  if (high - low > 1) return [Math.round((low + high) / 2)];
  if (high > low) return low > 0 && turn % 2 === 0 ? [low - 1] : [high + 1];
  const first = -(turn % 3);
  const small = low < 10;
  return [0, 1, 2]
    .map((place) => place + (small ? Math.max(first, -low) : first))
    .map((away) => (small ? low + away : Math.round(low * 2 ** away)));
}

/** Returns a number that is always the same for the same text. */
const checksum = (text: string) => [...text].reduce((sum, character) => sum + character.codePointAt(0)!, 0);

// Texts

const isAccount = (text: string) => /^[\w.-]+@[\w.-]+$/.test(text);
const isNobody = (text: string) => text.startsWith('nobody');

/** Returns the accounts of the actors. For a question with who, also the answer for nobody. */
function people(ask: AskOutline, { actors }: Asking): string[] {
  const nobody = [`${ask.vulnerable}`, `${ask.protected}`].find(isNobody) ?? 'nobody';
  const accounts = actors.flatMap(({ label }) => /^[A-Z][a-z]+/.exec(label) ?? []).map(accountOf);
  return /\bwho/i.test(ask.question) ? [nobody, ...accounts] : accounts;
}

/** The users of the app have these addresses (server/app/db.ts). */
const accountOf = (name: string) => `${name.toLowerCase()}@shop.example`;

/** Returns the answers to the same question at other steps. If the answer is nobody, also the answers of other steps that mention nobody. */
function relatedAnswers(ask: AskOutline, texts: string[], { steps }: Asking): Answer[] {
  const asks = steps.flatMap((step) => step.ask ?? []);
  const related = asks.filter(
    (other) =>
      other.question === ask.question ||
      (texts.every(isNobody) && [other.vulnerable, other.protected].some((answer) => texts.includes(`${answer}`))),
  );
  return related.flatMap((other) => [other.vulnerable, other.protected]);
}

const separator = /, | and /;

/** Says whether a text lists things, each one word with a letter: "hat, ring", "laptop and phone", "nothing". */
const isList = (text: string) => text.split(separator).every((item) => /^[\w@.-]+$/.test(item) && /[a-z]/i.test(item));

/** Returns the items of a list of several, and nothing for a single item. */
function itemsOf(list: string): string[] {
  const items = list.split(separator);
  return items.length > 1 ? items : [];
}

/** Returns the same text with its numbers swapped, with the opposite yes or no at its end, or with another number. */
function variations(text: string): string[] {
  const [first, second] = text.match(/\b\d+\b/g) ?? [];
  if (first === undefined) return [];
  const alike = second !== undefined && isStatus(+first) === isStatus(+second);
  return [
    ...(alike && first !== second ? [text.replace(/\b\d+\b/g, (number) => (number === first ? second : first))] : []),
    ...(/ (?:yes|no)$/.test(text) ? [text.replace(/\w+$/, (word) => oppositeWords[word]!)] : []),
    ...(second !== undefined && (!alike || first === second) ? [text.replace(/\b\d+\b(?=\D*$)/, anotherNumber)] : []),
    text.replace(first, anotherNumber),
  ];
}

function anotherNumber(number: string): string {
  if (isStatus(+number)) return number === '401' ? '200' : '401';
  return number === '1' ? '2' : `${+number - 1}`;
}
