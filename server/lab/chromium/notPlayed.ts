const atOnce = 'one browser, or several, send requests at the same time; Chromium is made to send one after the other';

/** The scenarios that are not played in Chromium, by their slug, with the reason. docs/virtual-browser.md lists them. */
export const notPlayed: Readonly<Record<string, string>> = {
  'bcrypt-starves-the-server': atOnce,
  'concurrent-session-limit': atOnce,
  'event-stream-outlives-logout': 'a response stays open, and an EventSource would connect again',
  'flash-message': atOnce,
  'login-lost-to-a-slow-request': atOnce,
  'logout-everywhere': atOnce,
  'resave-lost-update': atOnce,
};
