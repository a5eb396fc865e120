import { describe, expect, test } from 'vitest';
import type { SessionCookie } from '../../../scenarios/engine/sessionCookies.ts';
import type { SessionRecord } from '../../../scenarios/engine/sessionRecord.ts';
import type { Browser, WhoIsWho } from '../../../scenarios/engine/whoIsWho.ts';
import { chipText } from './chipText.ts';

const cookie: SessionCookie = {
  sid: 'abc',
  token: null,
  mark: null,
  change: null,
  broken: null,
  handMade: false,
  notKept: false,
  keptFrom: null,
  sentFor: null,
  attributes: [],
};
const room = { browser: null, chip: { x: 0, y: 0, width: 84, height: 20 }, tight: false, beside: 60 };
const tight = { ...room, tight: true };
const phone = { ...tight, chip: { ...room.chip, width: 48 }, beside: 30 };
const nobody = { records: [] as SessionRecord[] } as WhoIsWho;

const below = (more: Partial<SessionCookie>, where = room) => chipText({ ...cookie, ...more }, where, nobody).below;

describe('below the chip of a cookie', () => {
  test.each<[Partial<SessionCookie>, string | null, string | null]>([
    [{}, null, null],
    [{ mark: 'added' }, '+ new', '+'],
    [{ mark: 'changed', change: 'renewed' }, '~ renewed', '~'],
    [{ mark: 'removed' }, '− removed', '−'],
    [{ notKept: true, mark: 'changed' }, '= sent again, not kept', '='],
    [{ handMade: true, mark: 'added' }, 'sent by hand', 'sent by hand'],
    [{ handMade: true }, 'sent earlier', 'sent earlier'],
    [{ broken: { how: 'expired' }, mark: 'removed' }, 'expired', 'expired'],
    [{ broken: { how: 'refused' } }, 'bad signature', null],
    [{ keptFrom: { host: 'blog.shop.example', why: '' } }, 'not sent to blog', null],
  ])('%j says "%s", and "%s" where the next line is near', (more, roomy, near) => {
    expect([below(more), below(more, tight)]).toEqual([roomy, near]);
  });

  test('what was typed is said in less room, too', () => {
    expect(below({ handMade: true, mark: 'added' }, phone)).toBe('by hand');
  });

  test('that a login kept the ID is said where it wrote another person into the record', () => {
    const alice = { id: 1, name: 'Alice', role: 'customer' };
    const record = { sid: 'abc', user: alice, before: null, mark: 'changed' } as SessionRecord;
    const answered = { ...room, browser: { answer: {} } as Browser };
    const textOf = (more: Partial<SessionCookie>, records: SessionRecord[]) =>
      chipText({ ...cookie, ...more }, answered, { records } as WhoIsWho).below;
    expect(textOf({ mark: 'changed', change: 'renewed' }, [record])).toBe('= same ID');
    expect(textOf({ mark: 'added' }, [record])).toBe('+ new');
    expect(textOf({ mark: 'changed', change: 'renewed' }, [{ ...record, before: alice }])).toBe('~ renewed');
  });
});

test('a cookie without an ID says why inside its chip where the next line is near', () => {
  const forged: SessionCookie = { ...cookie, sid: null, broken: { how: 'refused' } };
  expect(chipText(forged, room, nobody)).toMatchObject({ inside: null, below: 'bad signature' });
  expect(chipText(forged, tight, nobody)).toMatchObject({ inside: 'bad signature', below: null });
  expect(chipText(forged, phone, nobody)).toMatchObject({ inside: 'bad', below: null });
});

test('the attributes that a lesson is about are shortened, and left out where they would cover something', () => {
  const attributes = [{ text: 'SameSite=None', weak: true }];
  const shown = (width: number) =>
    chipText({ ...cookie, attributes }, { ...room, chip: { ...room.chip, width } }, nobody).attributes;
  expect([shown(84), shown(48), shown(10)]).toEqual(['SameSite=None', 'SameSite set', '']);
});
