/** Saves what happened in a sandbox as a scenario file. */
import type { ManualAction } from '../../../../scenarios/engine/actions.ts';
import type { SavedScenario } from '../../../../scenarios/engine/api.ts';
import { SandboxError } from '../../../../scenarios/engine/errors.ts';
import type { StepResult } from '../../../../scenarios/engine/run.ts';
import { expectedOn, type Scenario, type Step } from '../../../../scenarios/engine/scenario.ts';
import type { Answer, Trace, TraceHeader, Variant } from '../../../../scenarios/engine/trace.ts';
import { accounts } from '../../deployment/people.ts';
import { learnFrom, replacing, rewriteAction } from '../../passwords/maskEvent.ts';
import { createTypedPasswords } from '../../passwords/typedPasswords.ts';
import type { TakenAction } from '../manualActions.ts';
import { type Answers, fileText, manualNarration, type SavedStep } from './file.ts';
import { manualStep } from './manualStep.ts';
import { createNames } from './names.ts';

/** What is read of the sandbox. */
interface PlayedSandbox {
  readonly trace: Trace;
  readonly taken: readonly TakenAction[];
  readonly sessionCookie: string;
}

/** Plays a scenario to its end in a sandbox of its own. */
type Play = (scenario: Scenario, variant: Variant) => Promise<{ trace: Trace; results: StepResult[] }>;

/**
 * Returns a scenario file with the steps that were played and the manual actions. It holds when it is played, because its answers
 * are measured: it is played in both variants first.
 * @param base the scenario of the sandbox
 * @throws SandboxError `no-scenario` when the file would prove nothing or could not be played
 */
export async function saveScenario(base: Scenario, sandbox: PlayedSandbox, play: Play): Promise<SavedScenario> {
  const steps = savedSteps(sandbox);
  const scenario = {
    ...base,
    slug: `${base.slug}-by-hand`,
    title: `${base.title}, by hand`,
    steps: steps.map((step) => playable(step, base)),
  };
  const answers = await measure(scenario, play);
  const { store } = sandbox.trace.header;
  const changed = answers.map((measured, index) => {
    const step = steps[index]!;
    if (!measured || 'manual' in step) return measured;
    const { ask } = base.steps[step.original]!;
    const asExpected = (variant: Variant) => ask && Object.is(expectedOn(ask[variant], store), measured[variant]);
    return asExpected('vulnerable') && asExpected('protected') ? null : measured;
  });
  return { name: `${scenario.slug}.ts`, text: fileText(base, scenario, steps, changed) };
}

/** Returns the steps and manual actions of a sandbox in order. @throws SandboxError for what another run cannot repeat */
function savedSteps({ trace, taken, sessionCookie }: PlayedSandbox): SavedStep[] {
  const { header, events } = trace;
  const actions = new Map(taken.map(({ seq, action }) => [seq, action]));
  const names = createNames(header.namespace, sessionCookie);
  const withoutPasswords = createPasswordMask([...actions.values()], header);
  const steps: SavedStep[] = [];
  for (const event of events) {
    names.follow(event);
    if (event.type === 'step-started') steps.push({ original: event.step });
    const action = actions.get(event.seq);
    // A jump in the middle of a step only shortened a wait, which the other run jumps anyway.
    if (action === undefined || event.step !== null) continue;
    const context = { header, names: names.at(event.at), unanswered: isUnanswered(trace, event.seq) };
    steps.push({ manual: manualStep(withoutPasswords(action), context) });
  }
  if (steps.some((step) => 'manual' in step)) return steps;
  throw noScenario('Nothing was done by hand in this sandbox yet: do something first, then save it.');
}

/** Whether the manual action with this number is a request without a response. */
function isUnanswered({ events }: Trace, seq: number): boolean {
  const next = events
    .slice(seq + 1)
    .find(({ type }) => type === 'request-failed' || type === 'manual-action' || type === 'step-started');
  return next?.type === 'request-failed';
}

function playable(step: SavedStep, base: Scenario): Step {
  if ('original' in step) return base.steps[step.original]!;
  const { title, calls, ask } = step.manual;
  return {
    title,
    ...manualNarration,
    act: async (cast) => {
      for (const call of calls) await call.value(cast);
    },
    ...(ask && { ask: { question: ask.question, answer: ask.answer.value, vulnerable: '', protected: '' } }),
  };
}

/**
 * Plays a scenario in both variants. Returns the answers of each step; null for a step that asks nothing.
 * @throws SandboxError when a step cannot be played to its end, or no answers differ
 */
async function measure(scenario: Scenario, play: Play): Promise<(Answers | null)[]> {
  const vulnerable = await answersOf(scenario, 'vulnerable', play);
  const fixed = await answersOf(scenario, 'protected', play);
  const answers = vulnerable.map((answer, index) => {
    const other = fixed[index] ?? null;
    return answer === null || other === null ? null : { vulnerable: answer, protected: other };
  });
  if (answers.some((answer) => answer !== null && answer.vulnerable !== answer.protected)) return answers;
  throw noScenario(
    'The vulnerable and the protected app answer alike all along, and a scenario must ask something whose answers differ. Play or do what shows the difference, then save again.',
  );
}

async function answersOf(scenario: Scenario, variant: Variant, play: Play): Promise<(Answer | null)[]> {
  const { trace, results } = await play(scenario, variant);
  for (const [index, { error }] of results.entries()) {
    if (error) {
      const { title } = scenario.steps[index]!;
      throw noScenario(
        `On the ${variant} app this cannot be played to its end. Step ${index + 1}, “${title}”: ${error.message}`,
      );
    }
  }
  const asked = trace.events.filter((event) => event.type === 'ask');
  return scenario.steps.map((_, index) => asked.find(({ step }) => step === index)?.actual ?? null);
}

const noScenario = (message: string) => new SandboxError('no-scenario', message);

/**
 * Returns a function that replaces the passwords in actions. A learner may have typed a password of their own, and the file may
 * be shared. The passwords of the app's users stay, because they are public. Equal passwords get equal replacements, so a wrong
 * password stays wrong and a changed one stays changed.
 */
function createPasswordMask(
  actions: readonly ManualAction[],
  header: TraceHeader,
): (action: ManualAction) => ManualAction {
  const known = JSON.stringify(header);
  const typed = createTypedPasswords((text) => known.includes(text));
  for (const action of actions) learnFrom(action, typed);
  const replacements = new Map<string, string>(accounts.map(({ password }) => [password, password]));
  const rewrite = replacing(typed, (password) => {
    const replacement = replacements.get(password) ?? `made-up-password-${replacements.size - accounts.length + 1}`;
    replacements.set(password, replacement);
    return replacement;
  });
  return (action) => rewriteAction(action, rewrite);
}
