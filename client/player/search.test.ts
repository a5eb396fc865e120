import { describe, expect, test } from 'vitest';
import { outline } from '../../scenarios/engine/scenario.ts';
import { scenarios as all } from '../../scenarios/index.ts';
import { search } from './search.ts';

const scenarios = all.map((scenario) => outline(scenario, 'jump', 'mock'));
const found = (text: string) => search(scenarios, text).map(({ slug }) => slug);

test('an empty text finds all scenarios, in reading order', () => {
  expect(search(scenarios, '')).toEqual(scenarios);
  expect(search(scenarios, '   ')).toEqual(scenarios);
});

describe('each scenario', () => {
  test('has a subtitle, synonyms, and a title that no other has', () => {
    expect(scenarios.filter(({ subtitle, synonyms }) => !subtitle || !synonyms?.length)).toEqual([]);
    expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length);
  });

  test.each(scenarios)('$slug is found first by its title, its words in another order, and its slug', (scenario) => {
    const { slug, title } = scenario;
    const words = title.split(' ');
    for (const text of [title, title.toUpperCase(), words.toReversed().join(' '), slug]) {
      expect([text, found(text)[0]]).toEqual([text, slug]);
    }
    expect(words.filter((word) => /\w{3}/.test(word) && !found(word).includes(slug))).toEqual([]);
  });

  test.each(scenarios)('$slug is found by its subtitle, question, references and synonyms', (scenario) => {
    const { slug, subtitle = '', question, references, synonyms = [] } = scenario;
    const texts = [subtitle, question, ...references, ...synonyms];
    expect(texts.filter((text) => !found(text).includes(slug))).toEqual([]);
    expect(found(subtitle)[0]).toBe(slug);
  });
});

test.each([
  ['hijack', 'session-fixation'],
  ['hijacking', 'session-fixation'],
  ['sliding', 'rolling-refresh'],
  ['sliding expiration', 'rolling-refresh'],
  ['timeout', 'idle-timeout'],
  ['idle', 'idle-timeout'],
  ['kick out', 'forced-logout-one-device'],
  ['sign out', 'logout-replay'],
  ['revoke', 'forced-logout-one-device'],
  ['XSRF', 'samesite-csrf'],
  ['sniffing', 'secure-and-trust-proxy'],
  ['proxy', 'secure-and-trust-proxy'],
  ['nginx', 'secure-and-trust-proxy'],
  ['load balancer', 'secure-and-trust-proxy'],
  ['csrf attack', 'samesite-csrf'],
  ['express session fixation vulnerability', 'session-fixation'],
  ['stolen cookie', 'httponly-vs-xss'],
  ['redis down', 'store-outage-fail-closed'],
  ['OOM', 'eviction-logs-everyone-out'],
  ['sticky', 'memory-store-two-instances'],
  ['remember me', 'remember-me-token'],
  ['401', 'idle-timeout'],
  ['not logged in', 'redirect-before-save'],
  ['deploy', 'restart-survival'],
  ['V7.2.4', 'session-fixation'],
  ['asvs v7.2.4', 'session-fixation'],
])('"%s" finds first %s', (text, slug) => {
  expect(found(text)[0]).toBe(slug);
});

describe('it does not matter', () => {
  test.each([
    ['case', 'SESSION Fixation', 'session-fixation'],
    ['an accent', 'Sessión fixàtion', 'session-fixation'],
    ['a hyphen', 'log-out every-where', 'logout-everywhere'],
    ['a hyphen less', 'http only', 'httponly-vs-xss'],
    ['a space less', 'loadbalancer', 'secure-and-trust-proxy'],
    ['an ending', 'sessions hijacked', 'session-fixation'],
    ['the rest of a word', 'fixat', 'session-fixation'],
    ['a missing letter', 'sesion fixation', 'session-fixation'],
    ['two letters in the wrong order', 'fixaiton', 'session-fixation'],
    ['a wrong letter', 'idle timeoit', 'idle-timeout'],
    ['a typo in a word that is not typed to its end', 'hijakc', 'session-fixation'],
    ['a word that says nothing', 'what is the idle timeout', 'idle-timeout'],
  ])('%s: "%s" finds first %s', (_, text, slug) => {
    expect(found(text)[0]).toBe(slug);
  });
});

test.each(['.*', 'no such thing', 'fixation eviction', 'zzzz', '???'])('"%s" finds nothing', (text) => {
  expect(found(text)).toEqual([]);
});

test('typos are forgiven only when nothing matches without them', () => {
  expect(found('roles')).not.toContain('rolling-refresh');
  expect(found('V7.2.9')).toEqual([]);
});
