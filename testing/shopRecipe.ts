/** For tests: the people of the small shops that `check` is tried on, and the recipe for them. */
import type { TargetDefinition } from '../server/check/target.ts';

/** By name. */
export const passwords: Record<string, string> = { alice: 'rabbit-hole-7', mallory: 'look-at-me-9' };

export const shopRecipe = (origin: string): TargetDefinition => ({
  origin,
  people: {
    alice: { name: 'alice', password: passwords.alice! },
    mallory: { name: 'mallory', password: passwords.mallory! },
  },
  login: (browser, { name, password }) => browser.submit('/login', { name, password }),
  who: async (browser) => (await browser.get('/me')).json?.name ?? null,
  logout: (browser) => browser.submit('/logout'),
  change: (browser, nickname) => browser.submit('/nickname', { nickname }),
});
