/** For tests: runs recorded by playing, and scenario files to write. */
import type { Scenario } from '../scenarios/engine/scenario.ts';
import type { Variant } from '../scenarios/engine/trace.ts';
import { play } from '../server/cli/play.ts';
import type { Output, Run } from '../server/cli/reporter.ts';
import { people } from '../server/lab/deployment/people.ts';
import { createRedisSwitch } from '../server/redis/switch.ts';

/** Plays both variants on the mock. */
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

/** An output that keeps what is written to it. Colours are left out. */
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
  /** What its ask is expected to find in the protected shop; `yes` is what it finds. */
  expected?: string;
  asks?: boolean;
  /** Done before the login. */
  first?: string;
  weakness?: string;
}

/** The text of a scenario file: Alice logs in and looks whether her cookie is renewed. */
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
