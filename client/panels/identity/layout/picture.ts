/** The picture of who is who as it is drawn: what stands where, and the lines between. Pixels. */
import type { AskingPage } from '../../../../scenarios/engine/askingPages.ts';
import type { CopyElsewhere } from '../../../../scenarios/engine/copies.ts';
import type { Delivery } from '../../../../scenarios/engine/deliveries.ts';
import type { OtherCookie } from '../../../../scenarios/engine/otherCookies.ts';
import type { SessionCookie } from '../../../../scenarios/engine/sessionCookies.ts';
import type { RecordUser, SessionRecord } from '../../../../scenarios/engine/sessionRecord.ts';
import type { Browser } from '../../../../scenarios/engine/whoIsWho.ts';
import type { Box } from './geometry.ts';

export interface Picture {
  width: number;
  height: number;
  browsers: { browser: Browser; box: Box }[];
  /** From the box of a row to that of the next. */
  gap: number;
  /** Other sites that have a copy of a cookie. */
  copies: { copy: CopyElsewhere; box: Box }[];
  /** Pages of other sites that made a browser ask. `joins`: where its line meets that of the cookie that went along; null when none did. */
  pages: { page: AskingPage; box: Box; path: string; joins: { x: number; y: number } | null }[];
  /** Other sites that received something. `data`: what they know of an account; null when they learned nothing. */
  deliveries: { delivery: Delivery; box: Box; data: { box: Box; paths: string[] } | null }[];
  /** Further cookies that the lesson is about. `path`: from its browser to it. */
  otherCookies: { cookie: OtherCookie; browser: Browser; box: Box; path: string }[];
  /** Signed tokens, each where the chip of its cookie would be: there is no record that it leads to. */
  tokens: { record: SessionRecord; cookie: SessionCookie; box: Box }[];
  /** From each browser or copy towards the records that its cookie names. Without a cookie there is only the place where a line would be. */
  lines: Line[];
  /** `stray`: no browser holds a cookie for it. */
  records: { record: SessionRecord; box: Box; stray: boolean }[];
  /** Where the number of further records stands; null when there are none. */
  others: Box | null;
  people: Person[];
  /** From a record or a token to the person it names. */
  names: { path: string; from: Box; person: Person; record: SessionRecord }[];
  /** From the records that a browser began to the person whom all of them name; null when there is none. */
  begun: { path: string; person: Person } | null;
  /** From a browser past the records to the person whose page it got, though its own session does not name them. */
  misled: { path: string; browser: Browser }[];
}

export interface Line {
  /** null for a copy. */
  browser: Browser | null;
  cookie: SessionCookie | null;
  /** The box of the cookie's chip. */
  chip: Box;
  /** Whether the next line is so near that no word fits below the chip. */
  tight: boolean;
  /** Whether a word fits above the chip as well. */
  roomAbove: boolean;
  /** Pixels between the chip and the records. */
  beside: number;
  /** One to each record: several only if each process has its own memory. None without a cookie. */
  branches: Branch[];
}

export interface Branch {
  /** From the browser to the record, under the chip; up to the break when it is broken. */
  path: string;
  /** Where a line that does not reach a record ends; null when it does. */
  end: { x: number; y: number } | null;
  /** null when the cookie names no record. */
  record: SessionRecord | null;
}

export interface Person {
  user: RecordUser | null;
  /** Whether an admin has disabled the account. */
  disabled: boolean;
  /** Whose code a record of nobody waits for. */
  waitsFor: string | null;
  box: Box;
}
