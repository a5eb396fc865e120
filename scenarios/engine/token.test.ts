import { describe, expect, test } from 'vitest';
import { parseToken, readClaims } from './token.ts';

// The example of RFC 7519 section 3.1.
const example =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

describe('the parts of a token', () => {
  test('are those of the example in RFC 7519', () => {
    expect(parseToken(example)).toEqual({
      header: '{"typ":"JWT",\r\n "alg":"HS256"}',
      claims: '{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}',
      signature: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    });
  });

  const encoded = (text: string) => Buffer.from(text).toString('base64url');
  test('are read as UTF-8', () => {
    expect(parseToken(`${encoded('{"alg":"none"}')}.${encoded('{"sub":"Zoë €"}')}.x`)?.claims).toBe('{"sub":"Zoë €"}');
  });

  test.each([
    ['a signed session ID', 's%3AwME6p74svq.1w8s8JVYeKq0'],
    ['words with dots', 'www.shop.example'],
    ['a header without an algorithm', `${encoded('{}')}.${encoded('{}')}.x`],
    ['a header that is no JSON', `${encoded('{')}.${encoded('{}')}.x`],
    ['bytes that are no text', `${encoded('{"alg":"x"}')}.${Buffer.from([0xff, 0xfe]).toString('base64url')}.x`],
    ['two parts', `${encoded('{"alg":"x"}')}.${encoded('{}')}`],
    ['nothing', ''],
  ])('%s has none', (_, value) => {
    expect(parseToken(value)).toBeNull();
  });
});

test.each([
  ['{"sub":"1","role":"customer","exp":60}', { userId: 1, role: 'customer', expiresAt: 60_000 }],
  ['{"sub":"alice"}', { userId: null, role: '', expiresAt: null }],
  ['"text"', { userId: null, role: '', expiresAt: null }],
])('%s says %j', (claims, said) => {
  expect(readClaims(claims)).toEqual(said);
});
