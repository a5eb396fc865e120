/**
 * Who may import whom, types included. A folder that is not in the table may import nothing of ours: add a row, do not
 * widen one. Tests and scripts/ may import anything; what only tests need is in testing/, which nothing else may import.
 */
import { fileURLToPath } from 'node:url';

/** What a textbook on Express sessions would use. */
const TEXTBOOK_PACKAGES = [
  'express',
  'express-session',
  'connect-redis',
  'cookie-signature',
  'ioredis',
  'bcrypt',
  'otpauth',
  'zod',
  'node:',
];
/** Some weaknesses are an outdated or a wrong package. */
const WEAK_PACKAGES = [...TEXTBOOK_PACKAGES, 'express4', 'connect-redis-9'];
const ANY_PACKAGE = ['*', 'node:'];
/** The source of the app and its weaknesses as text, to show it: see scripts/import-as-text.mjs. */
const SOURCE_TEXT = 'server/(app|weaknesses)/.+[.]as-text';

/** The layers of the client from bottom to top. */
const CLIENT = ['ui', 'player', 'progress', 'panels', 'export', 'frame', 'compare', 'pages', 'workshop'].map(
  (it) => `client/${it}/`,
);
const below = (layer) => ['scenarios/engine/', ...CLIENT.slice(0, CLIENT.indexOf(layer))];

/**
 * `ours`: what of this project it may import besides itself. `packages`: npm packages, and Node's own as `node:`. In the name
 * of a row, `*` stands for one folder: each folder has the row for itself.
 */
const table = {
  'server/app/': { ours: [], packages: TEXTBOOK_PACKAGES },
  'server/weaknesses/': { ours: ['server/app/'], packages: WEAK_PACKAGES },
  'server/redis/': { ours: [], packages: ANY_PACKAGE },
  'server/lab/': {
    ours: ['server/app/', 'server/weaknesses/', 'server/redis/', 'scenarios/engine/'],
    packages: ANY_PACKAGE,
  },
  // Of the lab the virtual browser and what records: it asks an app that somebody else runs.
  'server/check/': {
    ours: ['server/lab/(browser|network|time|recorder|headers)[/.]', 'server/redis/', 'scenarios/engine/'],
    packages: ANY_PACKAGE,
  },
  'server/workshop/': { ours: ['server/lab/', 'server/redis/', 'scenarios/'], packages: ANY_PACKAGE },
  'server/cli/': {
    ours: ['server/check/', 'server/lab/', 'server/redis/', 'server/workshop/', 'server/serve.ts', 'scenarios/'],
    packages: ANY_PACKAGE,
  },
  'server/api/': { ours: ['server/lab/', 'server/redis/', 'server/workshop/', 'scenarios/'], packages: ANY_PACKAGE },
  // They answer with the routes of the API.
  'server/workers/': {
    ours: ['server/api/', 'server/lab/', 'server/redis/', 'server/workshop/', 'scenarios/'],
    packages: ANY_PACKAGE,
  },
  'server/main.ts': { ours: ['server/'], packages: ANY_PACKAGE },
  'server/serve.ts': {
    ours: ['server/api/', 'server/lab/', 'server/redis/', 'server/workers/', 'server/workshop/', 'scenarios/engine/'],
    packages: ANY_PACKAGE,
  },
  'server/exports.ts': { ours: ['server/', 'scenarios/engine/'], packages: [] },
  'scenarios/': { ours: [], packages: [] },
  'scenarios/engine/': { ours: [], packages: ['zod'] },
  'client/ui/': { ours: below('client/ui/'), packages: ['*'] },
  'client/player/': { ours: below('client/player/'), packages: ['*'] },
  // Beside the player, so it may import the same.
  'client/progress/': { ours: below('client/player/'), packages: ['*'] },
  'client/panels/*/': { ours: [...below('client/panels/'), SOURCE_TEXT], packages: ['*'] },
  'client/export/': { ours: below('client/export/'), packages: ['*'] },
  'client/frame/': { ours: below('client/frame/'), packages: ['*'] },
  'client/compare/': { ours: below('client/compare/'), packages: ['*'] },
  'client/pages/': { ours: below('client/pages/'), packages: ['*'] },
  'client/workshop/': { ours: below('client/workshop/'), packages: ['*'] },
  // The page without a server: the page, with recordings in place of the server.
  'client/recorded/': { ours: ['scenarios/engine/', 'client/'], packages: ['*'] },
  'client/': { ours: ['scenarios/engine/'], packages: ['*'] },
  // They are apps of somebody else: only a recipe knows that the check exists.
  'examples/*/': { ours: ['server/exports.ts'], packages: ANY_PACKAGE },
  'vite.config.ts': { ours: ['scripts/'], packages: ANY_PACKAGE },
  'vitest.config.ts': { ours: ['scripts/'], packages: ANY_PACKAGE },
  'testing/': { ours: ['server/', 'scenarios/', 'client/'], packages: ANY_PACKAGE },
};

/** The layers of server/lab. Each file or folder may import what stands in the lines above its own. */
const labLayers = [
  ['gate', 'headers', 'passwords', 'removal', 'shares', 'source', 'time', 'turns'],
  ['hashing', 'network', 'sessionIds'],
  ['recorder'],
  ['browser', 'deployment', 'lens', 'playback', 'store'],
  ['chromium', 'freePlay', 'ownBrowser', 'traceHeader'],
  ['cast', 'castArguments'],
  ['sandbox'],
  ['sandboxes'],
  ['limits'],
];

const TESTS = '[.]test[.]tsx?$';
const OURS = ['local', 'localmodule'];
const PACKAGES = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

const startsWith = (paths) => paths.map((path) => `^${path.replace('/*/', '/[^/]+/')}`);
/** A folder inside of it that has a row of its own is not meant. */
const from = (folder) => ({
  path: `^${folder.replace('*', '([^/]+)')}`,
  pathNot: [TESTS, ...startsWith(Object.keys(table).filter((row) => row !== folder && row.startsWith(folder)))],
});

const tableRules = Object.entries(table).flatMap(([folder, { ours, packages }]) => {
  const may = [
    ...ours,
    ...packages.map((name) => name.replace('*', 'any npm package').replace('node:', "Node's modules")),
  ];
  const rule = {
    severity: 'error',
    name: `imports-of-${folder}`,
    comment: `${folder} may import, besides itself: ${may.join(', ') || 'nothing'}.`,
    from: from(folder),
  };
  // `$1` is the folder that `*` stands for. testing/ has a rule of its own.
  const itself = folder.replace('*', '$1');
  const rules = [{ ...rule, to: { dependencyTypes: OURS, pathNot: startsWith([itself, 'testing/', ...ours]) } }];
  if (!packages.includes('node:')) rules.push({ ...rule, to: { dependencyTypes: ['core'] } });
  if (!packages.includes('*')) {
    rules.push({
      ...rule,
      to: {
        dependencyTypes: PACKAGES,
        pathNot: packages.flatMap((name) => [`^node_modules/${name}/`, `^node_modules/@types/${name}/`]),
      },
    });
  }
  return rules;
});

const layerRules = labLayers.map((layer, index) => {
  const lower = labLayers.slice(0, index).flat();
  return {
    severity: 'error',
    name: 'layers-of-server/lab/',
    comment: `Of server/lab, ${layer.join(', ')} may import, besides itself: ${lower.join(', ') || 'nothing'}.`,
    from: { path: `^server/lab/(${layer.join('|')})[/.]`, pathNot: TESTS },
    to: { path: '^server/lab/', pathNot: `^server/lab/(${['$1', ...lower].join('|')})[/.]` },
  };
});

export default {
  forbidden: [
    ...tableRules,
    ...layerRules,
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
      // A peer dependency that is a development dependency, too, counts as both.
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
    {
      severity: 'error',
      name: 'dev-dependency',
      comment:
        'What runs on Node must be in "dependencies": the installed package lacks the others. The page is built before.',
      from: { path: '^(server|scenarios)/', pathNot: TESTS },
      // Who plays in a real browser installs playwright-core, and it is loaded only then.
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm', 'type-only'],
        pathNot: '^node_modules/playwright-core/',
      },
    },
    {
      severity: 'error',
      name: 'imports-testing',
      comment: 'testing/ is for tests and may need development tools: what runs for a learner has no use for it.',
      from: { pathNot: ['^scripts/', '^testing/', TESTS] },
      to: { path: '^testing/' },
    },
    {
      severity: 'error',
      name: 'needs-vitest',
      comment: 'A script is run without vitest, which throws where it is only imported: take out what both need.',
      from: { path: '^scripts/bench', pathNot: ['^scripts/bench/tools/', TESTS] },
      to: { path: '^node_modules/vitest/', reachable: true },
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
    tsPreCompilationDeps: true,
    webpackConfig: { fileName: fileURLToPath(new URL('scripts/import-as-text.mjs', import.meta.url)) },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
