import { scenarios } from '../../scenarios/index.ts';

const atOnce =
  'one browser, or several, send requests at the same time; the test makes Chromium send one after the other';
const unanswered = 'a request gets no answer: Chromium waits longer, or sends it again';

/** The scenarios that are not compared, with the reason. docs/virtual-browser.md lists them. */
export const notCompared: Readonly<Record<string, string>> = {
  'async-errors': unanswered,
  'bcrypt-starves-the-server': atOnce,
  'concurrent-session-limit': atOnce,
  'event-stream-outlives-logout': 'a response stays open, and an EventSource would connect again',
  'eviction-logs-everyone-out': 'it needs real Redis',
  'flash-message': atOnce,
  'login-lost-to-a-slow-request': atOnce,
  'logout-everywhere': atOnce,
  'resave-lost-update': atOnce,
  'store-outage-fail-closed': 'it needs real Redis',
  'string-max-age': unanswered,
};

/** The scenarios that are compared. */
export const compared = scenarios.map(({ slug }) => slug).filter((slug) => !(slug in notCompared));
