#!/usr/bin/env node
/** `session-sandbox`, the command of the package. */
import './requireNode.mjs';
import module from 'node:module';

// Node 22.1 and later keep what V8 has compiled for the next start. It helps what is imported from here on.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

const [{ runAsProcess }, { program }] = await Promise.all([import('./process.ts'), import('./program.ts')]);
await runAsProcess(program, process.cwd());
