/**
 * The requirements that the scenarios are measured against, in our own words: chapters V7 and V3.3 of OWASP ASVS 5.0 and the
 * session tests of the OWASP Web Security Testing Guide, all of them.
 */
import type { ScenarioOutline } from './trace.ts';

interface Requirement {
  /** As in a scenario's references. */
  id: string;
  /** ASVS level; null for the testing guide, which has no levels. */
  level: 1 | 2 | 3 | null;
  says: string;
  /** Why no scenario can show it. */
  whyNot?: string;
}

export interface Covered {
  requirement: Requirement;
  /** The scenarios that refer to it, in reading order. */
  shownBy: Pick<ScenarioOutline, 'slug' | 'title'>[];
}

/** Returns each requirement with the scenarios that refer to it. */
export function coverage(scenarios: readonly Pick<ScenarioOutline, 'slug' | 'title' | 'references'>[]): Covered[] {
  return requirements.map((requirement) => ({
    requirement,
    shownBy: scenarios
      .filter(({ references }) => references.includes(requirement.id))
      .map(({ slug, title }) => ({ slug, title })),
  }));
}

/** Counts the requirements: those that are shown, those that a scenario can show, and all. */
export function summary(covered: readonly Covered[]): { shown: number; showable: number; total: number } {
  const showable = covered.filter(({ requirement }) => requirement.whyNot === undefined);
  return {
    shown: showable.filter(({ shownBy }) => shownBy.length > 0).length,
    showable: showable.length,
    total: covered.length,
  };
}

const requirements: readonly Requirement[] = [
  {
    id: 'ASVS V7.1.1',
    level: 2,
    says: 'Idle and absolute lifetimes are written down and justified (incl. deviations from NIST 63B).',
    whyNot: 'Documented only: it asks for a document.',
  },
  {
    id: 'ASVS V7.1.2',
    level: 2,
    says: 'Number of parallel sessions per account and what happens at the limit are written down.',
    whyNot: 'Documented only: it asks for a document.',
  },
  {
    id: 'ASVS V7.1.3',
    level: 2,
    says: 'Federated/SSO systems that make sessions are documented with lifetime and termination coordination.',
    whyNot: 'Documented only. And it is about single sign-on; there is no identity provider in the sandbox.',
  },
  { id: 'ASVS V7.2.1', level: 1, says: 'Session tokens are verified by a trusted backend only.' },
  { id: 'ASVS V7.2.2', level: 1, says: 'Tokens are created dynamically, never static API keys.' },
  { id: 'ASVS V7.2.3', level: 1, says: 'Reference tokens are unique, from a CSPRNG, ≥128 bits of entropy.' },
  { id: 'ASVS V7.2.4', level: 1, says: 'A new token is issued at (re-)authentication and the old one is terminated.' },
  { id: 'ASVS V7.3.1', level: 2, says: 'Inactivity timeout forces re-authentication.' },
  { id: 'ASVS V7.3.2', level: 2, says: 'Absolute maximum lifetime forces re-authentication regardless of activity.' },
  { id: 'ASVS V7.4.1', level: 1, says: 'After termination (logout/expiry) the session is unusable, server side.' },
  { id: 'ASVS V7.4.2', level: 1, says: 'Disabling or deleting an account ends all its active sessions.' },
  {
    id: 'ASVS V7.4.3',
    level: 2,
    says: 'After changing/removing a factor the user is offered to end all other sessions.',
  },
  {
    id: 'ASVS V7.4.4',
    level: 2,
    says: 'Every authenticated page offers an easy logout.',
    whyNot: 'It is about what pages show. The shop of the sandbox answers with data, not with pages.',
  },
  { id: 'ASVS V7.4.5', level: 2, says: 'Admins can end sessions of one user or of everybody.' },
  {
    id: 'ASVS V7.5.1',
    level: 2,
    says: 'Full re-authentication before changing attributes that affect authentication (e-mail, phone, MFA, recovery).',
  },
  {
    id: 'ASVS V7.5.2',
    level: 2,
    says: 'Users can list and (after re-auth with ≥1 factor) end any/all of their sessions.',
  },
  {
    id: 'ASVS V7.5.3',
    level: 3,
    says: 'Further authentication/secondary verification before highly sensitive operations.',
  },
  {
    id: 'ASVS V7.6.1',
    level: 2,
    says: 'RP/IdP lifetime and termination behave as documented.',
    whyNot: 'It needs an identity provider with sessions of its own.',
  },
  {
    id: 'ASVS V7.6.2',
    level: 2,
    says: 'Session creation needs consent or an explicit user action.',
    whyNot: 'It is about single sign-on; there is no identity provider in the sandbox.',
  },
  { id: 'ASVS V3.3.1', level: 1, says: 'Cookies carry Secure, and __Secure- unless __Host- is used.' },
  { id: 'ASVS V3.3.2', level: 2, says: 'SameSite is set according to the cookie’s purpose.' },
  { id: 'ASVS V3.3.3', level: 2, says: '__Host- prefix unless the cookie is deliberately shared with other hosts.' },
  {
    id: 'ASVS V3.3.4',
    level: 2,
    says: 'Cookies not meant for scripts are HttpOnly and the same value only ever travels in Set-Cookie.',
  },
  { id: 'ASVS V3.3.5', level: 3, says: 'Cookie name+value ≤ 4096 bytes.' },
  { id: 'WSTG-SESS-01', level: null, says: 'How session IDs are made: collected, compared, tampered with, guessed.' },
  { id: 'WSTG-SESS-02', level: null, says: 'Every attribute and the prefix of the session cookie.' },
  { id: 'WSTG-SESS-03', level: null, says: 'An ID from before the login, forced upon somebody else.' },
  { id: 'WSTG-SESS-04', level: null, says: 'A session ID that shows in clear text, in an address, a log or a cache.' },
  { id: 'WSTG-SESS-05', level: null, says: 'Requests made in somebody’s name that they did not start.' },
  { id: 'WSTG-SESS-06', level: null, says: 'What a logout really ends, on the server and on other devices.' },
  { id: 'WSTG-SESS-07', level: null, says: 'A timeout that the server keeps and an old cookie cannot extend.' },
  { id: 'WSTG-SESS-08', level: null, says: 'A session variable that means one thing here and another there.' },
  { id: 'WSTG-SESS-09', level: null, says: 'A cookie that was seen on the way and is used by somebody else.' },
  {
    id: 'WSTG-SESS-10',
    level: null,
    says: 'JSON Web Tokens: their content, and what tampering does.',
    whyNot: 'It is about another mechanism: a token that carries its own state and is not looked up.',
  },
  { id: 'WSTG-SESS-11', level: null, says: 'Many sessions of one account at once: limited, listed, ended.' },
];
