/**
 * Every id a scenario may refer to. Each was looked up in its source: ASVS 5.0.0, the Web Security Testing Guide, CWE 4.19,
 * CAPEC, draft-ietf-httpbis-rfc6265bis and NIST SP 800-63B-4. A typo would send a reader to nowhere.
 */
const ids = {
  'ASVS ': `
    V2.4.1 V3.3.1 V3.3.2 V3.3.3 V3.3.4 V3.3.5 V3.4.1 V3.4.2 V3.5.1 V3.5.2 V3.5.3 V3.5.4 V3.5.8 V4.1.3 V6.1.1 V6.2.1
    V6.2.3 V6.2.4 V6.2.8 V6.2.9 V6.2.12 V6.3.1 V6.3.2 V6.3.4 V6.3.5 V6.3.7 V6.3.8 V6.4.3 V7.1.1 V7.1.2 V7.1.3 V7.2.1
    V7.2.2 V7.2.3 V7.2.4 V7.3.1 V7.3.2 V7.4.1 V7.4.2 V7.4.3 V7.4.4 V7.4.5 V7.5.1 V7.5.2 V7.5.3 V7.6.1 V7.6.2 V8.2.4
    V8.3.2 V11.2.4 V11.4.2 V11.5.1 V12.2.1 V12.3.1 V13.1.2 V13.1.3 V13.1.4 V13.2.3 V13.2.6 V13.3.1 V13.3.4 V13.4.2
    V14.2.1 V14.2.2 V14.2.5 V14.2.6 V14.3.1 V14.3.2 V14.3.3 V15.3.4 V15.4.2 V16.2.5 V16.3.1 V16.3.3 V16.5.1 V16.5.2
    V16.5.3 V16.5.4 V15.1.3 V15.2.2
  `,
  '': `
    WSTG-ATHN-02 WSTG-ATHN-03 WSTG-ATHN-04 WSTG-ATHN-05 WSTG-ATHN-06 WSTG-ATHN-07 WSTG-ATHN-09 WSTG-ATHN-10
    WSTG-ATHN-11 WSTG-ATHZ-03 WSTG-BUSL-04 WSTG-BUSL-05 WSTG-CLNT-07 WSTG-CLNT-12 WSTG-CONF-07 WSTG-CONF-13 WSTG-CRYP-03
    WSTG-IDNT-04 WSTG-SESS-01 WSTG-SESS-02 WSTG-SESS-03 WSTG-SESS-04 WSTG-SESS-05 WSTG-SESS-06 WSTG-SESS-07
    WSTG-SESS-08 WSTG-SESS-09 WSTG-SESS-10 WSTG-SESS-11
  `,
  'CWE-': `
    79 203 204 208 209 288 294 302 306 307 312 315 319 331 334 338 340 341 346 347 348 352 362 367 384 400 488 501 521
    522 524 525 532 539 547 565 598 602 613 614 620 636 640 645 672 694 770 784 789 798 799 841 862 863 916 942 1004 1188
    1250 1275
  `,
  'CAPEC-': `
    2 16 21 26 29 31 39 49 50 54 59 60 61 62 63 74 94 102 115 125 130 140 158 196 204 226 233 565 593 600
  `,
  'RFC6265bis ': `
    4.1.3 5.2 5.4 5.5 5.6 5.6.7.1 5.6.7.2 5.7 5.8.2 5.8.3 6.1 8.2 8.3 8.4 8.5 8.6 8.8 8.8.1 8.8.2 8.8.6
  `,
  'NIST 63B-4 ': `
    2.1.3 2.2.3 2.3.3 3.1.1.2 3.2.2 5.1 5.1.1 5.2
  `,
};

const known = new Set(
  Object.entries(ids).flatMap(([prefix, list]) => list.match(/\S+/g)!.map((id) => `${prefix}${id}`)),
);

/** Issues of the libraries, incidents and standards with few ids: recognized by their form. */
const forms = [
  /^(expressjs\/(session|express)|tj\/connect-redis|redis\/ioredis|fastify\/session|kelektiv\/node\.bcrypt\.js|stipsan\/ioredis-mock)#\d+$/,
  /^WCAG \d\.\d\.\d+$/,
  /^RFC \d{4}( section [\d.]+)?$/,
  /^Loom incident of 7 March 2023$/,
];

export const isKnownReference = (id: string): boolean => known.has(id) || forms.some((form) => form.test(id));
