import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { RequestSent } from '../../../../scenarios/engine/trace.ts';
import { curlCommand } from './curlCommand.ts';

const request = (given: Partial<RequestSent> = {}): RequestSent => ({
  seq: 0,
  at: 0,
  step: 0,
  type: 'request',
  id: 1,
  actor: 'alice',
  method: 'GET',
  url: 'https://shop.example/me',
  headers: [
    ['Host', 'shop.example'],
    ['User-Agent', 'Mozilla/5.0 (Alice)'],
    ['Accept', 'application/json'],
  ],
  forwarded: [
    ['X-Forwarded-For', '203.0.113.1'],
    ['X-Forwarded-Proto', 'https'],
  ],
  body: null,
  note: null,
  sid: null,
  cookies: [],
  ...given,
});

const post = (body: string, type = 'application/json') =>
  request({ method: 'POST', headers: [...request().headers, ['Content-Type', type]], body });

/** Windows has `sh` only in Git Bash. */
const hasShell = process.platform !== 'win32';

/** Returns what a real shell passes to curl: the arguments, and the bytes of the standard input. */
function passedToCurl(sent: RequestSent, before = ''): { args: string[]; input: Buffer } {
  const { text } = curlCommand(sent, 4000);
  const curl = `curl() { printf '%s\\0' "$@"; case "$*" in *--data-binary*) printf 'INPUT'; cat;; esac; }`;
  const printed = execFileSync('sh', ['-c', `${curl}\n${before}\n${text}`]);
  const cut = printed.indexOf('\0INPUT');
  const args = (cut === -1 ? printed.subarray(0, -1) : printed.subarray(0, cut)).toString('latin1').split('\0');
  return { args, input: cut === -1 ? Buffer.alloc(0) : printed.subarray(cut + 6) };
}

const after = (args: string[], option: string) => args.filter((_, index) => args[index - 1] === option);
const utf8 = (text = '') => Buffer.from(text, 'latin1').toString('utf8');

test('a request without a body becomes a command with its headers', () => {
  expect(curlCommand(request(), 4000)).toEqual({
    text: [
      'curl -i http://127.0.0.1:4000/me \\',
      "  -H 'Host: shop.example' \\",
      "  -H 'User-Agent: Mozilla/5.0 (Alice)' \\",
      "  -H 'Accept: application/json' \\",
      "  -H 'X-Forwarded-For: 203.0.113.1' \\",
      "  -H 'X-Forwarded-Proto: https'",
    ].join('\n'),
    variables: [],
  });
});

test.each([
  ['GET', null, 'curl -i http'],
  ['POST', '{}', 'curl -i http'],
  ['DELETE', null, 'curl -i -X DELETE http'],
  ['GET', '{}', 'curl -i -X GET http'],
  ['HEAD', null, 'curl -i -I http'],
])('%s with body %j names the method only when curl would choose another one', (method, body, start) => {
  expect(curlCommand(request({ method, body }), 4000).text).toContain(start);
});

test('leaves out headers that curl computes, and removes those that curl adds by default', () => {
  const { text } = curlCommand(request({ method: 'POST', headers: [['Content-Length', '2']], body: '{}' }), 4000);
  expect(text).not.toContain('Content-Length');
  expect(text).toContain('-H User-Agent: \\');
  expect(text).toContain('-H Accept: \\');
  expect(text).toContain('-H Content-Type: \\');
});

test('headers of the reverse proxy replace those that the client claimed', () => {
  const claimed = request({
    headers: [
      ['Host', 'shop.example'],
      ['x-forwarded-for', '1.2.3.4'],
    ],
  });
  expect(curlCommand(claimed, 4000).text).not.toContain('1.2.3.4');
});

test('curl does not expand brackets and braces in an address', () => {
  expect(curlCommand(request({ url: 'https://shop.example/a?x={1}[2]' }), 4000).text).toContain("--globoff 'http://");
});

const hostile = [
  `it's "quoted" and \`run\``,
  '$HOME $(id) !! \\ \\\\ % %s %d *.ts ~ # ; & | < > ( )',
  "'; touch /tmp/owned; '",
  "'\\''",
  '-d @/etc/passwd',
  '@file',
  'Größe – “€” 日本語 🙂',
  'first\nsecond\n',
];

describe.skipIf(!hasShell)('a real shell passes on exactly', () => {
  test.each(hostile)('the body %j', (body) => {
    const { args } = passedToCurl(post(body));
    expect(after(args, '--data-raw').map(utf8)).toEqual([body]);
  });

  test.each(['tab\there', 'line\r\nbreak', 'zero\0inside', '%s\\n\t', '-n\t', "'\u001b[2J'"])(
    'the body %j, on the standard input',
    (body) => {
      const { args, input } = passedToCurl(post(body));
      expect(after(args, '--data-binary')).toEqual(['@-']);
      expect(input.toString()).toBe(body);
    },
  );

  test.each(hostile.filter((text) => !/[^\u0020-\u00ff]/.test(text)))('the header %j', (value) => {
    const { args } = passedToCurl(request({ headers: [['X-Said', value]] }));
    expect(after(args, '-H')).toContain(`X-Said: ${value}`);
  });

  test('each octet of a header as one octet, and a header without a value', () => {
    const { args } = passedToCurl(
      request({
        headers: [
          ['Cookie', 'name=caf\u00e9\u00ff; b=c'],
          ['X-Empty', ''],
        ],
      }),
    );
    expect(after(args, '-H')).toContain('Cookie: name=caf\u00e9\u00ff; b=c');
    expect(after(args, '-H')).toContain('X-Empty;');
  });

  test('the address', () => {
    const url = "https://shop.example/a%20b/'c?x=$1&y=`z`";
    const { pathname, search } = new URL(url);
    expect(passedToCurl(request({ url })).args).toContain(`http://127.0.0.1:4000${pathname}${search}`);
  });
});

describe('masked passwords', () => {
  const change = post('{"email":"a@b","password":"••••••","newPassword":"••••••"}');

  test('are variables named after their fields', () => {
    expect(curlCommand(change, 4000).variables).toEqual(['PASSWORD', 'NEW_PASSWORD']);
    const form = post('email=a&password=••••••', 'application/x-www-form-urlencoded');
    expect(curlCommand(form, 4000).variables).toEqual(['PASSWORD']);
  });

  test.skipIf(!hasShell)('are filled in when they are known, unless the variable is set', () => {
    const login = post('{"email":"a@b","password":"••••••"}');
    const { text, variables } = curlCommand(login, 4000, 'rabbit-hole-7');
    expect(variables).toEqual([]);
    const run = (before: string) =>
      execFileSync('sh', ['-c', `curl() { shift $(($# - 1)); echo "$1"; }\n${before}\n${text}`]);
    expect(run('').toString()).toBe('{"email":"a@b","password":"rabbit-hole-7"}\n');
    expect(run("PASSWORD='other'").toString()).toBe('{"email":"a@b","password":"other"}\n');
    expect(curlCommand(change, 4000, 'rabbit-hole-7').variables).toEqual(['NEW_PASSWORD']);
  });

  test.skipIf(!hasShell)('are filled in by the shell, with any characters', () => {
    const { args } = passedToCurl(change, `PASSWORD='it''s $HOME'; NEW_PASSWORD='%s "x"'`);
    expect(after(args, '--data-raw')).toEqual(['{"email":"a@b","password":"its $HOME","newPassword":"%s "x""}']);
    expect(passedToCurl(post('password=••••••\t'), "PASSWORD='%d'").input.toString()).toBe('password=%d\t');
  });

  test.skipIf(!hasShell)('stop the command with a message when they are not set', () => {
    const { text } = curlCommand(change, 4000);
    const run = () => execFileSync('sh', ['-c', `curl() { echo sent; }\n${text}`], { stdio: 'pipe' });
    expect(run).toThrow('set it first, the trace masks passwords');
  });
});
