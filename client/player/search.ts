/** The search for scenarios: the catalogue and the scenario picker use it. Pure. */
import leven from 'leven';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';

type Searched = Pick<
  ScenarioOutline,
  'slug' | 'title' | 'subtitle' | 'synonyms' | 'question' | 'lesson' | 'references'
>;

/** Texts of a scenario, and how much a word that is found in them counts. */
interface Field {
  weight: number;
  texts: readonly string[];
}

const fieldsOf = ({ slug, title, subtitle = '', synonyms = [], question, lesson, references }: Searched): Field[] => [
  { weight: 10, texts: [title] },
  { weight: 6, texts: [slug, ...references] },
  // An author writes the synonym that fits best first.
  ...synonyms.map((synonym, index) => ({ weight: 7 - index / 10, texts: [synonym] })),
  { weight: 4, texts: [subtitle] },
  { weight: 3, texts: [question] },
  { weight: 1, texts: [lesson] },
];

/** They say nothing about what is looked for. A search of nothing else keeps them. */
const fillers = new Set(
  [
    'a an and are do does how i in is it my of on or the to what when why with',
    // Every scenario is about an attack or a mistake in an Express app.
    'attack attacks bug example examples exploit express issue mistake node nodejs prevent prevention problem security vulnerability vulnerabilities',
  ].flatMap((words) => words.split(' ')),
);

/**
 * Returns the scenarios that match every word of `text`, the best first. Case, accents, hyphens, endings and the order of the
 * words do not matter. If nothing matches, small typos are forgiven. An empty text matches all, in reading order.
 */
export function search<Scenario extends Searched>(scenarios: readonly Scenario[], text: string): readonly Scenario[] {
  const typed = wordsOf(text);
  const telling = typed.filter((word) => !fillers.has(word));
  const wanted = telling.length > 0 ? telling : typed;
  if (wanted.length === 0) return text.trim() === '' ? scenarios : [];
  const indexed = scenarios.map((scenario) => ({ scenario, index: indexFor(scenario) }));
  for (const likeness of [alike, almostAlike]) {
    const found = indexed
      .map(({ scenario, index }) => ({ scenario, score: scoreOf(wanted, index, likeness) + phraseBonus(typed, index) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score);
    if (found.length > 0) return found.map(({ scenario }) => scenario);
  }
  return [];
}

/** The words of a scenario's texts, and its names for a search that is exactly one of them, each with what it counts. */
interface Index {
  words: [word: Word, weight: number][];
  names: Map<string, number>;
}

function indexOf(scenario: Searched): Index {
  const weights = new Map<string, number>();
  for (const { weight, texts } of fieldsOf(scenario)) {
    for (const words of texts.map(wordsOf)) {
      for (const word of [...words, ...pairsOf(words)]) weights.set(word, Math.max(weight, weights.get(word) ?? 0));
    }
  }
  const { title, subtitle = '', synonyms = [] } = scenario;
  const names = synonyms.map((name, index): [string, number] => [name, 15 - index]);
  names.push([subtitle, 30], [title, 60]);
  const words = [...weights].map(([word, weight]): [Word, number] => [withStem(word), weight]);
  return { words, names: new Map(names.map(([name, weight]) => [wordsOf(name).join(' '), weight])) };
}

/** Scenarios do not change, and a search runs at every key. */
const indexes = new WeakMap<Searched, Index>();

function indexFor(scenario: Searched): Index {
  const index = indexes.get(scenario) ?? indexOf(scenario);
  indexes.set(scenario, index);
  return index;
}

/** Compares a word that was typed with one that is written: 1 if they are the same, 0 if they have nothing in common. */
type Likeness = (typed: Word, written: Word) => number;

/** Returns the sum of what the words count; 0 if one of them is not found. */
function scoreOf(wanted: readonly string[], { words }: Index, likeness: Likeness): number {
  const best = (text: string) => {
    const typed = withStem(text);
    return words.reduce((most, [word, weight]) => Math.max(most, weight * likeness(typed, word)), 0);
  };
  const single = wanted.map(best);
  // "http only" finds "HttpOnly", as "httponly" finds "http only".
  const joined = pairsOf(wanted).map(best);
  const scores = single.map((score, index) => Math.max(score, joined[index - 1] ?? 0, joined[index] ?? 0));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

/** Returns more than 0 only if what was typed is a name of the scenario. */
const phraseBonus = (typed: readonly string[], { names }: Index) => names.get(typed.join(' ')) ?? 0;

function alike(typed: Word, written: Word): number {
  if (typed.text === written.text) return 1;
  if (typed.stem === written.stem) return 0.9;
  return written.text.startsWith(typed.text) ? 0.7 : 0;
}

function almostAlike(typed: Word, written: Word): number {
  const known = alike(typed, written);
  const { text } = typed;
  if (known > 0 || text.length < 4 || /\d/.test(text)) return known;
  const typos = text.length < 6 ? 1 : 2;
  // The beginning is compared, too, because the word may not be typed to its end.
  const distance = Math.min(leven(text, written.text), leven(text, written.text.slice(0, text.length)) + 0.5);
  return distance <= typos ? 0.5 / (1 + distance) : 0;
}

/** Returns words in lower case without accents. A hyphen separates words; a dot belongs to a number: "v7.2.4". */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replace(/[\p{M}’']/gu, '');
  return plain.toLowerCase().match(/[\p{L}\p{N}]+(?:\.\p{N}+)*/gu) ?? [];
}

const pairsOf = (words: readonly string[]) => words.slice(1).map((word, index) => `${words[index]}${word}`);

interface Word {
  text: string;
  /** Without its ending: "slid" for "sliding" and "slides". */
  stem: string;
}

const withStem = (text: string): Word => ({ text, stem: text.replace(/^(.{4,}?)(?:ing|ers?|ed|es|s|e)$/, '$1') });
