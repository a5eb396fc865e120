/** A scenario made of what was played and done by hand in a sandbox, with the answers that were measured when it was played. */

import { SandboxError } from '../../../../scenarios/engine/errors.ts';
import type { StepResult } from '../../../../scenarios/engine/run.ts';
import { expectedOn, type Scenario, type Step } from '../../../../scenarios/engine/scenario.ts';
import type { Answer, Trace, Variant } from '../../../../scenarios/engine/trace.ts';
import type { User } from '../../../app/db.ts';
import type { TakenAction } from '../manualActions.ts';
import type { MadeStep } from './calls.ts';
import { createMoments } from './moment.ts';
import { createPasswordMask } from './passwords.ts';
import { madeStep } from './steps.ts';

/** One of the scenario's own steps, by its index, or one that was made. */
export type Part = { own: number } | { made: MadeStep };

export type Answers = Record<Variant, Answer>;

/** What is needed of a sandbox. */
export interface PlayedSandbox {
  readonly id: string;
  readonly trace: Trace;
  readonly taken: readonly TakenAction[];
  readonly sessionCookie: string;
  playTo(count: number): Promise<StepResult[]>;
}

const variants = ['vulnerable', 'protected'] as const;

/** What happened, in order. @throws SandboxError for what another run could not do again */
export async function partsOf(sandbox: PlayedSandbox, users: readonly User[]): Promise<Part[]> {
  const { trace, sessionCookie } = sandbox;
  const { header, events } = trace;
  const actions = new Map(sandbox.taken.map(({ seq, action }) => [seq, action]));
  const moments = createMoments(header);
  const withoutOwnPasswords = createPasswordMask(users);
  const parts: Part[] = [];
  for (const event of events) {
    moments.see(event);
    if (event.type === 'step-started') parts.push({ own: event.step });
    const action = actions.get(event.seq);
    // A jump in the middle of a step only shortened a wait, which another run jumps anyway.
    if (action === undefined || event.step !== null) continue;
    const body = action.do === 'request' && action.body !== null ? await withoutOwnPasswords(action.body) : null;
    const made = madeStep(action.do === 'request' ? { ...action, body } : action, {
      moment: moments.at(event.at),
      sessionCookie,
      namespace: header.namespace,
      labelOf: (actor) => header.scenario.actors.find(({ name }) => name === actor)?.label ?? actor,
      unanswered: isUnanswered(sandbox, event.seq),
    });
    parts.push({ made });
  }
  if (!parts.some((part) => 'made' in part)) {
    throw new SandboxError(
      'no-scenario',
      'Nothing was done by hand in this sandbox yet: do something first, then save it.',
    );
  }
  return parts;
}

/** Whether what was done by hand there ended without an answer. */
function isUnanswered({ trace }: PlayedSandbox, seq: number): boolean {
  for (const event of trace.events.slice(seq + 1)) {
    if (event.type === 'request-failed') return true;
    if (event.type === 'manual-action' || event.type === 'step-started') return false;
  }
  return false;
}

/** As something that can be played. The answers are there to be measured when none are given. */
export function scenarioOf(
  base: Scenario,
  parts: readonly Part[],
  answers: readonly (Answers | null)[] = [],
): Scenario {
  const steps = parts.map((part, index): Step => {
    const measured = answers[index] ?? null;
    if ('own' in part) {
      const step = base.steps[part.own]!;
      return step.ask && measured ? { ...step, ask: { ...step.ask, ...measured } } : step;
    }
    const { title, calls, ask } = part.made;
    return {
      title,
      ...wordsOfMade,
      act: async (cast) => {
        for (const call of calls) await call.value(cast);
      },
      ...(ask && {
        ask: { question: ask.question, answer: ask.answer.value, vulnerable: '', protected: '', ...measured },
      }),
    };
  });
  return { ...base, slug: `${base.slug}-by-hand`, title: `${base.title}, by hand`, steps };
}

/** Of every step that was made. */
export const wordsOfMade = { purpose: 'By hand', narration: 'This was done by hand in a sandbox.' };

/**
 * Plays it in both variants, and gives for each step that asks what was answered, null where it asks nothing.
 * @param open makes a sandbox to play in, `close` ends it
 * @throws SandboxError when a step cannot be played to its end, or both variants answer alike all along
 */
export async function measure(
  scenario: Scenario,
  open: (scenario: Scenario, variant: Variant) => Promise<PlayedSandbox>,
  close: (sandbox: PlayedSandbox) => Promise<unknown>,
): Promise<(Answers | null)[]> {
  const [vulnerable, fixed] = [
    await answersOf(scenario, await open(scenario, 'vulnerable'), close),
    await answersOf(scenario, await open(scenario, 'protected'), close),
  ];
  const answers = vulnerable.map((answer, index) =>
    answer === undefined || fixed[index] === undefined ? null : { vulnerable: answer, protected: fixed[index] },
  );
  if (answers.every((answer) => answer === null || answer.vulnerable === answer.protected)) {
    throw new SandboxError(
      'no-scenario',
      'The vulnerable and the protected app answer alike all along, and a scenario must ask something whose answers differ. Play or do what shows the difference, then save again.',
    );
  }
  return answers;
}

async function answersOf(
  scenario: Scenario,
  sandbox: PlayedSandbox,
  close: (sandbox: PlayedSandbox) => Promise<unknown>,
): Promise<(Answer | undefined)[]> {
  try {
    const results = await sandbox.playTo(scenario.steps.length);
    const failed = results.findIndex(({ error }) => error !== null);
    if (failed !== -1) {
      const { variant } = sandbox.trace.header;
      throw new SandboxError(
        'no-scenario',
        `On the ${variant} app this cannot be played to its end. Step ${failed + 1}, “${scenario.steps[failed]!.title}”: ${results[failed]!.error!.message}`,
      );
    }
    const asked = sandbox.trace.events.filter((event) => event.type === 'ask');
    return scenario.steps.map((_, index) => asked.find(({ step }) => step === index)?.actual);
  } finally {
    await close(sandbox);
  }
}

/** Whether a scenario's own ask has these answers by itself. */
export function isAsExpected(
  { ask }: Step,
  measured: Answers | null,
  { trace }: Pick<PlayedSandbox, 'trace'>,
): boolean {
  const { store } = trace.header;
  return (
    !ask || !measured || variants.every((variant) => Object.is(expectedOn(ask[variant], store), measured[variant]))
  );
}
