/** Fields that several schemas of the contract share. */
import { z } from 'zod';

// zod would compile each schema with `new Function`, which the page's Content-Security-Policy forbids. The setting must be made
// before the first schema is created, so every file with schemas imports zod from here.
z.config({ jitless: true });

export { z };

export const variant = z.enum(['vulnerable', 'protected']);
export const storeKind = z.enum(['mock', 'real']);

/** How a step lets time pass. `jump`: everything gets older at once. `real`: it waits, with the scenario's short times. */
export const pace = z.enum(['jump', 'real']);

/** Name and value of a header. */
export const header = z.tuple([z.string(), z.string()]);

/** Milliseconds: at most ten thousand years, so that every date and every axis can be drawn. */
export const milliseconds = z.number().min(-3.2e14).max(3.2e14);

/** A number of things, or an index. */
export const count = z.int().min(0);

export const absoluteUrl = z.url({ error: 'is not an absolute address' });

export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const slug = z.string().regex(slugPattern, { error: 'is not lower-case words joined by hyphens' });

/** The id of the session that something is about; null when it is not about a session. */
export const sid = z.nullable(z.string());

/** What an ask compares: a plain value that can be written into a trace and compared with `Object.is`. */
export const answer = z.union([z.string(), z.number(), z.boolean()]);
