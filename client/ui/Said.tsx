import { useEffect, useState } from 'react';

/** Says a sentence to screen readers when it changes, after what they are saying. */
export function Said({ sentence }: { sentence: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(sentence), [sentence]);
  return (
    <p className="spoken" aria-live="polite">
      {said}
    </p>
  );
}
