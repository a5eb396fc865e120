import { allowOrigins } from '../app/middleware/cors.ts';

/** Our domain at the end of the name. Every subdomain has it, whoever runs it, and so has https://evilshop.example. */
export const allowFrontEnds = () => allowOrigins((origin) => origin.endsWith('shop.example'));
