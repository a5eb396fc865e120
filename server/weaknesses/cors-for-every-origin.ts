import { allowOrigins } from '../app/middleware/cors.ts';

/** What `cors({ origin: true, credentials: true })` does, a common advice against CORS errors: it allows each origin that asks. */
export const allowFrontEnds = () => allowOrigins(() => true);
