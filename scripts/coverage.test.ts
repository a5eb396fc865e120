import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coverage } from '../scenarios/engine/standards.ts';
import { scenarios } from '../scenarios/index.ts';
import { isKnownReference } from '../testing/references.ts';
import { asMarkdown, file } from './coverage.ts';

test('docs/standards.md is up to date (npm run coverage:standards -- --write updates it)', () => {
  expect(readFileSync(file, 'utf8')).toBe(asMarkdown(coverage(scenarios)));
});

test.each(scenarios.flatMap(({ slug, references }) => references.map((id) => ({ slug, id }))))(
  '$slug refers to $id, which exists',
  ({ id }) => {
    expect(isKnownReference(id)).toBe(true);
  },
);

test.each(['ASVS V7.2.9', 'CWE-1', 'ASVS 7.2.4', 'expressjs/session', ''])('"%s" is no known reference', (id) => {
  expect(isKnownReference(id)).toBe(false);
});
