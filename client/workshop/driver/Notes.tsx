import { Prose } from '../../ui/Prose.tsx';

/** Notes as an agenda has them: paragraphs, and lists whose lines begin with a hyphen. Other Markdown is shown as it was written. */
export function Notes({ text }: { text: string }) {
  return (
    <div className="agenda-notes">
      {blocksOf(text).map((block) =>
        Array.isArray(block) ? (
          <ul key={block.join()}>
            {block.map((line) => (
              <li key={line}>
                <Prose text={line} />
              </li>
            ))}
          </ul>
        ) : (
          <p key={block}>
            <Prose text={block} />
          </p>
        ),
      )}
    </div>
  );
}

/** Returns the paragraphs, and the lists as the texts of their lines. Pure. */
export function blocksOf(text: string): (string | string[])[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map((block) => {
      const lines = block.split('\n');
      return lines.every((line) => /^\s*[-*] /.test(line))
        ? lines.map((line) => line.replace(/^\s*[-*] /, ''))
        : lines.join(' ');
    });
}
