import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressPasswords, bodyPasswords, headerPasswords } from './fields.ts';
import { passwordsOf, replaceSpans } from './spans.ts';

const dots = () => '••••••';
const mask = (body: string) => replaceSpans(body, bodyPasswords(body), dots);
const secret = 'rabbit-hole-7';

test.each<[string, unknown, unknown]>([
  ['a login', { email: 'a@b', password: secret }, { email: 'a@b', password: '••••••' }],
  ['another spelling', { newPassword: secret, PASSWORD: secret }, { newPassword: '••••••', PASSWORD: '••••••' }],
  ['separators', { new_password: secret, 'pass-word': secret }, { new_password: '••••••', 'pass-word': '••••••' }],
  [
    'other words',
    { pwd: secret, passwd: secret, Passphrase: secret, pin: 1234 },
    { pwd: '••••••', passwd: '••••••', Passphrase: '••••••', pin: '••••••' },
  ],
  ['a nested one', { user: [{ password: secret }], a: 1 }, { user: [{ password: '••••••' }], a: 1 }],
  ['one that is not a string', { password: [secret, { a: secret }] }, { password: '••••••' }],
  ['a number', { password: 12, b: 3 }, { password: '••••••', b: 3 }],
  ['JSON in a string', { body: '{"password":"rabbit-hole-7"}' }, { body: '{"password":"••••••"}' }],
  [
    'a name and its value',
    [
      { name: 'item', value: 'hat' },
      { name: 'password', value: secret, comment: '' },
      { name: 'color', value: 'red' },
    ],
    [
      { name: 'item', value: 'hat' },
      { name: 'password', value: '••••••', comment: '' },
      { name: 'color', value: 'red' },
    ],
  ],
  ['a value and then its name', [{ value: secret, name: 'pwd' }], [{ value: '••••••', name: 'pwd' }]],
  [
    'other words for the two',
    [
      { key: 'password', value: secret },
      { field: 'new_password', val: 5 },
      { paramName: 'pin', paramValue: [secret] },
      { id: 'passwd', v: { a: secret } },
    ],
    [
      { key: 'password', value: '••••••' },
      { field: 'new_password', val: '••••••' },
      { paramName: 'pin', paramValue: '••••••' },
      { id: 'passwd', v: '••••••' },
    ],
  ],
  [
    'pairs in a list',
    [
      ['item', 'hat'],
      ['password', secret],
    ],
    [
      ['item', 'hat'],
      ['password', '••••••'],
    ],
  ],
  [
    'headers in a list',
    { headers: [{ name: 'Authorization', value: 'Basic YWxpY2U6cmFiYml0LWhvbGUtNw==' }] },
    { headers: [{ name: 'Authorization', value: 'Basic ••••••' }] },
  ],
  [
    'headers in an object',
    { headers: { authorization: 'Basic YWxpY2U6cmFiYml0LWhvbGUtNw==' } },
    { headers: { authorization: 'Basic ••••••' } },
  ],
  ['a list of names', { fields: ['password', 'email'] }, { fields: ['password', 'email'] }],
  [
    'a name without a value',
    { name: 'password', type: 'text', other: { value: 'x' } },
    { name: 'password', type: 'text', other: { value: 'x' } },
  ],
  [
    'words that only look alike',
    { passport: 'P1', compass: 'N', bypass: true },
    { passport: 'P1', compass: 'N', bypass: true },
  ],
  ['a body without a password', { item: 'hat' }, { item: 'hat' }],
  ['no object', 7, 7],
  ['null', null, null],
])('passwords in JSON are masked: %s', (_, body, shown) => {
  expect(JSON.parse(mask(JSON.stringify(body)))).toEqual(shown);
});

test.each([
  [`email=a%40b&password=${secret}&next=%2F`, 'email=a%40b&password=••••••&next=%2F'],
  [`pass%77ord=${secret}&b=1`, 'pass%77ord=••••••&b=1'],
  [`user[password]=${secret}&b=1`, 'user[password]=••••••&b=1'],
  [`{"password": "${secret}", "email`, '{"password": "••••••", "email'],
  [`{'password':'${secret}','a':1}`, "{'password':'••••••','a':1}"],
  [`{'pass\\u0077ord':'${secret}'}`, "{'pass\\u0077ord':'••••••'}"],
  [`{\\"password\\":\\"${secret}\\",\\"a\\":1}`, '{\\"password\\":\\"••••••\\",\\"a\\":1}'],
  [`password: ${secret}\na: 1`, 'password: ••••••\na: 1'],
  [`<login><password>${secret}</password></login>`, '<login><password>••••••</password></login>'],
  [`[{"name": "password", "value": "${secret}"}, {"na`, '[{"name": "password", "value": "••••••"}, {"na'],
  [`[{"value": "${secret}", "name": "password"}, {"na`, '[{"value": "••••••", "name": "password"}, {"na'],
  [`name=password&value=${secret}&name=item&value=hat`, 'name=password&value=••••••&name=item&value=hat'],
  [`<input name="password" value="${secret}">`, '<input name="password" value="••••••">'],
  [`<name>password</name><value>${secret}</value>`, '<name>password</name><value>••••••</value>'],
  ['{"a": 1, "b" : "kept as it was"}', '{"a": 1, "b" : "kept as it was"}'],
  ['nothing secret', 'nothing secret'],
  ['', ''],
])('passwords in other text are masked: %s', (body, shown) => {
  expect(mask(body)).toBe(shown);
});

test('a part of a form with files is masked', () => {
  const part = (name: string, value: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const body = (password: string) =>
    `${part('email', 'a@b')}${part('password', password)}${part('json', `{"pwd":"${password}"}`)}--x--\r\n`;
  expect(mask(body(secret))).toBe(body('••••••'));
});

test.each([
  [`/login?password=${secret}&a=1`, '/login?password=••••••&a=1'],
  [`https://shop.example/?a=1&pass%57ord=${secret}`, 'https://shop.example/?a=1&pass%57ord=••••••'],
  ['/password/reset?token=x', '/password/reset?token=x'],
])('passwords in an address are masked: %s', (url, shown) => {
  expect(replaceSpans(url, addressPasswords(url), dots)).toBe(shown);
});

const basic = Buffer.from(`alice:${secret}`).toString('base64');
test.each([
  ['Authorization', `Basic ${basic}`, 'Basic ••••••'],
  ['proxy-authorization', `basic  ${basic}`, 'basic  ••••••'],
  ['Authorization', 'Bearer a.b.c', 'Bearer a.b.c'],
  ['X-Password', secret, '••••••'],
  ['Referer', `https://shop.example/?pwd=${secret}`, 'https://shop.example/?pwd=••••••'],
  ['Accept', 'text/html', 'text/html'],
])('passwords in a header are masked: %s: %s', (name, value, shown) => {
  expect(replaceSpans(value, headerPasswords(name, value), dots)).toBe(shown);
});

test('the password of a header is learned without its user', () => {
  expect(passwordsOf(headerPasswords('Authorization', `Basic ${basic}`))).toContain(secret);
});

/** Texts that made a reader go back again and again. */
const piece = fc.constantFrom(
  'password',
  'password=',
  '"',
  "'",
  '\\',
  '\\"',
  ':',
  '=',
  '{',
  '[',
  '<',
  '<password>',
  '&',
  '%70',
  ' ',
  '\n',
  'a',
  '--x',
  'name="',
  '"name":"password",',
  'value=',
  '"value":"',
  '<name>',
);

test('in JSON of any shape, no value of a name for a password is left, and all else stays', () => {
  const name = fc.constantFrom('name', 'key', 'field', 'header_name', 'paramKey');
  const value = fc.constantFrom('value', 'val', 'Value', 'paramValue');
  const field = fc.constantFrom('password', 'new_password', 'user[passwd]', 'PIN', 'item', 'email');
  const text = fc.string({ minLength: 1, maxLength: 12 }).filter((some) => !/[:=<]/.test(some));
  const member = fc.tuple(name, value, field, text, fc.boolean());
  const isSecret = (of: string) => !['item', 'email'].includes(of);
  fc.assert(
    fc.property(fc.array(member, { maxLength: 8 }), fc.boolean(), (members, nested) => {
      const list = (masked: boolean) => {
        const all = members.map(([n, v, f, t, first]) => {
          const shown = masked && isSecret(f) ? '••••••' : t;
          return first ? { [n]: f, [v]: shown } : { [v]: shown, [n]: f };
        });
        return nested ? { log: [{ postData: { params: all } }] } : all;
      };
      expect(JSON.parse(mask(JSON.stringify(list(false), null, 1)))).toEqual(list(true));
    }),
  );
});

describe('a text that is twice as long takes about twice as long:', () => {
  /** Milliseconds of the processor: others use it, too. */
  const cost = (text: string) => {
    const before = process.cpuUsage();
    mask(text);
    return process.cpuUsage(before).user / 1000;
  };
  const best = (text: string) => Math.min(cost(text), cost(text), cost(text));

  test('any pieces, again and again', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const unit = pieces.join('');
        const of = (length: number) => unit.repeat(Math.ceil(length / unit.length));
        const [short, long] = [best(of(4000)), best(of(32_000))];
        // Eight times the length; a quadratic reader takes 64 times as long. A few milliseconds say nothing.
        expect(long).toBeLessThan(Math.max(short * 30, 200));
      }),
      { numRuns: 40 },
    );
  });
});
