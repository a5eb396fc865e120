const preflightOverHttp = 'Chromium sends Sec-Fetch-Mode with a preflight to http, and no other Sec-Fetch header.';
const authorization = 'Chromium lets * allow Authorization, with a warning that this will end.';
const repeated =
  'Chromium accepts a directive that it does not know twice. RFC 6797 section 6.1 forbids to repeat any.';
const escaped = 'Chromium sends | in a path as %7C. The URL standard leaves it as it is.';

/**
 * The contexts and visits in which the virtual browser differs from Chromium on purpose, with the reason. A test fails on a
 * difference that is missing here, and on one that no longer occurs. docs/virtual-browser.md says the same.
 */
export const differing: Readonly<Record<string, string>> = {
  'http://shop: fetch PUT to http://evil': preflightOverHttp,
  'a preflight allows every header, Authorization not, credentials omit': authorization,
  'HSTS max-age=60; unknown; unknown: http://shop.example': repeated,
  'visit: a redirect to "/a|b"': escaped,
  'fetch: a redirect to "/a|b"': escaped,
};
