const installation: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'sudo apt install redis-server (Debian, Ubuntu), sudo dnf install redis (Fedora)',
  darwin: 'brew install redis',
  win32: 'Memurai from memurai.com, or redis-server inside WSL',
};

/**
 * Three ways to a real Redis, for somebody who has none.
 *
 * @param configured the address in REDIS_URL, or null when there is none
 */
export function waysToGetOne(configured: string | null, localPort: number, platform = process.platform): string[] {
  const without = configured ? 'Unset REDIS_URL and ' : '';
  const sentence = (text: string) => (without ? without + text : text.charAt(0).toUpperCase() + text.slice(1));
  const install = installation[platform] ?? "your system's package of Redis";
  return [
    configured
      ? `Start the Redis at ${configured}, or correct REDIS_URL.`
      : 'Set REDIS_URL to a Redis you have: redis://user:password@host:port, or rediss:// for TLS.',
    sentence(`run a server on 127.0.0.1:${localPort}: docker run --rm -p 127.0.0.1:${localPort}:6379 redis.`),
    sentence(`install redis-server, which is then started and stopped for you: ${install}.`),
  ];
}
