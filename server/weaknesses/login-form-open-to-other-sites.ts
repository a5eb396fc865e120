import express, { type RequestHandler, Router } from 'express';

/** The developer thinks that a login without a session needs no protection against other sites. */
export const refuseCrossSite = (): RequestHandler =>
  function refuseCrossSite(_req, _res, next) {
    next();
  };

/** Plain HTML forms count like JSON, so that the login works without a script. */
export const readBody = (): RequestHandler => Router().use(express.json(), express.urlencoded({ extended: false }));
