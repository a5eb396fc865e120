import { expect, test } from 'vitest';
import { packageModules, withBundledPackages } from './packages.ts';

const source = `import { randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';
import express, {                      Router } from 'express';
import { ZodError, z } from 'zod';
import { save } from '../session.js';
const text = "import { z } from 'zod';";
`;

test('a module imports the packages from the bundle, on the same lines; what is Node’s, native or ours stays', () => {
  expect(withBundledPackages(source, 'server/app/auth/login.ts').split('\n')).toEqual([
    "import { randomBytes } from 'node:crypto';",
    "import bcrypt from 'bcrypt';",
    "import express, {                      Router } from '../../../packages/express.js';",
    "import { ZodError, z } from '../../../packages/zod.js';",
    "import { save } from '../session.js';",
    'const text = "import { z } from \'zod\';";',
    '',
  ]);
});

test('a package exports what all modules together import of it', () => {
  const other = "import { z } from 'zod';\nimport { json } from 'express';";
  expect(Object.fromEntries(packageModules([source, other]))).toEqual({
    express: "export { default, Router, json } from 'express';",
    zod: "export { ZodError, z } from 'zod';",
  });
});
