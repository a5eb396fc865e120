import { describe, expect, test } from 'vitest';
import {
  cookie,
  header,
  jar,
  keyRemoved,
  keySet,
  type Sketch,
  type SketchOf,
  stepEnded,
  stepStarted,
  traceOf,
} from '../../testing/trace.ts';
import { type Claim, claimProblem, claimsIn, untrueClaims } from './claims.ts';

const one = 's%3Aone.sig';
const two = 's%3Atwo.sig';
const sid = (value: string) => cookie({ name: 'sid', value });

interface Sending {
  cookies?: string[];
  heldBack?: string;
}
const sends = (actor: string, id: number, { cookies = [], heldBack }: Sending = {}): SketchOf<'request'> => ({
  type: 'request',
  id,
  actor,
  method: 'GET',
  url: 'https://shop.example/me',
  headers: cookies.length > 0 ? [['Cookie', cookies.join('; ')]] : [],
  forwarded: [],
  body: null,
  note: null,
  cookies: heldBack ? [{ name: 'sid', value: one, sent: false, why: heldBack }] : [],
});
const answers = (request: number, status: number, setCookie?: string, refused?: string): SketchOf<'response'> => ({
  type: 'response',
  request,
  status,
  statusText: '',
  headers: setCookie ? [['Set-Cookie', setCookie]] : [],
  body: '',
  ms: 1,
  by: 'app',
  cookies: setCookie
    ? [{ header: setCookie, name: 'sid', outcome: refused ? 'refused' : 'stored', why: refused ?? '' }]
    : [],
});

/** What happened before the step that makes the claim, then what happened in it. */
function holds(claim: Claim, before: Sketch[], during: Sketch[]): boolean {
  const trace = traceOf(stepStarted(0), ...before, stepEnded(0), stepStarted(1), ...during);
  return untrueClaims([claim], trace, 1).length === 0;
}

const aliceIn: Sketch[] = [jar('alice', sid(one)), keySet('sess:one', '{"userId":1}')];

// Each claim is true of its first story and untrue of its second: a claim that cannot fail proves nothing.
test.each<[claim: Claim<'alice' | 'mallory'>, before: Sketch[], yes: Sketch[], no: Sketch[]]>([
  ['alice sends no request', [], [sends('mallory', 1)], [sends('alice', 1)]],
  ['alice sends a session cookie', [], [sends('alice', 1, { cookies: [`sid=${one}`] })], [sends('alice', 1)]],
  ['alice sends no session cookie', [], [sends('alice', 1)], [sends('alice', 1, { cookies: [`sid=${one}`] })]],
  ['alice sends no session cookie', [], [sends('alice', 1)], []],
  [
    'mallory sends the session ID of alice',
    aliceIn,
    [sends('mallory', 1, { cookies: [`sid=${one}`] })],
    [sends('mallory', 1, { cookies: [`sid=${two}`] })],
  ],
  ['alice sends the cookie device', [], [sends('alice', 1, { cookies: ['device=a'] })], [sends('alice', 1)]],
  ['alice does not send the cookie device', [], [sends('alice', 1)], [sends('alice', 1, { cookies: ['device=a'] })]],
  [
    'alice holds a cookie back: SameSite',
    aliceIn,
    [sends('alice', 1, { heldBack: 'SameSite=Lax: another site' })],
    [sends('alice', 1, { heldBack: 'it has expired' })],
  ],
  ['alice is answered 401', [], [sends('alice', 1), answers(1, 401)], [sends('alice', 1), answers(1, 200)]],
  ['alice gets no answer', [], [sends('alice', 1)], [sends('alice', 1), answers(1, 200)]],
  ['alice is answered by app', [], [sends('alice', 1), answers(1, 200)], [sends('alice', 1)]],
  [
    'alice gets a session cookie',
    [],
    [sends('alice', 1), answers(1, 200, `sid=${one}`)],
    [sends('alice', 1), answers(1, 200, `sid=${one}`, 'not Secure')],
  ],
  [
    'alice gets no session cookie',
    [],
    [sends('alice', 1), answers(1, 200)],
    [sends('alice', 1), answers(1, 200, `sid=${one}`)],
  ],
  [
    'alice refuses a cookie: Secure',
    [],
    [sends('alice', 1), answers(1, 200, `sid=${one}`, 'not Secure')],
    [sends('alice', 1), answers(1, 200, `sid=${one}`)],
  ],
  ['alice gets a new session ID', aliceIn, [jar('alice', sid(two))], [jar('alice', sid(one))]],
  ['alice keeps the session ID', aliceIn, [], [jar('alice', sid(two))]],
  ['alice loses the session cookie', aliceIn, [jar('alice')], []],
  ['alice has a session cookie', aliceIn, [], [jar('alice')]],
  ['alice has no session cookie', aliceIn, [jar('alice')], []],
  ['alice is taken for Alice', aliceIn, [], [keyRemoved('sess:one', 'deleted')]],
  ['alice is taken for nobody', aliceIn, [keyRemoved('sess:one', 'deleted')], []],
  ['the record of alice is stored', [], aliceIn, [jar('alice', sid(one))]],
  ['the record of alice is changed', aliceIn, [keySet('sess:one', '{}')], []],
  ['the record of alice is deleted', aliceIn, [keyRemoved('sess:one', 'deleted')], [keyRemoved('sess:one', 'expired')]],
  ['the record of alice expires', aliceIn, [keyRemoved('sess:one', 'expired')], [keyRemoved('sess:one', 'deleted')]],
  ['the record of alice stays', aliceIn, [], [keyRemoved('sess:one', 'deleted')]],
  ['the record of alice is renewed', aliceIn, [expiring('one', 9000)], [expiring('one', 100)]],
  ['the record of alice is not renewed', aliceIn, [expiring('one', 100)], [expiring('one', 9000)]],
  [
    'the app restarts',
    [],
    [{ type: 'restart', change: '' }],
    [{ type: 'fault', fault: { is: 'start-failed', message: '' } }],
  ],
  [
    'the app refuses to start',
    [],
    [{ type: 'fault', fault: { is: 'start-failed', message: '' } }],
    [{ type: 'restart', change: '' }],
  ],
  ['no record is stored', aliceIn, [keySet('throttle:a', '1')], [keySet('sess:two', '{}')]],
  ['2 records are stored', [], [keySet('sess:one', '{}'), keySet('sess:two', '{}')], [keySet('sess:one', '{}')]],
  ['Redis gets DEL', [], [command('del')], [command('get')]],
  ['Redis does not get DEL', [], [command('get')], [command('del')]],
  ['a mail goes to a@b.example', [], [mail('a@b.example')], [mail('c@b.example')]],
  ['no mail is sent', [], [], [mail('a@b.example')]],
  ['the audit log has authn_login_fail', [], [audit('authn_login_fail')], [audit('session_expired')]],
  ['the audit log does not have session_expired', [], [audit('authn_login_fail')], [audit('session_expired')]],
])('%s', (claim, before, yes, no) => {
  const early = claim.includes('renewed') ? [...before, expiring('one', 1000)] : before;
  expect([holds(claim, early, yes), holds(claim, early, no)]).toEqual([true, false]);
});

test('what was seen instead is told', () => {
  const trace = traceOf(stepStarted(0), sends('mallory', 1), answers(1, 200));
  expect(untrueClaims(['mallory sends a session cookie', 'mallory is answered 401'], trace, 0)).toEqual([
    { claim: 'mallory sends a session cookie', seen: 'sent 1 request, 0 with a session cookie' },
    { claim: 'mallory is answered 401', seen: 'was answered 200' },
  ]);
});

describe('a claim that nothing can check is refused', () => {
  const actors = header.scenario.actors.map(({ name }) => name);
  test.each([
    ['alice sends her cookie', /^nothing can check the claim "alice sends her cookie"/],
    ['bob sends a session cookie', /names "bob", who is no actor/],
    ['mallory sends the session ID of bob', /names "bob"/],
    ['alice is answered kindly', /nothing can check/],
    ['the record of alice is renewed', null],
  ])('%s', (claim, problem) => {
    const found = claimProblem(claim, actors);
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });
});

test('claims are the same in both variants, or those of each', () => {
  expect(claimsIn(['no mail is sent'], 'protected')).toEqual(['no mail is sent']);
  expect(claimsIn({ vulnerable: [], protected: ['no mail is sent'] }, 'protected')).toEqual(['no mail is sent']);
  expect(claimsIn(undefined, 'vulnerable')).toEqual([]);
});

function expiring(id: string, expiresAt: number): Sketch {
  return { ...keySet(`sess:${id}`, '{"userId":1}'), change: 'ttl', expiresAt } as Sketch;
}
function command(name: string): Sketch {
  return { type: 'command', id: 1, request: null, name, args: [], reply: 'OK', error: null, ms: 1 };
}
function mail(to: string): Sketch {
  return { type: 'mail', request: null, to, subject: '' };
}
function audit(name: string): Sketch {
  return { type: 'audit', request: null, name, userId: null };
}
