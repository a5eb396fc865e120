import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestSent } from '../../../../scenarios/engine/trace.ts';
import { type CurlCommand, curlCommand as commandFor } from './curlCommand.ts';

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

function curlCommand(...args: Parameters<typeof commandFor>): CurlCommand {
  const command = commandFor(...args);
  if (typeof command === 'string') throw new Error(command);
  return command;
}

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

  test.each([
    ['1password', '_1PASSWORD'],
    ['new-password', 'NEW_PASSWORD'],
    ['user[password]', 'PASSWORD'],
    // The shell sets this one itself.
    ['pwd', 'PWD_FIELD'],
    ['pass%77ord', 'PASSWORD'],
    ['', 'PASSWORD'],
  ])('of the field %j are the variable %s', (field, variable) => {
    expect(curlCommand(post(`{"${field}":"••••••"}`), 4000).variables).toEqual([variable]);
  });

  test('in an address and in a header are variables, too', () => {
    const sent = request({
      url: 'https://shop.example/a?password=••••••&b=1',
      headers: [['Authorization', 'Basic ••••••']],
    });
    const { text, variables } = curlCommand(sent, 4000);
    expect(variables).toEqual(['PASSWORD', 'CREDENTIALS']);
    expect(text).not.toMatch(/•|%E2/);
  });

  test('are found in a long text without slowing down', () => {
    const command = (length: number) => {
      const started = performance.now();
      curlCommand(post(`${'a'.repeat(length)}password=••••••`), 4000);
      return performance.now() - started;
    };
    command(1000);
    expect(command(400_000)).toBeLessThan(500);
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

describe('a request that no command can send is told in a sentence:', () => {
  test.each<[string, Partial<RequestSent>, string]>([
    ['a line break in a header', { headers: [['X-A', 'a\r\nX-B: c']] }, '"X-A"'],
    ['a NUL in a header', { headers: [['X-A', 'a\0b']] }, '"X-A"'],
    ['a header outside Latin-1', { headers: [['X-A', '…']] }, '"X-A"'],
    ['a header that curl would read from a file', { headers: [['@/etc/passwd', '']] }, '"@/etc/passwd"'],
    ['a header name with a space', { headers: [['X A', '1']] }, '"X A"'],
    ['a header without a name', { headers: [['', '1']] }, '""'],
    ['a forwarded header with a line break', { forwarded: [['X-Forwarded-For', '1\n2']] }, '"X-Forwarded-For"'],
    ['a method of two words', { method: 'GET /x' }, 'method'],
    ['an address of another protocol', { url: 'file:///etc/passwd' }, 'address'],
    ['no address', { url: 'nowhere' }, 'address'],
  ])('%s', (_, change, named) => {
    expect(commandFor(request(change), 4000)).toMatch(/^curl cannot send this request: .*\.$/);
    expect(commandFor(request(change), 4000)).toContain(named);
  });
});

const hostilePiece = fc.oneof(
  fc.constantFrom(
    "'",
    '"',
    '`',
    '$',
    '$(id)',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay text
    '${x}',
    '\\',
    '%',
    '%s',
    '\\n',
    '!',
    '!!',
    '&',
    ';',
    '|',
    '~',
    '*',
    '{',
    '}',
    '[',
    ']',
  ),
  fc.constantFrom(
    '\n',
    '\r',
    '\t',
    '\0',
    '\u001b',
    '\u0085',
    '@',
    '-',
    ' ',
    '#',
    '1password',
    'é',
    '🙂',
    'EOF',
    '\u2028',
  ),
  fc.string({ maxLength: 3 }),
);
const hostileText = fc.array(hostilePiece, { maxLength: 10 }).map((pieces) => pieces.join(''));
const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE', 'PATCH', 'x-!~', 'HEAD'),
  path: hostileText,
  body: fc.option(hostileText),
  headers: fc.array(
    fc.tuple(
      fc.constantFrom('X-A', 'Cookie', 'x-forwarded-for', '-H', 'Accept'),
      hostileText.map((text) =>
        Buffer.from(text)
          .toString('latin1')
          .replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
          .trim(),
      ),
    ),
    { maxLength: 4 },
  ),
});

/** Returns what the shell passes to curl for each command: all of them in one shell, because to start one is slow. */
function passedAtOnce(texts: string[]): { args: string[]; input: string | null }[] {
  const mark = '#=#=#';
  const curl = `curl() { printf '%s\\0' "$@"; case "$*" in *'--data-binary @-') printf '${mark}input'; cat;; esac; printf '${mark}end'; }`;
  const printed = execFileSync('sh', ['-s'], { input: [curl, ...texts].join('\n') }).toString('latin1');
  return printed
    .split(`${mark}end`)
    .slice(0, -1)
    .map((one) => {
      const [args = '', input] = one.split(`${mark}input`);
      return { args: args.split('\0').slice(0, -1), input: input ?? null };
    });
}

test.skipIf(!hasShell)('a real shell passes on exactly any request, and the text can be pasted', () => {
  fc.assert(
    fc.property(fc.array(anyRequest, { minLength: 60, maxLength: 60 }), (requests) => {
      const sent = requests.map(({ path, ...rest }) =>
        request({ ...rest, url: `https://shop.example/${path}`, forwarded: [] }),
      );
      const texts = sent.map((one) => curlCommand(one, 4000).text);
      for (const text of texts) expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      for (const [index, { args, input }] of passedAtOnce(texts).entries()) {
        const { url, headers, body } = sent[index]!;
        const { pathname, search } = new URL(url);
        expect(args).toContain(`http://127.0.0.1:4000${pathname}${search}`);
        const passed = after(args, '-H');
        for (const [name, value] of headers) expect(passed).toContain(value === '' ? `${name};` : `${name}: ${value}`);
        expect(input ?? after(args, '--data-raw')[0] ?? null).toBe(
          body === null ? null : Buffer.from(body).toString('latin1'),
        );
      }
    }),
    { numRuns: 4 },
  );
});
