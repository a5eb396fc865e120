#!/usr/bin/env node
/** `session-sandbox`, the command of the package. */
import { runAsProcess } from './process.ts';
import { program } from './program.ts';

await runAsProcess(program, process.cwd());
