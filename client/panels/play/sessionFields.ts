/** The session options that can be switched, as fields: what they may be, and what they mean. Pure. */
import type { SessionChange } from '../../../scenarios/engine/actions.ts';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import { span } from '../../../scenarios/engine/durations.ts';

export type SessionOptionsNow = FreePlayOffer['session']['options'];

/** Those that are on or off. */
export const switches = {
  rolling: 'Renew the cookie with every answer',
  resave: 'Write unchanged sessions back',
  saveUninitialized: 'Store empty sessions too',
  httpOnly: 'Hide the cookie from scripts',
  secure: 'Send the cookie over https only',
} as const;

const minute = 60_000;

export interface Choice {
  value: string;
  label: string;
}

/** Those with several values; each has what it means for the option. */
export const choices = {
  maxAge: {
    label: 'maxAge',
    options: (now: SessionOptionsNow): Choice[] => {
      const usual = [minute, 10 * minute, 30 * minute, 60 * minute, 24 * 60 * minute];
      const all = now.maxAge === null || usual.includes(now.maxAge) ? usual : [now.maxAge, ...usual];
      return [
        ...all.map((ms) => ({ value: String(ms), label: span(ms) })),
        { value: 'none', label: 'none: until the browser is closed' },
      ];
    },
    shown: ({ maxAge }: SessionOptionsNow) => (maxAge === null ? 'none' : String(maxAge)),
    change: (value: string): SessionChange => ({ maxAge: value === 'none' ? null : Number(value) }),
  },
  sameSite: {
    label: 'sameSite',
    options: (): Choice[] => [
      { value: 'strict', label: 'strict' },
      { value: 'lax', label: 'lax' },
      { value: 'none', label: 'none' },
      { value: '', label: 'left out' },
    ],
    shown: ({ sameSite }: SessionOptionsNow) => sameSite ?? '',
    change: (value: string): SessionChange => ({ sameSite: (value || null) as SessionOptionsNow['sameSite'] }),
  },
  trustProxy: {
    label: 'trust proxy',
    options: (): Choice[] => [
      { value: 'false', label: 'nobody' },
      { value: '1', label: 'one proxy' },
      { value: 'true', label: 'everybody' },
    ],
    shown: ({ trustProxy }: SessionOptionsNow) => (trustProxy === 0 ? 'false' : String(trustProxy)),
    change: (value: string): SessionChange => ({ trustProxy: value === '1' ? 1 : value === 'true' }),
  },
  store: {
    label: 'store',
    options: (): Choice[] => [
      { value: 'redis', label: 'Redis' },
      { value: 'memory', label: 'memory of the process' },
    ],
    shown: ({ store }: SessionOptionsNow) => store,
    change: (value: string): SessionChange => ({ store: value as SessionOptionsNow['store'] }),
  },
} as const;

/** What a browser will make of such a cookie that one might not expect; null: nothing to say. RFC 6265bis, section 5.7. */
export function warningFor({ secure, sameSite }: SessionOptionsNow, code: string): string | null {
  const name = /name: '(__(?:Host|Secure)-[^']*)'/.exec(code)?.[1];
  if (name !== undefined && !secure) return `A browser refuses ${name} without Secure: its name promises it.`;
  if (sameSite === 'none' && !secure) return 'A browser refuses a cookie with SameSite=None that is not Secure.';
  return null;
}
