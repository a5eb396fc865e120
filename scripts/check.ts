/** `npm run check`: types, format, lint, and the table of who may import whom. */
import { fileURLToPath } from 'node:url';
import { checks, runSideBySide } from './sideBySide.ts';

process.exitCode = await runSideBySide(checks, fileURLToPath(new URL('..', import.meta.url)));
