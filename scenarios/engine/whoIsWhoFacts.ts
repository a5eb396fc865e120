/** Questions about a browser, its session cookie and its record that the sentence about who is who depends on. Pure. */
import type { SessionRecord } from './sessionRecord.ts';
import type { Browser, WhoIsWho } from './whoIsWho.ts';

/** Whether a browser passes for somebody it does not belong to. */
export function isPosing(browser: Browser): boolean {
  const user = browser.means ?? browser.begun?.user ?? null;
  return user !== null && isForeign(browser, user.name);
}

/** A thing of nobody, such as a shared computer, is nobody's impostor unless an attacker has it. */
export const isForeign = ({ owner, actor }: Browser, name: string) =>
  owner === null ? actor.role === 'attacker' : owner !== name;

/** A page of somebody whom the browser's own session does not name: from a cache, or from an app that does not ask the session. */
export function readsOthers(browser: Browser): boolean {
  const { answer, means } = browser;
  if (!answer || answer.about === null || answer.status >= 300 || answer.about === means?.name) return false;
  if (answer.by === 'browser') return true;
  // Since the app answered, time may have ended the session.
  if (answer.by === null && means === null) return false;
  return isForeign(browser, answer.about);
}

/** Whether a browser holds a session cookie that the app does not see, or that names no record. */
export const reachesNoRecord = (browser: Browser, who: WhoIsWho) =>
  browser.cookies[0] !== undefined && (browser.cookies[0].broken !== null || !recordsOf(browser, who).some(isThere));

/** Whether the cookie of a browser means nobody: it reaches no record, or an app whose records are not watched names nobody for it. */
export const holdsNothing = (browser: Browser, who: WhoIsWho) =>
  reachesNoRecord(browser, who) ||
  (browser.means === null && recordsOf(browser, who).some(({ state }) => state === 'unseen'));

/** Whether a browser holds nothing, and did nothing in the step, but has typed a session cookie before. */
export const isInHand = ({ cookies }: Browser) => cookies[0]?.handMade === true && cookies[0].mark === null;

/** Whether a browser was refused because its record waits for a code. */
export const waitsInVain = (browser: Browser, who: WhoIsWho) =>
  browser.answer !== null && browser.answer.status >= 400 && recordsOf(browser, who).some(({ waitsFor }) => waitsFor);

/** A browser that has a session cookie already may refuse another one. */
export const isHindered = ({ hindrance, cookies }: Browser) =>
  hindrance !== null && (hindrance.how === 'not-allowed' || cookies.length === 0);

/** The records that the first cookie of a browser names: several only if each process has its own memory. */
export const recordsOf = ({ cookies: [cookie] }: Browser, { records }: WhoIsWho) =>
  records.filter(({ sid }) => sid === cookie?.sid);

export const isThere = ({ state, user }: SessionRecord) =>
  state === 'live' || state === 'token' || state === 'elsewhere' || (state === 'unseen' && user !== null);

export const isUnreachable = ({ state }: SessionRecord) => state === 'unreachable';

export const isNewlyLost = ({ process, state, mark }: SessionRecord) =>
  process !== null && state === 'lost' && mark !== null;

export const isForgotten = (series: string | null, { records }: WhoIsWho) =>
  records.some(({ sid, state, mark }) => sid === series && state === 'deleted' && mark === 'removed');

/** Returns the name of the person whom the record of a session names; null when it names nobody. */
export const ownerIn = ({ records }: WhoIsWho, sid: string | null) =>
  records.find((record) => record.sid === sid && record.user !== null)?.user?.name ?? null;
