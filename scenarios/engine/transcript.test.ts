import { expect, test } from 'vitest';
import { header, jar, keySet, type Sketch, stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { markdown } from './markdown.ts';
import type { Trace } from './trace.ts';
import { transcript } from './transcript.ts';

const written = (trace: Pick<Trace, 'header' | 'events'>) => markdown(transcript(trace));

const scenario = {
  ...header.scenario,
  lesson: 'Use `regenerate`.',
  fix: 'req.session.regenerate()',
  notTheFix: ['A longer id.'],
  references: ['CWE-384'],
  steps: [
    {
      title: 'Alice logs in',
      purpose: 'A new id',
      narration: 'She is *known*.',
      ask: { question: 'Who?', vulnerable: true, protected: 'nobody' },
    },
    { title: 'Time passes', purpose: '', narration: '', ask: null },
    { title: 'Never played', purpose: '', narration: '', ask: null },
  ],
};

const sketches: Sketch[] = [
  { type: 'fault', fault: { is: 'fast-again' }, step: null },
  stepStarted(0),
  {
    type: 'request',
    id: 1,
    actor: 'alice',
    method: 'POST',
    url: 'https://shop.example/auth/login',
    headers: [],
    forwarded: [],
    body: '{"password":"••••••"}',
    note: null,
    cookies: [{ name: 'sid', value: 'v', sent: false, why: 'its path does not cover it' }],
  },
  {
    type: 'command',
    id: 1,
    request: 1,
    name: 'set',
    args: ['sandbox:test:sess:a', '`x`'],
    reply: 'OK',
    error: null,
    ms: 1,
  },
  { ...keySet('sess:a', '{}', { by: 'command', command: 1 }), expiresAt: 1_800_004, at: 4 },
  { type: 'audit', request: 1, name: 'login', userId: 1 },
  {
    type: 'response',
    request: 1,
    status: 200,
    statusText: 'OK',
    headers: [],
    body: '',
    ms: 1,
    by: 'app',
    cookies: [{ header: 'sid=a', name: 'sid', outcome: 'stored', why: 'for shop.example' }],
  },
  { ...jar('alice'), cause: { by: 'response', request: 1 } },
  { type: 'ask', step: 0, expected: 'nobody', actual: 'nobody', holds: true },
  stepEnded(0),
  { type: 'manual-action', action: { do: 'delete-key', key: 'sandbox:test:sess:a' }, step: null },
  stepStarted(1),
  { type: 'time', ms: 1_800_000, how: 'jumped' },
  stepEnded(1, 'It broke.'),
];

test('it shows who did what, what that caused and what was asked, step by step', () => {
  const { events } = traceOf(...sketches);
  expect(written({ header: { ...header, scenario }, events })).toBe(`# A lesson

Why?

Protected app, mock Redis, 1970-01-01 00:00 UTC.

Between the steps:

- Redis is as fast as before

## Step 1: Alice logs in

A new id.

She is \\*known\\*.

- Alice: \`POST https://shop.example/auth/login\` with \`{"password":"••••••"}\`
  - Cookie \`sid\` not sent: its path does not cover it
  - Redis: \`\` SET sess:a \`x\` \`\` → \`OK\`
  - Key \`sess:a\` set, TTL 30 min
  - Audit log: \`login, user 1\`
  - Response: \`200 OK\`, no body
    - \`Set-Cookie: sid=a\` stored by the browser: for shop.example

The login answered 200, but Alice is nobody: there is no session cookie.

Asked: Who?

- Answer: “nobody”, as expected.
- Expected: “yes” from the vulnerable app, “nobody” from the protected app.

Between the steps:

- Manual action: delete \`sess:a\`

## Step 2: Time passes

- Time: 30 min jumped
- Step 2 failed: It broke.

Nobody has a session yet.

## What to remember

Use \`regenerate\`.

The fix:

\`\`\`
req.session.regenerate()
\`\`\`

What does not help:

- A longer id.

CWE-384
`);
});

test('without events it shows the scenario', () => {
  expect(written(traceOf())).toContain('# A lesson');
});
