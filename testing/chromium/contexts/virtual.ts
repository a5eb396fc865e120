/** The contexts in the virtual browser. */

import type { LabActor } from '../../../server/lab/browser/actor.ts';
import { createVirtualActor } from '../../virtualActor.ts';
import { addressOf, type Context, isFramed, isNavigation } from './contexts.ts';
import { createContextServer, seedPath } from './server.ts';

/** Sends every context. Returns what the servers received and what the page got, a line each. */
export async function playVirtually(contexts: readonly Context[], hosts: readonly string[]): Promise<string[][]> {
  const server = createContextServer(contexts);
  const { actor } = createVirtualActor(server.answer);
  for (const at of hosts) await actor.visit(at + seedPath);

  const lines: string[][] = [];
  for (const context of contexts) {
    const outcome = await send(actor, context, addressOf(contexts, context, 0));
    lines.push([...server.received(context), ...(isNavigation(context) || isFramed(context) ? [] : [outcome])]);
  }
  return lines;
}

async function send(actor: LabActor, context: Context, url: string): Promise<string> {
  const { from, how, method = 'GET', headers = {}, body, credentials = 'include', mode = 'cors', policy } = context;
  try {
    if (from === null) return `status ${(await actor.visit(url)).status}`;
    await actor.visit(policy === undefined ? `${from}/` : `${from}/?policy=${policy}`);
    const page = actor.on(from);
    if (how === 'link') return `status ${(await page.link(url)).status}`;
    if (how === 'form') return `status ${(await page.form(url, { item: 'hat' })).status}`;
    if (how === 'frame') return `status ${(await page.frame(url)).status}`;
    if (how === 'form into a frame') return `status ${(await page.frame(url, { item: 'hat' })).status}`;
    if (how === 'image') return await page.image(url).then(() => 'an image');
    if (how === 'style sheet') return await page.styleSheet(url).then(() => 'a style sheet');
    const { status, by } = await page.send(method, url, body, { headers, credentials, mode });
    return status === 0 && by !== 'an opaque response' ? 'nothing to read' : `reads ${status}`;
  } catch (error) {
    return how === 'image' ? 'an image' : how === 'fetch' ? 'nothing to read' : `fails: ${(error as Error).message}`;
  }
}
