/** The requests of session-fixation and what they prove, whatever sends them. */
import { strictEqual } from 'node:assert';

interface Answer {
  setCookies: string[];
  json: { email?: string };
}

export type Send = (method: string, path: string, cookie?: string, body?: object) => Promise<Answer>;
type Variant = 'vulnerable' | 'protected';

/** @throws AssertionError when the app does not answer as this variant does */
export async function attack(variant: Variant, send: Send): Promise<void> {
  const cookieIn = ({ setCookies }: Answer) => setCookies.find((one) => one.startsWith('__Host-sid='))?.split(';')[0];
  const planted = cookieIn(await send('POST', '/basket', undefined, { item: 'hat' }));
  const login = { email: 'alice@shop.example', password: 'rabbit-hole-7' };
  const alices = cookieIn(await send('POST', '/auth/login', planted, login)) ?? planted;
  strictEqual(alices === planted, variant === 'vulnerable');
  const mallorysPage = await send('GET', '/me', planted);
  strictEqual(mallorysPage.json.email, variant === 'vulnerable' ? 'alice@shop.example' : undefined);
  const alicesPage = await send('GET', '/me', alices);
  strictEqual(alicesPage.json.email, 'alice@shop.example');
}

/** The ports of the shops that run already. */
export const ports: [Variant, string | undefined][] = [
  ['vulnerable', process.env.VULNERABLE_PORT],
  ['protected', process.env.PROTECTED_PORT],
];
