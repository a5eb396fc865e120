import { scenarios } from '../../scenarios/index.ts';

/** Lessons of other chapters about what a browser sends, keeps or shows again. */
const further = ['authenticated-page-caching', 'localhost-ports', 'cdn-caches-set-cookie'];

/** The scenarios that are compared: those of the chapters about cookies and about other sites, and some more. */
export const compared = scenarios
  .filter(({ chapter, slug }) => chapter === 'cookie' || chapter === 'cross-site' || further.includes(slug))
  .map(({ slug }) => slug);
