/**
 * The contexts in which the virtual browser differs from Chromium on purpose, with the reason. A test fails on a difference
 * that is missing here, and on one that no longer occurs. docs/virtual-browser.md says the same.
 */
const preflightOverHttp = 'Chromium sends Sec-Fetch-Mode with a preflight to http, and no other Sec-Fetch header';
const authorization = 'Chromium lets * allow Authorization, with a warning that this will end';

export const differing: Readonly<Record<string, string>> = {
  'http://shop: fetch PUT to http://evil': preflightOverHttp,
  'a preflight allows every header, Authorization not, credentials omit': authorization,
};
