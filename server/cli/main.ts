/** `npm run scenarios -- [slug or file …] [options]`. */
import { runAsProcess } from './process.ts';
import { scenarioProgram } from './program.ts';

// npm runs scripts in the project's folder. Paths are relative to the folder in which the command was typed.
await runAsProcess(scenarioProgram, process.env.INIT_CWD ?? process.cwd());
