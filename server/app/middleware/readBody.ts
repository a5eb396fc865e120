import express, { type RequestHandler } from 'express';

/**
 * JSON, and only where the request says that it is JSON. Another site's form cannot say so, and another site's script has to ask
 * us before it may (Fetch standard, CORS-safelisted Content-Type).
 */
export const readBody = (): RequestHandler => express.json({ limit: '16kb' });
