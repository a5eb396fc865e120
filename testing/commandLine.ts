/** For tests of the command line: played runs, an output in memory, and the text of scenario files. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Scenario } from '../scenarios/engine/scenario.ts';
import type { Variant } from '../scenarios/engine/trace.ts';
import type { Caller } from '../server/cli/caller.ts';
import { play } from '../server/cli/play.ts';
import type { Output, Plan, Run } from '../server/cli/reporter.ts';
import { people } from '../server/lab/deployment/people.ts';
import { createRedisSwitch } from '../server/redis/switch.ts';

/** Plays the variants on the mock. */
export async function record(scenario: Scenario, variants: Variant[] = ['vulnerable', 'protected']): Promise<Run[]> {
  const redis = createRedisSwitch({});
  const users = await people(4);
  const { signal } = new AbortController();
  const setting = { store: 'mock', pace: 'jump', users, redis, signal } as const;
  try {
    return await Promise.all(variants.map((variant) => play(scenario, variant, setting)));
  } finally {
    await redis.close();
  }
}

/** Returns what a command uses of its process, without one. Standard output and error keep what is written to them. */
export function testCaller(more: Partial<Caller> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const texts = Promise.all([text(stdout), text(stderr)]);
  const caller: Caller = {
    stdout,
    stderr,
    folder: '.',
    environment: {},
    processors: 1,
    beforeScenarioFile() {},
    onExit: () => () => {},
    openBrowser: async () => {},
    startAgain: async () => 0,
    signal: new AbortController().signal,
    ...more,
  };
  const written = async () => {
    stdout.end();
    stderr.end();
    const [out, err] = await texts;
    return { stdout: out, stderr: err };
  };
  return { caller, written };
}

/** Returns a plan for these scenarios in both variants on the mock. */
export const planOf = (scenarios: readonly Scenario[], more: Partial<Plan> = {}): Plan => ({
  scenarios,
  variants: ['vulnerable', 'protected'],
  repair: null,
  store: 'mock',
  address: 'in this process',
  pace: 'jump',
  bcryptCost: 4,
  repeat: 1,
  workers: 4,
  bail: null,
  files: new Map(scenarios.map((scenario) => [scenario, `/project/scenarios/${scenario.slug}.ts`])),
  ...more,
});

/** Returns an output without colors that keeps what is written to it. */
export function keep(columns = 80): Output & { readonly text: string } {
  let text = '';
  return {
    columns,
    paint: (_, painted) => painted,
    write(more) {
      text += more;
    },
    get text() {
      return text;
    },
  };
}

const engine = new URL('../scenarios/engine/scenario.ts', import.meta.url).href;

interface Own {
  slug: string;
  /** The expected answer of the protected app. The actual one is `yes`. */
  expected?: string;
  asks?: boolean;
  /** Code that runs before the login. */
  first?: string;
  weakness?: string;
}

/** Returns the text of a scenario file: Alice logs in and checks whether her cookie is renewed. */
export function ownScenario({
  slug,
  expected = 'yes',
  asks = true,
  first = '',
  weakness = 'cookie-not-renewed',
}: Own): string {
  const ask = `ask: {
    question: 'Is her cookie sent again?',
    answer: ({ alice }) => ('set-cookie' in alice.last.headers ? 'yes' : 'no'),
    vulnerable: 'no',
    protected: '${expected}',
  },`;
  return `
    import { scenario } from '${engine}';
    const credentials = { email: 'alice@shop.example', password: 'rabbit-hole-7' };
    export default scenario({
      slug: '${slug}', chapter: 'lifetime', title: 'A scenario of my own', question: 'Is it played?',
      weakness: '${weakness}', actors: { alice: 'victim' }, references: [], lesson: 'It is.',
      steps: [{
        title: 'Alice logs in and reads on', purpose: 'See what is renewed', narration: 'She does.',
        act: async ({ alice }) => {
          ${first}
          await alice.post('/auth/login', credentials);
          await alice.get('/me');
        },
        ${asks ? ask : ''}
      }],
    });
  `;
}
