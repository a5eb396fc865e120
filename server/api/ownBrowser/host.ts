import type { OwnBrowser } from '../../../scenarios/engine/api.ts';
import { isLoopback } from '../guard.ts';

/**
 * The host at which a sandbox's app answers the learner's own browser. A name that ends in `.localhost` is this machine in every
 * browser and nobody else's to give away (RFC 6761 section 6.3), and each sandbox is a site of its own: no cookie gets from
 * one to another, nor to the page.
 * @param listensOn the address the server listens on
 * @param port of the connection that asks
 */
export function ownBrowserAt(listensOn: string, port: number | undefined, sandbox: string): OwnBrowser {
  if (isLoopback(listensOn)) return { address: `http://${sandbox}.localhost${port === 80 ? '' : `:${port}`}/` };
  return {
    whyNot: `This server is open to other machines (HOST=${listensOn}), where a name in .localhost would be each one’s own machine. Start it without HOST to join.`,
  };
}

/** The sandbox that a Host header names, at exactly the port it came to; undefined for every other host. */
export function sandboxNamedBy(host: string | undefined, port: number | undefined): string | undefined {
  const [, sandbox, given = '80'] = /^([0-9a-f]{12})\.localhost(?::(\d{1,5}))?$/i.exec(host ?? '') ?? [];
  return Number(given) === port ? sandbox?.toLowerCase() : undefined;
}
