const preflightOverHttp = 'Chromium sends Sec-Fetch-Mode with a preflight to http, and no other Sec-Fetch header.';
const authorization = 'Chromium lets * allow Authorization, with a warning that this will end.';
const repeated =
  'Chromium accepts a directive that it does not know twice. RFC 6797 section 6.1 forbids to repeat any.';
const twentieth = 'Chromium follows 19 redirects of a page, and 20 of a fetch(). The Fetch standard allows 20.';
const escaped =
  'Chromium sends | and ^ in a path as %7C and %5E. The URL standard leaves | as it is, and Node ^ as well.';

/**
 * The contexts and visits in which the virtual browser differs from Chromium on purpose, with the reason. A test fails on a
 * difference that is missing here, and on one that no longer occurs. docs/virtual-browser.md says the same.
 */
export const differing: Readonly<Record<string, string>> = {
  'http://shop: fetch PUT to http://evil': preflightOverHttp,
  'http://shop: fetch PUT to http://203.0.113.9': preflightOverHttp,
  'http://localhost:3000: fetch PUT to http://203.0.113.9': preflightOverHttp,
  'a preflight allows every header, Authorization not, credentials omit': authorization,
  'HSTS max-age=60; unknown; unknown: http://shop.example': repeated,
  '20 redirects of a page': twentieth,
  '21 redirects of a page': twentieth,
  'visit: a redirect to "/a|b"': escaped,
  'fetch: a redirect to "/a|b"': escaped,
  'visit: redirected to "/a^b`c"': escaped,
  'fetch: redirected to "/a^b`c"': escaped,
};
