/** Reads an agenda, which an instructor writes as Markdown. docs/workshop.md describes the format. */
import { closestMatch } from 'leven';
import type { Heading } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as textOf } from 'mdast-util-to-string';
import type { Agenda } from '../../scenarios/engine/workshop.ts';

type Planned = Agenda['scenarios'][number];

/** What an agenda can name. */
interface Known {
  slug: string;
  steps: readonly unknown[];
}

/** Thrown with every mistake in an agenda, each a sentence that begins with its line: "Line 7: …". */
export class WrongAgenda extends Error {
  override name = 'WrongAgenda';
  readonly mistakes: readonly string[];

  constructor(source: string, mistakes: readonly string[]) {
    super([`${source} is not an agenda:`, ...mistakes].join('\n'));
    this.mistakes = mistakes;
  }
}

/** A part of the file: a heading, and what stands below it up to the next one that counts. */
interface Section {
  depth: number;
  line: number;
  heading: string;
  notes: string;
}

/**
 * Returns what an agenda plans. Steps are counted from 1 in the file, and from 0 in what is returned.
 *
 * @param source the name of the file, for messages and for the page
 * @throws WrongAgenda
 */
export function readAgenda(text: string, source: string, known: readonly Known[]): Agenda {
  const mistakes: string[] = [];
  const agenda: Agenda = { title: '', source, scenarios: [] };
  /** The scenario that the sections of steps belong to; null below one that does not exist. */
  let current: { planned: Planned; stepCount: number } | null = null;
  const lines = new Map<Planned, number>();

  for (const { depth, line, heading, notes } of sectionsOf(text)) {
    const [, name = '', bracket] = /^(.*?)\s*(?:\(([^()]*)\))?$/s.exec(heading) ?? [];
    const mistake = (sentence: string) => void mistakes.push(`Line ${line}: ${sentence}`);
    if (depth === 1) {
      if (agenda.title !== '') mistake(`"${heading}" is a second title. Write a scenario as ${example}.`);
      else agenda.title = heading;
    } else if (depth === 2) {
      const scenario = known.find(({ slug }) => slug === name);
      const { minutes, variant = 'both' } = planOf<Planned['variant']>(
        bracket,
        ['vulnerable', 'protected', 'both'],
        mistake,
      );
      if (!scenario) mistake(`There is no scenario "${name}".${nearest(name, known)}`);
      current = scenario
        ? { planned: { slug: name, variant, minutes, notes, steps: [] }, stepCount: scenario.steps.length }
        : null;
      if (current) {
        agenda.scenarios.push(current.planned);
        lines.set(current.planned, line);
      }
    } else {
      const { minutes } = planOf(bracket, [], mistake);
      const [, number] = /^step (\d+)$/i.exec(name) ?? [];
      if (number === undefined) mistake(`"${name}" is not a step. Write it as "### Step 3 (2 min)".`);
      else if (current) addStep(current, { step: Number(number) - 1, minutes, notes }, mistake);
      else if (agenda.scenarios.length === 0 && mistakes.length === 0) mistake('This step is above every scenario.');
    }
  }

  for (const [planned, line] of lines) {
    const longer = longerSteps(planned);
    if (longer !== null) mistakes.push(`Line ${line}: ${longer}`);
  }
  if (agenda.title === '') mistakes.unshift('Line 1: It has no title. Write one as "# Session security".');
  if (agenda.scenarios.length === 0 && mistakes.length === 0)
    mistakes.push(`Line 1: No scenario is in it. Write one as ${example}.`);
  if (mistakes.length > 0) throw new WrongAgenda(source, mistakes);
  return agenda;
}

const example = '"## session-fixation (10 min, both)"';

/** Returns the sections that count: headings of the first three levels. Deeper ones are part of the notes. */
function sectionsOf(text: string): Section[] {
  const headings = fromMarkdown(text).children.filter(
    (node): node is Heading => node.type === 'heading' && node.depth <= 3,
  );
  return headings.map((node, index) => ({
    depth: node.depth,
    line: node.position?.start.line ?? 1,
    heading: textOf(node).trim(),
    notes: text.slice(node.position?.end.offset, headings[index + 1]?.position?.start.offset).trim(),
  }));
}

/** Reads what stands in parentheses: minutes, and one of the words, in any order. */
function planOf<Word extends string>(
  bracket: string | undefined,
  words: readonly Word[],
  mistake: (sentence: string) => void,
): { minutes: number | null; variant?: Word } {
  let minutes: number | null = null;
  let variant: Word | undefined;
  for (const part of bracket?.split(',').map((it) => it.trim()) ?? []) {
    const word = words.find((it) => it === part);
    const [, number] = /^(\d+(?:\.\d+)?) ?min(?:utes?)?$/.exec(part) ?? [];
    if (word !== undefined) variant = word;
    else if (Number(number) > 0) minutes = Number(number);
    else
      mistake(
        `"${part}" is not a number of minutes${words.length > 0 ? `, nor one of ${words.join(', ')}` : ''}. Write "8 min".`,
      );
  }
  return { minutes, ...(variant && { variant }) };
}

function addStep(
  { planned, stepCount }: { planned: Planned; stepCount: number },
  step: Planned['steps'][number],
  mistake: (sentence: string) => void,
): void {
  const number = step.step + 1;
  if (number < 1 || number > stepCount)
    mistake(`${planned.slug} has the steps 1 to ${stepCount}, and no step ${number}.`);
  else if (planned.steps.some((other) => other.step === step.step)) mistake(`Step ${number} is here twice.`);
  else planned.steps.push(step);
}

/** The minutes of a scenario include those of its steps. Returns what is wrong where they cannot, else null. */
function longerSteps({ slug, minutes, steps }: Planned): string | null {
  // Tenths of a minute have no exact sum.
  const together = Number(steps.reduce((sum, step) => sum + (step.minutes ?? 0), 0).toFixed(2));
  if (minutes === null || together <= minutes) return null;
  return `The steps of ${slug} take ${together} min together, and the scenario has ${minutes} min.`;
}

function nearest(name: string, known: readonly Known[]): string {
  const slug = closestMatch(
    name.toLowerCase().replaceAll(' ', '-'),
    known.map((it) => it.slug),
    { maxDistance: Math.ceil(name.length / 3) },
  );
  return slug === undefined ? '' : ` Did you mean ${slug}?`;
}
