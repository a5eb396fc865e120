/** A reply as redis-cli prints it, so that what stands in the panel can be compared with a terminal. */
export function renderReply(reply: unknown): string {
  if (reply === null || reply === undefined) return '(nil)';
  if (typeof reply === 'number') return `(integer) ${reply}`;
  if (Array.isArray(reply)) return reply.length === 0 ? '(empty array)' : reply.map(renderItem).join('\n');
  if (typeof reply === 'object') return renderReply(Object.entries(reply).flat());
  const text = String(reply);
  return text === 'OK' ? text : JSON.stringify(text);
}

const renderItem = (item: unknown, index: number) => `${index + 1}) ${renderReply(item)}`;
