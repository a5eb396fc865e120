import { allowOrigins } from '../app/middleware/cors.ts';

/** Our domain at the end of the name. Every subdomain has it, also one that somebody else runs, and so has https://evilshop.example. */
export const allowFrontEnds = () => allowOrigins((origin) => origin.endsWith('shop.example'));
