/** A reply as redis-cli prints it, so that what stands in the panel can be compared with a terminal. */
export function renderReply(reply: unknown): string {
  if (reply === null || reply === undefined) return '(nil)';
  if (typeof reply === 'number') return `(integer) ${reply}`;
  if (reply instanceof Error) return `(error) ${reply.message}`;
  if (Array.isArray(reply)) return reply.length === 0 ? '(empty array)' : renderItems(reply);
  if (typeof reply === 'object') return renderReply(Object.entries(reply).flat());
  const text = String(reply);
  return text === 'OK' ? text : JSON.stringify(text);
}

/** Numbers stand right-aligned, and what is inside an item is indented below it. */
function renderItems(items: unknown[]): string {
  const width = String(items.length).length;
  const indent = ' '.repeat(width + 2);
  return items
    .map((item, index) => `${String(index + 1).padStart(width)}) ${renderReply(item).replaceAll('\n', `\n${indent}`)}`)
    .join('\n');
}
