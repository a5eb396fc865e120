import express4 from 'express4';

/** The same app on Express 4, which calls an async handler and looks at nothing it returns: a rejection is nobody's. */
export const framework = express4;
