/** What a request to the app is for, in words. Pure. */

export interface DeedWords {
  /** With a name before it: "placed an order". `of`: whose account it was about. `item`: what went into a basket. */
  done: (of: string | null, item: string | null) => string;
  /** What the app refuses: "the order". */
  thing: string;
  /** How much it matters beside what else was done in a step. Reading matters least. */
  weight: number;
  /** Whether only somebody who is logged in may do it. */
  needsLogin: boolean;
  kind: 'read' | 'login' | 'logout' | 'ends' | 'other';
}

type Row = [
  request: RegExp,
  done: string,
  thing: string,
  weight: number,
  needsLogin: boolean,
  kind?: DeedWords['kind'],
];

/** `{of}` and `{for}` are where it says whose account it is about. */
const rows: Row[] = [
  [/^POST \/auth\/login$/, 'logged in', 'the login', 30, false, 'login'],
  [/^POST \/auth\/second-factor$/, 'entered the code', 'the code', 31, false],
  [/^POST \/auth\/resume$/, 'came back with a remember token', 'the remember token', 32, false, 'login'],
  [/^POST \/auth\/logout$/, 'logged out', 'the logout', 33, false, 'logout'],
  [/^POST \/auth\/register$/, 'registered', 'the registration', 34, false],
  [/^POST \/auth\/forgot$/, 'asked for a link by mail', 'a link by mail', 35, false],
  [/^POST \/auth\/confirm$/, 'entered the password again', 'the password', 36, true],
  [/^POST \/auth\/reset$/, 'set a new password{for}', 'a new password', 60, false],
  [
    /^POST \/auth\/confirm-email$/,
    'confirmed an e-mail address{for}',
    'the confirmation of an e-mail address',
    51,
    false,
  ],
  [/^POST \/account\/email$/, 'asked for a new e-mail address', 'a new e-mail address', 50, true],
  [/^POST \/account\/password$/, 'set a new password{for}', 'a new password', 62, true],
  [/^POST \/account\/second-factor\/remove$/, 'removed the second factor', 'the end of the second factor', 63, true],
  [/^POST \/orders$/, 'placed an order', 'the order', 40, true],
  [/^POST \/basket$/, 'put {item} into the basket', 'the basket', 20, false],
  [/^POST \/session\/extend$/, 'asked for more time', 'more time', 21, true],
  [/^POST \/sessions\/end-others$/, 'ended the other sessions', 'the end of other sessions', 55, true, 'ends'],
  [/^POST \/sessions\/[^/]+\/end$/, 'ended a session', 'the end of that session', 55, true, 'ends'],
  [/^POST \/admin\/sessions\/end-all$/, 'ended all sessions', 'the end of all sessions', 70, true, 'ends'],
  [/^POST \/admin\/users\/\d+\/disable$/, 'disabled the account{of}', 'that account', 71, true, 'ends'],
  [/^POST \/admin\/users\/\d+\/enable$/, 'enabled the account{of}', 'that account', 71, true],
  [/^POST \/admin\/users\/\d+\/role$/, 'changed the role{of}', 'a new role', 71, true],
  [/^GET \/me$/, 'got the account page', 'the account page', 10, true, 'read'],
  [/^GET \/orders$/, 'got the orders', 'the orders', 11, true, 'read'],
  [/^GET \/sessions$/, 'got the list of sessions', 'the list of sessions', 11, true, 'read'],
  [/^GET \/admin\/users$/, 'got the list of users', 'the list of users', 12, true, 'read'],
  [/^GET \/account\/events$/, 'opened a stream of events', 'the stream of events', 12, true, 'read'],
  [/^GET \/session\/left$/, 'asked how much time is left', 'the time left', 11, true, 'read'],
  [/^GET \/basket$/, 'got the basket', 'the basket', 9, false, 'read'],
  [/^GET \/stock$/, 'got the stock', 'the stock', 9, false, 'read'],
  [/^GET \/$/, 'got the front page', 'the front page', 8, false, 'read'],
];

/** @param path without its query */
export function deedWords(method: string, path: string): DeedWords {
  const row = rows.find(([request]) => request.test(`${method} ${path}`));
  if (!row) {
    const kind = method === 'GET' ? 'read' : 'other';
    const done = method === 'GET' ? `got ${path}` : `sent ${method} ${path}`;
    return { done: () => done, thing: path, weight: method === 'GET' ? 8 : 20, needsLogin: false, kind };
  }
  const [, done, thing, weight, needsLogin, kind = 'other'] = row;
  const words = (of: string | null, item: string | null) =>
    done
      .replace('{of}', of === null ? '' : ` of ${of}`)
      .replace('{for}', of === null ? '' : ` for ${of}’s account`)
      .replace('{item}', item === null ? 'something' : `“${item}”`);
  return { done: words, thing, weight, needsLogin, kind };
}
