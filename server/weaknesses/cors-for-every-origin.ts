import { allowOrigins } from '../app/middleware/cors.ts';

/** What `cors({ origin: true, credentials: true })` does, which the web advises against every CORS error: it names whoever asks. */
export const allowFrontEnds = () => allowOrigins(() => true);
