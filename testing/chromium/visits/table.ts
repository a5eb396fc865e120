/** The visits that are compared with Chromium. */
import { answered } from './answers.ts';
import { backs } from './backs.ts';
import { cleared } from './clearing.ts';
import { stored, tabs, written, young } from './cookies.ts';
import { hsts, hstsInPages } from './hsts.ts';
import { remembered } from './permissions.ts';
import { locations, noRedirects, redirectLimit } from './redirects.ts';
import type { Visit } from './visits.ts';

export const everyVisit: readonly Visit[] = [
  ...backs,
  ...locations,
  ...noRedirects,
  ...hsts,
  ...hstsInPages,
  ...cleared,
  ...remembered,
  ...redirectLimit,
  ...stored,
  ...young,
  ...tabs,
  ...written,
  ...answered,
];
