import { describe, expect, test } from 'vitest';
import { addressesIn, formsIn } from './html.ts';

const only = (html: string) => formsIn(html)[0]!;

describe('forms', () => {
  test('hidden fields keep their values, and the button goes along', () => {
    const html = `<FORM Method=post action='/login?next=%2F&amp;a=1'>
      <input type="hidden" name="csrf" value="a&quot;b"><input name=email><input type=password name="password">
      <button name="go" value="1">Log in</button></FORM>`;
    expect(only(html)).toEqual({
      action: '/login?next=%2F&a=1',
      method: 'POST',
      values: { csrf: 'a"b', email: '', password: '' },
      names: ['csrf', 'email', 'password'],
      button: ['go', '1'],
    });
  });

  test('what is not chosen is not sent', () => {
    const html = `<form><input type="checkbox" name="a"><input type="checkbox" name="b" checked>
      <input type="radio" name="c" value="1"><input type="radio" name="c" value="2" checked>
      <select name="d"><option value="1">one<option value="2" selected>two</select>
      <textarea name="e">\nhi &lt;</textarea><input name="f" value="no" disabled><button type="button" name="g">no</button></form>`;
    expect(only(html).values).toEqual({ b: 'on', c: '2', d: '2', e: 'hi <' });
  });

  test('a form that is never closed, and one in a comment or a script', () => {
    const html = `<!-- <form action="/no"> --><script>"<form action='/no'>"</script><form action="/one"><input name="a">
      <form action="/two"><input name="b">`;
    expect(formsIn(html).map(({ action, names }) => [action, names])).toEqual([
      ['/one', ['a']],
      ['/two', ['b']],
    ]);
  });

  test.each([
    '<form',
    '<form><input',
    '<form><select name=a>',
    '&#x110000;',
    '<form action="&#99999999;"><input name="&bogus;">',
  ])('%s does no harm', (html) => expect(() => formsIn(html)).not.toThrow());
});

test('addresses of links, images and forms', () => {
  const html = `<a href="/a?x=1&amp;y=2">a</a><img src='/b'><form action=/c></form><button formaction="/d">`;
  expect(addressesIn(html)).toEqual(['/a?x=1&y=2', '/b', '/c', '/d']);
});
