import express, { type RequestHandler } from 'express';

/** One year: ASVS asks for no less. */
const yearInSeconds = 31_536_000;

/**
 * Tells browsers to use only https for this host and its subdomains, for a year from each response (RFC 6797). Without
 * it, the first request of a visitor who types the name of the host goes over plain HTTP, and an attacker on the network
 * can answer it.
 */
export const strictTransportSecurity = (): RequestHandler =>
  function strictTransportSecurity(req, res, next) {
    // Section 7.2: not over plain HTTP, where browsers ignore it.
    if (req.secure) res.set('strict-transport-security', `max-age=${yearInSeconds}; includeSubDomains`);
    next();
  };

/**
 * Parses the body of a request that declares it to be JSON. A form of another site cannot declare that, and a script of
 * another site needs our permission to (Fetch standard, CORS-safelisted Content-Type).
 */
export const readBody = (): RequestHandler => express.json({ limit: '16kb' });

/**
 * Keeps the pages of a user out of every cache. A proxy that stores them would give them to the next visitor, and a browser
 * would show them after the logout when somebody presses Back.
 */
export const noStore = (): RequestHandler =>
  function noStore(_req, res, next) {
    res.set('cache-control', 'no-store');
    next();
  };
