import { beforeAll, vi } from 'vitest';
import { findTestBrowser } from '../programs/needs.ts';
import { compareWithChromium } from './comparison.ts';

// comparison.full.test.ts uses the Chromium that people have.
beforeAll(() => vi.stubEnv('CHROME_PATH', findTestBrowser()));

// Each is there for rules that the others do not need. comparison.full.test.ts compares the other scenarios; the Back button and the cache
// are among the visits of tables.test.ts.
compareWithChromium([
  'samesite-csrf', // requests from other sites, SameSite, Origin and Sec-Fetch-Site
  'httponly-vs-xss', // scripts that read and write cookies
  'host-prefix', // prefixes, Secure, and cookies that are refused
  'subdomain-cookie-tossing', // Domain, and the order of cookies
]);
