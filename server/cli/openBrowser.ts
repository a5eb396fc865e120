/**
 * Opens an address in the browser of this machine, as far as there is one.
 *
 * @returns whether the system has accepted it
 */
export async function openBrowser(url: string): Promise<boolean> {
  // Imported here, because most commands open nothing.
  const { default: open } = await import('open');
  try {
    const started = await open(url);
    // A program that cannot be started is told later, as an event that would end this process.
    started.on('error', () => {});
    return true;
  } catch {
    return false;
  }
}
