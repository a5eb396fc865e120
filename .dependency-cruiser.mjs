/**
 * Who may import whom at run time. Type-only imports leave no trace in what runs, so they are free (they are gone before
 * dependency-cruiser looks: `tsPreCompilationDeps` is off). Tests and scripts/ are free as well. A folder that is not in
 * the table may import nothing of ours: add a row, do not widen one.
 */
import { fileURLToPath } from 'node:url';

const TEXTBOOK_PACKAGES = [
  'express',
  'express4',
  'express-session',
  'connect-redis',
  'connect-redis-9',
  'cookie-signature',
  'ioredis',
  'bcrypt',
  'zod',
];

/** `ours`: what of this project it may import besides itself. `packages`: npm packages, and Node's own as `node:`. */
const table = {
  'server/app/': { ours: [], packages: [...TEXTBOOK_PACKAGES, 'node:'] },
  'server/redis/': { ours: [], packages: ['*', 'node:'] },
  'server/lab/': { ours: ['server/app/', 'server/redis/', 'scenarios/engine/'], packages: ['*', 'node:'] },
  'server/headless/': { ours: ['server/lab/', 'server/redis/', 'scenarios/'], packages: ['*', 'node:'] },
  'server/api/': { ours: ['server/lab/', 'server/redis/', 'scenarios/'], packages: ['*', 'node:'] },
  'server/main.ts': { ours: ['server/'], packages: ['*', 'node:'] },
  'scenarios/': { ours: [], packages: [] },
  'scenarios/engine/': { ours: [], packages: [] },
  'client/': { ours: ['scenarios/engine/', 'server/app/.+[.]as-text'], packages: ['*'] },
};

const TESTS = '[.]test[.]tsx?$';
/** What several tests share: testServer.ts, told.fixture.ts. */
const TEST_HELPERS = '(/test[A-Z][^/]*|[.]fixture)[.]tsx?$';
const OURS = ['local', 'localmodule'];
const PACKAGES = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

const from = (folder) => ({ path: `^${folder}`, pathNot: TESTS });
const startsWith = (paths) => paths.map((path) => `^${path}`);

const tableRules = Object.entries(table).flatMap(([folder, { ours, packages }]) => {
  const may = [
    ...ours,
    ...packages.map((name) => name.replace('*', 'any npm package').replace('node:', "Node's modules")),
  ];
  const rule = {
    severity: 'error',
    name: `imports-of-${folder}`,
    comment: `${folder} may import, besides itself: ${may.join(', ') || 'nothing'}. Type-only imports are free.`,
    from: from(folder),
  };
  const rules = [{ ...rule, to: { dependencyTypes: OURS, pathNot: startsWith([folder, ...ours]) } }];
  if (!packages.includes('node:')) rules.push({ ...rule, to: { dependencyTypes: ['core'] } });
  if (!packages.includes('*')) {
    rules.push({
      ...rule,
      to: { dependencyTypes: PACKAGES, pathNot: packages.map((name) => `^node_modules/${name}/`) },
    });
  }
  return rules;
});

export default {
  forbidden: [
    ...tableRules,
    {
      severity: 'error',
      name: 'not-in-the-table',
      comment:
        'This folder has no row in the import table (.dependency-cruiser.mjs), so it may import nothing of ours.',
      from: { pathNot: [TESTS, '^scripts/', ...startsWith(Object.keys(table))] },
      to: { dependencyTypes: OURS },
    },
    {
      severity: 'error',
      name: 'no-cycle',
      comment: 'A cycle means that neither file can be read, tested or moved alone: take out what both need.',
      from: {},
      to: { circular: true },
    },
    {
      severity: 'error',
      name: 'not-found',
      comment: 'Nothing is there. Is the path right, and does it end in .ts?',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      severity: 'error',
      name: 'not-in-package-json',
      comment: 'The package is here only because another one brought it along: name it in package.json.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      severity: 'error',
      name: 'dev-dependency',
      comment: 'What runs for a learner must be in "dependencies": an installation without development tools lacks it.',
      from: { path: '^(server|client|scenarios)/', pathNot: [TESTS, TEST_HELPERS] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm'] },
    },
    {
      severity: 'error',
      name: 'imports-a-test-helper',
      comment: 'This file is made for tests and may need development tools: what runs for a learner has no use for it.',
      from: { pathNot: ['^scripts/', TESTS, TEST_HELPERS] },
      to: { path: TEST_HELPERS },
    },
    {
      severity: 'error',
      name: 'imports-a-test',
      comment: 'A test file runs its tests when imported: move what you need from it into a file of its own.',
      from: {},
      to: { path: TESTS },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist|docs|[.]git)(/|$)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: false,
    webpackConfig: { fileName: fileURLToPath(new URL('scripts/import-as-text.mjs', import.meta.url)) },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
