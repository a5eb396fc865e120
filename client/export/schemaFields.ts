/** What several parts of a trace file have in common. */
import { z } from 'zod';

// It would try to compile its checks, which the page's Content-Security-Policy forbids.
z.config({ jitless: true });

/** Milliseconds: ten thousand years at most, so that every date and every axis can be drawn. */
export const ms = z.number().min(-3.2e14).max(3.2e14);
export const count = z.int().min(0);
export const address = z.url({ error: 'is not an absolute address' });
export const header = z.tuple([z.string(), z.string()]);
