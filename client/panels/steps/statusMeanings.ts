/** Status codes in words. */
import type { Answer } from '../../../scenarios/engine/trace.ts';

/** The reason phrases of RFC 9110 section 15 and RFC 6585, of the codes that are asked for. */
const phrases: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** "Forbidden" for 403; null for what is not a status code. */
export const meaningOf = (answer: Answer): string | null =>
  typeof answer === 'number' ? (phrases[answer] ?? null) : null;
